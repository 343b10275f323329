"""Times that are taken: conflicts, buffers, capacities, clocks that change."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError

from core.errors import DomainError
from core.models import Tenant
from schedule.errors import SlotTaken
from schedule.models import Customer, Event, Participant, Resource, Service, WorkingHours
from schedule.services import placement
from tests.factories.schedule import (
    ResourceFactory,
    ServiceFactory,
    open_around_the_clock,
)
from tests.schedule.bookings import MONDAY_NINE_AT, booked

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def massage(anna: Resource, bert: Resource) -> Service:
    """An hour for 50 dollars that Anna and Bert give."""
    return ServiceFactory.create(name="Massage", resources=[anna, bert])


class TestTaken:
    def test_the_refusal_says_what_is_in_the_way_and_what_is_free_but_not_who(
        self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer
    ) -> None:
        first = booked(tenant, massage, customer, resource_ids=[anna.pk])

        with pytest.raises(SlotTaken) as refusal:
            booked(tenant, massage, customer, MONDAY_NINE_AT + 30 * MINUTE, resource_ids=[anna.pk])

        assert refusal.value.body == {
            "detail": "This time is already taken. The next free start is 2030-06-03T10:00:00-04:00.",
            "code": "slot_taken",
            "conflicts": [
                {
                    "appointment_id": str(first.pk),
                    "resource_id": anna.pk,
                    "start_at": "2030-06-03T09:00:00-04:00",
                    "end_at": "2030-06-03T10:00:00-04:00",
                }
            ],
            "alternatives": [f"2030-06-03T10:{minute}:00-04:00" for minute in ("00", "15", "30")],
        }
        assert "Clara" not in str(refusal.value.body)

    def test_never_lifted(self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer) -> None:
        booked(tenant, massage, customer, resource_ids=[anna.pk])

        with pytest.raises(SlotTaken):
            booked(tenant, massage, customer, resource_ids=[anna.pk], allow_outside_hours=True)

    def test_neighbours_need_both_buffers(
        self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer
    ) -> None:
        Service.objects.update(buffer_before_minutes=10, buffer_after_minutes=20)
        booked(tenant, massage, customer, resource_ids=[anna.pk])

        with pytest.raises(SlotTaken):
            booked(tenant, massage, customer, MONDAY_NINE_AT + 89 * MINUTE, resource_ids=[anna.pk])
        second = booked(tenant, massage, customer, MONDAY_NINE_AT + 90 * MINUTE, resource_ids=[anna.pk])

        assert second.start_at == MONDAY_NINE_AT + 90 * MINUTE

    def test_the_database_has_the_last_word(
        self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booked(tenant, massage, customer, resource_ids=[anna.pk])
        looks: list[int] = []

        def look_away_once(*arguments: Any, **more: Any) -> None:
            looks.append(1)
            if len(looks) > 1:
                require_room(*arguments, **more)

        require_room = placement._require_room
        monkeypatch.setattr(placement, "_require_room", look_away_once)
        with pytest.raises(SlotTaken):
            booked(tenant, massage, customer, resource_ids=[anna.pk])

        assert (len(looks), Event.objects.count()) == (2, 1)

    def test_endless_disturbance_ends(
        self, tenant: Tenant, massage: Service, customer: Customer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def disturb(*_: Any, **__: Any) -> None:
            raise placement.LostRace

        monkeypatch.setattr(placement, "_require_room", disturb)
        with pytest.raises(DomainError) as refusal:
            booked(tenant, massage, customer)

        assert (refusal.value.status, refusal.value.code) == (503, "busy")

    @pytest.mark.parametrize(
        ("code", "name", "expected"),
        [
            ("23P01", "participant_no_double_booking", True),
            ("23P01", "participant_no_double_booking_102008", True),
            ("23P01", "another_exclusion", False),
            ("23505", "participant_no_double_booking", False),
        ],
    )
    def test_a_double_booking_is_known_by_its_constraint_whatever_the_shard(
        self, code: str, name: str, expected: bool
    ) -> None:
        class Violation(Exception):
            pgcode = code
            diag = SimpleNamespace(constraint_name=name)

        error = IntegrityError()
        error.__cause__ = Violation()

        assert placement.is_double_booking(error) is expected


class TestCapacity:
    def test_depth_counts_not_the_number_of_neighbours(self, tenant: Tenant, customer: Customer) -> None:
        """With fixed seats [0,1) and [2,3) would sit on one, [1.2,1.8) on the other, and [0.5,2.5) would find none."""
        room = ResourceFactory.create(max_concurrent_events=2)
        by_length = {
            minutes: ServiceFactory.create(duration_minutes=minutes, resources=[room]) for minutes in (36, 60, 120)
        }
        for minutes, offset in ((60, 0), (60, 120), (36, 72), (120, 30)):
            booked(tenant, by_length[minutes], customer, MONDAY_NINE_AT + offset * MINUTE)

        with pytest.raises(SlotTaken):
            booked(tenant, by_length[36], customer, MONDAY_NINE_AT + 72 * MINUTE)

        assert Event.objects.count() == 4
        assert set(Participant.objects.values_list("exclusive", flat=True)) == {False}

    def test_what_leaves_room_is_not_named_as_a_conflict(self, tenant: Tenant, customer: Customer) -> None:
        room = ResourceFactory.create(max_concurrent_events=2)
        hour = ServiceFactory.create(resources=[room])
        two_hours = ServiceFactory.create(resources=[room], duration_minutes=120)
        booked(tenant, hour, customer, MONDAY_NINE_AT)
        full = {booked(tenant, hour, customer, MONDAY_NINE_AT + HOUR).pk for _ in range(2)}

        with pytest.raises(SlotTaken) as refusal:
            booked(tenant, two_hours, customer, MONDAY_NINE_AT)

        assert {conflict["appointment_id"] for conflict in refusal.value.extra["conflicts"]} == {
            str(number) for number in full
        }


class TestClockChanges:
    """Acme is in New York: clocks skip 02:00–03:00 on 10 March 2030 and repeat 01:00–02:00 on 3 November 2030."""

    @pytest.fixture(autouse=True)
    def _always_open(self, tenant: Tenant) -> None:
        WorkingHours.objects.all().delete()
        open_around_the_clock()

    @pytest.mark.parametrize(
        ("start_at", "local_end"),
        [
            (datetime(2030, 3, 10, 6, 30, tzinfo=UTC), "2030-03-10T03:30:00-04:00"),
            (datetime(2030, 11, 3, 5, 30, tzinfo=UTC), "2030-11-03T01:30:00-05:00"),
            (datetime(2030, 11, 3, 6, 30, tzinfo=UTC), "2030-11-03T02:30:00-05:00"),
        ],
        ids=["over the gap", "first of two", "second of two"],
    )
    def test_an_hour_is_an_hour(
        self, tenant: Tenant, massage: Service, customer: Customer, start_at: datetime, local_end: str
    ) -> None:
        event = booked(tenant, massage, customer, start_at, now=start_at - timedelta(days=2))

        assert event.end_at.astimezone(tenant.zone).isoformat() == local_end
        assert event.end_at - event.start_at == HOUR

    def test_the_two_occurrences_of_a_wall_clock_hour_are_two_slots(
        self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer
    ) -> None:
        first = datetime(2030, 11, 3, 5, 0, tzinfo=UTC)

        for start_at in (first, first + HOUR):
            booked(tenant, massage, customer, start_at, resource_ids=[anna.pk], now=first - HOUR)

        assert Participant.objects.count() == 2
