"""How much of each quota of the scheduling domain is in use."""

from datetime import UTC, datetime, timedelta

from django_tenants.utils import tenant_context

from core.models import Tenant
from schedule.selectors.usage import (
    count_appointments_created_this_month,
    count_resources,
    count_services,
)
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory

NOW = datetime(2031, 6, 15, tzinfo=UTC)


def test_only_what_is_active_counts(tenant: Tenant) -> None:
    ResourceFactory.create_batch(2)
    ResourceFactory.create(is_active=False)
    ServiceFactory.create()
    ServiceFactory.create(is_active=False)

    assert (count_resources(tenant, NOW), count_services(tenant, NOW)) == (2, 1)


def test_the_month_is_that_of_the_business(tenant: Tenant) -> None:
    """June in New York begins at four in the morning, UTC, and ends so."""
    begin, end = datetime(2031, 6, 1, 4, tzinfo=UTC), datetime(2031, 7, 1, 4, tzinfo=UTC)
    for created_at in (begin - timedelta(seconds=1), begin, end - timedelta(seconds=1), end):
        EventFactory.create(created_at=created_at)

    assert [
        count_appointments_created_this_month(tenant, now)
        for now in (begin - timedelta(seconds=1), begin, end - timedelta(seconds=1), end)
    ] == [1, 2, 2, 1]


def test_a_cancelled_appointment_still_counts(tenant: Tenant) -> None:
    EventFactory.create(created_at=NOW, status="cancelled")

    assert count_appointments_created_this_month(tenant, NOW) == 1


def test_nothing_of_another_business(tenant: Tenant, other_tenant: Tenant) -> None:
    with tenant_context(other_tenant):
        ResourceFactory.create()

    assert count_resources(tenant, NOW) == 0
