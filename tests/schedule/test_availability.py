"""Free starts, told by examples. Acme works in New York, Monday to Friday from 9 to 17 o'clock."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Tenant
from schedule.models import Resource, Service, ServiceResource, WorkingHours
from schedule.selectors.availability import DaySlots, Slot, free_slots, next_free_starts
from tests.factories.schedule import (
    DateOverrideFactory,
    EventFactory,
    ParticipantFactory,
    ResourceFactory,
    ServiceFactory,
    TimeOffFactory,
    WorkingHoursFactory,
)
from tests.schedule.slots import MONDAY, NEW_YORK, NOW, SUNDAY, at, clock_times, on

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture
def anna() -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def haircut(anna: Resource) -> Service:
    """An hour by Anna, every hour."""
    return ServiceFactory.create(resources=[anna], slot_step_minutes=60)


class TestWorkingHours:
    """Whose hours count, and on which days."""

    def test_every_day_is_listed_with_its_slots(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        days = free_slots(tenant=tenant, service=haircut, from_date=SUNDAY, to_date=MONDAY, now=NOW)

        hours = range(9, 17)
        assert days == [
            DaySlots(SUNDAY, ()),
            DaySlots(
                MONDAY,
                tuple(Slot(at(MONDAY, f"{n}:00"), at(MONDAY, f"{n + 1}:00"), (anna.pk,)) for n in hours),
            ),
        ]
        assert days[1].slots[0].start.isoformat() == "2031-06-02T09:00:00-04:00"

    def test_own_hours_replace_those_of_the_business_on_every_day(
        self, tenant: Tenant, haircut: Service, anna: Resource
    ) -> None:
        WorkingHoursFactory.create(resource=anna, weekday=6, opens_minute=600, closes_minute=720)

        assert clock_times(on(tenant, haircut, SUNDAY)) == ["10:00", "11:00"]
        assert on(tenant, haircut, MONDAY) == ()

    def test_a_closed_date_of_the_business(self, tenant: Tenant, haircut: Service) -> None:
        DateOverrideFactory.create(date=MONDAY)

        assert on(tenant, haircut, MONDAY) == ()

    def test_an_own_date_comes_before_that_of_the_business(
        self, tenant: Tenant, haircut: Service, anna: Resource
    ) -> None:
        DateOverrideFactory.create(date=MONDAY)
        DateOverrideFactory.create(date=MONDAY, resource=anna, opens_minute=600, closes_minute=660)
        DateOverrideFactory.create(date=MONDAY, resource=anna, opens_minute=780, closes_minute=900)

        assert clock_times(on(tenant, haircut, MONDAY)) == ["10:00", "13:00", "14:00"]

    def test_hours_of_somebody_else_do_not_matter(self, tenant: Tenant, haircut: Service) -> None:
        other = ResourceFactory.create()
        WorkingHoursFactory.create(resource=other, weekday=6)
        DateOverrideFactory.create(date=MONDAY, resource=other)

        assert on(tenant, haircut, SUNDAY) == ()
        assert len(on(tenant, haircut, MONDAY)) == 8

    def test_no_hours_at_all_is_closed(self, tenant: Tenant, haircut: Service) -> None:
        WorkingHours.objects.all().delete()

        assert on(tenant, haircut, MONDAY) == ()

    def test_intervals_that_touch_are_one_stretch_with_two_grids(
        self, tenant: Tenant, haircut: Service, anna: Resource
    ) -> None:
        WorkingHoursFactory.create(resource=anna, opens_minute=540, closes_minute=630)
        WorkingHoursFactory.create(resource=anna, opens_minute=630, closes_minute=720)

        assert clock_times(on(tenant, haircut, MONDAY)) == ["09:00", "10:00", "10:30"]

    def test_work_goes_on_over_midnight(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        WorkingHoursFactory.create(resource=anna, weekday=0, opens_minute=1350, closes_minute=1440)
        WorkingHoursFactory.create(resource=anna, weekday=1, opens_minute=0, closes_minute=60)

        assert clock_times(on(tenant, haircut, MONDAY)) == ["22:30", "23:30"]
        assert clock_times(on(tenant, haircut, MONDAY + timedelta(days=1))) == ["00:00"]

    def test_a_resource_in_another_zone(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        Resource.objects.filter(pk=anna.pk).update(timezone="Asia/Tokyo")
        WorkingHoursFactory.create(resource=anna, weekday=1, opens_minute=540, closes_minute=660)

        tuesday_in_tokyo = on(tenant, haircut, MONDAY)

        assert [slot.start.isoformat() for slot in tuesday_in_tokyo] == [
            "2031-06-02T20:00:00-04:00",
            "2031-06-02T21:00:00-04:00",
        ]


class TestTaken:
    """Time off and appointments."""

    def test_time_off_cuts_holes_and_leaves_the_grid(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        TimeOffFactory.create(resource=anna, start_at=at(MONDAY, "10:30"), end_at=at(MONDAY, "11:30"))
        TimeOffFactory.create(resource=None, start_at=at(MONDAY, "14:00"), end_at=at(MONDAY, "15:00"))

        assert clock_times(on(tenant, haircut, MONDAY)) == ["09:00", "12:00", "13:00", "15:00", "16:00"]

    def test_time_off_of_somebody_else(self, tenant: Tenant, haircut: Service) -> None:
        TimeOffFactory.create(start_at=at(MONDAY, "00:00"), end_at=at(MONDAY, "23:00"))

        assert len(on(tenant, haircut, MONDAY)) == 8

    def test_buffers_of_both_are_kept_between_neighbours(self, tenant: Tenant, anna: Resource) -> None:
        before = ServiceFactory.create(resources=[anna], buffer_after_minutes=10)
        EventFactory.create(service=before, resources=[anna], start_at=at(MONDAY, "11:00"))
        wanted = ServiceFactory.create(
            resources=[anna], duration_minutes=30, buffer_before_minutes=20, slot_step_minutes=30
        )

        assert clock_times(on(tenant, wanted, MONDAY))[:6] == ["09:00", "09:30", "10:00", "10:30", "12:30", "13:00"]

    def test_back_to_back(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        EventFactory.create(service=haircut, resources=[anna], start_at=at(MONDAY, "11:00"))

        assert clock_times(on(tenant, haircut, MONDAY)) == [
            "09:00", "10:00", "12:00", "13:00", "14:00", "15:00", "16:00",
        ]  # fmt: skip

    def test_buffers_may_stick_out_of_the_hours_and_into_time_off(self, tenant: Tenant, anna: Resource) -> None:
        TimeOffFactory.create(resource=anna, start_at=at(MONDAY, "12:00"), end_at=at(MONDAY, "13:00"))
        service = ServiceFactory.create(
            resources=[anna], buffer_before_minutes=30, buffer_after_minutes=30, slot_step_minutes=60
        )

        assert clock_times(on(tenant, service, MONDAY)) == [
            "09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00",
        ]  # fmt: skip

    def test_what_does_not_block(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        EventFactory.create(service=haircut, resources=[anna], start_at=at(MONDAY, "11:00"), status="cancelled")

        assert len(on(tenant, haircut, MONDAY)) == 8

    def test_a_capacity_of_two_counts_the_deepest_point(self, tenant: Tenant) -> None:
        """Four hours touch three appointments, and never two at once: one more fits."""
        sauna = ResourceFactory.create(max_concurrent_events=2)
        short = ServiceFactory.create(resources=[sauna], duration_minutes=30)
        for clock in ("09:00", "10:00", "11:00"):
            EventFactory.create(service=short, resources=[sauna], start_at=at(MONDAY, clock))
        long = ServiceFactory.create(resources=[sauna], duration_minutes=240, slot_step_minutes=60)

        assert clock_times(on(tenant, long, MONDAY)) == ["09:00", "10:00", "11:00", "12:00", "13:00"]

        ParticipantFactory.create(
            event=EventFactory.create(service=short, start_at=at(MONDAY, "10:15")), resource=sauna
        )

        assert clock_times(on(tenant, long, MONDAY)) == ["11:00", "12:00", "13:00"]

    def test_an_appointment_that_began_long_before(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        endless = ServiceFactory.create(
            resources=[anna], duration_minutes=1440, buffer_before_minutes=720, buffer_after_minutes=720
        )
        EventFactory.create(service=endless, resources=[anna], start_at=at(SUNDAY, "00:00"))

        assert clock_times(on(tenant, haircut, MONDAY)) == ["12:00", "13:00", "14:00", "15:00", "16:00"]


class TestService:
    """What the service itself allows."""

    def test_notice_and_horizon_are_exact(self, tenant: Tenant, anna: Resource) -> None:
        service = ServiceFactory.create(
            resources=[anna], slot_step_minutes=60, min_notice_minutes=60, max_advance_days=1
        )
        now = at(MONDAY, "10:00")

        assert clock_times(on(tenant, service, MONDAY, now=now)) == [
            "11:00",
            "12:00",
            "13:00",
            "14:00",
            "15:00",
            "16:00",
        ]
        assert clock_times(on(tenant, service, MONDAY + timedelta(days=1), now=now)) == ["09:00", "10:00"]
        assert clock_times(on(tenant, service, MONDAY, now=now + timedelta(seconds=1)))[0] == "12:00"

    def test_the_grid_begins_at_opening(self, tenant: Tenant, anna: Resource) -> None:
        WorkingHoursFactory.create(resource=anna, opens_minute=545, closes_minute=720)
        service = ServiceFactory.create(resources=[anna], duration_minutes=45, slot_step_minutes=50)

        assert clock_times(on(tenant, service, MONDAY)) == ["09:05", "09:55", "10:45"]

    def test_an_inactive_service_has_days_without_slots(self, tenant: Tenant, haircut: Service) -> None:
        haircut.is_active = False

        assert on(tenant, haircut, MONDAY) == ()

    def test_an_inactive_resource_is_nobody(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        Resource.objects.filter(pk=anna.pk).update(is_active=False)

        assert on(tenant, haircut, MONDAY) == ()

    def test_a_service_nobody_performs(self, tenant: Tenant) -> None:
        assert on(tenant, ServiceFactory.create(), MONDAY) == ()

    def test_days_that_are_over(self, tenant: Tenant, haircut: Service) -> None:
        assert on(tenant, haircut, date(2030, 12, 2)) == ()


class TestSeveralResources:
    """Who can take a start."""

    def test_all_who_are_free_are_listed_in_order(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        ben = ResourceFactory.create()
        ServiceResource.objects.create(service=haircut, resource=ben)
        EventFactory.create(service=haircut, resources=[anna], start_at=at(MONDAY, "10:00"))

        assert [slot.resource_ids for slot in on(tenant, haircut, MONDAY)[:3]] == [
            (anna.pk, ben.pk),
            (ben.pk,),
            (anna.pk, ben.pk),
        ]
        assert clock_times(on(tenant, haircut, MONDAY, resource_id=anna.pk))[:2] == ["09:00", "11:00"]
        assert {slot.resource_ids for slot in on(tenant, haircut, MONDAY, resource_id=anna.pk)} == {(anna.pk,)}

    def test_every_requirement_needs_somebody(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        first, second = ResourceFactory.create_batch(2, type="room")
        for room in (first, second):
            ServiceResource.objects.create(service=haircut, resource=room, requirement=1)
            EventFactory.create(service=haircut, resources=[room], start_at=at(MONDAY, "10:00"))
        EventFactory.create(service=haircut, resources=[second], start_at=at(MONDAY, "11:00"))

        slots = on(tenant, haircut, MONDAY)

        assert [(slot.start.hour, slot.resource_ids) for slot in slots[:3]] == [
            (9, (anna.pk, first.pk, second.pk)),
            (11, (anna.pk, first.pk)),
            (12, (anna.pk, first.pk, second.pk)),
        ]
        assert [slot.resource_ids for slot in on(tenant, haircut, MONDAY, resource_id=second.pk)[:2]] == [
            (anna.pk, second.pk),
            (anna.pk, second.pk),
        ]

    def test_a_requirement_that_only_the_inactive_meet(self, tenant: Tenant, haircut: Service) -> None:
        ServiceResource.objects.create(service=haircut, resource=ResourceFactory.create(is_active=False), requirement=1)

        assert on(tenant, haircut, MONDAY) == ()

    def test_the_first_requirement_sets_the_grid(self, tenant: Tenant, anna: Resource) -> None:
        """A room that opens ten minutes earlier must not leave the therapist without a single start."""
        service = ServiceFactory.create(resources=[anna], duration_minutes=30, slot_step_minutes=45)
        room = ResourceFactory.create(type="room")
        ServiceResource.objects.create(service=service, resource=room, requirement=1)
        WorkingHoursFactory.create(resource=room, opens_minute=530, closes_minute=660)

        assert clock_times(on(tenant, service, MONDAY)) == ["09:00", "09:45", "10:30"]

    def test_a_resource_that_is_not_able(self, tenant: Tenant, haircut: Service) -> None:
        assert on(tenant, haircut, MONDAY, resource_id=ResourceFactory.create().pk) == ()


class TestNextFreeStarts:
    """Alternatives to a start that is taken."""

    def test_the_first_few_from_a_moment_on(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        EventFactory.create(service=haircut, resources=[anna], start_at=at(MONDAY, "15:00"))

        found = next_free_starts(
            tenant=tenant, service=haircut, resource_ids=[anna.pk], after=at(MONDAY, "15:00"), now=NOW
        )

        tuesday = MONDAY + timedelta(days=1)
        assert found == [at(MONDAY, "16:00"), at(tuesday, "09:00"), at(tuesday, "10:00")]
        assert {start.tzinfo for start in found} == {NEW_YORK}

    def test_a_fortnight_ahead_and_no_further(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        TimeOffFactory.create(
            resource=anna, start_at=at(MONDAY, "09:00"), end_at=at(MONDAY + timedelta(days=14), "09:00")
        )

        def find(after: datetime) -> list[datetime]:
            return next_free_starts(
                tenant=tenant, service=haircut, resource_ids=[anna.pk], after=after, count=1, now=NOW
            )

        assert find(at(MONDAY, "09:00")) == []
        assert find(at(MONDAY, "09:01")) == [at(MONDAY + timedelta(days=14), "09:00")]

    def test_without_wishes_anybody_will_do(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        ServiceResource.objects.create(service=haircut, resource=ResourceFactory.create())
        EventFactory.create(service=haircut, resources=[anna], start_at=at(MONDAY, "09:00"))

        found = next_free_starts(
            tenant=tenant, service=haircut, resource_ids=[], after=at(MONDAY, "09:00"), count=1, now=NOW
        )

        assert found == [at(MONDAY, "09:00")]

    def test_one_wanted_who_is_not_able_leaves_none(self, tenant: Tenant, haircut: Service) -> None:
        found = next_free_starts(
            tenant=tenant, service=haircut, resource_ids=[ResourceFactory.create().pk], after=NOW, now=NOW
        )

        assert found == []


def test_two_queries_whatever_is_asked(tenant: Tenant) -> None:
    def queries(count: int, days: int) -> int:
        service = ServiceFactory.create(resources=ResourceFactory.create_batch(count))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            free_slots(tenant=tenant, service=service, from_date=MONDAY, to_date=MONDAY + timedelta(days=days), now=NOW)
        return sum("search_path" not in query["sql"] for query in captured.captured_queries)

    assert (queries(1, 0), queries(3, 61)) == (2, 2)
