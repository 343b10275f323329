"""Busy time that connected calendars report.

It is written under the lock that booking takes on a resource's row, so that of a booking and a busy time that come at
once one sees the other: either the booking is refused, or the busy time finds it and tells of the overlap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schedule.enums import TimeOffSource
from schedule.models import Resource, TimeOff
from schedule.selectors.conflicts import Span
from schedule.services.placement import lock_resources

WRITTEN_AT_ONCE = 1000


@dataclass(frozen=True)
class BusyChange:
    """How many stretches of busy time came, and how many went."""

    added: int
    removed: int


def replace_busy(
    *,
    origin: str,
    resource_id: int | None,
    items: Mapping[str, Sequence[Span]],
    is_complete: bool,
    now: datetime,
) -> BusyChange:
    """Make the busy time of each of the calendar's `items` exactly these spans; what stays the same is not touched.

    `origin` is the calendar, the keys of `items` (64 characters at most) are its entries; an entry without spans leaves
    nothing behind. `is_complete` says that the calendar has no other entries, so that what others left is removed.
    Without a resource the business as a whole is busy. One transaction; a resource that does not exist any more leaves
    no busy time at all.
    """
    with transaction.atomic():
        locked = lock_resources([resource_id] if resource_id is not None else _all_active())
        if resource_id is not None and resource_id not in locked:
            return BusyChange(0, forget_busy(origin=origin))
        known = TimeOff.objects.filter(origin=origin)
        if not is_complete:
            known = known.filter(external_id__in=list(items))
        present = {
            (external_id, start_at, end_at, resource): pk
            for pk, external_id, start_at, end_at, resource in known.values_list(
                "pk", "external_id", "start_at", "end_at", "resource_id"
            )
        }
        wanted = {(key, span.start_at, span.end_at, resource_id) for key, spans in items.items() for span in spans}
        gone = [pk for identity, pk in present.items() if identity not in wanted]
        TimeOff.objects.filter(pk__in=gone).delete()
        added = sorted(wanted - present.keys(), key=lambda identity: identity[:3])
        TimeOff.objects.bulk_create(
            (
                TimeOff(
                    resource_id=resource_id,
                    start_at=start_at,
                    end_at=end_at,
                    source=TimeOffSource.CALENDAR,
                    origin=origin,
                    external_id=key,
                    created_at=now,
                )
                for key, start_at, end_at, _ in added
            ),
            batch_size=WRITTEN_AT_ONCE,
        )
    return BusyChange(len(added), len(gone))


def forget_busy(*, origin: str) -> int:
    """Remove all busy time of a calendar; return how many stretches there were."""
    removed, _ = TimeOff.objects.filter(origin=origin).delete()
    return removed


def _all_active() -> list[int]:
    return list(Resource.objects.filter(is_active=True).values_list("pk", flat=True))
