"""The arithmetic of quotas."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quota_rules import admits, month_bounds, normalise_limit, state_of

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "America/Asuncion",
    "Asia/Kathmandu",
    "Asia/Amman",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)


@pytest.mark.parametrize(("raw", "limit"), [(None, None), (-1, None), (0, 0), (5, 5), (2**40, 2**40)])
def test_a_limit(raw: object, limit: int | None) -> None:
    assert normalise_limit(raw) == limit


@pytest.mark.parametrize("raw", [-2, True, False, 1.5, 5.0, -1.0, "10", "-1", "", [], {}])
def test_what_is_no_limit(raw: object) -> None:
    with pytest.raises(ValueError, match="invalid limit"):
        normalise_limit(raw)


@given(st.integers(0, 50), st.integers(0, 60), st.integers(0, 5))
def test_what_fits(limit: int, used: int, count: int) -> None:
    assert admits(limit, used, count) is (used + count <= limit)
    assert admits(None, used, count) is True
    assert admits(0, used, count + 1) is False


def test_a_negative_count_never_fits() -> None:
    assert [admits(limit, 0, -1) for limit in (0, 5)] == [False, False]


@given(st.lists(st.sampled_from("+-"), max_size=60), st.integers(0, 5), st.integers(0, 5))
def test_creation_never_passes_the_limit_even_across_a_downgrade(steps: list[str], first: int, second: int) -> None:
    used = 0
    for position, step in enumerate(steps):
        limit = first if position < len(steps) // 2 else second
        before = used
        if step == "+" and admits(limit, used):
            used += 1
        elif step == "-" and used:
            used -= 1
        assert used <= max(limit, before)


@pytest.mark.parametrize(
    ("limit", "used", "state"),
    [
        (None, 0, "unlimited"),
        (None, 1_000, "unlimited"),
        (10, 0, "ok"),
        (10, 7, "ok"),
        (10, 8, "near"),
        (10, 9, "near"),
        (10, 10, "reached"),
        (10, 11, "over"),
        (1, 0, "ok"),
        (3, 2, "ok"),
        (0, 0, "reached"),
        (0, 1, "over"),
    ],
)
def test_the_state_of_a_quota(limit: int | None, used: int, state: str) -> None:
    assert state_of(limit, used) == state


@pytest.mark.parametrize(
    ("zone", "now", "start", "end"),
    [
        # Standard time on both ends, and a whole month of it.
        ("UTC", "2026-11-22T12:00+00:00", "2026-11-01T00:00+00:00", "2026-12-01T00:00+00:00"),
        # The year turns.
        ("UTC", "2026-12-31T23:59:59.999999+00:00", "2026-12-01T00:00+00:00", "2027-01-01T00:00+00:00"),
        # Already the next month there, still the last one in UTC; and the other way round.
        ("Pacific/Kiritimati", "2026-10-31T10:00+00:00", "2026-10-31T10:00+00:00", "2026-11-30T10:00+00:00"),
        ("Pacific/Niue", "2026-11-01T10:59+00:00", "2026-10-01T11:00+00:00", "2026-11-01T11:00+00:00"),
        # The clocks go forward in March and back in November: the month has one hour less, or one more.
        ("America/New_York", "2026-03-15T12:00+00:00", "2026-03-01T05:00+00:00", "2026-04-01T04:00+00:00"),
        ("America/New_York", "2026-11-15T12:00+00:00", "2026-11-01T04:00+00:00", "2026-12-01T05:00+00:00"),
        ("Europe/Berlin", "2026-10-31T22:59+00:00", "2026-09-30T22:00+00:00", "2026-10-31T23:00+00:00"),
        # Midnight of the first did not exist (00:00 became 01:00): the month begins with the change.
        ("Asia/Amman", "2022-04-10T12:00+00:00", "2022-03-31T21:00+00:00", "2022-04-30T21:00+00:00"),
        ("Asia/Amman", "2016-04-10T12:00+00:00", "2016-03-31T22:00+00:00", "2016-04-30T21:00+00:00"),
        # Samoa went without the 30th of December.
        ("Pacific/Apia", "2011-12-29T12:00+00:00", "2011-12-01T10:00+00:00", "2011-12-31T10:00+00:00"),
    ],
)
def test_the_bounds_of_a_month(zone: str, now: str, start: str, end: str) -> None:
    found = [moment.astimezone(UTC) for moment in month_bounds(datetime.fromisoformat(now), ZoneInfo(zone))]

    assert found == [datetime.fromisoformat(start), datetime.fromisoformat(end)]


MOMENTS = st.datetimes(
    datetime.fromisoformat("1971-01-01"), datetime.fromisoformat("2100-01-01"), timezones=st.just(UTC)
)


@given(MOMENTS, st.sampled_from(ZONES))
def test_every_moment_lies_in_exactly_one_month(now: datetime, zone_name: str) -> None:
    zone = ZoneInfo(zone_name)
    start, end = (moment.astimezone(UTC) for moment in month_bounds(now, zone))
    next_start, _ = month_bounds(end, zone)
    last = (end - timedelta(microseconds=1)).astimezone(zone)

    assert start <= now < end
    assert next_start.astimezone(UTC) == end
    assert (last.year, last.month) == (now.astimezone(zone).year, now.astimezone(zone).month)
