"""Windows of local dates."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.time_zones import time_zone_names
from schedule.selectors.windows import DateWindow, first_instant

ONE_SECOND = timedelta(seconds=1)
MOMENTS = st.integers(946_684_800, 2_114_380_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""2000 to 2036."""


@given(
    zone=st.sampled_from(sorted(time_zone_names())).map(ZoneInfo),
    day=st.dates(date(1996, 1, 1), date(2037, 12, 31)),
)
def test_a_date_begins_with_its_first_instant(zone: ZoneInfo, day: date) -> None:
    first = first_instant(day, zone)

    assert first.astimezone(zone).date() >= day
    assert (first.astimezone(UTC) - ONE_SECOND).astimezone(zone).date() < day


@pytest.mark.parametrize(
    ("zone", "day", "first", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), "2026-03-08T00:00:00-05:00", 23),
        ("America/New_York", date(2026, 11, 1), "2026-11-01T00:00:00-04:00", 25),
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T01:00:00-02:00", 23),
        ("Africa/Cairo", date(2026, 4, 24), "2026-04-24T01:00:00+03:00", 23),
        ("America/Havana", date(2026, 11, 1), "2026-11-01T00:00:00-04:00", 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), "2026-04-05T00:00:00+11:00", 24.5),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-31T00:00:00+14:00", 0),
    ],
)
def test_days_that_are_not_24_hours_long(zone: str, day: date, first: str, hours: float) -> None:
    window = DateWindow(day, day, ZoneInfo(zone))

    assert window.start_at.isoformat() == first
    assert window.end_at.astimezone(UTC) - window.start_at.astimezone(UTC) == timedelta(hours=hours)


@given(
    now=MOMENTS,
    days=st.integers(1, 3660),
    zone=st.sampled_from(["UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"]).map(ZoneInfo),
)
def test_the_last_days_and_the_ones_before_them(now: datetime, days: int, zone: ZoneInfo) -> None:
    window = DateWindow.of_last_days(days, now=now, zone=zone)

    assert window.start_at <= now < window.end_at
    assert window.last_date == now.astimezone(zone).date()
    assert window.length_days == len(window.dates) == days
    assert window.before().length_days == days
    assert (*window.before().dates, *window.dates) == DateWindow.of_last_days(2 * days, now=now, zone=zone).dates
    assert window.before().end_at == window.start_at


@given(
    now=MOMENTS,
    zone=st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu"]).map(ZoneInfo),
)
def test_a_month_is_a_calendar_month(now: datetime, zone: ZoneInfo) -> None:
    month = DateWindow.of_month(now=now, zone=zone)
    local = now.astimezone(zone)

    assert month.first_date == date(local.year, local.month, 1)
    assert (month.last_date + timedelta(days=1)).day == 1
    assert 28 <= month.length_days <= 31
    assert month.start_at <= now < month.end_at
    assert month.last_second.replace(tzinfo=None) == datetime.combine(month.last_date, time(23, 59, 59))


@given(
    day=st.dates(date(2000, 1, 1), date(2037, 1, 1)),
    zone=st.sampled_from(sorted(time_zone_names())).map(ZoneInfo),
    seconds=st.integers(-100_000, 100_000),
)
def test_the_search_range_holds_the_window(day: date, zone: ZoneInfo, seconds: int) -> None:
    window = DateWindow(day, day, zone)
    moment = datetime.combine(day, time(12), tzinfo=UTC) + timedelta(seconds=seconds)

    low, high = window.search_range

    assert low <= moment <= high or moment.astimezone(zone).date() != day
