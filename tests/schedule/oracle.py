"""Availability told in the plainest way: minute by minute, in Python, sharing nothing with the code under test.

A scenario is data; `store` makes it rows, the functions of `Oracle` say what must be true of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from psycopg2.extras import DateTimeTZRange

from schedule.models import (
    DateOverride,
    Event,
    Participant,
    Resource,
    Service,
    ServiceResource,
    TimeOff,
    WorkingHours,
)
from tests.factories.schedule import CustomerFactory, ServiceFactory

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
Minutes = tuple[int, int]


@dataclass(frozen=True)
class Booking:
    """An appointment of a resource, `start` in minutes from the scenario's origin."""

    start: int
    duration: int
    before: int
    after: int
    blocks: bool = True

    @property
    def occupied(self) -> Minutes:
        """The minutes it takes, buffers included."""
        return self.start - self.before, self.start + self.duration + self.after

    @property
    def booked(self) -> Minutes:
        """The minutes it takes, without buffers."""
        return self.start, self.start + self.duration


@dataclass(frozen=True)
class Hours:
    """Whose hours these are does not matter here. Weekday or date → intervals; an empty tuple closes a date."""

    week: dict[int, tuple[Minutes, ...]] = field(default_factory=dict)
    dates: dict[date, tuple[Minutes, ...]] = field(default_factory=dict)
    off: tuple[Minutes, ...] = ()


@dataclass(frozen=True)
class Person:
    """A resource."""

    hours: Hours = field(default_factory=Hours)
    zone: str = ""
    capacity: int = 1
    requirement: int = 0
    is_active: bool = True
    bookings: tuple[Booking, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A business, one service, everyone able to perform it, and what is asked: `days` dates from `first_date`."""

    zone: str
    first_date: date
    days: int
    business: Hours
    people: tuple[Person, ...]
    duration: int
    before: int
    after: int
    step: int
    notice: int
    advance_days: int
    now: int

    @cached_property
    def origin(self) -> datetime:
        """The instant from which minutes are counted."""
        return datetime(self.first_date.year, self.first_date.month, self.first_date.day, tzinfo=UTC)

    def at(self, minute: int) -> datetime:
        """Return the instant of a minute."""
        return self.origin + minute * MINUTE


@dataclass(frozen=True)
class Stored:
    """The rows of a scenario; `resources` in the order of its people."""

    service: Service
    resources: tuple[Resource, ...]


def store(scenario: Scenario) -> Stored:
    """Make the scenario rows of the active tenant; the usual opening hours are replaced."""
    service = ServiceFactory.create(
        duration_minutes=scenario.duration,
        buffer_before_minutes=scenario.before,
        buffer_after_minutes=scenario.after,
        slot_step_minutes=scenario.step,
        min_notice_minutes=scenario.notice,
        max_advance_days=scenario.advance_days,
    )
    resources = Resource.objects.bulk_create(
        Resource(
            name=f"Person {number}",
            timezone=person.zone,
            max_concurrent_events=person.capacity,
            is_active=person.is_active,
        )
        for number, person in enumerate(scenario.people)
    )
    owners = [
        (None, scenario.business),
        *((resource, person.hours) for resource, person in zip(resources, scenario.people, strict=True)),
    ]
    WorkingHours.objects.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(resource=owner, weekday=weekday, opens_minute=opens, closes_minute=closes)
        for owner, hours in owners
        for weekday, intervals in hours.week.items()
        for opens, closes in intervals
    )
    DateOverride.objects.bulk_create(
        DateOverride(resource=owner, date=day, opens_minute=opens, closes_minute=closes)
        for owner, hours in owners
        for day, intervals in hours.dates.items()
        for opens, closes in intervals or ((None, None),)
    )
    TimeOff.objects.bulk_create(
        TimeOff(resource=owner, start_at=scenario.at(start), end_at=scenario.at(end))
        for owner, hours in owners
        for start, end in hours.off
    )
    ServiceResource.objects.bulk_create(
        ServiceResource(service=service, resource=resource, requirement=person.requirement)
        for resource, person in zip(resources, scenario.people, strict=True)
    )
    _store_bookings(scenario, service, resources)
    return Stored(service, tuple(resources))


def _store_bookings(scenario: Scenario, service: Service, resources: list[Resource]) -> None:
    customer = CustomerFactory.create()
    taken: list[tuple[UUID, Resource, Person, Booking]] = [
        (uuid4(), resource, person, booking)
        for resource, person in zip(resources, scenario.people, strict=True)
        for booking in person.bookings
    ]
    Event.objects.bulk_create(
        Event(
            pk=key,
            service=service,
            customer=customer,
            start_at=scenario.at(booking.start),
            end_at=scenario.at(booking.start + booking.duration),
            status="confirmed" if booking.blocks else "no_show",
            price_cents=0,
            currency="USD",
        )
        for key, _, _, booking in taken
    )
    Participant.objects.bulk_create(
        Participant(
            event_id=key,
            resource=resource,
            occupied=DateTimeTZRange(scenario.at(booking.occupied[0]), scenario.at(booking.occupied[1])),
            blocks=booking.blocks,
            exclusive=person.capacity == 1,
        )
        for key, resource, person, booking in taken
    )


@dataclass(frozen=True)
class Oracle:
    """What must be true of a scenario. `extra_days` are looked at beyond those asked for."""

    scenario: Scenario
    extra_days: int = 0

    @cached_property
    def minutes(self) -> range:
        """Every minute that can matter: the asked days in any zone, and how far an appointment reaches."""
        return range(-2 * 1440, (self.scenario.days + self.extra_days + 1) * 1440)

    @cached_property
    def calendars(self) -> "tuple[Calendar, ...]":
        """The calendar of each person."""
        return tuple(Calendar(self, person) for person in self.scenario.people)

    @cached_property
    def leading(self) -> int:
        """The requirement whose grid counts."""
        return min(person.requirement for person in self.scenario.people)

    def asked_minutes(self) -> Iterator[int]:
        """Yield the minutes that lie on an asked date of the business."""
        zone = ZoneInfo(self.scenario.zone)
        dates = {self.scenario.first_date + number * DAY for number in range(self.scenario.days)}
        for minute in self.minutes:
            if self.scenario.at(minute).astimezone(zone).date() in dates:
                yield minute

    def is_in_reach(self, minute: int) -> bool:
        """Tell whether notice and horizon allow a start."""
        scenario = self.scenario
        return scenario.notice <= minute - scenario.now <= scenario.advance_days * 1440

    def able(self, minute: int) -> tuple[int, ...]:
        """Return the positions of those who can take a start; empty when it is not offered."""
        if not self.is_in_reach(minute):
            return ()
        found = tuple(number for number, calendar in enumerate(self.calendars) if calendar.can_take(minute))
        people = self.scenario.people
        met = {people[number].requirement for number in found}
        return found if met == {person.requirement for person in people} else ()

    def offered(self) -> dict[int, tuple[int, ...]]:
        """Return every asked minute that is offered, with the positions of those who can take it."""
        return {minute: able for minute in self.asked_minutes() if (able := self.able(minute))}


@dataclass(frozen=True)
class Calendar:
    """One person's time."""

    oracle: Oracle
    person: Person

    @cached_property
    def opening_of(self) -> dict[int, list[tuple[date, int]]]:
        """Map each minute at work to the openings it lies in, known by date and opening time."""
        found: dict[int, list[tuple[date, int]]] = {}
        zone = ZoneInfo(self.person.zone or self.oracle.scenario.zone)
        known: dict[date, tuple[Minutes, ...]] = {}
        for minute in self.oracle.minutes:
            local = self.oracle.scenario.at(minute).astimezone(zone)
            clock, day = local.hour * 60 + local.minute, local.date()
            if day not in known:
                known[day] = self.hours_on(day)
            for opens, closes in known[day]:
                if opens <= clock < closes:
                    found.setdefault(minute, []).append((day, opens))
        return found

    @cached_property
    def began(self) -> dict[tuple[date, int], int]:
        """Map each opening to its first minute."""
        first: dict[tuple[date, int], int] = {}
        for minute, openings in self.opening_of.items():
            for opening in openings:
                first.setdefault(opening, minute)
        return first

    def hours_on(self, day: date) -> tuple[Minutes, ...]:
        """Return the intervals of a local date."""
        own, business = self.person.hours, self.oracle.scenario.business
        if day in own.dates:
            return own.dates[day]
        if day in business.dates:
            return business.dates[day]
        if any(own.week.values()):
            return own.week.get(day.weekday(), ())
        return business.week.get(day.weekday(), ())

    def works(self, minute: int) -> bool:
        """Tell whether the minute lies in working hours."""
        return minute in self.opening_of

    @cached_property
    def off(self) -> frozenset[int]:
        """The minutes that lie in time off."""
        everyone = (*self.person.hours.off, *self.oracle.scenario.business.off)
        return frozenset(minute for start, end in everyone for minute in range(start, end))

    def works_through(self, minute: int) -> bool:
        """Tell whether an appointment from this minute stays within working hours."""
        return all(self.works(one) for one in self._appointment(minute))

    def is_off_within(self, minute: int) -> bool:
        """Tell whether an appointment from this minute meets time off."""
        return not self.off.isdisjoint(self._appointment(minute))

    def is_on_grid(self, minute: int) -> bool:
        """Tell whether a start lies a whole number of steps after the beginning of an opening it lies in."""
        step = self.oracle.scenario.step
        return any((minute - self.began[opening]) % step == 0 for opening in self.opening_of.get(minute, []))

    def is_full(self, minute: int) -> bool:
        """Tell whether an appointment from this minute, with buffers, finds no room somewhere."""
        scenario = self.oracle.scenario
        span = range(minute - scenario.before, minute + scenario.duration + scenario.after)
        return self._depth(span, [one.occupied for one in self.person.bookings if one.blocks])

    def is_full_without_buffers(self, minute: int) -> bool:
        """Tell whether it finds no room even where nobody has buffers."""
        return self._depth(self._appointment(minute), [one.booked for one in self.person.bookings if one.blocks])

    def can_take(self, minute: int) -> bool:
        """Tell whether the person can take a start, notice and horizon aside."""
        return (
            self.person.is_active
            and (self.person.requirement != self.oracle.leading or self.is_on_grid(minute))
            and self.works_through(minute)
            and not self.is_off_within(minute)
            and not self.is_full(minute)
        )

    def _appointment(self, minute: int) -> range:
        return range(minute, minute + self.oracle.scenario.duration)

    def _depth(self, span: range, taken: list[Minutes]) -> bool:
        near = [(start, end) for start, end in taken if start < span.stop and end > span.start]
        if len(near) < self.person.capacity:
            return False
        return any(sum(start <= minute < end for start, end in near) >= self.person.capacity for minute in span)
