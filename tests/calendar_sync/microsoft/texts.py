"""Series as Graph writes them down."""

from datetime import date, datetime
from typing import Any

from tests.calendar_sync.fakes.graph_mailbox import Event, Json
from tests.calendar_sync.microsoft.office import HOUR, Office, clock


def weekly(first: date, count: int, *days: str) -> Json:
    """Return the recurrence of a series on certain days of the week."""
    return {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": list(days)},
        "range": {"type": "numbered", "startDate": f"{first:%Y-%m-%d}", "numberOfOccurrences": count},
    }


def daily(first: date, count: int) -> Json:
    """Return the recurrence of a series on every day; without an end if `count` is zero."""
    limits: Json = {"type": "numbered", "numberOfOccurrences": count} if count else {"type": "noEnd"}
    return {
        "pattern": {"type": "daily", "interval": 1},
        "range": {"startDate": f"{first:%Y-%m-%d}", **limits},
    }


def repeat(office: Office, first: datetime, recurrence: Json, zone: str = "UTC", **properties: Any) -> Event:
    """Put a series into the calendar whose occurrences last an hour from `first` on, as the clock reads in `zone`."""
    start = first.replace(tzinfo=None)
    times = {"start": clock(start, zone), "end": clock(start + HOUR, zone)}
    return office.mailbox.put(office.calendar.remote_id, {**times, "recurrence": recurrence, **properties})
