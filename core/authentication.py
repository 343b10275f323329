"""Who is calling, and as which member of the business.

A caller is someone only inside a tenant: without an active membership in the request's tenant there is no caller, and
the answer is 401. The token comes first, so that an anonymous request is told how to sign in.
"""

from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from core.active import attach_membership, tenant_of, token_of
from core.errors import Forbidden
from core.models import ApiToken, Membership, Scope, Tenant, User
from core.tokens import find_token, record_use

SESSION_TENANT_KEY = "tenant_id"


class ScopeRequired(Forbidden):
    """The token may read only."""

    code = "scope_required"


def presented_token(request: HttpRequest) -> str | None:
    """Return the secret of an `Authorization: Token …` header, None when there is none or it is malformed."""
    words = get_authorization_header(request).split()  # type: ignore[arg-type]  # reads META alone
    if len(words) != 2 or words[0].lower() != b"token":
        return None
    try:
        return words[1].decode("ascii")
    except UnicodeDecodeError:
        return None


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token …`, valid in the tenant it was issued for and nowhere else."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token; None without the header.

        Raises AuthenticationFailed (401) for a token that is unknown, expired, revoked or another tenant's, and
        ScopeRequired (403) when a token that may only read is used to write.
        """
        if not get_authorization_header(request).lower().startswith(b"token"):
            return None
        secret = presented_token(request._request)
        token = token_of(request._request)
        if token is None and secret is not None:
            token = find_token(secret)
        tenant = tenant_of(request)
        if token is None or tenant is None or token.tenant_id != tenant.pk:
            raise AuthenticationFailed("This token is not valid here. Sign in at POST /auth-token/.")
        membership = _active_membership(token.user, tenant)
        if membership is None:
            raise AuthenticationFailed("This token's owner does not belong to the business any more.")
        if token.scope == Scope.READ and request.method not in SAFE_METHODS:
            raise ScopeRequired("This token may only read. Create one with the scope write.", required_scope="write")
        record_use(token)
        attach_membership(request, membership)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge that makes an anonymous request a 401."""
        return "Token"


class MemberSessionAuthentication(SessionAuthentication):
    """The dashboard's session: of one host, of one tenant, checked against the membership on each request."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the person signed in on this tenant's host, None when there is nobody."""
        tenant = tenant_of(request)
        session = getattr(request._request, "session", None)
        if tenant is None or session is None or session.get(SESSION_TENANT_KEY) != tenant.pk:
            return None
        found = super().authenticate(request)
        if found is None:
            return None
        membership = _active_membership(found[0], tenant)
        if membership is None:
            return None
        attach_membership(request, membership)
        return found


def _active_membership(user: User, tenant: Tenant) -> Membership | None:
    membership = (
        Membership.objects.filter(user=user, tenant=tenant, is_active=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    if membership is not None:
        membership.tenant = tenant
    return membership
