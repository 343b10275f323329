"""Availability against an oracle that goes through every minute, over made-up businesses in every zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from core.models import Tenant
from schedule.selectors.availability import free_slots, next_free_starts
from tests.schedule.oracle import DAY, Oracle, Scenario, Stored, store
from tests.schedule.scenarios import made_up_scenario

Shown = dict[str, list[tuple[str, str, tuple[int, ...]]]]
"""Slots by date, written out: equal times of an hour that comes twice would compare equal."""

numbers = st.integers(0, 2**32).map(lambda number: number * 2654435761 % 2**32)
"""Numbers of scenarios, scattered: those hypothesis draws are mostly small."""

made_up = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@made_up
@given(number=numbers)
def test_free_slots_are_those_a_clock_would_find(tenant: Tenant, number: int) -> None:
    scenario = made_up_scenario(number)
    note(f"made_up_scenario({number})")
    oracle = Oracle(scenario)
    tenant.timezone = scenario.zone
    chosen = [None, *range(len(scenario.people))][number % (len(scenario.people) + 1)]
    with transaction.atomic():
        stored = store(scenario)

        found = slots_of(tenant, scenario, stored, chosen)

        transaction.set_rollback(True)

    assert found == expected_slots(oracle, stored, chosen)


@made_up
@given(number=numbers)
def test_next_free_starts_are_the_first_the_clock_would_find(tenant: Tenant, number: int) -> None:
    scenario = made_up_scenario(number, horizons=(1, 2, 3))
    note(f"made_up_scenario({number}, horizons=(1, 2, 3))")
    tenant.timezone = scenario.zone
    chosen = [position for position in range(len(scenario.people)) if number >> position & 1]
    after = scenario.at(number % 2880 - 1440)
    with transaction.atomic():
        stored = store(scenario)

        found = next_free_starts(
            tenant=tenant,
            service=stored.service,
            resource_ids=[stored.resources[number].pk for number in chosen],
            after=after,
            count=4,
            now=scenario.at(scenario.now),
        )

        transaction.set_rollback(True)

    # In UTC: an hour that comes twice equals nothing in another zone.
    assert [start.astimezone(UTC) for start in found] == first_starts(Oracle(scenario, extra_days=3), chosen, after)


def slots_of(tenant: Tenant, scenario: Scenario, stored: Stored, chosen: int | None) -> Shown:
    """Return what the code under test offers, by date."""
    days = free_slots(
        tenant=tenant,
        service=stored.service,
        from_date=scenario.first_date,
        to_date=scenario.first_date + (scenario.days - 1) * DAY,
        now=scenario.at(scenario.now),
        resource_id=None if chosen is None else stored.resources[chosen].pk,
    )
    return {
        day.date.isoformat(): [(slot.start.isoformat(), slot.end.isoformat(), slot.resource_ids) for slot in day.slots]
        for day in days
    }


def expected_slots(oracle: Oracle, stored: Stored, chosen: int | None) -> Shown:
    """Return what the oracle offers, by date."""
    scenario = oracle.scenario
    zone = ZoneInfo(scenario.zone)
    expected: Shown = {(scenario.first_date + number * DAY).isoformat(): [] for number in range(scenario.days)}
    for minute, able in oracle.offered().items():
        if chosen is not None and chosen not in able:
            continue
        kept = able if chosen is None else only(scenario, able, [chosen])
        start = scenario.at(minute).astimezone(zone)
        end = scenario.at(minute + scenario.duration).astimezone(zone)
        ids = tuple(sorted(stored.resources[number].pk for number in kept))
        expected[start.date().isoformat()].append((start.isoformat(), end.isoformat(), ids))
    return expected


def first_starts(oracle: Oracle, chosen: list[int], after: datetime) -> list[datetime]:
    """Return the first four starts the oracle offers to those chosen; the horizon ends the search."""
    scenario = oracle.scenario
    first = int((after - scenario.origin) / timedelta(minutes=1))
    if any(not scenario.people[number].is_active for number in chosen):
        return []
    met = {scenario.people[number].requirement for number in chosen}
    starts = []
    for minute in range(first, scenario.now + scenario.advance_days * 1440 + 1):
        able = oracle.able(minute)
        if able and met <= {scenario.people[number].requirement for number in able if number in chosen}:
            starts.append(scenario.at(minute))
        if len(starts) == 4:
            break
    return starts


def only(scenario: Scenario, able: tuple[int, ...], chosen: list[int]) -> tuple[int, ...]:
    """Leave out whoever meets the same requirement as one of those chosen."""
    met = {scenario.people[number].requirement for number in chosen}
    return tuple(number for number in able if number in chosen or scenario.people[number].requirement not in met)
