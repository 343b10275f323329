"""Times of iCalendar entries as instants."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, TypeAlias

Entry: TypeAlias = Any
"""An `icalendar.Event`. Its own types admit every kind of value under every name, so they say nothing."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class Unusable(ValueError):
    """An entry that cannot be understood, or must not be tried; `code` becomes a warning."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Clock:
    """The zone of days and of times without one; collects what had to be guessed."""

    zone: tzinfo
    warnings: list[str] = field(default_factory=list)


def instant_of(prop: object, clock: Clock) -> datetime:
    """Return the instant a DTSTART, DTEND or RECURRENCE-ID names; a day begins at midnight of the clock's zone.

    Of a local time that exists twice the first is meant, one that does not exist counts with the offset before the gap
    (RFC 5545, section 3.3.5). Raises Unusable.
    """
    value = getattr(prop, "dt", None)
    if not isinstance(value, date):
        raise Unusable("bad_time")
    named = getattr(prop, "params", {}).get("TZID")
    return aware(value, clock, is_zone_named=named is not None)


def aware(value: date, clock: Clock, *, is_zone_named: bool = False) -> datetime:
    """Return a day or a time as a UTC instant. Raises Unusable for one outside 1970–2200."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    elif value.tzinfo is None and is_zone_named:
        clock.warnings.append("unknown_tzid")
    if value.tzinfo is None:
        value = value.replace(tzinfo=clock.zone)
    try:
        instant = value.astimezone(UTC)
    except (OverflowError, ValueError):
        raise Unusable("bad_time") from None
    if not EARLIEST <= instant < LATEST:
        raise Unusable("bad_time")
    return instant


def length_of(event: Entry, clock: Clock) -> timedelta:
    """Return how long an entry takes, by DTEND, else DURATION, else what RFC 5545, section 3.6.1 says. Raises Unusable.

    A day without an end, or ending where it begins, takes that day.
    """
    start = event["DTSTART"]
    is_day = not isinstance(start.dt, datetime)
    if "DTEND" in event:
        length = instant_of(event["DTEND"], clock) - instant_of(start, clock)
        if length < timedelta(0):
            length = max(length, _on_the_clock(start.dt, event["DTEND"].dt))
        if not (is_day and length == timedelta(0)):
            return length
    elif "DURATION" in event:
        length = event["DURATION"].dt
        if not isinstance(length, timedelta) or abs(length) > timedelta(days=100_000):
            raise Unusable("too_long")
        return length
    if not is_day:
        return timedelta(0)
    return aware(start.dt + timedelta(days=1), clock) - instant_of(start, clock)


def _on_the_clock(start: date, end: date) -> timedelta:
    """Return how long it is from one reading of a clock to another: where clocks skip the start, less passes."""
    if not (isinstance(start, datetime) and isinstance(end, datetime)) or start.tzinfo != end.tzinfo:
        return timedelta.min
    return end.replace(tzinfo=None) - start.replace(tzinfo=None)
