"""A small business for the tests of appointments. A test file may have its own Anna."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.models import Tenant
from schedule.models import Customer, Event, Resource, Service
from tests.factories.schedule import CustomerFactory, EventFactory, ResourceFactory, ServiceFactory


@pytest.fixture
def anna(tenant: Tenant) -> Resource:
    """A member of Acme's staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def bert(anna: Resource) -> Resource:
    """Another one; has the higher id."""
    return ResourceFactory.create(name="Bert")


@pytest.fixture
def massage(anna: Resource) -> Service:
    """An hour for 50 dollars that Anna gives."""
    return ServiceFactory.create(name="Massage", resources=[anna])


@pytest.fixture
def customer(tenant: Tenant) -> Customer:
    """Clara."""
    return CustomerFactory.create(name="Clara", email="clara@example.com")


@pytest.fixture
def ten_at(tenant: Tenant) -> datetime:
    """10 o'clock on a Monday two to three weeks from now, in Acme's zone."""
    day = datetime.now(tenant.zone) + timedelta(days=14)
    return (day + timedelta(days=-day.weekday() % 7)).replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def wish(massage: Service, customer: Customer, ten_at: datetime) -> dict[str, Any]:
    """The body of a booking."""
    return {"service": massage.pk, "customer": str(customer.pk), "start_at": ten_at.isoformat()}


@pytest.fixture
def event(massage: Service, customer: Customer, anna: Resource, ten_at: datetime) -> Event:
    """Anna's appointment with Clara at ten."""
    return EventFactory.create(service=massage, customer=customer, resources=[anna], start_at=ten_at)
