"""Somebody of the platform's support, and their browser in a member's place."""

from typing import Any

from core.impersonation import grant
from core.models import Membership, Role, Tenant, User
from tests.core.browser import PASSWORD, Browser, person

SUPPORT = "/api/session/support/"
SESSION = "/api/session/"
REASON = "Ticket 4711: calendar is empty"


def supporter(email: str = "sue@platform.example") -> User:
    """A platform admin called Sue."""
    return User.objects.create_superuser(email, PASSWORD, name="Sue Port")


def member(tenant: Tenant, role: Role = Role.OWNER, email: str = "ann@acme.example") -> Membership:
    """A member of the business, with everything loaded that a grant looks at."""
    person(email, (tenant, role))
    return Membership.objects.select_related("user", "tenant").get(tenant=tenant, user__email=email)


def arrive(secret: str, browser: Browser | None = None) -> tuple[int, Any]:
    """Arrive at a business with the secret of a grant."""
    response = (browser or Browser()).send("POST", SUPPORT, {"token": secret})
    return response.status_code, response.json()


def in_the_place_of(membership: Membership, *, by: User, **defaults: Any) -> Browser:
    """A browser in which `by` acts as the member."""
    browser = Browser(f"{membership.tenant.schema_name}.localhost", **defaults)
    status, body = arrive(grant(by=by, membership=membership, reason=REASON), browser)
    assert status == 200, body
    return browser
