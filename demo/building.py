"""Making the demo businesses in the database, each in one transaction: it is there whole, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from core.active import deactivate
from core.models import Membership, Tenant, User
from core.tenants import create_tenant
from demo.loading import Report, store
from demo.logins import PASSWORD, PLATFORM_ADMIN
from demo.shape import Business, Member
from demo.simulation import tell

LOCK_NUMBER = 0x64656D6F
"""Of the advisory lock that makes a second run wait for the first; the letters "demo"."""


@dataclass(frozen=True)
class Made:
    """How many rows of what a business got."""

    resources: int
    services: int
    customers: int
    appointments: int
    payments: int


def make_platform_admin() -> None:
    """Create the person who runs the platform, unless they exist."""
    deactivate()
    if not User.objects.filter(email=PLATFORM_ADMIN).exists():
        User.objects.create_superuser(PLATFORM_ADMIN, PASSWORD, name="Platform Admin")


def make_business(
    business: Business, *, now: datetime, report: Report, seed: int = 1, scale: float = 1.0
) -> Made | None:
    """Create `business` with its logins and its story until `now`; None when there is a business at its address.

    `scale` makes fewer customers and appointments. People who exist already keep their password.
    """
    deactivate()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_NUMBER])
        if Tenant.objects.filter(schema_name=business.subdomain).exists():
            return None
        report("schema", 0, 0)
        users = {member.email: _user_of(member) for member in business.members}
        tenant = create_tenant(
            name=business.name,
            subdomain=business.subdomain,
            timezone=business.timezone,
            plan=business.plan,
            owner_email=business.members[0].email,
            owner_password=PASSWORD,
            currency=business.currency,
        )
        report("story", 0, 0)
        story = tell(business, now=now, seed=seed, scale=scale)
        for member in business.members[1:]:
            Membership.objects.create(user=users[member.email], tenant=tenant, role=member.role)
        Membership.objects.filter(tenant=tenant).update(created_at=story.opened_at)
        Tenant.objects.filter(pk=tenant.pk).update(created_at=story.opened_at, accent_color=business.accent_color)
        with tenant_context(tenant):
            store(story, users=users, report=report)
    return Made(
        resources=len(business.resources),
        services=len(business.services),
        customers=len(story.people),
        appointments=len(story.appointments),
        payments=len(story.payments),
    )


def _user_of(member: Member) -> User:
    user = User.objects.filter(email=member.email).first()
    if user is None:
        user = User.objects.create(email=member.email, name=member.name, password=_hashed_password())
    return user


@cache
def _hashed_password() -> str:
    """Return the hash all demo people share: hashing is slow on purpose, and this password is no secret."""
    return make_password(PASSWORD)
