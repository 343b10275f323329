"""Checking passwords, with lock-out, in one place for the API, the dashboard and the back office."""

from datetime import timedelta

from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, JsonResponse

from core.errors import DomainError, FieldError, TooManyRequests
from core.models import Membership, Tenant, User

LOCKED_OUT_TEXT = "Too many failed attempts to sign in. Wait a quarter of an hour, then try again."


class WrongCredentials(DomainError):
    """The address and password do not belong together; which of the two is wrong is not told."""

    code = "wrong_credentials"


class TenantChoiceNeeded(FieldError):
    """The person belongs to several businesses and named none of them."""


def check_password(*, request: HttpRequest, email: str, password: str) -> User:
    """Return the person with this address and password.

    Raises WrongCredentials, or TooManyRequests once the address is locked out from where the request comes.
    """
    user = authenticate(request, username=email.strip().lower(), password=password)
    if getattr(request, "axes_locked_out", False):
        raise TooManyRequests(LOCKED_OUT_TEXT, code="locked_out", retry_after_seconds=_cool_off_seconds(request))
    if not isinstance(user, User):
        raise WrongCredentials("The e-mail address and the password do not belong together.")
    return user


def choose_membership(*, user: User, tenant: Tenant | None, subdomain: str = "") -> Membership:
    """Return the person's membership: in `tenant` where the host names one, else in the business `subdomain` names.

    Raises WrongCredentials for a person who does not belong there, TenantChoiceNeeded naming the choices.
    """
    memberships = list(
        Membership.objects.filter(user=user, is_active=True)
        .select_related("tenant__plan", "user")
        .order_by("tenant__name", "pk")
    )
    if tenant is not None:
        memberships = [membership for membership in memberships if membership.tenant_id == tenant.pk]
    elif subdomain:
        wanted = subdomain.replace("-", "_")
        memberships = [membership for membership in memberships if membership.tenant.schema_name == wanted]
    if not memberships:
        raise WrongCredentials("The e-mail address and the password do not belong together.")
    if len(memberships) > 1:
        raise TenantChoiceNeeded(
            "tenant",
            "You belong to several businesses. Name one of them.",
            code="tenant_required",
            choices=[
                {"tenant": membership.tenant.schema_name.replace("_", "-"), "name": membership.tenant.name}
                for membership in memberships
            ],
        )
    return memberships[0]


def axes_username(request: HttpRequest | None, credentials: dict[str, str] | None) -> str:
    """Return the address under which failures are counted: lower case, as it is stored."""
    return ((credentials or {}).get("username") or "").strip().lower()


def lockout_response(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Return what a locked-out caller of the back office's login form sees."""
    response = JsonResponse({"detail": LOCKED_OUT_TEXT, "code": "locked_out"}, status=429)
    response.headers["Retry-After"] = str(_cool_off_seconds(request))
    return response


def _cool_off_seconds(request: HttpRequest) -> int:
    cool_off: timedelta | None = get_cool_off(request)
    return int(cool_off.total_seconds()) if cool_off else 0
