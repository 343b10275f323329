"""Who may see which numbers: signed in, then role, then feature."""

from typing import Any

import pytest
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.models import Tenant
from tests.factories.payments import TransactionFactory
from tests.factories.schedule import EventFactory
from tests.fixtures import PutOnPlan

BASE = "/api/analytics/analytics"
ENDPOINTS = ("dashboard", "appointments", "revenue")
LOCKED = "Your current plan does not include {}. Please upgrade your subscription to access this feature."
ROLE_REQUIRED = {
    "detail": "This needs the role manager or higher. Ask an owner of the business.",
    "code": "role_required",
    "required_role": "manager",
}


def answers(client: APIClient, **extra: Any) -> dict[str, tuple[int, str | None]]:
    """Return the status and the code of every endpoint."""
    responses = {endpoint: client.get(f"{BASE}/{endpoint}/", **extra) for endpoint in ENDPOINTS}
    return {endpoint: (response.status_code, response.json().get("code")) for endpoint, response in responses.items()}


def everywhere(status_code: int, code: str | None = None) -> dict[str, tuple[int, str | None]]:
    """Return the same answer for every endpoint."""
    return dict.fromkeys(ENDPOINTS, (status_code, code))


class TestSignedIn:
    """401 comes first, and says nothing about the plan."""

    def test_nobody(self, anonymous: APIClient, put_on_plan: PutOnPlan) -> None:
        put_on_plan("free")

        assert answers(anonymous) == everywhere(401, "not_authenticated")

    def test_a_stranger(self, stranger: APIClient, put_on_plan: PutOnPlan) -> None:
        put_on_plan("free")

        assert answers(stranger, SERVER_NAME="acme.localhost") == everywhere(401, "not_authenticated")

    def test_by_token_on_the_platform_host(self, owner: APIClient) -> None:
        assert answers(owner, SERVER_NAME="lvh.me") == everywhere(200)


class TestRole:
    """Then 403 for the role."""

    @pytest.mark.parametrize("client", ["manager", "owner"])
    def test_managers_and_owners_may(self, request: pytest.FixtureRequest, client: str) -> None:
        assert answers(request.getfixturevalue(client)) == everywhere(200)

    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_staff_may_not(self, staff: APIClient, endpoint: str) -> None:
        response = staff.get(f"{BASE}/{endpoint}/")

        assert (response.status_code, response.json()) == (403, ROLE_REQUIRED)

    def test_the_role_is_asked_for_before_the_feature(self, staff: APIClient, put_on_plan: PutOnPlan) -> None:
        put_on_plan("free")

        assert answers(staff) == everywhere(403, "role_required")

    def test_staff_may_where_the_business_opened_it(self, staff: APIClient, tenant: Tenant) -> None:
        Tenant.objects.filter(pk=tenant.pk).update(staff_can_see_analytics=True)

        assert answers(staff) == everywhere(200)


class TestFeature:
    """Then 403 for the feature."""

    @pytest.mark.parametrize("plan", ["free", "starter"])
    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_a_plan_without_analytics(
        self, manager: APIClient, put_on_plan: PutOnPlan, plan: str, endpoint: str
    ) -> None:
        """Starter has payments; the revenue is part of analytics all the same."""
        put_on_plan(plan)

        response = manager.get(f"{BASE}/{endpoint}/")

        assert (response.status_code, response.json()) == (
            403,
            {
                "detail": LOCKED.format("Advanced Analytics"),
                "code": "feature_not_in_plan",
                "feature": {"key": "advanced_analytics", "name": "Advanced Analytics"},
                "plan": plan,
                "upgrade": {
                    "plan": "professional",
                    "name": "Professional",
                    "url": "/settings/plan?feature=advanced_analytics",
                },
            },
        )

    @pytest.mark.parametrize("plan", ["professional", "business", "enterprise"])
    def test_a_plan_with_both(self, manager: APIClient, put_on_plan: PutOnPlan, plan: str) -> None:
        put_on_plan(plan)

        assert answers(manager) == everywhere(200)

    def test_an_override_opens_analytics_and_the_revenue_still_asks_for_payments(
        self, manager: APIClient, tenant: Tenant, put_on_plan: PutOnPlan
    ) -> None:
        put_on_plan("free")
        Tenant.objects.filter(pk=tenant.pk).update(advanced_analytics=True)

        response = manager.get(f"{BASE}/revenue/")

        assert answers(manager) == {**everywhere(200), "revenue": (403, "feature_not_in_plan")}
        assert response.json() == {
            "detail": LOCKED.format("Payment Processing"),
            "code": "feature_not_in_plan",
            "feature": {"key": "can_accept_payments", "name": "Payment Processing"},
            "plan": "free",
            "upgrade": {"plan": "starter", "name": "Starter", "url": "/settings/plan?feature=can_accept_payments"},
        }

    def test_an_override_closes_it(self, manager: APIClient, tenant: Tenant) -> None:
        Tenant.objects.filter(pk=tenant.pk).update(advanced_analytics=False)

        assert answers(manager) == everywhere(403, "feature_revoked")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_numbers_can_only_be_read(owner: APIClient, endpoint: str, method: str) -> None:
    response = getattr(owner, method)(f"{BASE}/{endpoint}/", {}, format="json")

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


def test_another_business_is_not_counted(owner: APIClient, tenant: Tenant, other_tenant: Tenant) -> None:
    with tenant_context(other_tenant):
        theirs = TransactionFactory.create(appointment=EventFactory.create()).appointment

    dashboard = owner.get(f"{BASE}/dashboard/").json()
    of_their_service = owner.get(f"{BASE}/appointments/", {"service_id": theirs.service_id})

    assert (dashboard["total_appointments_all_time"], dashboard["active_services_count"]) == (0, 0)
    assert (of_their_service.status_code, of_their_service.json()["total"]) == (200, 0)
