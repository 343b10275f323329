"""Rows that are the truth of unfinished work."""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound="Leased", covariant=True)


class LeasedQuerySet(models.QuerySet[Row]):
    """Unfinished work as a set."""

    def free(self, now: datetime) -> Self:
        """Keep what is unfinished and in nobody's hands at `now`."""
        return self.filter(next_attempt_at__isnull=False).exclude(lease_until__gt=now)

    def asleep(self, now: datetime, *, woken_before: datetime) -> Self:
        """Keep what is due at `now` and free, and has no wake-up call in the queue since `woken_before`."""
        return self.free(now).filter(next_attempt_at__lte=now).exclude(woken_at__gte=woken_before)


class Leased(models.Model):
    """Work that is begun, survives whoever does it, and is finished once (`core.leases`).

    Somebody may have it until `lease_until` and is the `attempts`-th to have it. That number is what a worker must show
    to change the row, so that one thought dead cannot undo the work of the next. `next_attempt_at` is when the work is
    due, NULL once nothing is left to do. `woken_at` is when a task was queued for it that nobody has begun.
    """

    next_attempt_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
