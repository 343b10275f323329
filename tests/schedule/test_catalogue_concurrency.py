"""Many who add to the catalogue at the same moment, on committed rows."""

from collections.abc import Iterator
from functools import partial

import pytest
from pytest_django.plugin import DjangoDbBlocker

from core.errors import FieldError
from core.models import Tenant
from core.quotas import QuotaExceeded
from schedule.models import Resource, Service, WorkingHours
from schedule.services.catalogue import ResourceGroups, change_resource, create_resource, create_service
from schedule.services.hours import create_working_hours
from tests.factories.schedule import ResourceFactory
from tests.schedule.committed import at_once, committed_tenant


@pytest.fixture(scope="module")
def crowded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    with django_db_blocker.unblock(), committed_tenant("bustling") as tenant:
        yield tenant


@pytest.fixture
def shop(crowded: Tenant) -> Iterator[Tenant]:
    """The business, empty again after each test."""
    yield crowded
    Service.objects.all().delete()
    Resource.objects.all().delete()
    crowded.max_resources = crowded.max_services = None


def refused(results: list[object], kind: type[Exception]) -> int:
    """Return how many were refused."""
    return sum(isinstance(result, kind) for result in results)


def test_twenty_four_new_resources_leave_five(shop: Tenant) -> None:
    shop.max_resources = 5

    results = at_once(shop, [partial(create_resource, tenant=shop, name=f"Resource {n}") for n in range(24)])

    assert (refused([*results], QuotaExceeded), Resource.objects.count()) == (19, 5)


def test_seven_resources_switched_on_leave_five(shop: Tenant) -> None:
    shop.max_resources = 5
    asleep = [ResourceFactory.create(is_active=False).pk for _ in range(7)]

    results = at_once(shop, [partial(change_resource, tenant=shop, resource_id=pk, is_active=True) for pk in asleep])

    assert (refused([*results], QuotaExceeded), Resource.objects.filter(is_active=True).count()) == (2, 5)


def test_twenty_four_new_services_leave_five(shop: Tenant) -> None:
    shop.max_services = 5
    resource = ResourceFactory.create()
    able = ResourceGroups([[resource.pk]])

    results = at_once(
        shop,
        [
            partial(create_service, tenant=shop, resources=able, name=f"Service {n}", duration_minutes=30)
            for n in range(24)
        ],
    )

    assert (refused([*results], QuotaExceeded), Service.objects.count(), resource.services.count()) == (19, 5, 5)


def test_the_same_hours_are_stored_once(shop: Tenant) -> None:
    resource = ResourceFactory.create()
    nine_to_five = partial(
        create_working_hours,
        tenant=shop,
        resource_id=resource.pk,
        weekday=0,
        opens_minute=540,
        closes_minute=1020,
    )

    results = at_once(shop, [nine_to_five] * 12)

    assert (refused([*results], FieldError), WorkingHours.objects.filter(resource=resource).count()) == (11, 1)
