"""When a demo business and each of its resources work, as bit masks: bit i is minutes [5 i, 5 i + 5) of the local day.

Wall-clock minutes may be counted like this because clocks change before any of the businesses opens.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from demo.shape import Business, Interval, ResourceShape

CELL_MINUTES = 5
MINUTES_PER_DAY = 1440
VACATION_EVERY_DAYS = 190
SICK_EVERY_DAYS = 80
MAINTENANCE_EVERY_DAYS = 110


@dataclass(frozen=True)
class Absence:
    """A resource is away in the wall-clock minutes of `interval` on each of so many `days` from `first` on.

    `announced_days` is how long before it was entered.
    """

    resource: str
    first: date
    days: int
    interval: Interval
    reason: str
    announced_days: int = 0

    @property
    def last(self) -> date:
        """The last day, included."""
        return self.first + timedelta(days=self.days - 1)


def cells(opens_minute: int, closes_minute: int) -> int:
    """Return the mask of the minutes [opens_minute, closes_minute); both divide by five."""
    first, end = opens_minute // CELL_MINUTES, closes_minute // CELL_MINUTES
    return ((1 << (end - first)) - 1) << first


def at_minute(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which clocks show `minute` minutes after midnight of `day`; 1440 is the next."""
    local_day, minute_of_day = day + timedelta(days=minute // MINUTES_PER_DAY), minute % MINUTES_PER_DAY
    local = datetime.combine(local_day, time(minute_of_day // 60, minute_of_day % 60), tzinfo=zone)
    return local.astimezone(UTC)


class Opening:
    """The hours of one business over a range of days, both ends included."""

    def __init__(self, business: Business, first: date, last: date, random: Random) -> None:
        self.first = first
        self.last = last
        self.closed_days = _closed_days(business, first, last + timedelta(days=365))
        self.absences = tuple(
            absence
            for position, resource in enumerate(business.resources)
            for absence in _absences_of(resource, position, first, last, random)
        )
        self._business = business
        self._away = self._cells_away()
        self._known: dict[tuple[str, date], int] = {}

    def is_open(self, day: date) -> bool:
        """Tell whether the business opens at all on `day`."""
        return bool(self._business.week[day.weekday()]) and day not in self.closed_days

    def hours(self, day: date) -> Interval | None:
        """Return when the business opens and closes on `day`, None when it does not."""
        if not self.is_open(day):
            return None
        intervals = self._business.week[day.weekday()]
        return intervals[0][0], intervals[-1][1]

    def mask(self, resource: str, day: date) -> int:
        """Return the cells of `day` in which `resource` works."""
        key = (resource, day)
        if key not in self._known:
            self._known[key] = self._compute(resource, day)
        return self._known[key]

    def _compute(self, resource: str, day: date) -> int:
        if not self.first <= day <= self.last or day in self.closed_days:
            return 0
        week = self._business.resource(resource).week or self._business.week
        working = 0
        for interval in week[day.weekday()]:
            working |= cells(*interval)
        return working & ~self._away.get((resource, day), 0)

    def _cells_away(self) -> dict[tuple[str, date], int]:
        away: dict[tuple[str, date], int] = {}
        for absence in self.absences:
            for number in range(absence.days):
                key = (absence.resource, absence.first + timedelta(days=number))
                away[key] = away.get(key, 0) | cells(*absence.interval)
        return away


def _closed_days(business: Business, first: date, last: date) -> tuple[date, ...]:
    """Return the holidays on which the business would otherwise open, in order."""
    dates = {rule(year) for year in range(first.year, last.year + 1) for rule in business.holidays}
    return tuple(sorted(day for day in dates if first <= day <= last and business.week[day.weekday()]))


def _absences_of(resource: ResourceShape, position: int, first: date, last: date, random: Random) -> list[Absence]:
    """Vacations staggered by `position`, single sick days, and half days of maintenance for what is not a person."""
    whole_day = (0, MINUTES_PER_DAY)
    if resource.type != "staff":
        start = first + timedelta(days=50 + 23 * position)
        return [
            Absence(resource.name, day, 1, (0, 12 * 60), "Maintenance", announced_days=60)
            for day in _every(MAINTENANCE_EVERY_DAYS, start, last)
        ]
    start = first + timedelta(days=35 + 31 * position)
    vacations = [
        Absence(resource.name, day, random.randint(5, 10), whole_day, "Vacation", announced_days=95)
        for day in _every(VACATION_EVERY_DAYS, start - timedelta(days=start.weekday()), last)
    ]
    sick_days = [
        Absence(resource.name, day + timedelta(days=random.randrange(40)), 1, whole_day, "Sick")
        for day in _every(SICK_EVERY_DAYS, first + timedelta(days=random.randrange(30)), last - timedelta(days=90))
    ]
    return sorted(vacations + sick_days, key=lambda absence: absence.first)


def _every(days: int, start: date, last: date) -> list[date]:
    return [start + timedelta(days=offset) for offset in range(0, (last - start).days + 1, days)]
