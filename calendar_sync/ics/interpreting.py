"""What an iCalendar text says about time: which stretches are busy within a window.

Runs in a process of its own (`calendar_sync.ics.child`), so nothing here imports Django.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import icalendar
from icalendar.error import GloballyUniqueTZIDGuessed

from calendar_sync.ics.series import occurrences, refuse_hostile
from calendar_sync.ics.times import Clock, Entry, Unusable, instant_of, length_of

MOST_COMPONENTS = 10_000
LONGEST = timedelta(days=370)
MOST_WARNINGS = 50
LINK_PROPERTY = "X-SMOOTHSCHEDULE-LINK"


class NotACalendar(ValueError):
    """The text is something else: a sign-in page, nothing at all, half a calendar."""


class TooManyComponents(ValueError):
    """More entries than anybody has."""


@dataclass(frozen=True)
class Terms:
    """How to read: the window [from_at, until_at) in UTC, the zone of times without one, whether tentative entries
    take time, and the account's own addresses, whose "declined" frees the time.
    """

    from_at: datetime
    until_at: datetime
    zone: str
    tentative_blocks: bool = True
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interpreted:
    """One UID: its busy spans as pairs of UTC instants, earliest first and within the window in part at least.

    `link` is the mark we leave in entries of ours; `fields` are start, end, summary, location and status of an entry
    that bears it.
    """

    uid: str
    spans: tuple[tuple[datetime, datetime], ...] = ()
    link: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    is_cancelled: bool = False
    repeats_beyond_window: bool = False
    warnings: tuple[str, ...] = ()


def interpret(text: bytes, terms: Terms) -> list[Interpreted]:
    """Return what each UID of the text says, in the order of their first mention.

    An entry that cannot be understood takes no time and leaves a warning. Raises NotACalendar, TooManyComponents.
    """
    calendar, events = _parsed(text)
    zone = _default_zone(calendar, terms)
    return [_of_one_uid(uid, group, Clock(zone), terms) for uid, group in _by_uid(events).items()]


def _parsed(text: bytes) -> tuple[Entry | None, list[Entry]]:
    start = text.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        raise NotACalendar("it does not begin as a calendar does")
    if not start.rstrip()[-13:].upper() == b"END:VCALENDAR":
        raise NotACalendar("it ends in the middle")
    if text.upper().count(b"BEGIN:VEVENT") > MOST_COMPONENTS:
        raise TooManyComponents
    try:
        with warnings.catch_warnings():
            # Zones such as /mozilla.org/…/Europe/Berlin: the guess is what everybody means.
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            calendars = icalendar.Calendar.from_ical(start.decode("utf-8", "replace"), multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise NotACalendar("it is not a complete calendar") from error
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    return (calendars[0] if calendars else None), events


def _default_zone(calendar: Entry | None, terms: Terms) -> tzinfo:
    """Return the zone of floating times: the calendar's own (X-WR-TIMEZONE), else the one we were told."""
    named = str(calendar.get("X-WR-TIMEZONE", "")) if calendar is not None else ""
    for name in (named, terms.zone):
        try:
            if name:
                return ZoneInfo(name)
        except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
            continue
        except KeyError:
            continue
    return UTC


def _by_uid(events: Sequence[Entry]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for position, event in enumerate(events):
        groups.setdefault(str(event.get("UID", f"without-uid-{position}")), []).append(event)
    return groups


def _of_one_uid(uid: str, events: Sequence[Entry], clock: Clock, terms: Terms) -> Interpreted:
    noted: list[str] = []
    usable = [event for event in events if not _is_broken(event, noted)]
    masters = [event for event in usable if "RECURRENCE-ID" not in event]
    overrides = [event for event in usable if "RECURRENCE-ID" in event]
    if len(masters) > 1:
        masters = [max(masters, key=_age)]
        noted.append("duplicate_uid")
    spans: set[tuple[datetime, datetime]] = set()
    repeats = False
    try:
        if masters and _repeats(masters[0]):
            refuse_hostile(masters[0], clock)
            repeats = True
            found = occurrences([*masters, *overrides], clock, terms.from_at, terms.until_at)
        else:
            found = ((event, *_times(event, clock)) for event in (*masters, *overrides))
        for event, start_at, end_at in found:
            if _takes_time(event, terms):
                spans.update(_within(start_at, end_at, terms, noted))
    except Unusable as refusal:
        noted.append(refusal.code)
    sample = masters[0] if masters else (overrides[0] if overrides else None)
    return Interpreted(
        uid=uid,
        spans=tuple(sorted(spans)),
        link=str(sample.get(LINK_PROPERTY, "")) if sample is not None else "",
        fields=_fields(sample, clock) if sample is not None and LINK_PROPERTY in sample else {},
        is_cancelled=sample is not None and str(sample.get("STATUS", "")).upper() == "CANCELLED",
        repeats_beyond_window=repeats,
        warnings=tuple(dict.fromkeys((*noted, *clock.warnings)))[:MOST_WARNINGS],
    )


def _is_broken(event: Entry, noted: list[str]) -> bool:
    if event.get("DTSTART") is None or any(name in {"DTSTART", "DTEND", "DURATION"} for name, _ in event.errors):
        noted.append("bad_time")
        return True
    return False


def _age(event: Entry) -> tuple[int, str]:
    """Return what tells the newer of two entries with the same UID: SEQUENCE, then DTSTAMP (RFC 5546, 2.1.5)."""
    try:
        sequence = int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        sequence = 0
    stamp = event.get("DTSTAMP")
    return sequence, stamp.to_ical().decode() if stamp is not None else ""


def _repeats(event: Entry) -> bool:
    return "RRULE" in event or "RDATE" in event


def _times(event: Entry, clock: Clock) -> tuple[datetime, datetime]:
    start = event["DTSTART"]
    return instant_of(start, clock), instant_of(start, clock) + length_of(event, clock)


def _within(
    start_at: datetime, end_at: datetime, terms: Terms, noted: list[str]
) -> Iterator[tuple[datetime, datetime]]:
    if end_at < start_at:
        noted.append("ends_before_start")
    elif end_at - start_at > LONGEST:
        noted.append("too_long")
    elif start_at < end_at and start_at < terms.until_at and end_at > terms.from_at:
        yield start_at, end_at


def _takes_time(event: Entry, terms: Terms) -> bool:
    status = str(event.get("STATUS", "")).upper()
    if status == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return False
    if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() in {"FREE", "WORKINGELSEWHERE"}:
        return False
    if status == "TENTATIVE" and not terms.tentative_blocks:
        return False
    return not _is_declined(event, terms.addresses)


def _is_declined(event: Entry, addresses: tuple[str, ...]) -> bool:
    attendees = event.get("ATTENDEE", [])
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        address = str(attendee).lower().removeprefix("mailto:")
        parameters = getattr(attendee, "params", {})
        if address in addresses and str(parameters.get("PARTSTAT", "")).upper() == "DECLINED":
            return True
    return False


def _fields(event: Entry, clock: Clock) -> dict[str, str]:
    """Return what `calendar_sync.providers.base.fields_of` returns, of an entry we wrote."""
    try:
        start_at, end_at = _times(event, clock)
    except Unusable:
        return {}
    return {
        "start_at": start_at.isoformat(),
        "end_at": end_at.isoformat(),
        "summary": str(event.get("SUMMARY", "")),
        "location": str(event.get("LOCATION", "")),
        "status": "tentative" if str(event.get("STATUS", "")).upper() == "TENTATIVE" else "confirmed",
    }
