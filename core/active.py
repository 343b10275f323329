"""What is active: the tenant of this thread's database connection, and what a request carries."""

from typing import Any, cast

from django.db import connection
from django.http import HttpRequest
from rest_framework.request import Request

from core.models import ApiToken, Membership, Tenant


def activate(tenant: Tenant) -> None:
    """Make the connection read and write the tenant's schema from now on."""
    _connection().set_tenant(tenant)


def deactivate() -> None:
    """Put the connection back into the public schema."""
    _connection().set_schema_to_public()


def current_tenant() -> Tenant:
    """Return the tenant of the running request or task. Raises LookupError outside one."""
    tenant = _connection().tenant
    if not isinstance(tenant, Tenant):
        raise LookupError("no tenant is active")
    return tenant


def attach_tenant(request: HttpRequest, tenant: Tenant) -> None:
    """Put the tenant on the request, where libraries look for it too."""
    cast("Any", request).tenant = tenant


def tenant_of(request: HttpRequest | Request) -> Tenant | None:
    """Return the tenant the request is served in; None on the platform's address."""
    tenant: Tenant | None = getattr(request, "tenant", None)
    return tenant


def attach_token(request: HttpRequest, token: ApiToken) -> None:
    """Remember the token that named the tenant, so that authentication need not look for it again."""
    cast("Any", request).api_token = token


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the token that named the tenant."""
    token: ApiToken | None = getattr(request, "api_token", None)
    return token


def attach_membership(request: Request, membership: Membership) -> None:
    """Put the caller's membership on the request; authentication does."""
    cast("Any", request).membership = membership


def membership_of(request: Request) -> Membership:
    """Return the caller's membership. Raises AttributeError for an anonymous caller."""
    membership: Membership = cast("Any", request).membership
    return membership


def _connection() -> Any:
    return connection
