"""The rules that keep a time from being booked. Acme works in New York, Monday to Friday from 9 to 17 o'clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Tenant
from schedule.enums import Rule
from schedule.models import Resource, Service, WorkingHours
from schedule.selectors.rules import BrokenRule, broken_rule
from tests.factories.schedule import (
    EventFactory,
    ResourceFactory,
    ServiceFactory,
    TimeOffFactory,
    WorkingHoursFactory,
)

NOW = datetime(2031, 6, 1, 12, 0, tzinfo=UTC)
MONDAY_NINE = datetime(2031, 6, 2, 13, 0, tzinfo=UTC)
SUNDAY_NINE = MONDAY_NINE - timedelta(days=1)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture
def anna() -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def haircut(anna: Resource) -> Service:
    """An hour by Anna."""
    return ServiceFactory.create(name="Haircut", resources=[anna], min_notice_minutes=120, max_advance_days=30)


def broken(
    tenant: Tenant, service: Service, *resources: Resource, at: datetime = MONDAY_NINE, **options: bool
) -> BrokenRule | None:
    """Ask for the first broken rule."""
    return broken_rule(
        tenant=tenant,
        service=service,
        resource_ids=[resource.pk for resource in resources],
        start_at=at,
        now=NOW,
        **options,
    )


def rule_of(found: BrokenRule | None) -> tuple[Rule, int | None] | None:
    """Return the rule and whose it is."""
    return None if found is None else (found.rule, found.resource_id)


def test_nothing_is_broken(tenant: Tenant, haircut: Service, anna: Resource) -> None:
    assert broken(tenant, haircut, anna) is None


def test_a_start_off_the_grid_and_a_taken_one_are_no_matter_of_rules(
    tenant: Tenant, haircut: Service, anna: Resource
) -> None:
    EventFactory.create(service=haircut, resources=[anna], start_at=MONDAY_NINE)

    assert broken(tenant, haircut, anna, at=MONDAY_NINE + timedelta(minutes=7)) is None


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        (NOW - timedelta(seconds=1), Rule.PAST),
        (NOW, Rule.NOTICE),
        (NOW + timedelta(minutes=119, seconds=59), Rule.NOTICE),
        (NOW + timedelta(minutes=120), None),
        (NOW + timedelta(days=30), None),
        (NOW + timedelta(days=30, seconds=1), Rule.HORIZON),
    ],
)
def test_past_notice_and_horizon_to_the_second(
    tenant: Tenant, haircut: Service, at: datetime, rule: Rule | None
) -> None:
    found = broken(tenant, haircut, at=at)

    assert rule_of(found) == (None if rule is None else (rule, None))


def test_what_bounds_notice_and_horizon(tenant: Tenant, haircut: Service) -> None:
    notice = broken(tenant, haircut, at=NOW)
    horizon = broken(tenant, haircut, at=NOW + timedelta(days=31))

    assert notice == BrokenRule(
        Rule.NOTICE,
        "“Haircut” is booked at least 120 minutes ahead. Choose a later time.",
        end_at=NOW + timedelta(hours=2),
    )
    assert horizon == BrokenRule(
        Rule.HORIZON,
        "“Haircut” is booked at most 30 days ahead. Choose an earlier time.",
        start_at=NOW + timedelta(days=30),
    )


def test_an_inactive_service_comes_first(tenant: Tenant, haircut: Service, anna: Resource) -> None:
    haircut.is_active = False

    assert broken(tenant, haircut, anna, at=NOW - HOUR) == BrokenRule(
        Rule.INACTIVE_SERVICE, "“Haircut” is not offered at the moment."
    )


@pytest.mark.parametrize(
    ("start", "is_open"),
    [("08:59", False), ("09:00", True), ("16:00", True), ("16:01", False)],
)
def test_an_appointment_lies_within_the_hours(
    tenant: Tenant, haircut: Service, anna: Resource, start: str, is_open: bool
) -> None:
    hours, minutes = start.split(":")
    at = MONDAY_NINE + timedelta(hours=int(hours) - 9, minutes=int(minutes))

    found = broken(tenant, haircut, anna, at=at)

    assert rule_of(found) == (None if is_open else (Rule.CLOSED, anna.pk))


def test_a_break_closes(tenant: Tenant, haircut: Service, anna: Resource) -> None:
    WorkingHoursFactory.create(resource=anna, opens_minute=540, closes_minute=570)
    WorkingHoursFactory.create(resource=anna, opens_minute=571, closes_minute=700)

    assert rule_of(broken(tenant, haircut, anna)) == (Rule.CLOSED, anna.pk)


@pytest.mark.parametrize(
    ("begins", "lasts", "is_off"),
    [(-2 * HOUR, HOUR, False), (-HOUR, HOUR, False), (-HOUR, HOUR * 1.5, True), (HOUR, HOUR, False)],
)
@pytest.mark.parametrize("everybody", [False, True])
def test_time_off(
    tenant: Tenant,
    haircut: Service,
    anna: Resource,
    begins: timedelta,
    lasts: timedelta,
    is_off: bool,
    everybody: bool,
) -> None:
    start_at = MONDAY_NINE + begins
    TimeOffFactory.create(resource=None if everybody else anna, start_at=start_at, end_at=start_at + lasts)

    found = broken(tenant, haircut, anna)

    assert rule_of(found) == ((Rule.TIME_OFF, anna.pk) if is_off else None)


def test_closed_comes_before_time_off(tenant: Tenant, haircut: Service, anna: Resource) -> None:
    TimeOffFactory.create(resource=anna, start_at=SUNDAY_NINE, end_at=SUNDAY_NINE + HOUR)
    earlier = haircut
    earlier.min_notice_minutes = 0

    assert broken(tenant, earlier, anna, at=SUNDAY_NINE) == BrokenRule(
        Rule.CLOSED, "“Anna” does not work all through this time.", resource_id=anna.pk
    )


def test_the_first_resource_that_breaks_a_rule_is_named(tenant: Tenant, haircut: Service, anna: Resource) -> None:
    gone = ResourceFactory.create(name="Old room", is_active=False)
    away = ResourceFactory.create()
    TimeOffFactory.create(resource=away, start_at=MONDAY_NINE, end_at=MONDAY_NINE + HOUR)

    assert rule_of(broken(tenant, haircut, anna, away, gone)) == (Rule.TIME_OFF, away.pk)
    assert broken(tenant, haircut, anna, gone, away) == BrokenRule(
        Rule.INACTIVE_RESOURCE, "“Old room” cannot be booked at the moment.", resource_id=gone.pk
    )


def test_a_resource_that_does_not_exist_counts_as_inactive(tenant: Tenant, haircut: Service) -> None:
    found = broken_rule(tenant=tenant, service=haircut, resource_ids=[2**40], start_at=MONDAY_NINE, now=NOW)

    assert rule_of(found) == (Rule.INACTIVE_RESOURCE, 2**40)


def test_hours_in_the_zone_of_the_resource(tenant: Tenant, haircut: Service) -> None:
    tokyo = ResourceFactory.create(timezone="Asia/Tokyo")

    assert rule_of(broken(tenant, haircut, tokyo)) == (Rule.CLOSED, tokyo.pk)
    assert broken(tenant, haircut, tokyo, at=MONDAY_NINE + 11 * HOUR) is None


class TestOutsideHours:
    """What staff may lift, and what nobody may."""

    def test_lifts_hours_time_off_notice_and_horizon(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        WorkingHours.objects.all().delete()
        TimeOffFactory.create(resource=anna, start_at=NOW, end_at=NOW + HOUR)

        for at in (NOW, NOW + timedelta(days=400)):
            assert broken(tenant, haircut, anna, at=at, outside_hours_allowed=True) is None

    def test_never_lifts_the_past(self, tenant: Tenant, haircut: Service, anna: Resource) -> None:
        found = broken(tenant, haircut, anna, at=NOW - HOUR, outside_hours_allowed=True)

        assert rule_of(found) == (Rule.PAST, None)

    def test_never_lifts_what_is_inactive(self, tenant: Tenant, haircut: Service) -> None:
        gone = ResourceFactory.create(is_active=False)

        assert rule_of(broken(tenant, haircut, gone, outside_hours_allowed=True)) == (
            Rule.INACTIVE_RESOURCE,
            gone.pk,
        )


def test_two_queries_for_any_number_of_resources(tenant: Tenant, haircut: Service) -> None:
    def queries(count: int) -> int:
        resources = ResourceFactory.create_batch(count)
        with CaptureQueriesContext(connection) as captured:
            broken(tenant, haircut, *resources)
        return sum("search_path" not in query["sql"] for query in captured.captured_queries)

    assert (queries(1), queries(3)) == (2, 2)
