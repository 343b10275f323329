"""What a feed says: the appointments of a resource, or of the business, as one calendar file."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from calendar_sync.copies import summary_of
from calendar_sync.enums import Privacy
from calendar_sync.ics.writing import Entry, EventStatus, calendar_text, escaped, own_uid
from calendar_sync.models import Feed
from core.models import Tenant
from core.models.token import digest_of
from schedule.enums import Status
from schedule.selectors.feeding import FedAppointment, fed_appointments

CANCELLED_KEPT = timedelta(days=30)
MOST_ENTRIES = 5000
READ_EVERY = "PT1H"
STATUSES: dict[Status, EventStatus] = {Status.CANCELLED: "CANCELLED", Status.PENDING: "TENTATIVE"}


@dataclass(frozen=True)
class FeedFile:
    """The file of a feed with what names its state: the same appointments are the same bytes."""

    text: bytes
    etag: str
    modified_at: datetime | None


def feed_behind(secret: str) -> Feed | None:
    """Return the feed a secret belongs to."""
    return Feed.objects.select_related("resource").filter(digest=digest_of(secret)).first()


def feed_file(feed: Feed, *, tenant: Tenant, now: datetime) -> FeedFile:
    """Return what the feed says now: `past_days` back, `future_days` ahead; cancelled ones for thirty days."""
    found = fed_appointments(
        resource_id=feed.resource_id,
        from_at=now - timedelta(days=feed.past_days),
        until_at=now + timedelta(days=feed.future_days),
        cancelled_since=now - CANCELLED_KEPT,
        most=MOST_ENTRIES,
    )
    title = feed.resource.name if feed.resource is not None else tenant.name
    text = calendar_text(_entries(found, Privacy(feed.privacy)), properties=_properties(title, tenant.timezone))
    modified_at = max((one.updated_at for one in found), default=None)
    return FeedFile(text, f'"{hashlib.sha256(text).hexdigest()[:32]}"', modified_at)


def _entries(appointments: Iterable[FedAppointment], privacy: Privacy) -> Iterable[Entry]:
    for one in appointments:
        yield Entry(
            uid=own_uid(str(one.id)),
            start_at=one.start_at,
            end_at=one.end_at,
            summary=summary_of(one.service, one.customer, privacy=privacy),
            updated_at=one.updated_at,
            sequence=one.version,
            description="\n".join(filter(None, (one.phone, one.notes))) if privacy == Privacy.FULL else "",
            status=STATUSES.get(Status(one.status), "CONFIRMED"),
        )


def _properties(title: str, zone: str) -> list[tuple[str, str]]:
    """Return what readers call the calendar and how often they may ask (RFC 7986, sections 5.1 and 5.7)."""
    return [
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", escaped(title)),
        ("X-WR-CALNAME", escaped(title)),
        ("X-WR-TIMEZONE", zone),
        ("REFRESH-INTERVAL;VALUE=DURATION", READ_EVERY),
        ("X-PUBLISHED-TTL", READ_EVERY),
    ]
