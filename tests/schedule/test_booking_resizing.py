"""Making an appointment longer or shorter: everything else about it stays."""

from datetime import timedelta
from typing import Any

import pytest

from core.models import Tenant
from schedule.enums import HistoryKind
from schedule.errors import RuleBroken, SlotTaken
from schedule.models import Customer, Event, EventHistory, Resource, Service
from schedule.services import reschedule
from tests.factories.schedule import EventFactory, ServiceFactory
from tests.schedule.bookings import MONDAY_NINE_AT as NINE_AT
from tests.schedule.bookings import NOW, booked

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def massage(anna: Resource) -> Service:
    return ServiceFactory.create(resources=[anna], buffer_before_minutes=5, buffer_after_minutes=10)


@pytest.fixture
def event(tenant: Tenant, massage: Service, customer: Customer) -> Event:
    """Anna's first appointment on Monday."""
    return booked(tenant, massage, customer)


def resized(tenant: Tenant, event: Event, minutes: int, **more: Any) -> Event:
    arguments: dict[str, Any] = {"start_at": event.start_at, "by": None, "now": NOW, **more}
    return reschedule(tenant=tenant, event_id=event.pk, duration_minutes=minutes, **arguments)


@pytest.mark.parametrize("minutes", [1, 17, 90, 240])
def test_the_end_moves_with_the_buffers(tenant: Tenant, event: Event, minutes: int) -> None:
    resized(tenant, event, minutes)

    found = Event.objects.get()
    end_at = NINE_AT + minutes * MINUTE
    occupied = found.participants.get().occupied
    assert (found.start_at, found.end_at, found.version) == (NINE_AT, end_at, 2)
    assert (found.price_cents, found.status, found.service.duration_minutes) == (5000, "confirmed", 60)
    assert (occupied.lower, occupied.upper) == (NINE_AT - 5 * MINUTE, end_at + 10 * MINUTE)
    entry = EventHistory.objects.get(kind=HistoryKind.RESCHEDULED)
    assert (entry.before["end_at"], entry.after["end_at"]) == ("2030-06-03T14:00:00+00:00", end_at.isoformat())


def test_the_length_it_has_changes_nothing(tenant: Tenant, event: Event) -> None:
    assert resized(tenant, event, 60).version == 1


def test_moved_and_made_longer_at_once(tenant: Tenant, event: Event) -> None:
    found = resized(tenant, event, 90, start_at=NINE_AT + HOUR)

    assert (found.start_at, found.end_at) == (NINE_AT + HOUR, NINE_AT + 150 * MINUTE)


def test_a_neighbour_in_the_way(tenant: Tenant, event: Event, massage: Service, customer: Customer) -> None:
    booked(tenant, massage, customer, NINE_AT + 90 * MINUTE)

    assert resized(tenant, event, 75).end_at == NINE_AT + 75 * MINUTE
    with pytest.raises(SlotTaken) as refusal:
        resized(tenant, event, 76)

    event.refresh_from_db()
    assert (event.end_at, event.version) == (NINE_AT + 75 * MINUTE, 2)
    assert [one["start_at"] for one in refusal.value.extra["conflicts"]] == ["2030-06-03T10:30:00-04:00"]
    assert refusal.value.extra["alternatives"][0] == "2030-06-03T11:45:00-04:00"


def test_the_alternatives_are_long_enough(tenant: Tenant, event: Event, massage: Service, customer: Customer) -> None:
    """Between the two others an hour would fit, three would not."""
    booked(tenant, massage, customer, NINE_AT + 75 * MINUTE)
    booked(tenant, massage, customer, NINE_AT + 240 * MINUTE)

    with pytest.raises(SlotTaken) as refusal:
        resized(tenant, event, 180)

    assert refusal.value.extra["alternatives"][0] == "2030-06-04T09:00:00-04:00"


def test_the_hours_hold_for_the_whole_of_it(tenant: Tenant, event: Event) -> None:
    with pytest.raises(RuleBroken) as refusal:
        resized(tenant, event, 481)

    assert refusal.value.code == "closed"
    assert resized(tenant, event, 480).end_at == NINE_AT + 8 * HOUR
    assert resized(tenant, event, 600, allow_outside_hours=True).end_at == NINE_AT + 10 * HOUR


def test_hours_are_those_of_the_appointment_and_not_of_its_service(tenant: Tenant, event: Event) -> None:
    """It was booked as an hour; moved to the last hour of the day it still fits, though the service grew since."""
    Service.objects.update(duration_minutes=120)

    found = reschedule(tenant=tenant, event_id=event.pk, start_at=NINE_AT + 7 * HOUR, by=None, now=NOW)

    assert found.end_at == NINE_AT + 8 * HOUR


def test_one_that_has_begun_takes_longer(tenant: Tenant, event: Event) -> None:
    assert resized(tenant, event, 75, now=NINE_AT + 50 * MINUTE).end_at == NINE_AT + 75 * MINUTE


def test_one_that_has_begun_is_not_moved(tenant: Tenant, event: Event) -> None:
    with pytest.raises(RuleBroken) as refusal:
        resized(tenant, event, 75, start_at=NINE_AT + MINUTE, now=NINE_AT + 50 * MINUTE)

    assert refusal.value.code == "past"


def test_notice_and_horizon_are_about_the_start(tenant: Tenant, event: Event) -> None:
    Service.objects.update(min_notice_minutes=7 * 1440, max_advance_days=1)

    assert resized(tenant, event, 45).end_at == NINE_AT + 45 * MINUTE


def test_a_room_for_two(tenant: Tenant, event: Event, anna: Resource, massage: Service) -> None:
    Resource.objects.update(max_concurrent_events=2)
    event.participants.update(exclusive=False)
    anna.refresh_from_db()
    EventFactory.create_batch(2, service=massage, resources=[anna], start_at=NINE_AT + 2 * HOUR)

    with pytest.raises(SlotTaken):
        resized(tenant, event, 120)

    assert resized(tenant, event, 105).end_at == NINE_AT + 105 * MINUTE
