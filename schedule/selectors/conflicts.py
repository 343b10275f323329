"""Who takes a resource's time, and where there are more of them than the resource has room for.

All ranges are half-open: what ends at ten leaves room for what starts at ten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from schedule.models import Participant
from schedule.models.appointments import LONGEST_OCCUPATION


@dataclass(frozen=True, slots=True)
class Span:
    """The time from `start_at` up to, not including, `end_at`."""

    start_at: datetime
    end_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a moment."""
        return self.start_at < other.end_at and other.start_at < self.end_at

    def within(self, other: "Span") -> "Span":
        """Return the part of this span inside `other`; the two must overlap."""
        return Span(max(self.start_at, other.start_at), min(self.end_at, other.end_at))

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end_at - self.start_at


@dataclass(frozen=True, slots=True)
class Occupation:
    """An appointment that takes a resource's time. `occupied` is its time with buffers, `booked` without."""

    event_id: UUID
    resource_id: int
    booked: Span
    occupied: Span


@dataclass(frozen=True, slots=True)
class Crowd:
    """A stretch of time in which a resource serves `depth` appointments, more than it has room for."""

    resource_id: int
    span: Span
    depth: int
    capacity: int
    event_ids: tuple[UUID, ...]


def occupations(*, resource_ids: Iterable[int], span: Span, excluding: UUID | None = None) -> list[Occupation]:
    """Return what takes time of the resources within `span`, earliest first; `excluding` is an appointment."""
    found = Participant.objects.filter(
        blocks=True,
        resource_id__in=list(resource_ids),
        occupied__endswith__gt=span.start_at,
        # Follows from the next line, as nothing is longer; it bounds the range read from the index by end.
        occupied__endswith__lt=span.end_at + LONGEST_OCCUPATION,
        occupied__startswith__lt=span.end_at,
    )
    if excluding is not None:
        found = found.exclude(event_id=excluding)
    rows = found.order_by("occupied", "event_id").values_list(
        "event_id",
        "resource_id",
        "event__start_at",
        "event__end_at",
        "occupied__startswith",
        "occupied__endswith",
    )
    return [
        Occupation(event_id, resource_id, Span(start_at, end_at), Span(occupied_from, occupied_until))
        for event_id, resource_id, start_at, end_at, occupied_from, occupied_until in rows
    ]


def deepest(spans: Iterable[Span], *, within: Span) -> int:
    """Return how many of `spans` share a moment of `within` at most, by sweep line."""
    edges = sorted(
        edge
        for part in (span.within(within) for span in spans if span.overlaps(within))
        for edge in ((part.start_at, 1), (part.end_at, -1))
    )
    depth = most = 0
    for _, step in edges:  # at one instant ends sort before starts: half-open
        depth += step
        most = max(most, depth)
    return most


def in_the_way(found: Sequence[Occupation], *, capacity: int, within: Span) -> list[Occupation]:
    """Return the occupations of one resource that leave no room for another within `within`; empty if it fits."""
    occupied = [occupation.occupied for occupation in found]
    if deepest(occupied, within=within) < capacity:
        return []
    return [
        occupation
        for occupation in found
        if occupation.occupied.overlaps(within)
        and deepest(occupied, within=occupation.occupied.within(within)) >= capacity
    ]


CROWDS = """
WITH considered AS (
    SELECT participant.resource_id, participant.occupied,
           coalesce(%(capacity)s, resource.max_concurrent_events) AS capacity,
           coalesce(%(since)s, resource.capacity_changed_at, '-infinity') AS since
    FROM schedule_participant AS participant
    JOIN schedule_resource AS resource ON resource.id = participant.resource_id
    WHERE participant.blocks
      AND (%(resource_id)s IS NULL OR participant.resource_id = %(resource_id)s)
), edges AS (
    SELECT resource_id, capacity, since, lower(occupied) AS at, 1 AS step
    FROM considered WHERE upper(occupied) > since
    UNION ALL
    SELECT resource_id, capacity, since, upper(occupied), -1
    FROM considered WHERE upper(occupied) > since
), moments AS (
    SELECT resource_id, capacity, since, at,
           sum(sum(step)) OVER (PARTITION BY resource_id ORDER BY at) AS depth,
           lead(at) OVER (PARTITION BY resource_id ORDER BY at) AS until
    FROM edges
    GROUP BY resource_id, capacity, since, at
)
SELECT resource_id, at, until, depth, capacity, ARRAY(
    SELECT participant.event_id
    FROM schedule_participant AS participant
    WHERE participant.blocks
      AND participant.resource_id = moments.resource_id
      AND participant.occupied && tstzrange(moments.at, moments.until, '[)')
    ORDER BY participant.event_id
)::text[]
FROM moments
WHERE depth > capacity AND until > since
ORDER BY resource_id, at
"""
"""Sweep line over every edge: the depth after an instant is the running sum of starts and ends up to it."""


def crowds(
    *, resource_id: int | None = None, capacity: int | None = None, since: datetime | None = None
) -> list[Crowd]:
    """Return every stretch of time in which a resource serves more appointments than it has room for.

    Without arguments: all resources, judged by their own capacity from the moment it was last changed. With them: one
    resource, as if it had room for `capacity`, looking at what ends after `since`.
    """
    with connection.cursor() as cursor:
        cursor.execute(CROWDS, {"resource_id": resource_id, "capacity": capacity, "since": since})
        return [
            Crowd(row[0], Span(row[1], row[2]), int(row[3]), row[4], tuple(UUID(text) for text in row[5]))
            for row in cursor.fetchall()
        ]
