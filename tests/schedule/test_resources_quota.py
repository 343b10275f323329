"""How many resources a plan admits."""

from collections.abc import Iterator
from functools import partial

import pytest
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant
from core.quotas import QuotaExceeded
from schedule.models import Resource
from schedule.services.catalogue import change_resource, create_resource
from tests.factories.schedule import ResourceFactory
from tests.fixtures import PutOnPlan
from tests.schedule.committed import at_once, committed_tenant
from tests.schedule.requests import problem

PATH = "/api/resources/"


def path_of(resource: Resource) -> str:
    """Return the address of a resource."""
    return f"{PATH}{resource.pk}/"


class TestQuota:
    """Free admits three active resources."""

    @pytest.fixture(autouse=True)
    def _on_free(self, tenant: Tenant, put_on_plan: PutOnPlan) -> None:
        put_on_plan("free")
        ResourceFactory.create_batch(2)

    def test_the_last_one_fits_and_one_more_does_not(self, manager: APIClient) -> None:
        fits = manager.post(PATH, {"name": "Third"}, format="json")
        refused = manager.post(PATH, {"name": "Fourth"}, format="json")

        body = refused.json()
        assert (fits.status_code, refused.status_code) == (201, 403)
        assert (body["code"], body["quota"]["limit"], body["quota"]["used"], body["upgrade"]["plan"]) == (
            "quota_exceeded",
            3,
            3,
            "starter",
        )

    def test_switching_one_on_again_needs_room_too(self, manager: APIClient, tenant: Tenant) -> None:
        asleep = ResourceFactory.create(is_active=False)
        ResourceFactory.create()

        refused = manager.patch(path_of(asleep), {"is_active": True}, format="json")
        renamed = manager.patch(path_of(asleep), {"name": "x"}, format="json")
        activate(tenant)
        Resource.objects.filter(is_active=True).last().delete()  # type: ignore[union-attr]  # there are some
        fits = manager.patch(path_of(asleep), {"is_active": True}, format="json")

        assert problem(refused) == (403, "quota_exceeded")
        assert (renamed.status_code, fits.status_code) == (200, 200)

    def test_over_the_limit_everything_but_growth_works(self, manager: APIClient, tenant: Tenant) -> None:
        extra = ResourceFactory.create_batch(5)[0]

        assert manager.get(PATH).json()["count"] == 7
        assert manager.patch(path_of(extra), {"name": "x"}, format="json").status_code == 200
        assert manager.delete(path_of(extra)).status_code == 204
        assert problem(manager.post(PATH, {"name": "x"}, format="json")) == (403, "quota_exceeded")

    def test_staff_hears_about_the_role_first(self, staff: APIClient, tenant: Tenant) -> None:
        ResourceFactory.create()

        assert problem(staff.post(PATH, {"name": "x"}, format="json")) == (403, "role_required")


@pytest.fixture
def limited(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    """A business of which everything is committed and that may have five resources."""
    with django_db_blocker.unblock(), committed_tenant("limited") as tenant:
        tenant.max_resources = 5
        yield tenant


def test_twenty_four_at_once_leave_five(limited: Tenant) -> None:
    jobs = [partial(create_resource, tenant=limited, name=f"Resource {number}") for number in range(24)]

    results = at_once(limited, jobs)

    refused = [result for result in results if isinstance(result, QuotaExceeded)]
    assert (len(refused), Resource.objects.count()) == (19, 5)

    Resource.objects.update(is_active=False)
    asleep = [ResourceFactory.create(is_active=False).pk for _ in range(7)]
    again = [partial(change_resource, tenant=limited, resource_id=pk, is_active=True) for pk in asleep]

    results = at_once(limited, again)

    assert sum(isinstance(result, QuotaExceeded) for result in results) == 2
    assert Resource.objects.filter(is_active=True).count() == 5
