"""How many fit at once: the sweep line against counting, and changing a resource's capacity."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FieldError, Missing
from core.models import Tenant
from schedule.enums import Status
from schedule.errors import CapacityOverlaps
from schedule.models import Participant, Resource
from schedule.selectors.conflicts import Occupation, Span, crowds, deepest, in_the_way
from schedule.services import change_capacity
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory

ZERO = datetime(2030, 6, 3, tzinfo=UTC)
NOW = ZERO + timedelta(hours=100)
LENGTH = 24


def span(start: int, end: int) -> Span:
    return Span(ZERO + timedelta(hours=start), ZERO + timedelta(hours=end))


spans = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def counted(taken: list[tuple[int, int]], within: tuple[int, int]) -> list[int]:
    """Return how many are there in each hour of `within`: the oracle."""
    return [sum(start <= hour < end for start, end in taken) for hour in range(*within)]


def occupation(start: int, end: int) -> Occupation:
    return Occupation(uuid4(), 1, span(start, end), span(start, end))


@given(taken=st.lists(spans, max_size=12), within=spans)
def test_the_sweep_line_finds_the_deepest_hour(taken: list[tuple[int, int]], within: tuple[int, int]) -> None:
    assert deepest([span(*one) for one in taken], within=span(*within)) == max(counted(taken, within))


@given(taken=st.lists(spans, max_size=12), within=spans, capacity=st.integers(1, 4))
def test_it_fits_exactly_when_no_hour_is_full_and_those_in_full_hours_are_in_the_way(
    taken: list[tuple[int, int]], within: tuple[int, int], capacity: int
) -> None:
    found = [occupation(*one) for one in taken]
    full_hours = {hour for hour, depth in zip(range(*within), counted(taken, within), strict=True) if depth >= capacity}

    obstacles = in_the_way(found, capacity=capacity, within=span(*within))

    assert obstacles == [
        one for one, (start, end) in zip(found, taken, strict=True) if full_hours & set(range(start, end))
    ]


@given(wishes=st.lists(spans, max_size=30), capacity=st.integers(1, 3))
def test_taking_what_fits_never_exceeds_the_capacity_and_never_refuses_what_fits(
    wishes: list[tuple[int, int]], capacity: int
) -> None:
    taken: list[tuple[int, int]] = []
    for wish in wishes:
        fits = max(counted([*taken, wish], wish)) <= capacity
        assert (deepest([span(*one) for one in taken], within=span(*wish)) < capacity) is fits
        if fits:
            taken.append(wish)

    assert max(counted(taken, (0, LENGTH + 8)), default=0) <= capacity


def test_neighbours_do_not_meet() -> None:
    assert deepest([span(0, 2), span(4, 6)], within=span(2, 4)) == 0


@pytest.mark.django_db
class TestChangingIt:
    def put(self, resource: Resource, *starts: int, **more: Any) -> list[Participant]:
        """Book an hour of the resource at each of these hours from NOW."""
        service = ServiceFactory.create()
        events = [
            EventFactory.create(service=service, resources=[resource], start_at=NOW + timedelta(hours=start), **more)
            for start in starts
        ]
        return [event.participants.get() for event in events]

    def test_more_makes_what_is_to_come_shareable_and_leaves_the_past(self, tenant: Tenant) -> None:
        resource = ResourceFactory.create()
        past, running, coming = self.put(resource, -1, 0, 5)

        changed = change_capacity(resource_id=resource.pk, max_concurrent_events=2, now=NOW + timedelta(minutes=30))

        assert (changed.max_concurrent_events, changed.capacity_changed_at) == (2, NOW + timedelta(minutes=30))
        marks = dict(Participant.objects.values_list("pk", "exclusive"))
        assert marks == {past.pk: True, running.pk: False, coming.pk: False}

    def test_one_makes_what_is_to_come_exclusive_though_the_past_was_shared(self, tenant: Tenant) -> None:
        resource = ResourceFactory.create(max_concurrent_events=2)
        first, second, coming = self.put(resource, -3, -3, 5)

        change_capacity(resource_id=resource.pk, max_concurrent_events=1, now=NOW)

        marks = dict(Participant.objects.values_list("pk", "exclusive"))
        assert marks == {first.pk: False, second.pk: False, coming.pk: True}
        assert crowds() == []

    def test_less_than_what_is_booked_is_refused_naming_it(self, tenant: Tenant) -> None:
        resource = ResourceFactory.create(max_concurrent_events=3)
        parts = self.put(resource, 5, 5, 5)

        with pytest.raises(CapacityOverlaps) as refusal:
            change_capacity(resource_id=resource.pk, max_concurrent_events=2, now=NOW)

        assert (refusal.value.status, refusal.value.code) == (409, "capacity_overlaps")
        assert refusal.value.extra["overlaps"] == [
            {
                "start_at": "2030-06-07T09:00:00+00:00",
                "end_at": "2030-06-07T10:00:00+00:00",
                "depth": 3,
                "appointment_ids": sorted(str(part.event_id) for part in parts),
            }
        ]
        resource.refresh_from_db()
        assert (resource.max_concurrent_events, resource.capacity_changed_at) == (3, None)

    def test_what_is_cancelled_is_not_in_the_way(self, tenant: Tenant) -> None:
        resource = ResourceFactory.create(max_concurrent_events=2)
        self.put(resource, 5)
        self.put(resource, 5, status=Status.CANCELLED)

        assert change_capacity(resource_id=resource.pk, max_concurrent_events=1, now=NOW).max_concurrent_events == 1

    def test_neighbours_are_not_overlaps(self, tenant: Tenant) -> None:
        resource = ResourceFactory.create(max_concurrent_events=2)
        self.put(resource, 5, 6)

        change_capacity(resource_id=resource.pk, max_concurrent_events=1, now=NOW)

        assert set(Participant.objects.values_list("exclusive", flat=True)) == {True}

    def test_the_same_changes_nothing(self, tenant: Tenant) -> None:
        resource = ResourceFactory.create(max_concurrent_events=2)

        assert change_capacity(resource_id=resource.pk, max_concurrent_events=2).capacity_changed_at is None

    @pytest.mark.parametrize("number", [0, -1, 1001, 2**70])
    def test_numbers_out_of_range(self, tenant: Tenant, number: int) -> None:
        with pytest.raises(FieldError) as refusal:
            change_capacity(resource_id=ResourceFactory.create().pk, max_concurrent_events=number)

        assert list(refusal.value.extra["errors"]) == ["max_concurrent_events"]

    def test_an_unknown_resource(self, tenant: Tenant) -> None:
        with pytest.raises(Missing):
            change_capacity(resource_id=2**62, max_concurrent_events=2)
