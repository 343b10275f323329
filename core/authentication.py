"""Who is calling, and as which member of the business.

A caller is someone only inside a tenant: without an active membership in the request's tenant there is no caller, and
the answer is 401. The token comes first, so that an anonymous request is told how to sign in.
"""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from core.active import attach_membership, tenant_of, token_of
from core.errors import Forbidden
from core.impersonation import SESSION_KEY as SUPPORT_ACCESS_KEY
from core.impersonation import require_own_hands, running
from core.models import ApiToken, Membership, Scope, SupportAccess, Tenant, User
from core.request_context import note_impersonator
from core.tokens import find_token, record_use

SESSION_TENANT_KEY = "tenant_id"
SESSION_EPOCH_KEY = "tenant_epoch"


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
    """The dashboard's session: of one host, of one tenant, checked against the membership on each request.

    This is also the one place where support acts in a member's place: whether it still may, what is kept from it, and
    that the audit log names both.
    """

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the person signed in on this tenant's host, None when there is nobody.

        Raises NotWhileImpersonating (403) for support where a view is for the person alone.
        """
        tenant = tenant_of(request)
        session = getattr(request._request, "session", None)
        if tenant is None or session is None or session.get(SESSION_TENANT_KEY) != tenant.pk:
            return None
        if session.get(SESSION_EPOCH_KEY, 0) != tenant.session_epoch:
            return None
        found = super().authenticate(request)
        if found is None:
            return None
        membership = _active_membership(found[0], tenant)
        if membership is None or not _is_their_own_or_goes_on(request, tenant):
            return None
        attach_membership(request, membership)
        return found


def support_access_of(request: Request) -> SupportAccess | None:
    """Return by what right support acts in the caller's place; None for people acting as themselves."""
    access: SupportAccess | None = getattr(request, "support_access", None)
    return access


def _is_their_own_or_goes_on(request: Request, tenant: Tenant) -> bool:
    """Tell whether the session is a person's own, or one of support's that still may be; the latter is noted."""
    session = request._request.session
    access_id = session.get(SUPPORT_ACCESS_KEY)
    if access_id is None:
        return True
    access = running(access_id=access_id, tenant=tenant)
    if access is None or access.by is None:
        session.flush()
        return False
    note_impersonator(user_id=access.by.pk, label=access.by.email)
    cast("Any", request).support_access = access
    require_own_hands((request.parser_context or {}).get("view"), request.method or "")
    return True


def _active_membership(user: User, tenant: Tenant) -> Membership | None:
    membership = (
        Membership.objects.filter(user=user, tenant=tenant, is_active=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    if membership is not None:
        membership.tenant = tenant
    return membership
