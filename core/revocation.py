"""Ending sessions and tokens from outside, when somebody should be let in no more or a device is lost.

Sessions are not looked for: each carries the epoch of its person (inside the hash that Django compares on every
request) and of its business, and raising an epoch ends them all with one UPDATE of one row.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.audit import record
from core.models import ApiToken, Handoff, SupportAccess, Tenant, User


@dataclass(frozen=True)
class Revocation:
    """What is to end. Sign-in tokens belong to sessions in other programs, named tokens to programs themselves."""

    sessions: bool = True
    sign_in_tokens: bool = True
    named_tokens: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to end."""
        return not (self.sessions or self.sign_in_tokens or self.named_tokens)


def revoke_of_person(*, user: User, what: Revocation, by: User | None, now: datetime | None = None) -> int:
    """End a person's sessions and tokens in every business and in the back office; return how many tokens it were."""
    now = now or timezone.now()
    with transaction.atomic():
        if what.sessions:
            User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
            Handoff.objects.filter(user=user, used_at__isnull=True).update(used_at=now)
            _end_support(Q(by=user) | Q(person=user), now)
        revoked = _revoke(ApiToken.objects.filter(user=user), what, now)
        _note("user.access_revoked", what, tenant=None, by=by, label=user.email, revoked=revoked)
    return revoked


def revoke_of_business(*, tenant: Tenant, what: Revocation, by: User | None, now: datetime | None = None) -> int:
    """End everybody's sessions and tokens at a business; return how many tokens it were. Calendar feeds go on."""
    now = now or timezone.now()
    with transaction.atomic():
        if what.sessions:
            Tenant.objects.filter(pk=tenant.pk).update(session_epoch=F("session_epoch") + 1)
            Handoff.objects.filter(tenant=tenant, used_at__isnull=True).update(used_at=now)
            _end_support(Q(tenant=tenant), now)
        revoked = _revoke(ApiToken.objects.filter(tenant=tenant), what, now)
        _note("tenant.access_revoked", what, tenant=tenant, by=by, label=tenant.name, revoked=revoked)
    return revoked


def _revoke(tokens: QuerySet[ApiToken], what: Revocation, now: datetime) -> int:
    if not what.sign_in_tokens:
        tokens = tokens.exclude(name="")
    if not what.named_tokens:
        tokens = tokens.filter(name="")
    return tokens.filter(revoked_at__isnull=True).update(revoked_at=now)


def _end_support(whose: Q, now: datetime) -> None:
    unused = Q(started_at__isnull=True, expires_at__gt=now)
    SupportAccess.objects.filter(whose, unused | Q(ends_at__gt=now), ended_at__isnull=True).update(ended_at=now)


def _note(action: str, what: Revocation, *, tenant: Tenant | None, by: User | None, label: str, revoked: int) -> None:
    after = {"sessions": what.sessions, "sign_in_tokens": what.sign_in_tokens, "named_tokens": what.named_tokens}
    record(action, tenant=tenant, actor=by, object_label=label, after={**after, "tokens_revoked": revoked})
