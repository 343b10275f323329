"""When the clocks of a zone stand how far from UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
FURTHEST_OFFSET = timedelta(hours=15)
"""No zone is further from UTC than this."""


@dataclass(frozen=True)
class ZoneSpan:
    """A time [start_at, end_at) in which a zone keeps one offset; None where it goes on beyond what was asked for."""

    utc_offset: timedelta
    start_at: datetime | None
    end_at: datetime | None


def zone_spans(zone: ZoneInfo, from_at: datetime, to_at: datetime) -> list[ZoneSpan]:
    """Return the spans of `zone` that cover [from_at, to_at], in order and without gaps.

    The first and the last are open-ended. A jump that is undone within 24 hours would be missed; no zone has one.
    """
    jumps = list(_jumps(zone, from_at.astimezone(UTC).replace(microsecond=0), to_at.astimezone(UTC)))
    starts = [None, *jumps]
    ends = [*jumps, None]
    return [
        ZoneSpan(_offset(zone, start or from_at), start_at=start, end_at=end)
        for start, end in zip(starts, ends, strict=True)
    ]


def _jumps(zone: ZoneInfo, at: datetime, to_at: datetime) -> Iterator[datetime]:
    while at < to_at:
        if _offset(zone, at) != _offset(zone, at + ONE_DAY):
            yield _jump_between(zone, at, at + ONE_DAY)
        at += ONE_DAY


def _jump_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Halve the time between two moments of different offset until the first second of the new one is found."""
    old = _offset(zone, before)
    while after - before > ONE_SECOND:
        middle = before + (after - before) // ONE_SECOND // 2 * ONE_SECOND
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
