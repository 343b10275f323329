"""What becomes of our own entries when somebody changes or deletes them in a calendar.

The appointment is what counts. A change there is taken over only where the calendar's owner has asked for it, and then
through the same services as any other; otherwise our entry is written anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from calendar_sync.enums import LinkState
from calendar_sync.models import EventLink, ExternalCalendar
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import RemoteItem
from core.errors import DomainError
from core.models import Tenant
from schedule.services import cancel, reschedule

PUT_BACK_AFTER = timedelta(minutes=5)
MOST_RECREATIONS = 1
MOST_MINUTES = 24 * 60


@dataclass
class Edits:
    """What happened to entries of ours, by the appointment's id; for the run's record and the notices."""

    moved: list[UUID] = field(default_factory=list)
    cancelled: list[UUID] = field(default_factory=list)
    to_put_back: list[UUID] = field(default_factory=list)
    detached: list[UUID] = field(default_factory=list)


def take_in(
    *, tenant: Tenant, calendar: ExternalCalendar, items: Iterable[RemoteItem], removed: Iterable[str], now: datetime
) -> Edits:
    """Look at entries of ours that were read, and at ids that are gone. In the caller's transaction."""
    edits = Edits()
    ours = {item.marker: item for item in items if item.marker is not None}
    links = calendar.links.select_related("event").filter(pk__in=ours).exclude(state=LinkState.DETACHED)
    for link in links.select_for_update(no_key=True, of=("self",)):
        item = ours[link.pk]
        if link.remote_key and key_of(item.remote_id) != link.remote_key:
            continue  # a copy that somebody made of our entry
        if item.is_cancelled:
            _deleted(tenant, calendar, link, edits, now)
        elif item.tag != link.tag or link.state == LinkState.PENDING:
            _changed(tenant, calendar, link, item, edits, now)
    keys = {key_of(remote_id) for remote_id in removed}
    gone = calendar.links.select_related("event").filter(remote_key__in=keys).exclude(state=LinkState.DETACHED)
    for link in gone.select_for_update(no_key=True, of=("self",)):
        _deleted(tenant, calendar, link, edits, now)
    return edits


def note_gone(*, tenant: Tenant, link_id: UUID, now: datetime) -> None:
    """Note that an entry that was to be written anew is not there any more, if its link is. One transaction."""
    with transaction.atomic():
        link = (
            EventLink.objects.select_related("event", "calendar")
            .select_for_update(no_key=True, of=("self",))
            .filter(pk=link_id)
            .first()
        )
        if link is None:
            return
        _deleted(tenant, link.calendar, link, Edits(), now)


def _changed(
    tenant: Tenant, calendar: ExternalCalendar, link: EventLink, item: RemoteItem, edits: Edits, now: datetime
) -> None:
    # Without a tag the next writing reads the entry first, and keeps what somebody has added to it.
    link.remote_id, link.remote_key, link.tag = item.remote_id, key_of(item.remote_id), ""
    fields = dict(item.fields or {})
    if fields == link.pushed or not link.pushed:
        # An echo of our own writing, or a server that spells it its own way.
        link.save(update_fields=["remote_id", "remote_key", "tag"])
        return
    link.remote, link.remote_changed_at, link.state = fields, now, LinkState.REMOTE_CHANGED
    if calendar.move_on_remote_move and _moved(tenant, link, fields, now):
        link.pushed, link.state = fields, LinkState.SYNCED
        edits.moved.append(link.event_id)
    else:
        link.due_at = now + PUT_BACK_AFTER
        edits.to_put_back.append(link.event_id)
    link.save(
        update_fields=["remote_id", "remote_key", "tag", "remote", "remote_changed_at", "state", "pushed", "due_at"]
    )


def _moved(tenant: Tenant, link: EventLink, fields: dict[str, str], now: datetime) -> bool:
    """Move the appointment to where its entry was moved; False where a rule or another appointment forbids it."""
    start_at, end_at = (datetime.fromisoformat(fields[name]) for name in ("start_at", "end_at"))
    minutes = (end_at - start_at) // timedelta(minutes=1)
    if not 1 <= minutes <= MOST_MINUTES:
        return False
    try:
        reschedule(tenant=tenant, event_id=link.event_id, start_at=start_at, duration_minutes=minutes, by=None, now=now)
    except DomainError:
        return False
    return True


def _deleted(tenant: Tenant, calendar: ExternalCalendar, link: EventLink, edits: Edits, now: datetime) -> None:
    if link.state == LinkState.DELETED or not link.remote_id:
        return
    link.remote_id = link.remote_key = link.tag = ""
    link.pushed = {}
    link.times_deleted_remotely += 1
    if calendar.cancel_on_remote_delete and _cancelled(tenant, link, now):
        link.state, link.due_at = LinkState.DELETED, None
        edits.cancelled.append(link.event_id)
    elif link.times_deleted_remotely > MOST_RECREATIONS:
        link.state, link.due_at = LinkState.DETACHED, None
        edits.detached.append(link.event_id)
    else:
        link.state, link.due_at = LinkState.PENDING, now
        edits.to_put_back.append(link.event_id)
    link.save(update_fields=["remote_id", "remote_key", "tag", "pushed", "times_deleted_remotely", "state", "due_at"])


def _cancelled(tenant: Tenant, link: EventLink, now: datetime) -> bool:
    """Cancel the appointment whose entry was deleted; False where it cannot be cancelled any more."""
    try:
        cancel(tenant=tenant, event_id=link.event_id, by=None, reason="Deleted in the calendar", now=now)
    except DomainError:
        return False
    return True
