"""Whatever happens in a calendar: read change by change, its busy time is what reading all of it says."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendar_sync.providers.base import Pulled, Reading, TokenRefused
from calendar_sync.providers.google.session import GoogleSession
from schedule.selectors.conflicts import Span
from tests.calendar_sync.fakes.google import FakeGoogle
from tests.calendar_sync.google.shop import ZONE

JUNE = Span(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
NAMES = ("alpha", "bravo", "delta")
Act: TypeAlias = tuple[str, str, int, int]
NUMBERS = count()


def times(day: int, hour: int) -> dict[str, Any]:
    """Return an hour of June as Google says it."""
    return {
        key: {"dateTime": f"2026-06-{day:02d}T{hour + more:02d}:00:00Z", "timeZone": "UTC"}
        for key, more in (("start", 0), ("end", 1))
    }


def perform(google: FakeGoogle, calendar: str, act: Act) -> None:
    """Do something in the calendar, where it can be done."""
    what, name, day, hour = act
    kept = google.store.calendars[calendar].events.get(name)
    is_there = kept is not None and kept["status"] == "confirmed"
    original = f"2026-06-{day:02d}T09:00:00Z"
    daily = ["RRULE:FREQ=DAILY;COUNT=10"]
    acts: dict[str, Callable[[], object]] = {
        "single": lambda: google.add(name, *times(day, hour).values(), calendar=calendar),
        "series": lambda: google.add(name, *times(day, 9).values(), calendar=calendar, recurrence=daily),
        "guest": lambda: google.change_occurrence(f"{name}0", original, calendar=calendar, **times(day, hour)),
        "guest gone": lambda: google.change_occurrence(f"{name}0", original, calendar=calendar, status="cancelled"),
    }
    if is_there:
        acts |= {
            "move": lambda: google.edit(name, calendar=calendar, **times(day, hour)),
            "drop": lambda: google.drop(name, calendar=calendar),
            "free": lambda: google.edit(name, calendar=calendar, transparency="transparent"),
            "repeat": lambda: google.edit(name, calendar=calendar, recurrence=daily),
            "once": lambda: google.edit(name, calendar=calendar, recurrence=None),
        }
    if is_there and kept is not None and kept.get("recurrence"):
        acts |= {
            "shift": lambda: google.change_occurrence(name, original, calendar=calendar, **times(day, hour)),
            "skip": lambda: google.change_occurrence(name, original, calendar=calendar, status="cancelled"),
        }
    acts.get(what, lambda: None)()


ACTS = st.tuples(
    st.sampled_from(
        ("single", "series", "guest", "guest gone", "move", "drop", "free", "repeat", "once", "shift", "skip")
    ),
    st.sampled_from(NAMES),
    st.integers(1, 20),
    st.integers(10, 20),
)


def taken(known: dict[str, tuple[Span, ...]], pulled: Pulled) -> dict[str, tuple[Span, ...]]:
    """Return what is known of a calendar's busy time after a reading, as the engine keeps it."""
    changed = {item.remote_id: item.busy for item in pulled.items}
    gone = pulled.removed | (known.keys() - changed.keys() - pulled.unchanged if pulled.is_complete else set())
    assert not gone & changed.keys()
    return {name: busy for name, busy in (known | changed).items() if name not in gone}


def read(session: GoogleSession, calendar: str, token: str) -> Pulled:
    """Read what changed, or everything where the token does not say."""
    try:
        return session.pull(Reading(calendar, JUNE, ZONE, token=token))
    except TokenRefused:
        return session.pull(Reading(calendar, JUNE, ZONE))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(st.lists(ACTS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_change_by_change_is_the_same_as_all_at_once(
    google: FakeGoogle, session: GoogleSession, rounds: list[list[Act]]
) -> None:
    calendar = f"calendar{next(NUMBERS)}"
    google.add_calendar(calendar)
    known: dict[str, tuple[Span, ...]] = {}
    token = ""
    for acts in rounds:
        for act in acts:
            perform(google, calendar, act)
        pulled = read(session, calendar, token)
        known, token = taken(known, pulled), pulled.token
        assert known == taken({}, session.pull(Reading(calendar, JUNE, ZONE)))
