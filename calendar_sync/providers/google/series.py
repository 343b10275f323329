"""Google's series as iCalendar text, to be laid out by the reader of foreign calendars within its bounds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from calendar_sync.ics.times import Unusable
from calendar_sync.providers.google.events import Event, ends, is_cancelled, moment, takes_time, zone_named

RULE = re.compile(r"(RRULE|RDATE|EXDATE)[;:][ -~]*", re.ASCII)
LAST_DAY = re.compile(r"(?<=[;:]UNTIL=)(\d{8})(?=;|$)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class SeriesText:
    """A calendar that holds one series and nothing that tells what or who it is about."""

    text: bytes
    warnings: tuple[str, ...] = ()


def master_of(events: Sequence[Event]) -> Event | None:
    """Return the series itself among a series and its changed occurrences."""
    return next((event for event in events if "recurringEventId" not in event and not is_cancelled(event)), None)


def series_text(events: Sequence[Event], *, zone: str, tentative_blocks: bool) -> SeriesText:
    """Return a series with its changed occurrences as a calendar; `zone` is that of series without one of their own."""
    noted: list[str] = []
    master = master_of(events)
    clock = _zone_of(master, zone, noted) if master is not None else ZoneInfo("UTC")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for event in events:
        try:
            lines += _component(event, master, clock, tentative_blocks, noted)
        except Unusable as refusal:
            noted.append(refusal.code)
    lines += ["END:VCALENDAR", ""]
    return SeriesText("\r\n".join(lines).encode(), tuple(dict.fromkeys(noted)))


def _zone_of(master: Event, zone: str, noted: list[str]) -> ZoneInfo:
    start = master.get("start", {})
    named = str(start.get("timeZone", ""))
    found = zone_named(named)
    if found is None and "dateTime" in start:
        noted.append("unknown_tzid")
    return found or zone_named(zone) or ZoneInfo("UTC")


def _component(
    event: Event, master: Event | None, clock: ZoneInfo, tentative_blocks: bool, noted: list[str]
) -> list[str]:
    """Return the lines of one event. Raises Unusable."""
    lines = ["BEGIN:VEVENT", "UID:series"]
    if event is master:
        start, end = ends(event)
        lines += [_line("DTSTART", start, clock), _line("DTEND", end, clock), *_rules(event, clock, noted)]
    else:
        original = moment(event.get("originalStartTime"))
        lines.append(_line("RECURRENCE-ID", _alike(original, master, clock), clock))
        # Of a cancelled one no more may be known than when it was to be.
        start, end = (original, original) if is_cancelled(event) else ends(event)
        lines += [_line("DTSTART", start), _line("DTEND", end)]
    if not takes_time(event, tentative_blocks=tentative_blocks):
        lines.append("TRANSP:TRANSPARENT")
    return [*lines, "END:VEVENT"]


def _alike(original: date, master: Event | None, clock: ZoneInfo) -> date:
    """Return when an occurrence was to be as its series says it: by the day, or by the time."""
    if master is None:
        return original
    has_days = "date" in master.get("start", {})
    if has_days and isinstance(original, datetime):
        return original.astimezone(clock).date()
    if not has_days and not isinstance(original, datetime):
        return datetime(original.year, original.month, original.day, tzinfo=clock)
    return original


def _rules(master: Event, clock: ZoneInfo, noted: list[str]) -> Iterator[str]:
    has_days = "date" in master.get("start", {})
    for line in master.get("recurrence", ()):
        if isinstance(line, str) and RULE.fullmatch(line):
            yield line if has_days else LAST_DAY.sub(lambda found: _end_of(found[1], clock), line)
        else:
            noted.append("bad_rule")


def _end_of(day: str, clock: ZoneInfo) -> str:
    """Return the last second of a day: up to when a series of times goes on whose rule names its last day alone."""
    try:
        last = datetime.fromisoformat(day).replace(hour=23, minute=59, second=59, tzinfo=clock)
    except ValueError:
        return day
    return f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _line(name: str, value: date, clock: ZoneInfo | None = None) -> str:
    """Return a property with a day, a time in the clock's zone, or without one in UTC."""
    if not isinstance(value, datetime):
        return f"{name};VALUE=DATE:{value:%Y%m%d}"
    if clock is None or clock.key == "UTC":
        return f"{name}:{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={clock.key}:{value.astimezone(clock):%Y%m%dT%H%M%S}"
