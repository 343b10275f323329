"""How many resources a plan admits."""

import pytest
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant
from schedule.models import Resource
from tests.factories.schedule import ResourceFactory
from tests.fixtures import PutOnPlan
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
