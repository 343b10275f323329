"""Issuing, finding and revoking API tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.errors import Forbidden
from core.models import ApiToken, Membership, Role, Scope
from core.models.token import PREFIX_LENGTH, TOKEN_MARK, digest_of, new_secret

SIGN_IN_TOKENS_KEPT = 20
USE_RECORDED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class IssuedToken:
    """A new token with its secret, which is known at this moment only."""

    token: ApiToken
    secret: str


def issue_sign_in_token(*, membership: Membership, now: datetime | None = None) -> IssuedToken:
    """Create the token of one sign-in. Of each person's sign-ins in a business the newest 20 stay usable."""
    now = now or timezone.now()
    with transaction.atomic():
        issued = _issue(
            membership,
            name="",
            scope=Scope.WRITE,
            expires_at=now + timedelta(days=settings.SIGN_IN_TOKEN_DAYS),
        )
        mine = ApiToken.objects.filter(user=membership.user, tenant=membership.tenant, name="")
        kept = mine.order_by("-pk").values("pk")[:SIGN_IN_TOKENS_KEPT]
        mine.filter(revoked_at__isnull=True).exclude(pk__in=kept).update(revoked_at=now)
    return issued


def issue_named_token(*, membership: Membership, name: str, scope: Scope, expires_at: datetime | None) -> IssuedToken:
    """Create a token for a program, and record it in the audit log."""
    with transaction.atomic():
        issued = _issue(membership, name=name, scope=scope, expires_at=expires_at)
        record(
            "token.created",
            tenant=membership.tenant,
            actor=membership.user,
            object_label=str(issued.token),
            after={
                "name": name,
                "scope": scope,
                "expires_at": expires_at.isoformat() if expires_at else None,
            },
        )
    return issued


def revoke_token(*, token: ApiToken, by: Membership, now: datetime | None = None) -> None:
    """Make the token unusable from now on; revoking twice changes nothing.

    Raises Forbidden (`role_required`) when a manager would revoke an owner's token.
    """
    if token.revoked_at is not None:
        return
    if token.user_id != by.user_id and not by.may_act_as(_role_of_holder(token)):
        raise Forbidden("Only an owner can revoke an owner's token.", code="role_required", required_role="owner")
    with transaction.atomic():
        token.revoked_at = now or timezone.now()
        token.save(update_fields=["revoked_at"])
        record("token.revoked", tenant=by.tenant, actor=by.user, object_label=str(token))


def find_token(secret: str, *, now: datetime | None = None) -> ApiToken | None:
    """Return the usable token with this secret, its person, tenant and plan loaded, or None."""
    if not secret.startswith(TOKEN_MARK) or len(secret) > 100:
        return None
    digest = digest_of(secret)
    token = (
        ApiToken.objects.usable(now or timezone.now())
        .select_related("user", "tenant__plan")
        .prefetch_related("tenant__override_notes")
        .filter(digest=digest)
        .first()
    )
    return token if token is not None and compare_digest(token.digest, digest) else None


def record_use(token: ApiToken, *, now: datetime | None = None) -> None:
    """Note that the token was used, at most once a minute."""
    now = now or timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= USE_RECORDED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _issue(membership: Membership, *, name: str, scope: Scope, expires_at: datetime | None) -> IssuedToken:
    secret = new_secret()
    token = ApiToken.objects.create(
        user=membership.user,
        tenant=membership.tenant,
        name=name,
        prefix=secret[:PREFIX_LENGTH],
        digest=digest_of(secret),
        scope=scope,
        expires_at=expires_at,
    )
    return IssuedToken(token, secret)


def _role_of_holder(token: ApiToken) -> str:
    holder = Membership.objects.filter(user=token.user, tenant=token.tenant).first()
    return holder.role if holder is not None else Role.STAFF
