"""Many who want the same time at the same moment, on committed rows."""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from functools import partial

import pytest
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from core.errors import DomainError
from core.models import Role, Tenant
from core.quotas import QuotaExceeded
from schedule.enums import BookingSource, Status
from schedule.errors import SlotTaken
from schedule.models import Customer, Event, EventHistory, IdempotencyKey, Participant, Resource, Service
from schedule.selectors.conflicts import crowds
from schedule.selectors.integrity import findings
from schedule.services import book, cancel, change_capacity, reopen, reschedule
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, ServiceResourceFactory
from tests.fixtures import client_for
from tests.schedule.committed import IN_A_MONTH, at_once, committed_tenant

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without the transaction that pytest-django puts around a test."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def crowded(db: None) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    with committed_tenant("crowded") as tenant:
        yield tenant


@pytest.fixture
def shop(crowded: Tenant) -> Iterator[Tenant]:
    """The business, empty again after each test."""
    yield crowded
    for model in (IdempotencyKey, EventHistory, Participant, Event, Service, Resource, Customer):
        model.objects.all().delete()
    crowded.max_appointments = None


def booking(tenant: Tenant, service: Service, customer: Customer, start_at: datetime, *ids: int) -> Callable[[], Event]:
    return partial(
        book,
        tenant=tenant,
        service_id=service.pk,
        customer_id=customer.pk,
        start_at=start_at,
        by=None,
        source=BookingSource.PUBLIC,
        resource_ids=ids,
    )


def split(results: list[Event | DomainError]) -> tuple[list[Event], list[str]]:
    """Return what succeeded, and the codes of what was refused."""
    refused = [result.code for result in results if isinstance(result, DomainError)]
    return [result for result in results if isinstance(result, Event)], refused


def test_fifty_who_want_one_slot_leave_one_booking(shop: Tenant) -> None:
    resource = ResourceFactory.create()
    service = ServiceFactory.create(resources=[resource], buffer_after_minutes=15)
    customer = CustomerFactory.create()

    results = at_once(shop, [booking(shop, service, customer, IN_A_MONTH, resource.pk)] * 50)

    booked, refused = split(results)
    assert (len(booked), refused) == (1, ["slot_taken"] * 49)
    assert [
        refusal.extra["conflicts"][0]["appointment_id"] for refusal in results if isinstance(refusal, SlotTaken)
    ] == [str(booked[0].pk)] * 49
    assert list(Participant.objects.values_list("event_id", "resource_id", "blocks", "exclusive")) == [
        (booked[0].pk, resource.pk, True, True)
    ]
    assert (Event.objects.count(), EventHistory.objects.count()) == (1, 1)


def test_fifty_requests_over_http_leave_one_booking(shop: Tenant) -> None:
    resource = ResourceFactory.create()
    service = ServiceFactory.create(resources=[resource])
    body = {"service": service.pk, "customer": str(CustomerFactory.create().pk), "start_at": IN_A_MONTH.isoformat()}

    def post(client: APIClient) -> str:
        return str(client.post("/api/appointments/", body, format="json").status_code)

    client = client_for(shop, Role.STAFF)
    jobs = [partial(post, deepcopy(client)) for _ in range(50)]

    assert sorted(map(str, at_once(shop, jobs))) == ["201"] + ["409"] * 49
    assert Participant.objects.count() == 1


def test_whoever_loses_one_resource_gets_another(shop: Tenant) -> None:
    resources = ResourceFactory.create_batch(8)
    service = ServiceFactory.create(resources=resources)
    customer = CustomerFactory.create()

    booked, refused = split(at_once(shop, [booking(shop, service, customer, IN_A_MONTH)] * 20))

    assert (len(booked), refused) == (8, ["slot_taken"] * 12)
    assert sorted(Participant.objects.values_list("resource_id", flat=True)) == [resource.pk for resource in resources]


def test_twenty_four_creators_at_a_quota_of_five_leave_five(shop: Tenant) -> None:
    resource = ResourceFactory.create(max_concurrent_events=100)
    service = ServiceFactory.create(resources=[resource])
    customer = CustomerFactory.create()
    shop.max_appointments = 5

    results = at_once(shop, [booking(shop, service, customer, IN_A_MONTH + number * HOUR) for number in range(24)])

    booked, refused = split(results)
    assert (len(booked), refused) == (5, [QuotaExceeded.code] * 19)
    assert (Event.objects.count(), Participant.objects.count(), EventHistory.objects.count()) == (5, 5, 5)


def test_bookings_of_the_same_pair_in_opposite_orders_never_wait_for_each_other(shop: Tenant) -> None:
    therapist, room = ResourceFactory.create_batch(2)
    service = ServiceFactory.create(resources=[therapist])
    ServiceResourceFactory.create(service=service, resource=room, requirement=1)
    customer = CustomerFactory.create()
    orders = [(therapist.pk, room.pk), (room.pk, therapist.pk)]

    for hour in range(5):
        jobs = [booking(shop, service, customer, IN_A_MONTH + hour * HOUR, *orders[number % 2]) for number in range(16)]
        booked, refused = split(at_once(shop, jobs))
        assert (len(booked), refused) == (1, ["slot_taken"] * 15)


def test_two_who_swap_resources_never_wait_for_each_other(shop: Tenant) -> None:
    resources = ResourceFactory.create_batch(3)
    service = ServiceFactory.create(resources=resources)
    customer = CustomerFactory.create()
    events = [booking(shop, service, customer, IN_A_MONTH, resource.pk)() for resource in resources]

    def moving(event: Event, number: int) -> Callable[[], Event]:
        return partial(
            reschedule,
            tenant=shop,
            event_id=event.pk,
            start_at=IN_A_MONTH + (number % 3) * HOUR,
            resource_ids=[resources[number % 3].pk],
            by=None,
        )

    for turn in range(6):
        jobs = [moving(event, turn + place) for place, event in enumerate(events) for _ in range(4)]
        jobs += [partial(cancel, tenant=shop, event_id=events[0].pk, by=None)] if turn == 5 else []
        split(at_once(shop, jobs))

    assert findings(shop, now=IN_A_MONTH) == []
    assert set(Event.objects.values_list("status", flat=True)) == {Status.CONFIRMED, Status.CANCELLED}


def test_a_room_for_three_never_serves_four_and_never_refuses_what_fits(shop: Tenant) -> None:
    dice = random.Random(20260302)  # noqa: S311  # dice, not secrets
    room = ResourceFactory.create(max_concurrent_events=3)
    services = [ServiceFactory.create(resources=[room], duration_minutes=minutes) for minutes in (20, 45, 90)]
    customer = CustomerFactory.create()
    wishes = [(dice.choice(services), IN_A_MONTH + timedelta(minutes=5 * dice.randrange(48))) for _ in range(120)]
    refusals: list[tuple[datetime, datetime, SlotTaken]] = []

    for first in range(0, len(wishes), 12):
        batch = wishes[first : first + 12]
        results = at_once(shop, [booking(shop, service, customer, start_at) for service, start_at in batch])
        refusals += [
            (start_at, start_at + timedelta(minutes=service.duration_minutes), result)
            for (service, start_at), result in zip(batch, results, strict=True)
            if isinstance(result, SlotTaken)
        ]

    assert Event.objects.count() + len(refusals) == 120
    assert crowds() == []
    for start_at, end_at, refusal in refusals:
        named = [
            (datetime.fromisoformat(conflict["start_at"]), datetime.fromisoformat(conflict["end_at"]))
            for conflict in refusal.extra["conflicts"]
        ]
        assert most_at_one_minute(named, start_at, end_at) == 3


def most_at_one_minute(spans: list[tuple[datetime, datetime]], start_at: datetime, end_at: datetime) -> int:
    """Return how many of `spans` hold the same minute of [start_at, end_at), counted minute by minute."""
    minutes = [start_at + timedelta(minutes=number) for number in range((end_at - start_at) // timedelta(minutes=1))]
    return max(sum(begin <= minute < end for begin, end in spans) for minute in minutes)


def test_a_capacity_is_never_lowered_below_what_is_booked_meanwhile(shop: Tenant) -> None:
    customer = CustomerFactory.create()
    for _ in range(10):
        room = ResourceFactory.create(max_concurrent_events=2)
        service = ServiceFactory.create(resources=[room])
        jobs: list[Callable[[], object]] = [booking(shop, service, customer, IN_A_MONTH)] * 3
        jobs.append(partial(change_capacity, resource_id=room.pk, max_concurrent_events=1))
        at_once(shop, jobs)

    assert findings(shop, now=IN_A_MONTH) == []


def test_two_who_reopen_the_same_one_do_so_once(shop: Tenant) -> None:
    service = ServiceFactory.create(resources=[ResourceFactory.create()])
    event = booking(shop, service, CustomerFactory.create(), IN_A_MONTH)()
    cancel(tenant=shop, event_id=event.pk, by=None)

    results = at_once(shop, [partial(reopen, tenant=shop, event_id=event.pk, by=None)] * 8)

    reopened, refused = split(results)
    assert ([one.version for one in reopened], refused) == ([3], ["wrong_status"] * 7)
    assert list(EventHistory.objects.order_by("pk").values_list("kind", flat=True)) == [
        "created",
        "cancelled",
        "reopened",
    ]


@pytest.mark.parametrize("capacity", [1, 2])
def test_time_given_back_is_taken_by_one_of_those_who_want_it(shop: Tenant, capacity: int) -> None:
    """Cancelled ones that come back and others who book meanwhile: as many as there is room for, whoever they are."""
    resource = ResourceFactory.create(max_concurrent_events=capacity)
    service = ServiceFactory.create(resources=[resource], buffer_after_minutes=15)
    customer = CustomerFactory.create()
    for hour in range(6):
        start_at = IN_A_MONTH + hour * 2 * HOUR
        events = [booking(shop, service, customer, start_at)() for _ in range(capacity)]
        for event in events:
            cancel(tenant=shop, event_id=event.pk, by=None)
        jobs: list[Callable[[], Event]] = [partial(reopen, tenant=shop, event_id=one.pk, by=None) for one in events]
        jobs += [booking(shop, service, customer, start_at + number * HOUR / 4) for number in range(3)] * 2

        done, refused = split(at_once(shop, jobs))

        assert (len(done), set(refused)) == (capacity, {"slot_taken"})
        blocking = Participant.objects.filter(blocks=True, occupied__overlap=(start_at, start_at + HOUR))
        assert {row.event_id for row in blocking} == {event.pk for event in done}
    assert findings(shop, now=IN_A_MONTH) == []
