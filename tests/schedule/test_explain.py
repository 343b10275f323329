"""Why a start is not offered. Acme works in New York, Monday to Friday from 9 to 17 o'clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.enums import Rule
from schedule.models import Resource, Service, ServiceResource
from schedule.selectors.availability import explain
from schedule.selectors.rules import BrokenRule
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory, TimeOffFactory
from tests.schedule.oracle import Oracle, Scenario, Stored, store
from tests.schedule.scenarios import made_up_scenario

NOW = datetime(2031, 6, 1, 12, 0, tzinfo=UTC)
MONDAY_NINE = datetime(2031, 6, 2, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture
def anna() -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def haircut(anna: Resource) -> Service:
    """An hour by Anna, every half an hour, with ten minutes kept free afterwards."""
    return ServiceFactory.create(name="Haircut", resources=[anna], slot_step_minutes=30, buffer_after_minutes=10)


def reasons(
    tenant: Tenant, service: Service, resource: Resource, at: datetime = MONDAY_NINE, now: datetime = NOW
) -> tuple[BrokenRule, ...]:
    """Explain a start."""
    return explain(tenant=tenant, service=service, resource=resource, start_at=at, now=now)


def rules(*args: Any) -> list[Rule]:
    """Explain a start by its rules alone."""
    return [found.rule for found in reasons(*args)]


class TestEachRule:
    """One rule after the other."""

    def test_an_offered_start_has_no_reason(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        assert reasons(tenant, haircut, anna) == ()

    def test_closed(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        assert reasons(tenant, haircut, anna, MONDAY_NINE + 7.5 * HOUR) == (
            BrokenRule(Rule.CLOSED, "“Anna” does not work all through this time.", resource_id=anna.pk),
        )

    def test_time_off_names_its_bounds(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        TimeOffFactory.create(resource=anna, start_at=MONDAY_NINE + HOUR / 2, end_at=MONDAY_NINE + 3 * HOUR)

        assert reasons(tenant, haircut, anna) == (
            BrokenRule(
                Rule.TIME_OFF,
                "“Anna” is off during this time.",
                resource_id=anna.pk,
                start_at=MONDAY_NINE + HOUR / 2,
                end_at=MONDAY_NINE + 3 * HOUR,
            ),
        )

    def test_step_names_the_starts_before_and_after(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        assert reasons(tenant, haircut, anna, MONDAY_NINE + 40 * MINUTE) == (
            BrokenRule(
                Rule.STEP,
                "“Haircut” starts every 30 minutes from opening.",
                resource_id=anna.pk,
                start_at=MONDAY_NINE + 30 * MINUTE,
                end_at=MONDAY_NINE + 60 * MINUTE,
            ),
        )

    def test_busy_names_the_appointment_in_the_way(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        EventFactory.create(service=haircut, resources=[anna], start_at=MONDAY_NINE + HOUR / 2)

        assert reasons(tenant, haircut, anna) == (
            BrokenRule(
                Rule.BUSY,
                "“Anna” is booked to capacity.",
                resource_id=anna.pk,
                start_at=MONDAY_NINE + HOUR / 2,
                end_at=MONDAY_NINE + 1.5 * HOUR,
            ),
        )

    @pytest.mark.parametrize("shift", [-HOUR, HOUR], ids=["its buffer", "our buffer"])
    def test_buffer_when_appointments_only_touch(
        self, tenant: Tenant, haircut: Service, anna: Resource, shift: timedelta
    ) -> None:
        noon = MONDAY_NINE + 3 * HOUR
        EventFactory.create(service=haircut, resources=[anna], start_at=noon)

        assert reasons(tenant, haircut, anna, noon + shift) == (
            BrokenRule(
                Rule.BUFFER,
                "The time kept free before or after an appointment of “Anna” is in the way.",
                resource_id=anna.pk,
                start_at=noon,
                end_at=noon + HOUR,
            ),
        )

    def test_past_notice_and_horizon(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        haircut.min_notice_minutes = 60
        haircut.max_advance_days = 1

        assert [
            [found.rule for found in reasons(tenant, haircut, anna, now=now)]
            for now in (MONDAY_NINE + MINUTE, MONDAY_NINE, MONDAY_NINE - HOUR, MONDAY_NINE - 25 * HOUR)
        ] == [[Rule.PAST], [Rule.NOTICE], [], [Rule.HORIZON]]

    def test_not_able(self, tenant: Tenant, haircut: Service) -> None:
        assert rules(tenant, haircut, ResourceFactory.create()) == [Rule.NOT_ABLE]

    def test_everything_at_once(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        EventFactory.create(service=haircut, resources=[anna], start_at=NOW + 7 * MINUTE)
        TimeOffFactory.create(resource=None, start_at=NOW, end_at=NOW + HOUR)
        anna.is_active = False
        anna.save()
        haircut.is_active = False
        haircut.min_notice_minutes = 60

        assert rules(tenant, haircut, anna, NOW + 7 * MINUTE) == [
            Rule.INACTIVE_SERVICE,
            Rule.NOTICE,
            Rule.INACTIVE_RESOURCE,
            Rule.CLOSED,
            Rule.TIME_OFF,
            Rule.BUSY,
        ]

    def test_others_who_are_needed(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        room = ResourceFactory.create(type="room")
        ServiceResource.objects.create(service=haircut, resource=room, requirement=1)
        EventFactory.create(service=haircut, resources=[room], start_at=MONDAY_NINE)

        assert reasons(tenant, haircut, anna) == (
            BrokenRule(Rule.BUSY, "“Anna” is free, but nobody else this service needs can start at this time."),
        )
        assert rules(tenant, haircut, room) == [Rule.BUSY]
        assert rules(tenant, haircut, room, MONDAY_NINE + 2 * HOUR) == []


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(number=st.integers(0, 2**32).map(lambda number: number * 2654435761 % 2**32))
def test_reasons_are_those_a_clock_would_give(tenant: Tenant, number: int) -> None:
    scenario = made_up_scenario(number)
    oracle = Oracle(scenario, extra_days=3)
    tenant.timezone = scenario.zone
    note(f"made_up_scenario({number})")
    offered = list(oracle.offered())
    asked = {*offered[:: max(len(offered) // 4, 1)], *(number // 7**power % 2880 for power in range(1, 7))}
    with transaction.atomic():
        stored = store(scenario)

        found = {
            (minute, position): told(tenant, scenario, stored, position, minute)
            for minute in asked
            for position in range(len(scenario.people))
        }

        transaction.set_rollback(True)

    assert found == {(minute, position): expected(oracle, position, minute) for minute, position in found}


def told(tenant: Tenant, scenario: Scenario, stored: Stored, position: int, minute: int) -> set[Rule]:
    """Return the rules the code under test gives as reasons."""
    found = explain(
        tenant=tenant,
        service=stored.service,
        resource=stored.resources[position],
        start_at=scenario.at(minute),
        now=scenario.at(scenario.now),
    )
    return {reason.rule for reason in found}


def expected(oracle: Oracle, position: int, minute: int) -> set[Rule]:
    """Return the rules the oracle finds broken."""
    scenario, calendar = oracle.scenario, oracle.calendars[position]
    ahead = minute - scenario.now
    is_leading = calendar.person.requirement == oracle.leading
    full, full_without_buffers = calendar.is_full(minute), calendar.is_full_without_buffers(minute)
    broken = {
        Rule.PAST: ahead < 0,
        Rule.NOTICE: 0 <= ahead < scenario.notice,
        Rule.HORIZON: ahead > scenario.advance_days * 1440,
        Rule.INACTIVE_RESOURCE: not calendar.person.is_active,
        Rule.CLOSED: not calendar.works_through(minute),
        Rule.TIME_OFF: calendar.is_off_within(minute),
        Rule.STEP: is_leading and calendar.works(minute) and not calendar.is_on_grid(minute),
        Rule.BUSY: full and full_without_buffers,
        Rule.BUFFER: full and not full_without_buffers,
    }
    found = {rule for rule, holds in broken.items() if holds}
    if not found and position not in oracle.able(minute):
        found.add(Rule.BUSY)
    return found


class TestOverHttp:
    """`GET /api/schedule/availability/explain/`."""

    PATH = "/api/schedule/availability/explain/"

    @pytest.fixture
    def query(self, haircut: Service, anna: Resource) -> dict[str, Any]:
        """The parameters that ask about Monday, nine o'clock."""
        return {"service_id": haircut.pk, "resource_id": anna.pk, "start": "2031-06-02T13:00:00Z"}

    def test_a_start_that_is_not_offered(
        self, staff: APIClient, haircut: Service, anna: Resource, query: dict[str, Any]
    ) -> None:
        EventFactory.create(service=haircut, resources=[anna], start_at=MONDAY_NINE)

        body = staff.get(self.PATH, query).json()

        assert [reason.pop("rule") for reason in body["reasons"]] == ["horizon", "busy"]
        assert body["reasons"][1] == {
            "detail": "“Anna” is booked to capacity.",
            "start": "2031-06-02T09:00:00-04:00",
            "end": "2031-06-02T10:00:00-04:00",
        }
        assert {key: body[key] for key in ("service_id", "resource_id", "start", "available")} == {
            "service_id": haircut.pk,
            "resource_id": anna.pk,
            "start": "2031-06-02T09:00:00-04:00",
            "available": False,
        }

    def test_an_offered_start_in_local_time(self, staff: APIClient, query: dict[str, Any]) -> None:
        now = datetime.now(UTC)
        monday = (now + timedelta(days=14 - now.weekday())).date()

        body = staff.get(self.PATH, {**query, "start": f"{monday}T10:30:00"}).json()

        assert (body["available"], body["reasons"]) == (True, [])

    @pytest.mark.parametrize("written", ["2031-06-02T15:00:00+02:00", "2031-06-02T15:00:00 02:00"])
    def test_a_plus_may_arrive_as_a_space(self, staff: APIClient, query: dict[str, Any], written: str) -> None:
        response = staff.get(self.PATH, {**query, "start": written})

        assert response.json()["start"] == "2031-06-02T09:00:00-04:00"

    @pytest.mark.parametrize("name", ["service_id", "resource_id", "start"])
    @pytest.mark.parametrize("value", [None, "", "x", "0", "-1", "9" * 30, "1.5", "\x00", "2031-02-30T10:00:00Z"])
    def test_a_parameter_that_cannot_be_used_is_named(
        self, staff: APIClient, query: dict[str, Any], name: str, value: str | None
    ) -> None:
        del query[name]

        response = staff.get(self.PATH, query if value is None else {**query, name: value})

        assert (response.status_code, list(response.json()["errors"])) == (400, [name])

    @pytest.mark.parametrize("name", ["service_id", "resource_id"])
    def test_what_belongs_to_nobody_here(self, staff: APIClient, query: dict[str, Any], name: str) -> None:
        body = staff.get(self.PATH, {**query, name: 10**12}).json()

        assert (body["code"], list(body["errors"])) == ("does_not_exist", [name])

    def test_anonymous(self, anonymous: APIClient) -> None:
        assert anonymous.get(self.PATH).status_code == 401
