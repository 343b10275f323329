"""Series laid out, compared with `dateutil`, which knows nothing of the reader."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from calendar_sync.ics.interpreting import Terms, interpret
from calendar_sync.providers.google.series import series_text
from schedule.selectors.conflicts import Span
from tests.calendar_sync.google.shop import YEAR

rrulestr = import_module("dateutil.rrule").rrulestr  # it comes without types
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Auckland", "UTC")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR = timedelta(hours=1)
SPRING = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 20, tzinfo=UTC))
AUTUMN = Span(datetime(2026, 9, 20, tzinfo=UTC), datetime(2026, 11, 15, tzinfo=UTC))
Times = list[tuple[datetime, datetime]]


def wall(text: str) -> datetime:
    """Return a reading of a clock, in whatever zone."""
    return datetime.fromisoformat(text)


def laid_out(events: list[dict[str, object]], zone: str, window: Span = YEAR) -> Times:
    """Return the busy time of a series as the product reads it."""
    text = series_text(events, zone=zone, tentative_blocks=True).text
    found = interpret(text, Terms(window.start_at, window.end_at, zone))
    return sorted(span for one in found for span in one.spans)


def independently(starts: Iterable[datetime], zone: str, length: timedelta, window: Span) -> Times:
    """Return the busy time of wall-clock starts, the way a person would count it."""
    times = []
    for start in starts:
        begins = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if begins < window.end_at and begins + length > window.start_at:
            times.append((begins, begins + length))
    return sorted(times)


def as_google_says(start: datetime, zone: str) -> dict[str, str]:
    """Return a wall-clock time as Google says it."""
    return {"dateTime": start.replace(tzinfo=ZoneInfo(zone)).isoformat(), "timeZone": zone}


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw rules as people make them in a calendar."""
    kind = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={kind}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if kind == "WEEKLY" and draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True))))
    if kind == "MONTHLY":
        by_day = f"BYDAY={draw(st.sampled_from((1, 2, 3, 4, -1)))}{draw(st.sampled_from(DAYS))}"
        parts.append(draw(st.sampled_from((by_day, "BYMONTHDAY=31", "BYMONTHDAY=-1", "BYMONTHDAY=15"))))
    end = draw(st.sampled_from(("", f"COUNT={draw(st.integers(1, 40))}", "UNTIL=THEN")))
    return ";".join([*parts, end] if end else parts)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rule=rules(),
    zone=st.sampled_from(ZONES),
    window=st.sampled_from((SPRING, AUTUMN)),
    days_before=st.integers(-20, 80),
    quarter=st.integers(16, 90),
    minutes=st.sampled_from((15, 45, 60, 90)),
    cancelled=st.sets(st.integers(0, 12), max_size=3),
    moved=st.integers(0, 12),
)
def test_series_are_laid_out_as_dateutil_does(
    rule: str,
    zone: str,
    window: Span,
    days_before: int,
    quarter: int,
    minutes: int,
    cancelled: set[int],
    moved: int,
) -> None:
    length = timedelta(minutes=minutes)
    begin = window.start_at.replace(tzinfo=None) + timedelta(days=-days_before, minutes=15 * quarter)
    until = window.start_at + timedelta(days=30)
    there = ZoneInfo(zone)
    # dateutil wants UNTIL as the start is: a reading of the zone's clock.
    rule_there = rule.replace("THEN", f"{until.astimezone(there):%Y%m%dT%H%M%S}")
    # A series begins where its rule says; of one that does not, RFC 5545 leaves open what is meant.
    first = next(iter(rrulestr(rule_there, dtstart=begin)), None)
    assume(first is not None)
    assert first is not None
    a_little_later = window.end_at.replace(tzinfo=None) + timedelta(days=2)
    starts = rrulestr(rule_there, dtstart=first).between(first - HOUR, a_little_later, inc=True)
    changed = {starts[number] for number in {*cancelled, moved} if number < len(starts)}
    events: list[dict[str, object]] = [
        {
            "id": "series",
            "start": as_google_says(first, zone),
            "end": as_google_says(first + length, zone),
            "recurrence": [f"RRULE:{rule.replace('THEN', f'{until:%Y%m%dT%H%M%SZ}')}"],
        }
    ]
    elsewhere = {"start": {"dateTime": until.isoformat()}, "end": {"dateTime": (until + HOUR).isoformat()}}
    is_moved = moved < len(starts) and moved not in cancelled
    for original in sorted(changed):
        change = elsewhere if is_moved and original == starts[moved] else {"status": "cancelled"}
        events.append({"recurringEventId": "series", "originalStartTime": as_google_says(original, zone), **change})
    extra = {(until, until + HOUR)} if is_moved else set()

    left = [start for start in starts if start not in changed]
    assert laid_out(events, zone, window) == sorted({*independently(left, zone, length, window), *extra})


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=200", "FREQ=WEEKLY;BYDAY=SU,TU", "FREQ=MONTHLY;BYDAY=-1FR"])
def test_days_in_a_series_are_as_long_as_days_are(rule: str, zone: str) -> None:
    first = next(iter(rrulestr(rule, dtstart=wall("2026-02-24"))))
    events: list[dict[str, object]] = [
        {
            "id": "series",
            "start": {"date": f"{first:%Y-%m-%d}"},
            "end": {"date": f"{first + timedelta(days=1):%Y-%m-%d}"},
            "recurrence": [f"RRULE:{rule}"],
        },
        {
            "id": "series_1",
            "status": "cancelled",
            "recurringEventId": "series",
            "originalStartTime": {"date": "2026-03-31"},
        },
    ]
    starts = rrulestr(rule, dtstart=first).between(first - HOUR, wall("2027-01-01"), inc=True)
    there = ZoneInfo(zone)

    assert laid_out(events, zone) == [
        (at.replace(tzinfo=there).astimezone(UTC), (at + timedelta(days=1)).replace(tzinfo=there).astimezone(UTC))
        for at in starts
        if at.date() != date(2026, 3, 31) and at.replace(tzinfo=there) < YEAR.end_at
    ]


@pytest.mark.parametrize(
    ("start", "until", "count"),
    [
        ("2026-06-01T22:00:00-04:00", "20260604", 4),
        ("2026-06-01T22:00:00-04:00", "20260605T020000Z", 4),
        ("2026-06-01T22:00:00-04:00", "20260605T015959Z", 3),
    ],
)
def test_the_last_day_of_a_series_in_all_spellings(start: str, until: str, count: int) -> None:
    begin = datetime.fromisoformat(start)
    events: list[dict[str, object]] = [
        {
            "id": "series",
            "start": {"dateTime": start, "timeZone": "America/New_York"},
            "end": {"dateTime": (begin + HOUR).isoformat(), "timeZone": "America/New_York"},
            "recurrence": [f"RRULE:FREQ=DAILY;UNTIL={until}"],
        }
    ]

    assert [at for at, _ in laid_out(events, "America/New_York")] == [
        begin.astimezone(UTC) + timedelta(days=day) for day in range(count)
    ]


@pytest.mark.parametrize("until", ["20260604", "20260604T035959Z", "20260604T235959Z"])
def test_the_last_day_of_a_series_of_days_in_all_spellings(until: str) -> None:
    events: list[dict[str, object]] = [
        {
            "id": "series",
            "start": {"date": "2026-06-02"},
            "end": {"date": "2026-06-03"},
            "recurrence": [f"RRULE:FREQ=DAILY;UNTIL={until}"],
        }
    ]

    assert len(laid_out(events, "America/New_York")) == 3
