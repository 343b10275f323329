"""The people of a business that leaves."""

from typing import Any

from django.db.models import F, QuerySet

from core.models import Membership, Tenant, User

NOWHERE = "closed.invalid"


def members_of(tenant: Tenant) -> list[dict[str, Any]]:
    """Return who belongs to the business: `{user, email, name, role, is_active}` each."""
    members = Membership.objects.filter(tenant=tenant).select_related("user").order_by("pk")
    return [
        {
            "user": member.user_id,
            "email": member.user.email,
            "name": member.user.name,
            "role": member.role,
            "is_active": member.is_active,
        }
        for member in members
    ]


def people_of_nowhere_else(tenant: Tenant) -> QuerySet[User]:
    """Return the members who belong to no other business and do not work for the platform."""
    elsewhere = Membership.objects.exclude(tenant=tenant).values("user")
    members = Membership.objects.filter(tenant=tenant).values("user")
    people = User.objects.filter(pk__in=members, is_staff=False, is_superuser=False)
    return people.exclude(pk__in=elsewhere).order_by("pk")


def close_account(person: User) -> None:
    """Take name, address and password away, and end every session.

    The row stays: what the person did is referred to by rows of the audit log, and schemas of other businesses may
    refer to it. The address is free for another account.
    """
    person.set_unusable_password()
    User.objects.filter(pk=person.pk).update(
        email=f"{person.pk}@{NOWHERE}",
        name="",
        is_active=False,
        password=person.password,
        session_epoch=F("session_epoch") + 1,
    )
