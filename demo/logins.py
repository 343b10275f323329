"""Who can sign in to the demo, and where."""

from dataclasses import dataclass

from django.conf import settings

from demo.businesses import BUSINESSES

PASSWORD = "password"  # noqa: S105  # printed in the README; the command that uses it refuses to run in production
PLATFORM_ADMIN = "admin@platform.example"


@dataclass(frozen=True)
class Login:
    """A person's e-mail address and password on `host`, the address of `business`."""

    business: str
    host: str
    email: str
    role: str
    password: str


def logins() -> tuple[Login, ...]:
    """Return every demo login, business by business, the platform admin last."""
    platform = settings.PLATFORM_DOMAINS[0]
    members = (
        Login(
            business=business.name,
            host=f"{business.subdomain}.{platform}",
            email=member.email,
            role=member.role,
            password=PASSWORD,
        )
        for business in BUSINESSES
        for member in business.members
    )
    return (*members, Login("Platform", platform, PLATFORM_ADMIN, "admin", PASSWORD))
