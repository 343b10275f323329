"""`/api/plans/`: what is on sale, with the business's own plan marked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework.test import APIClient

from core.models import SubscriptionPlan, Tenant
from tests.core.test_plan import FEATURES, LIMITS, NAMES, QUOTAS
from tests.fixtures import PutOnPlan

PLANS = "/api/plans/"


def keys(client: APIClient) -> list[str]:
    return [plan["key"] for plan in client.get(PLANS).json()["results"]]


@pytest.mark.parametrize("role", ["staff", "manager", "owner"])
def test_the_plans_on_sale(role: str, request: pytest.FixtureRequest) -> None:
    client: APIClient = request.getfixturevalue(role)

    response = client.get(PLANS)

    shipped = {plan.code: plan for plan in SubscriptionPlan.objects.all()}
    assert (response.status_code, response.json()["results"]) == (
        200,
        [
            {
                "key": code,
                "name": shipped[code].name,
                "description": shipped[code].description,
                "price_cents": price_cents,
                "currency": "USD",
                "features": [key for key in response.json()["results"][3]["features"] if key in FEATURES[code]],
                "limits": dict(zip(QUOTAS, LIMITS[code], strict=True)),
                "is_current": code == "professional",
            }
            for code, price_cents in (("free", 0), ("starter", 1900), ("professional", 4900), ("business", 9900))
        ],
    )
    assert set(response.json()["results"][3]["features"]) == set(NAMES)


def test_a_plan_of_one_s_own_is_shown_though_it_is_not_on_sale(owner: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan("enterprise")

    found = {plan["key"]: plan for plan in owner.get(PLANS).json()["results"]}

    assert found["enterprise"]["is_current"] is True
    assert found["enterprise"]["limits"] == dict.fromkeys(QUOTAS)
    assert [key for key, plan in found.items() if plan["is_current"]] == ["enterprise"]


def test_what_is_not_on_sale_is_not_shown(owner: APIClient) -> None:
    SubscriptionPlan.objects.filter(code="free").update(is_active=False)
    SubscriptionPlan.objects.filter(code="starter").update(is_public=False)

    assert keys(owner) == ["professional", "business"]


def test_a_business_without_a_plan(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(plan=None)

    assert {plan["is_current"] for plan in owner.get(PLANS).json()["results"]} == {False}


def test_only_true_includes_a_feature_and_minus_one_is_no_limit(owner: APIClient) -> None:
    SubscriptionPlan.objects.filter(code="free").update(
        permissions={"can_api_access": "true", "can_white_label": True, "unknown": True}, limits={"max_users": -1}
    )

    free = owner.get(PLANS).json()["results"][0]

    assert (free["features"], free["limits"]) == (["can_white_label"], dict.fromkeys(QUOTAS))


def test_the_currency_is_the_platform_s(owner: APIClient, settings: Settings) -> None:
    settings.PLAN_CURRENCY = "EUR"

    assert {plan["currency"] for plan in owner.get(PLANS).json()["results"]} == {"EUR"}


def test_the_list_costs_the_same_however_long(owner: APIClient) -> None:
    owner.get(PLANS)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            owner.get(PLANS)
        return len(captured)

    before = queries()
    SubscriptionPlan.objects.bulk_create(SubscriptionPlan(code=f"p{n}", name="P", price_cents=1) for n in range(5))

    assert queries() == before


def test_nobody_sees_them_and_nobody_changes_them(anonymous: APIClient, owner: APIClient) -> None:
    assert (anonymous.get(PLANS).status_code, owner.post(PLANS, {}).status_code) == (401, 405)
