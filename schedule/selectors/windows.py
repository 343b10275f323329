"""Stretches of a business's calendar: whole local dates of its zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which the local date `day` begins, in `zone`.

    Where midnight happens twice it is the first; where clocks jump over it, it is the moment they jump.
    """
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    return midnight.astimezone(UTC).astimezone(zone)


@dataclass(frozen=True)
class DateWindow:
    """The local dates `first_date` to `last_date` of `zone`, both included."""

    first_date: date
    last_date: date
    zone: ZoneInfo

    @classmethod
    def of_last_days(cls, days: int, *, now: datetime, zone: ZoneInfo) -> Self:
        """Return the last `days` dates, the one that holds `now` included."""
        today = now.astimezone(zone).date()
        return cls(today - (days - 1) * ONE_DAY, today, zone)

    @classmethod
    def of_month(cls, *, now: datetime, zone: ZoneInfo) -> Self:
        """Return the calendar month that holds `now`."""
        first = now.astimezone(zone).date().replace(day=1)
        first_of_next = (first + 31 * ONE_DAY).replace(day=1)
        return cls(first, first_of_next - ONE_DAY, zone)

    @property
    def length_days(self) -> int:
        """How many dates the window holds."""
        return (self.last_date - self.first_date).days + 1

    @property
    def dates(self) -> tuple[date, ...]:
        """Every date of the window, in order."""
        return tuple(self.first_date + number * ONE_DAY for number in range(self.length_days))

    @property
    def start_at(self) -> datetime:
        """The instant at which the window begins, in its zone."""
        return first_instant(self.first_date, self.zone)

    @property
    def end_at(self) -> datetime:
        """The instant at which the window is over, in its zone; it belongs to the next date."""
        return first_instant(self.last_date + ONE_DAY, self.zone)

    @property
    def last_second(self) -> datetime:
        """The last whole second of the window, in its zone."""
        return (self.end_at.astimezone(UTC) - ONE_SECOND).astimezone(self.zone)

    @property
    def search_range(self) -> tuple[datetime, datetime]:
        """Instants that enclose the window with a day to spare on each side, to search an index by.

        Which date a row belongs to is then decided by the database alone, whose time zone tables may be of
        another age than Python's: the rows of a total and of its days are the same rows.
        """
        return self.start_at - ONE_DAY, self.end_at + ONE_DAY

    def before(self) -> "DateWindow":
        """Return the window of the same length that ends the day before this one begins."""
        last = self.first_date - ONE_DAY
        return DateWindow(last - (self.length_days - 1) * ONE_DAY, last, self.zone)
