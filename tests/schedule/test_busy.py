"""Busy time of connected calendars: what is written, what it keeps from being booked, and what it overlaps."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Tenant
from schedule.enums import BookingSource, Status, TimeOffSource
from schedule.errors import RuleBroken
from schedule.models import TimeOff
from schedule.selectors.conflicts import Span
from schedule.selectors.overlaps import Overlap, overlaps_with_calendars
from schedule.services.booking import book
from schedule.services.busy import BusyChange, forget_busy, replace_busy
from tests.factories.schedule import (
    FIRST_START_AT,
    CustomerFactory,
    EventFactory,
    ResourceFactory,
    ServiceFactory,
    open_around_the_clock,
)

NOW = datetime(2030, 6, 1, tzinfo=UTC)
NINE = FIRST_START_AT
HOUR = timedelta(hours=1)
write = partial(replace_busy, origin="cal", now=NOW)


def span(start: int, end: int) -> Span:
    """Return a span in hours after nine."""
    return Span(NINE + start * HOUR, NINE + end * HOUR)


def present() -> set[tuple[str, int | None, int, int]]:
    return {
        (row.external_id, row.resource_id, (row.start_at - NINE) // HOUR, (row.end_at - NINE) // HOUR)
        for row in TimeOff.objects.filter(origin="cal", source=TimeOffSource.CALENDAR)
    }


def test_items_are_written_changed_and_removed(tenant: Tenant) -> None:
    anna = ResourceFactory.create()
    items = {"a": [span(0, 1), span(2, 3)], "b": [span(4, 5)]}

    assert write(resource_id=anna.pk, items=items, is_complete=False) == BusyChange(3, 0)
    assert write(resource_id=anna.pk, items=items, is_complete=False) == BusyChange(0, 0)
    assert write(resource_id=anna.pk, items={"a": [span(2, 3), span(6, 7)]}, is_complete=False) == BusyChange(1, 1)
    assert present() == {("a", anna.pk, 2, 3), ("a", anna.pk, 6, 7), ("b", anna.pk, 4, 5)}
    assert write(resource_id=anna.pk, items={"b": []}, is_complete=False) == BusyChange(0, 1)
    assert write(resource_id=anna.pk, items={"c": [span(0, 1)]}, is_complete=True) == BusyChange(1, 2)
    assert present() == {("c", anna.pk, 0, 1)}


def test_rows_that_stay_the_same_are_not_touched(tenant: Tenant) -> None:
    anna = ResourceFactory.create()
    write(resource_id=anna.pk, items={"a": [span(0, 1)]}, is_complete=True)
    before = TimeOff.objects.get(origin="cal")

    write(resource_id=anna.pk, items={"a": [span(0, 1), span(1, 2)]}, is_complete=True)

    after = TimeOff.objects.get(pk=before.pk)
    assert (after.created_at, after.updated_at) == (before.created_at, before.updated_at)


def test_other_calendars_and_other_time_off_stay(tenant: Tenant) -> None:
    anna = ResourceFactory.create()
    replace_busy(origin="other", resource_id=anna.pk, items={"a": [span(0, 1)]}, is_complete=True, now=NOW)
    TimeOff.objects.create(resource=anna, start_at=NINE, end_at=NINE + HOUR, reason="Dentist")

    write(resource_id=anna.pk, items={}, is_complete=True)
    forget_busy(origin="cal")

    assert TimeOff.objects.count() == 2


def test_a_calendar_given_to_another_resource_takes_its_time_instead(tenant: Tenant) -> None:
    anna, ben = ResourceFactory.create_batch(2)
    write(resource_id=anna.pk, items={"a": [span(0, 1)]}, is_complete=True)

    write(resource_id=ben.pk, items={"a": [span(0, 1)]}, is_complete=True)

    assert present() == {("a", ben.pk, 0, 1)}


def test_a_resource_that_is_gone_leaves_nothing(tenant: Tenant) -> None:
    assert write(resource_id=987654, items={"a": [span(0, 1)]}, is_complete=True) == BusyChange(0, 0)
    assert present() == set()


hours = st.integers(0, 6)
spans = st.lists(st.tuples(hours, st.integers(1, 3)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=4)
readings = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abc"), spans, max_size=3), st.booleans()), min_size=1, max_size=5
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings=readings)
def test_whatever_is_read_in_whatever_order_the_last_word_holds(
    tenant: Tenant, readings: list[tuple[dict[str, list[tuple[int, int]]], bool]]
) -> None:
    TimeOff.objects.all().delete()
    expected: dict[str, set[tuple[int, int]]] = {}
    for items, is_complete in readings:
        write(
            resource_id=None,
            items={key: [span(*pair) for pair in pairs] for key, pairs in items.items()},
            is_complete=is_complete,
        )
        if is_complete:
            expected = {}
        expected |= {key: set(pairs) for key, pairs in items.items()}

    assert present() == {(key, None, *pair) for key, pairs in expected.items() for pair in pairs}


@pytest.mark.parametrize("is_whole_business", [False, True])
def test_busy_time_cannot_be_booked(tenant: Tenant, is_whole_business: bool) -> None:
    anna = ResourceFactory.create()
    open_around_the_clock()
    service = ServiceFactory.create(resources=[anna])
    write(resource_id=None if is_whole_business else anna.pk, items={"a": [span(1, 2)]}, is_complete=True)
    ask = partial(
        book,
        tenant=tenant,
        service_id=service.pk,
        customer_id=CustomerFactory.create().pk,
        by=None,
        source=BookingSource.STAFF,
        now=NOW,
    )

    with pytest.raises(RuleBroken) as refused:
        ask(start_at=NINE + HOUR)

    assert refused.value.code == "time_off"
    assert ask(start_at=NINE).status == Status.CONFIRMED
    assert ask(start_at=NINE + HOUR, allow_outside_hours=True).status == Status.CONFIRMED


def test_overlaps_are_found_whoever_came_first(tenant: Tenant) -> None:
    anna, ben = ResourceFactory.create_batch(2)
    meant = EventFactory.create(start_at=NINE, resources=[anna])
    EventFactory.create(start_at=NINE, resources=[ben])
    EventFactory.create(start_at=NINE + 2 * HOUR, resources=[anna])
    EventFactory.create(start_at=NINE, resources=[anna], status=Status.CANCELLED)

    write(resource_id=anna.pk, items={"a": [span(0, 2)]}, is_complete=True)

    booked = Span(meant.start_at, meant.end_at)
    found = Overlap(
        meant.pk, anna.pk, anna.name, meant.service.name, meant.customer.name, "cal", "a", booked, span(0, 2)
    )
    assert overlaps_with_calendars(now=NOW) == [found]
    assert overlaps_with_calendars(now=NOW, origin="cal") == [found]
    assert overlaps_with_calendars(now=NOW, origin="other") == []
    assert overlaps_with_calendars(now=NINE + 5 * HOUR) == []
