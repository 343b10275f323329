"""A business whose rows are committed, so that an export's own connection sees them."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from core.active import activate
from core.models import Tenant
from schedule.models import Customer, DeletedRow, Event, EventHistory, Participant, Resource, Service
from tests.audit import forget_audit
from tests.schedule.committed import committed_tenant

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def committed_shop(db: None) -> Iterator[Tenant]:
    """A business in Berlin, for modules that import `db` from `tests.exports.committing`."""
    with committed_tenant("exporter") as tenant:
        tenant.timezone = "Europe/Berlin"
        Tenant.objects.filter(pk=tenant.pk).update(timezone="Europe/Berlin")
        yield tenant
        forget_audit(tenant)


@pytest.fixture
def shop(committed_shop: Tenant) -> Iterator[Tenant]:
    """The business, active, and empty again after each test."""
    activate(committed_shop)
    yield committed_shop
    activate(committed_shop)
    for model in (EventHistory, Participant, Event, Service, Resource, Customer, DeletedRow):
        model.objects.all().delete()
