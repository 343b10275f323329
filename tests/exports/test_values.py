"""What filters accept, and when days begin."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.datasets import Filter, FilterType
from core.errors import FieldError
from exports.values import check_value, sql_value

CHOICES = ("pending", "confirmed")


def filter_of(kind: FilterType) -> Filter:
    return Filter("it", kind, "%(value)s", "", CHOICES)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (FilterType.FIRST_DATE, "2026-03-29", "2026-03-29"),
        (FilterType.TIMESTAMP, "2026-03-29T10:00:00Z", "2026-03-29T10:00:00+00:00"),
        (FilterType.TIMESTAMP, "2026-03-29 10:00", "2026-03-29T10:00:00"),
        (FilterType.TIMESTAMP, "2026-03-29", "2026-03-29T00:00:00"),
        (FilterType.CHOICE, "pending", "pending"),
        (FilterType.INTEGER, "12", 12),
        (FilterType.INTEGER, 12, 12),
        (FilterType.BOOLEAN, "true", True),
        (FilterType.BOOLEAN, "0", False),
        (FilterType.BOOLEAN, False, False),
    ],
)
def test_what_is_accepted(kind: FilterType, given: object, kept: object) -> None:
    assert check_value(given, filter_of(kind)) == kept


@pytest.mark.parametrize("given", ["", " ", "\x00", "x" * 5000, "9" * 40, "-1", "1.5", "２", None, [], {}, "NaN"])
@pytest.mark.parametrize("kind", list(FilterType))
def test_nonsense_is_refused_by_name(kind: FilterType, given: object) -> None:
    with pytest.raises(FieldError) as refused:
        check_value(given, filter_of(kind))

    assert list(refused.value.extra["errors"]) == ["it"]


@pytest.mark.parametrize(
    "given", ["2026-02-30", "26-01-01", "2026-1-1", "20260101", "2026-W01-1", "0001-01-01", "9999-12-31"]
)
@pytest.mark.parametrize("kind", [FilterType.FIRST_DATE, FilterType.LAST_DATE])
def test_dates_that_are_none(kind: FilterType, given: str) -> None:
    with pytest.raises(FieldError):
        check_value(given, filter_of(kind))


@pytest.mark.parametrize(
    ("zone", "day", "first", "after"),
    [
        ("UTC", "2026-01-31", datetime(2026, 1, 31, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        ("Europe/Berlin", "2026-03-29", datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("Europe/Berlin", "2026-10-25", datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        # In Beirut midnight itself is left out: the day begins at 01:00 local time.
        ("Asia/Beirut", "2025-03-30", datetime(2025, 3, 29, 22, tzinfo=UTC), datetime(2025, 3, 30, 21, tzinfo=UTC)),
        # In Havana the first hour comes twice: the day begins with the first of them.
        ("America/Havana", "2025-11-02", datetime(2025, 11, 2, 4, tzinfo=UTC), datetime(2025, 11, 3, 5, tzinfo=UTC)),
    ],
)
def test_days_are_those_of_the_business(zone: str, day: str, first: datetime, after: datetime) -> None:
    place = ZoneInfo(zone)

    begins = sql_value(day, filter_of(FilterType.FIRST_DATE), zone=place)
    ends = sql_value(day, filter_of(FilterType.LAST_DATE), zone=place)

    assert isinstance(begins, datetime)
    assert isinstance(ends, datetime)
    assert (begins.astimezone(UTC), ends.astimezone(UTC)) == (first, after)


def test_a_moment_without_offset_is_local() -> None:
    moment = sql_value("2026-07-01T10:00:00", filter_of(FilterType.TIMESTAMP), zone=ZoneInfo("Europe/Berlin"))

    assert isinstance(moment, datetime)
    assert moment.astimezone(UTC) == datetime(2026, 7, 1, 8, tzinfo=UTC)
