"""Times of events in the fake mailbox, and what a series comes to; written without a look at the product's code."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WINDOWS = {
    "Eastern Standard Time": "America/New_York",
    "W. Europe Standard Time": "Europe/Berlin",
    "Tokyo Standard Time": "Asia/Tokyo",
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FAR = date(2100, 1, 1)
Times = tuple[datetime, datetime]


def zone_of(name: str) -> ZoneInfo:
    """Return the zone of a name, Windows' or IANA's. Raises KeyError for one the service does not know."""
    return ZoneInfo(WINDOWS.get(name, name))


def local(moment: Mapping[str, Any]) -> datetime:
    """Return the reading of the clock that a dateTimeTimeZone names, without a zone."""
    return datetime.fromisoformat(moment["dateTime"])


def instant(moment: Mapping[str, Any]) -> datetime:
    """Return the instant that a dateTimeTimeZone names."""
    return local(moment).replace(tzinfo=zone_of(moment["timeZone"])).astimezone(UTC)


def told(at: datetime) -> dict[str, str]:
    """Return an instant, or the midnight of a whole day, as the service tells it when UTC is asked for."""
    return {"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}


def days_of(recurrence: Mapping[str, Any], until: date) -> Iterator[date]:
    """Yield the days of a series in their order, up to `until`."""
    pattern, limits = recurrence["pattern"], recurrence["range"]
    first = date.fromisoformat(limits["startDate"])
    last = min(until, date.fromisoformat(limits["endDate"]) if limits["type"] == "endDate" else FAR)
    count = limits["numberOfOccurrences"] if limits["type"] == "numbered" else None
    given = 0
    day = first
    while day <= last and (count is None or given < count):
        if _is_on(pattern, first, day):
            given += 1
            yield day
        day += timedelta(days=1)


def _is_on(pattern: Mapping[str, Any], first: date, day: date) -> bool:
    every = pattern["interval"]
    match pattern["type"]:
        case "daily":
            return bool((day - first).days % every == 0)
        case "weekly":
            weeks = (day - timedelta(days=day.weekday()) - (first - timedelta(days=first.weekday()))).days // 7
            return DAYS[day.weekday()] in pattern["daysOfWeek"] and weeks % every == 0
        case _:
            months = (day.year - first.year) * 12 + day.month - first.month
            return bool(day.day == pattern["dayOfMonth"] and months % every == 0)


def times_on(master: Mapping[str, Any], day: date) -> tuple[dict[str, str], dict[str, str]]:
    """Return when the occurrence of a day starts and ends: the clock reads the same, the instant need not."""
    start, end = local(master["start"]), local(master["end"])
    moved = datetime.combine(day, start.time())
    ends = moved + (end - start)
    zones = master["start"]["timeZone"], master["end"]["timeZone"]
    return (
        {"dateTime": moved.isoformat(), "timeZone": zones[0]},
        {"dateTime": ends.isoformat(), "timeZone": zones[1]},
    )
