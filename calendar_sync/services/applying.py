"""Taking what was read from a calendar into the schedule, in one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from calendar_sync.enums import Code
from calendar_sync.models import ExternalCalendar, RemoteItem
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import Permanent, Pulled
from calendar_sync.services.remote_edits import Edits, take_in
from core.leases import LeaseLost
from core.models import Tenant
from schedule.selectors.conflicts import Span
from schedule.services.busy import BusyChange, replace_busy

BRAKE_FROM = 10
LOOKED_AT_AGAIN_AFTER = timedelta(minutes=10)
MOST_BUSY_TIMES = 20_000
WRITTEN_AT_ONCE = 1000


class MassDelete(Exception):
    """A listing wants most of what is known gone; it is not believed yet, and nothing was changed."""


@dataclass(frozen=True)
class Applied:
    """What became of a reading."""

    busy: BusyChange
    edits: Edits
    items: int
    removed: int


NOTHING = Applied(BusyChange(0, 0), Edits(), 0, 0)


def apply(*, tenant: Tenant, calendar: ExternalCalendar, pulled: Pulled, window: Span, now: datetime) -> Applied:
    """Write busy time, known entries and the mark of the reading; look after entries of ours.

    Raises MassDelete, Permanent for more busy times than anybody has, and LeaseLost where the calendar was taken away
    meanwhile. Where nothing changed, only the mark is written, and not even that where it is the same.
    """
    if sum(len(item.busy) for item in pulled.items) > MOST_BUSY_TIMES:
        raise Permanent(Code.TOO_LARGE, f"The calendar has more than {MOST_BUSY_TIMES:,} busy times in this year.")
    if not pulled.is_complete and not pulled.items and not pulled.removed:
        _keep_mark(calendar, pulled)
        return NOTHING
    with transaction.atomic():
        locked = ExternalCalendar.objects.select_for_update(no_key=True).filter(pk=calendar.pk).first()
        if locked is None:
            raise LeaseLost(f"{calendar} is not connected any more")
        removed = _removed_keys(locked, pulled)
        if pulled.is_complete:
            _brake(locked, removed, now=now)
        edits = take_in(
            tenant=tenant,
            calendar=locked,
            items=pulled.items,
            removed=RemoteItem.objects.filter(calendar=locked, key__in=removed).values_list("remote_id", flat=True),
            now=now,
        )
        busy = replace_busy(
            origin=locked.origin,
            resource_id=calendar.connection.resource_id,
            items={
                **dict.fromkeys(removed, ()),
                **{key_of(item.remote_id): item.busy if locked.read_busy else () for item in pulled.items},
            },
            is_complete=False,
            now=now,
        )
        _remember(locked, pulled, removed)
        locked.sync_token, locked.collection_tag = pulled.token, pulled.collection_tag
        locked.missing_since = None
        if pulled.is_complete:
            locked.last_complete_at, locked.window_end, locked.emptied_at = now, window.end_at, None
        locked.last_pulled_at = now
        locked.save()
    return Applied(busy, edits, len(pulled.items), len(removed))


def _keep_mark(calendar: ExternalCalendar, pulled: Pulled) -> None:
    if (calendar.sync_token, calendar.collection_tag) != (pulled.token, pulled.collection_tag):
        ExternalCalendar.objects.filter(pk=calendar.pk).update(
            sync_token=pulled.token, collection_tag=pulled.collection_tag
        )


def _removed_keys(calendar: ExternalCalendar, pulled: Pulled) -> list[str]:
    """Return the keys of entries that were known and are gone; what we never knew is nothing."""
    known = calendar.items.all()
    if pulled.is_complete:
        present = {key_of(item.remote_id) for item in pulled.items} | {key_of(name) for name in pulled.unchanged}
        return [key for key in known.values_list("key", flat=True) if key not in present]
    gone = [key_of(name) for name in pulled.removed]
    return list(known.filter(key__in=gone).values_list("key", flat=True)) if gone else []


def _brake(calendar: ExternalCalendar, removed: list[str], *, now: datetime) -> None:
    """Raise MassDelete for a listing without most of what is known, until another says the same ten minutes later."""
    known = calendar.items.count()
    if len(removed) <= BRAKE_FROM or len(removed) * 2 <= known:
        return
    if calendar.emptied_at is not None and now - calendar.emptied_at >= LOOKED_AT_AGAIN_AFTER:
        return
    raise MassDelete


def note_emptied(calendar: ExternalCalendar, *, now: datetime) -> None:
    """Note when a listing first wanted most of the calendar gone; the next reading is a complete one."""
    ExternalCalendar.objects.filter(pk=calendar.pk, emptied_at__isnull=True).update(emptied_at=now)
    ExternalCalendar.objects.filter(pk=calendar.pk).update(sync_token="", collection_tag="", last_complete_at=None)


def _remember(calendar: ExternalCalendar, pulled: Pulled, removed: list[str]) -> None:
    RemoteItem.objects.filter(calendar=calendar, key__in=removed).delete()
    RemoteItem.objects.bulk_create(
        [
            RemoteItem(
                calendar=calendar,
                key=key_of(item.remote_id),
                remote_id=item.remote_id,
                tag=item.tag,
                repeats_beyond_window=item.repeats_beyond_window,
            )
            for item in pulled.items
        ],
        update_conflicts=True,
        unique_fields=["calendar", "key"],
        update_fields=["remote_id", "tag", "repeats_beyond_window"],
        batch_size=WRITTEN_AT_ONCE,
    )
