"""Feeds: made, given a new address, taken away, and found by their secret."""

import secrets
from datetime import datetime
from uuid import UUID

from calendar_sync.enums import FeedScope, Privacy
from calendar_sync.models import Feed
from core.audit import record
from core.models import Membership, Tenant
from core.models.token import digest_of

SECRET_BYTES = 32
PREFIX_LENGTH = 6


def create_feed(
    *,
    tenant: Tenant,
    by: Membership,
    scope: FeedScope,
    resource_id: int | None,
    privacy: Privacy,
    past_days: int,
    future_days: int,
) -> tuple[Feed, str]:
    """Make a feed; return it with its secret, which is told this once."""
    secret = _new_secret()
    feed = Feed.objects.create(
        scope=scope,
        resource_id=resource_id,
        privacy=privacy,
        past_days=past_days,
        future_days=future_days,
        digest=digest_of(secret),
        prefix=secret[:PREFIX_LENGTH],
        created_by_id=by.user_id,
    )
    record("calendar_feed_created", tenant=tenant, actor=by.user, object_label=str(feed))
    return feed, secret


def rotate_feed(*, tenant: Tenant, feed_id: UUID, by: Membership, now: datetime) -> str:
    """Give a feed a new secret and return it; the old address is nothing from then on."""
    secret = _new_secret()
    Feed.objects.filter(pk=feed_id).update(digest=digest_of(secret), prefix=secret[:PREFIX_LENGTH], rotated_at=now)
    record("calendar_feed_rotated", tenant=tenant, actor=by.user, object_label=str(feed_id))
    return secret


def delete_feed(*, tenant: Tenant, feed_id: UUID, by: Membership) -> None:
    """Take a feed away."""
    Feed.objects.filter(pk=feed_id).delete()
    record("calendar_feed_deleted", tenant=tenant, actor=by.user, object_label=str(feed_id))


def _new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)
