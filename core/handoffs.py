"""Carrying somebody who is known here to a business's own address, where a session is to begin.

A session is of one host, so it cannot be begun anywhere else. Instead a secret is given out that works once, within a
minute, at that one business. Who may be carried there is for the caller of `issue` to know.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.errors import DomainError
from core.models import Handoff, Tenant, User
from core.models.token import digest_of

LIFETIME = timedelta(seconds=60)


class HandoffInvalid(DomainError):
    """The secret is unknown, used, expired or of another business; which of these is not told."""

    code = "handoff_invalid"

    def __init__(self) -> None:
        super().__init__("This link has been used or has expired. Sign in again.")


def issue(*, user: User, tenant: Tenant, now: datetime | None = None) -> str:
    """Return a secret with which `user` can begin one session at `tenant` within a minute."""
    now = now or timezone.now()
    secret = secrets.token_urlsafe(32)
    Handoff.objects.create(
        tenant=tenant, user=user, digest=digest_of(secret), created_at=now, expires_at=now + LIFETIME
    )
    return secret


def redeem(*, secret: str, tenant: Tenant, now: datetime | None = None) -> Handoff:
    """Use up the tenant's handoff with this secret and return it, its user loaded. Raises HandoffInvalid.

    Of several who redeem the same one at once a single one succeeds.
    """
    now = now or timezone.now()
    mine = Handoff.objects.filter(digest=digest_of(secret), tenant=tenant)
    with transaction.atomic():
        # Conditions on the row itself alone: PostgreSQL checks them again for whoever waited for the row's lock, but
        # would not look again into another table.
        if not mine.filter(used_at__isnull=True, expires_at__gt=now).update(used_at=now):
            raise HandoffInvalid
        used = mine.select_related("user").get()
        if not used.user.is_active:
            raise HandoffInvalid
    return used


def forget_expired(now: datetime) -> None:
    """Delete the handoffs whose time is over, used or not."""
    Handoff.objects.filter(expires_at__lt=now).delete()
