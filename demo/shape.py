"""What a demo business is made of, as data. Wall-clock times are minutes since midnight in the business's zone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from demo.holidays import Rule

Interval = tuple[int, int]
Week = tuple[tuple[Interval, ...], ...]
"""The intervals of seven days, Monday first; an empty day is a day off."""

OFF: tuple[Interval, ...] = ()


def shift(opens_hour: int, closes_hour: int, lunch_hour: int | None = None) -> tuple[Interval, ...]:
    """Return a working day of full hours, with an hour's break from `lunch_hour` on."""
    if lunch_hour is None:
        return ((opens_hour * 60, closes_hour * 60),)
    return ((opens_hour * 60, lunch_hour * 60), (lunch_hour * 60 + 60, closes_hour * 60))


@dataclass(frozen=True)
class Member:
    """A person who can sign in; `works_as` names the staff resource they are."""

    email: str
    name: str
    role: str
    works_as: str | None = None


@dataclass(frozen=True)
class ResourceShape:
    """Somebody or something to book. Without a `week` of its own it keeps the business's hours."""

    name: str
    type: str
    color: str
    week: Week | None = None
    capacity: int = 1
    popularity: float = 1.0


@dataclass(frozen=True)
class ServiceShape:
    """Something on offer. It takes one resource out of each group in `needs`; `weight` is how often it is wanted."""

    name: str
    description: str
    duration_minutes: int
    price_cents: int
    weight: float
    needs: tuple[tuple[str, ...], ...]
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    slot_step_minutes: int = 15
    min_notice_minutes: int = 0
    max_advance_days: int = 90


@dataclass(frozen=True)
class Demand:
    """When people want to come. All weights are relative to each other."""

    weekdays: tuple[float, ...]
    hours: Mapping[int, float]
    months: tuple[float, ...]
    growth_per_year: float
    walk_in_share: float
    online_share: float


@dataclass(frozen=True)
class Clients:
    """Who comes. `established_share` of them are there from the first day, the others arrive one by one."""

    count: int
    established_share: float
    rhythm_days: float
    stay_away_after_first: float
    stay_away_after_visit: float
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    phone: Callable[[int], str]
    tags: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Business:
    """One demo business with everything that decides its story.

    `appointments` is about how many are asked for, history and future together; a few find no free place.
    `month_limit` keeps the number asked for in a calendar month below the plan's quota, and `this_month` is the number
    for the running month, whatever its day.
    """

    subdomain: str
    name: str
    timezone: str
    currency: str
    accent_color: str
    plan: str
    history_days: int
    appointments: int
    week: Week
    holidays: tuple[Rule, ...]
    members: tuple[Member, ...]
    resources: tuple[ResourceShape, ...]
    services: tuple[ServiceShape, ...]
    demand: Demand
    clients: Clients
    takes_payments: bool = True
    prices_rose_days_ago: int | None = None
    month_limit: int | None = None
    this_month: int | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The business's time zone."""
        return ZoneInfo(self.timezone)

    def resource(self, name: str) -> ResourceShape:
        """Return the resource called `name`. Raises StopIteration for a name nobody has."""
        return next(resource for resource in self.resources if resource.name == name)
