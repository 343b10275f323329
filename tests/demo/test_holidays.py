from datetime import date

import pytest

from demo.holidays import BERLIN, UNITED_STATES, easter_sunday, nth_weekday


@pytest.mark.parametrize(
    "easter",
    [date(1961, 4, 2), date(2000, 4, 23), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)],
    ids=str,
)
def test_easter_sunday(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


def test_the_holidays_of_the_united_states() -> None:
    assert [rule(2026) for rule in UNITED_STATES] == [
        date(2026, 1, 1),
        date(2026, 5, 25),
        date(2026, 7, 4),
        date(2026, 9, 7),
        date(2026, 11, 26),
        date(2026, 12, 25),
    ]


def test_ascension_and_whit_monday_follow_easter() -> None:
    dates = [rule(2026) for rule in BERLIN]

    assert {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)} <= set(dates)


def test_a_first_weekday_may_be_the_first_day_of_the_month() -> None:
    assert nth_weekday(1, 0, 6)(2026) == date(2026, 6, 1)
