"""Taking unfinished work, keeping it, and giving it back: one conditional UPDATE each, so that one of many succeeds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F

from core.models import Leased, LeasedQuerySet

Row = TypeVar("Row", bound=Leased)

WAKE_UP_KEPT = timedelta(minutes=10)
"""How long a queued wake-up call is waited for before another is queued."""
WOKEN_AT_ONCE = 500
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)


class LeaseLost(Exception):
    """The work is in other hands, or was taken back: stop, and change nothing."""


def claim(rows: LeasedQuerySet[Row], *, pk: object, now: datetime) -> Row | None:
    """Take the row for LEASE_SECONDS; None when it is finished, gone, or somebody has it."""
    with transaction.atomic():
        taken = (
            rows.free(now).filter(pk=pk).update(lease_until=_lease_end(now), attempts=F("attempts") + 1, woken_at=None)
        )
        return rows.get(pk=pk) if taken else None


def renew(row: Leased, *, now: datetime, **changes: Any) -> None:
    """Keep the row for another LEASE_SECONDS and note `changes`. Raises LeaseLost."""
    _change(row, lease_until=_lease_end(now), **changes)


def finish(row: Leased, **changes: Any) -> None:
    """Note that nothing is left to do, with `changes`. Raises LeaseLost."""
    _change(row, lease_until=None, next_attempt_at=None, woken_at=None, **changes)


def retry_later(row: Leased, *, now: datetime, **changes: Any) -> None:
    """Give the row back for an attempt after a pause that doubles each time, with `changes`. Raises LeaseLost."""
    _change(row, lease_until=None, next_attempt_at=now + pause_after(row.attempts), **changes)


def rest_until(row: Leased, *, at: datetime | None, **changes: Any) -> None:
    """Give the row back until `at`, or for good where that is None, with `changes`. Raises LeaseLost."""
    _change(row, lease_until=None, next_attempt_at=at, woken_at=None, **changes)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after the `attempts`-th attempt failed: 30 s, 1 min, 2 min … at most an hour."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


def wake(rows: LeasedQuerySet[Row], enqueue: Callable[[Row], None], *, now: datetime) -> int:
    """Call `enqueue` for each row that is due and asleep, 500 at most; return how many.

    Safe to be called by many at once: no row is woken twice within ten minutes unless it was begun meanwhile.
    """
    with transaction.atomic():
        due = list(
            rows.asleep(now, woken_before=now - WAKE_UP_KEPT)
            .order_by("next_attempt_at")
            .select_for_update(skip_locked=True, of=("self",))[:WOKEN_AT_ONCE]
        )
        rows.filter(pk__in=[row.pk for row in due]).update(woken_at=now)
        for row in due:
            enqueue(row)
    return len(due)


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.LEASE_SECONDS)


def _change(row: Leased, **changes: Any) -> None:
    mine = type(row)._default_manager.filter(pk=row.pk, attempts=row.attempts, next_attempt_at__isnull=False)
    if not mine.update(**changes):
        raise LeaseLost(f"{row} is in other hands")
    for name, value in changes.items():
        setattr(row, name, value)
