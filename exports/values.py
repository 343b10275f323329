"""What a filter was given: checked, kept in a form JSON can hold, and turned into what SQL compares with."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.datasets import Filter, FilterType
from core.errors import FieldError

FilterValue = str | int | bool

FIRST_YEAR, LAST_YEAR = 1900, 9998
MAX_INTEGER = 2**63 - 1
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?",  # a bare date is its midnight
    re.ASCII,
)


def check_value(given: object, one: Filter) -> FilterValue:
    """Return the value in its one JSON form. Takes what a query string or a JSON body says. Raises FieldError."""
    return _CHECKS[one.type](given, one)


def sql_value(value: FilterValue, one: Filter, *, zone: ZoneInfo) -> FilterValue | datetime:
    """Return what the filter's condition compares with, given a checked value and the business's zone."""
    match one.type:
        case FilterType.FIRST_DATE:
            return _start_of(date.fromisoformat(str(value)), zone)
        case FilterType.LAST_DATE:
            return _start_of(date.fromisoformat(str(value)) + timedelta(days=1), zone)
        case FilterType.TIMESTAMP:
            moment = datetime.fromisoformat(str(value))
            return moment if moment.tzinfo else moment.replace(tzinfo=zone)
        case _:
            return value


def refuse_backward_dates(values: Mapping[str, FilterValue], filters: Mapping[str, Filter]) -> None:
    """Raise FieldError when a last date lies before a first one."""
    first = max((str(v) for k, v in values.items() if filters[k].type is FilterType.FIRST_DATE), default="")
    for name, value in values.items():
        if filters[name].type is FilterType.LAST_DATE and str(value) < first:
            raise FieldError(name, f"This lies before {first}, the first date asked for.")


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a local day begins: in a gap that of the change, in a repeated hour the first."""
    return datetime.combine(day, time(), tzinfo=zone)


def _check_date(given: object, one: Filter) -> str:
    if isinstance(given, str) and _DATE.fullmatch(given):
        try:
            day = date.fromisoformat(given)
        except ValueError:
            raise FieldError(one.name, f"There is no such date as {given}.") from None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day.isoformat()
    raise FieldError(one.name, f"Use a date such as 2026-03-31, from {FIRST_YEAR} to {LAST_YEAR}.")


def _check_moment(given: object, one: Filter) -> str:
    if isinstance(given, str) and _MOMENT.fullmatch(given):
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            raise FieldError(one.name, "There is no such moment.") from None
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            return moment.isoformat()
    raise FieldError(
        one.name,
        "Use a moment such as 2026-03-31T08:30:00Z or 2026-03-31T10:30:00+02:00 (in an address + is written %2B); "
        "without an offset it is the business's local time.",
    )


def _check_choice(given: object, one: Filter) -> str:
    if isinstance(given, str) and given in one.choices:
        return given
    raise FieldError(one.name, f"Use one of {', '.join(one.choices)}.")


def _check_integer(given: object, one: Filter) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= MAX_INTEGER:
        return given
    if isinstance(given, str) and re.fullmatch(r"[0-9]{1,19}", given) and int(given) <= MAX_INTEGER:
        return int(given)
    raise FieldError(one.name, "Use a whole number.")


def _check_boolean(given: object, one: Filter) -> bool:
    words = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and given.lower() in words:
        return words[given.lower()]
    raise FieldError(one.name, "Use true or false.")


_CHECKS: Mapping[FilterType, Callable[[object, Filter], FilterValue]] = {
    FilterType.FIRST_DATE: _check_date,
    FilterType.LAST_DATE: _check_date,
    FilterType.TIMESTAMP: _check_moment,
    FilterType.CHOICE: _check_choice,
    FilterType.INTEGER: _check_integer,
    FilterType.BOOLEAN: _check_boolean,
}
