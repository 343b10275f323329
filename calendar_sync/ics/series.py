"""Recurring entries, laid out with `recurring_ical_events` after the rules that never end were refused."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import icalendar
import recurring_ical_events
from icalendar.prop import vDDDLists, vDDDTypes

from calendar_sync.ics.times import Clock, Entry, Unusable, aware, instant_of, length_of

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
MOST_INTERVAL = 1000
MOST_IN_LIST = 100
MOST_TIMES_A_DAY = 24
MOST_OCCURRENCES = 2000
LONGEST = timedelta(days=370)
ONE_DAY = timedelta(days=1)
DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LISTS = ("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS")


def refuse_hostile(master: Entry, clock: Clock) -> None:
    """Raise Unusable for a series that takes unreasonably long to lay out, or for ever."""
    instant_of(master["DTSTART"], clock)
    length = length_of(master, clock)
    if length < timedelta(0):
        raise Unusable("ends_before_start")
    if length > LONGEST:
        raise Unusable("too_long")
    rules = master.get("RRULE", [])
    texts = {rule.to_ical() for rule in (rules if isinstance(rules, list) else [rules])}
    if len(texts) > 1:
        raise Unusable("several_rules")
    for rule in rules if isinstance(rules, list) else [rules]:
        _refuse_rule({name.upper(): _listed(value) for name, value in rule.items()})


def occurrences(
    entries: Sequence[Entry], clock: Clock, from_at: datetime, until_at: datetime
) -> Iterator[tuple[Entry, datetime, datetime]]:
    """Yield each occurrence near the window with its start and end in UTC.

    `entries` are a series and the occurrences it was changed in. Raises Unusable.
    """
    calendar = icalendar.Calendar()
    for entry in entries:
        calendar.add_component(_zoned(entry, clock))
    try:
        found = recurring_ical_events.of(calendar).between(from_at - ONE_DAY, until_at + ONE_DAY)
    except (ValueError, TypeError, OverflowError, KeyError, AttributeError):
        raise Unusable("bad_rule") from None
    if len(found) > MOST_OCCURRENCES:
        raise Unusable("too_many_occurrences")
    for event in found:
        start_at = instant_of(event["DTSTART"], clock)
        yield event, start_at, start_at + length_of(event, clock)


def _refuse_rule(rule: dict[str, list[object]]) -> None:
    if str(rule.get("FREQ", [""])[0]).upper() not in FREQUENCIES:
        raise Unusable("too_frequent")
    interval = rule.get("INTERVAL", [1])[0]
    if not isinstance(interval, int) or not 1 <= interval <= MOST_INTERVAL:
        raise Unusable("bad_rule")
    if any(len(rule.get(name, [])) > MOST_IN_LIST for name in LISTS):
        raise Unusable("bad_rule")
    if rule.get("BYSECOND", [0]) != [0]:
        raise Unusable("too_frequent")
    if max(len(rule.get("BYHOUR", [])), 1) * max(len(rule.get("BYMINUTE", [])), 1) > MOST_TIMES_A_DAY:
        raise Unusable("too_frequent")
    if not _has_a_day(rule):
        raise Unusable("bad_rule")


def _has_a_day(rule: dict[str, list[object]]) -> bool:
    """Tell whether any of the months has any of the days; a series of 30 February is looked for for ever."""
    days = [int(str(day)) for day in rule.get("BYMONTHDAY", [])]
    months = [int(str(month).rstrip("L")) for month in rule.get("BYMONTH", [])] or list(range(1, 13))
    if not days:
        return True
    return any(1 <= abs(day) <= DAYS_OF_MONTH[month - 1] for month in months if 1 <= month <= 12 for day in days)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _zoned(entry: Entry, clock: Clock) -> Entry:
    """Return the entry with every time that lacks a zone in the clock's; days stay days."""
    zoned = entry.copy()
    zoned.subcomponents = []
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        if name in zoned:
            zoned[name] = _placed(zoned[name], clock)
    has_days = not isinstance(zoned["DTSTART"].dt, datetime)
    for name in ("EXDATE", "RDATE"):
        if name in zoned:
            lists = zoned[name] if isinstance(zoned[name], list) else [zoned[name]]
            placed = [[_placed(item, clock).dt for item in one.dts] for one in lists]
            zoned[name] = [vDDDLists([_as_day(value, clock) if has_days else value for value in one]) for one in placed]
    return zoned


def _placed(prop: Entry, clock: Clock) -> Entry:
    value = prop.dt
    if isinstance(value, tuple):  # a period of RDATE
        start, end = value
        return vDDDTypes((_in_zone(start, clock), _in_zone(end, clock) if isinstance(end, date) else end))
    if isinstance(value, datetime) and value.tzinfo is None:
        if "TZID" in prop.params:
            clock.warnings.append("unknown_tzid")
        placed = vDDDTypes(_in_zone(value, clock))
        if prop.params.get("RANGE"):
            placed.params["RANGE"] = prop.params["RANGE"]
        return placed
    return prop


def _as_day(value: Entry, clock: Clock) -> Entry:
    """Return the day of an instant in the clock's zone: what leaves out a day of a series of days."""
    return value.astimezone(clock.zone).date() if isinstance(value, datetime) else value


def _in_zone(value: Entry, clock: Clock) -> Entry:
    if not isinstance(value, datetime) or value.tzinfo is not None:
        return value
    aware(value, clock)
    return value.replace(tzinfo=clock.zone)
