"""Rows of the schedule, made in the schema of the active tenant: `ResourceFactory.create(name="Anna")`.

They bypass the services on purpose: no rule, quota or history stands in the way of a test's starting point.
What the database promises (exclusion, checks) still holds.
"""
# mypy: disable-error-code="no-untyped-call, untyped-decorator"

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation
from psycopg2.extras import DateTimeTZRange

from schedule.enums import BLOCKING_STATUSES, BookingSource, HistoryKind, ResourceType, Status
from schedule.models import (
    Customer,
    DateOverride,
    Event,
    EventHistory,
    IdempotencyKey,
    Participant,
    Resource,
    Service,
    ServiceResource,
    TimeOff,
    WorkingHours,
)
from schedule.models.catalogue import MINUTES_PER_DAY

FIRST_START_AT = datetime(2030, 6, 3, 13, 0, tzinfo=UTC)
"""A Monday, 9 o'clock in Acme's New York; the first appointment a factory makes starts here."""


class ResourceFactory(DjangoModelFactory[Resource]):
    """A member of staff with room for one appointment at a time."""

    class Meta:
        model = Resource

    name = Sequence(lambda number: f"Resource {number}")
    type = ResourceType.STAFF
    max_concurrent_events = 1


class ServiceFactory(DjangoModelFactory[Service]):
    """An hour without buffers. `resources=[…]` makes those able to perform it, under requirement 0."""

    class Meta:
        model = Service
        skip_postgeneration_save = True

    name = Sequence(lambda number: f"Service {number}")
    duration_minutes = 60
    price_cents = 5000
    currency = "USD"

    @post_generation
    def resources(self: Service, create: bool, extracted: Iterable[Resource] | None, **_: Any) -> None:
        """Make each of the given resources able to perform the service."""
        if create:
            for resource in extracted or ():
                ServiceResourceFactory.create(service=self, resource=resource)


class ServiceResourceFactory(DjangoModelFactory[ServiceResource]):
    """An ability; `requirement` 0."""

    class Meta:
        model = ServiceResource

    service = SubFactory(ServiceFactory)
    resource = SubFactory(ResourceFactory)
    requirement = 0


class CustomerFactory(DjangoModelFactory[Customer]):
    """A person with a name and an e-mail address of their own."""

    class Meta:
        model = Customer

    name = Sequence(lambda number: f"Customer {number}")
    email = Sequence(lambda number: f"customer{number}@example.com")
    phone = "+1 212 555 0100"


class WorkingHoursFactory(DjangoModelFactory[WorkingHours]):
    """Monday from 9 to 17 o'clock for the whole business; `resource=…` for one resource."""

    class Meta:
        model = WorkingHours

    resource = None
    weekday = 0
    opens_minute = 9 * 60
    closes_minute = 17 * 60


class DateOverrideFactory(DjangoModelFactory[DateOverride]):
    """The whole business closed on one date."""

    class Meta:
        model = DateOverride

    resource = None
    date = date(2030, 6, 3)
    opens_minute = None
    closes_minute = None


class TimeOffFactory(DjangoModelFactory[TimeOff]):
    """Two hours in which a resource is away."""

    class Meta:
        model = TimeOff

    resource = SubFactory(ResourceFactory)
    start_at = FIRST_START_AT
    end_at = LazyAttribute(lambda row: row.start_at + timedelta(hours=2))
    reason = "Dentist"


class EventFactory(DjangoModelFactory[Event]):
    """A confirmed appointment; each one starts a day after the one before.

    `resources=[…]` adds participants that fit the appointment, its service's buffers and the capacities.
    """

    class Meta:
        model = Event
        skip_postgeneration_save = True

    service = SubFactory(ServiceFactory)
    customer = SubFactory(CustomerFactory)
    start_at = Sequence(lambda number: FIRST_START_AT + timedelta(days=number))
    end_at = LazyAttribute(lambda row: row.start_at + timedelta(minutes=row.service.duration_minutes))
    status = Status.CONFIRMED
    price_cents = LazyAttribute(lambda row: row.service.price_cents)
    currency = LazyAttribute(lambda row: row.service.currency)
    source = BookingSource.STAFF
    cancelled_at = LazyAttribute(lambda row: row.start_at if row.status == Status.CANCELLED else None)
    completed_at = LazyAttribute(lambda row: row.end_at if row.status == Status.COMPLETED else None)

    @post_generation
    def resources(self: Event, create: bool, extracted: Iterable[Resource] | None, **_: Any) -> None:
        """Add a participant for each of the given resources."""
        if create:
            for resource in extracted or ():
                ParticipantFactory.create(event=self, resource=resource)


class ParticipantFactory(DjangoModelFactory[Participant]):
    """A resource's part in an appointment, fitting both."""

    class Meta:
        model = Participant

    event = SubFactory(EventFactory)
    resource = SubFactory(ResourceFactory)
    occupied = LazyAttribute(lambda row: occupied_by(row.event))
    blocks = LazyAttribute(lambda row: row.event.status in BLOCKING_STATUSES)
    exclusive = LazyAttribute(lambda row: row.resource.max_concurrent_events == 1)


class EventHistoryFactory(DjangoModelFactory[EventHistory]):
    """The creation of an appointment."""

    class Meta:
        model = EventHistory

    event = SubFactory(EventFactory)
    kind = HistoryKind.CREATED
    by = None


class IdempotencyKeyFactory(DjangoModelFactory[IdempotencyKey]):
    """An answered request. Needs a `user`."""

    class Meta:
        model = IdempotencyKey

    key = Sequence(lambda number: f"key-{number}")
    fingerprint = "0" * 64
    status_code = 201
    answer = LazyFunction(dict)


def occupied_by(event: Event) -> DateTimeTZRange:
    """Return the time of an appointment with its service's buffers, half-open."""
    return DateTimeTZRange(
        event.start_at - timedelta(minutes=event.service.buffer_before_minutes),
        event.end_at + timedelta(minutes=event.service.buffer_after_minutes),
        "[)",
    )


def open_around_the_clock(resource: Resource | None = None) -> list[WorkingHours]:
    """Make the business (or one resource) work every minute of the week."""
    return [
        WorkingHoursFactory.create(resource=resource, weekday=weekday, opens_minute=0, closes_minute=MINUTES_PER_DAY)
        for weekday in range(7)
    ]
