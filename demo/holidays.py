"""Rules that find a holiday's date in any year."""

from collections.abc import Callable
from datetime import date, timedelta

Rule = Callable[[int], date]
"""Takes a year, returns the date."""

MONDAY, THURSDAY = 0, 3


def fixed(month: int, day: int) -> Rule:
    """The same date every year."""
    return lambda year: date(year, month, day)


def nth_weekday(number: int, weekday: int, month: int) -> Rule:
    """The `number`-th `weekday` (0 is Monday) of `month`; -1 is the last one."""

    def find(year: int) -> date:
        if number > 0:
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)

    return find


def easter(days_after: int = 0) -> Rule:
    """So many days after Easter Sunday."""
    return lambda year: easter_sunday(year) + timedelta(days=days_after)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leaps, rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


UNITED_STATES = (
    fixed(1, 1),
    nth_weekday(-1, MONDAY, 5),
    fixed(7, 4),
    nth_weekday(1, MONDAY, 9),
    nth_weekday(4, THURSDAY, 11),
    fixed(12, 25),
)
BERLIN = (
    fixed(1, 1),
    fixed(3, 8),
    easter(-2),
    easter(1),
    fixed(5, 1),
    easter(39),
    easter(50),
    fixed(10, 3),
    fixed(12, 25),
    fixed(12, 26),
)
ENGLAND = (
    fixed(1, 1),
    easter(-2),
    easter(1),
    nth_weekday(1, MONDAY, 5),
    nth_weekday(-1, MONDAY, 5),
    nth_weekday(-1, MONDAY, 8),
    fixed(12, 25),
    fixed(12, 26),
)
