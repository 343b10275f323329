"""Why a business may not, which plan would help, and how a refusal reads."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.entitlement_rules import Source
from core.entitlements import (
    cheapest_plan_with_feature,
    cheapest_plan_with_room,
    explain,
    feature_entry,
    feature_locked,
    upgrade_offer,
)
from core.models import SubscriptionPlan, Tenant
from tests.core.test_plan import BUSINESS, FEATURES, NAMES

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def unlocking(key: str) -> str:
    """The shipped plan that is the first to include the feature."""
    return next(code for code in ("starter", "professional", "business") if key in FEATURES[code])


@pytest.mark.parametrize("key", sorted(BUSINESS))
def test_the_plan_that_unlocks_a_feature(key: str, tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan.objects.get(code="free")

    found = explain(tenant, key)

    assert (found.decision.allowed, found.decision.source) == (False, Source.DEFAULT)
    assert found.unlocked_by == SubscriptionPlan.objects.get(code=unlocking(key))


def test_what_is_allowed_needs_no_plan_and_no_query(tenant: Tenant) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = explain(tenant, "advanced_analytics", now=NOW)

    assert (found.decision.allowed, found.decision.source, found.unlocked_by) == (True, Source.PLAN, None)
    assert len(queries) == 0


def test_no_plan_undoes_an_override(tenant: Tenant) -> None:
    tenant.can_api_access = False

    assert explain(tenant, "can_api_access").unlocked_by is None


def test_no_plan_undoes_a_suspension(tenant: Tenant) -> None:
    tenant.suspended_at = NOW

    assert explain(tenant, "can_api_access").unlocked_by is None


@pytest.mark.parametrize(
    "change", [{"is_public": False}, {"is_active": False}, {"permissions": {"can_white_label": "true"}}]
)
def test_only_a_plan_on_sale_that_really_includes_it_helps(change: dict[str, Any], tenant: Tenant) -> None:
    SubscriptionPlan.objects.filter(code="business").update(**change)

    assert explain(tenant, "can_white_label").unlocked_by is None


def test_the_cheapest_of_several_plans(tenant: Tenant) -> None:
    cheaper = SubscriptionPlan.objects.create(
        code="label", name="Label", price_cents=9899, permissions={"can_white_label": True}
    )

    assert explain(tenant, "can_white_label").unlocked_by == cheaper


def test_a_key_nobody_registered(tenant: Tenant) -> None:
    SubscriptionPlan.objects.filter(code="business").update(permissions={"beta": True})

    found = explain(tenant, "beta")

    assert (found.decision.source, found.unlocked_by) == (
        Source.UNKNOWN,
        SubscriptionPlan.objects.get(code="business"),
    )


def test_no_plan_among_none() -> None:
    assert cheapest_plan_with_feature([], "can_api_access") is None


@pytest.mark.parametrize(
    ("needed", "code"), [(0, "free"), (3, "free"), (4, "starter"), (15, "professional"), (50, "business"), (51, None)]
)
def test_the_cheapest_plan_with_room(needed: int, code: str | None, tenant: Tenant) -> None:
    found = cheapest_plan_with_room(tenant, "max_resources", needed)

    assert (found.code if found else None) == code


def test_a_plan_without_a_limit_has_room(tenant: Tenant) -> None:
    SubscriptionPlan.objects.filter(code="starter").update(limits={"max_resources": None})

    found = cheapest_plan_with_room(tenant, "max_resources", 10**9)

    assert found is not None
    assert found.code == "starter"


@pytest.mark.parametrize("own", [0, 3])
def test_no_plan_widens_a_limit_of_the_tenant_s_own(own: int, tenant: Tenant) -> None:
    tenant.max_resources = own

    assert cheapest_plan_with_room(tenant, "max_resources", 1) is None


def test_an_offer() -> None:
    assert upgrade_offer(SubscriptionPlan(code="professional", name="Professional"), "feature=x") == {
        "plan": "professional",
        "name": "Professional",
        "url": "/settings/plan?feature=x",
    }
    assert upgrade_offer(None, "feature=x") is None


def text(name: str) -> str:
    """The sentence of the contract, verbatim."""
    return f"Your current plan does not include {name}. Please upgrade your subscription to access this feature."


def test_the_refusal_of_the_contract(tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan.objects.get(code="free")

    refusal = feature_locked(tenant, "advanced_analytics")

    assert (refusal.status, refusal.body) == (
        403,
        {
            "detail": "Your current plan does not include Advanced Analytics. "
            "Please upgrade your subscription to access this feature.",
            "code": "feature_not_in_plan",
            "feature": {"key": "advanced_analytics", "name": "Advanced Analytics"},
            "plan": "free",
            "upgrade": {
                "plan": "professional",
                "name": "Professional",
                "url": "/settings/plan?feature=advanced_analytics",
            },
        },
    )


@pytest.mark.parametrize("key", NAMES)
def test_the_refusal_of_every_feature(key: str, tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan.objects.get(code="free")
    plan = SubscriptionPlan.objects.get(code=unlocking(key))

    assert feature_locked(tenant, key).body == {
        "detail": text(NAMES[key]),
        "code": "feature_not_in_plan",
        "feature": {"key": key, "name": NAMES[key]},
        "plan": "free",
        "upgrade": {"plan": plan.code, "name": plan.name, "url": f"/settings/plan?feature={key}"},
    }


def test_a_feature_that_was_revoked(tenant: Tenant) -> None:
    tenant.advanced_analytics = False

    assert feature_locked(tenant, "advanced_analytics").body == {
        "detail": text("Advanced Analytics"),
        "code": "feature_revoked",
        "feature": {"key": "advanced_analytics", "name": "Advanced Analytics"},
        "plan": "professional",
        "upgrade": None,
    }


def test_a_subscription_that_was_suspended(tenant: Tenant) -> None:
    tenant.suspended_at = timezone.now()

    assert feature_locked(tenant, "advanced_analytics").body == {
        "detail": text("Advanced Analytics"),
        "code": "subscription_suspended",
        "feature": {"key": "advanced_analytics", "name": "Advanced Analytics"},
        "plan": "professional",
        "upgrade": None,
    }


def test_a_business_without_a_plan(tenant: Tenant) -> None:
    tenant.plan = None

    found = feature_locked(tenant, "can_accept_payments").body

    assert (found["plan"], found["upgrade"]["plan"]) == (None, "starter")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {"allowed": True, "source": "plan", "upgrade": None}),
        ({"can_api_access": False}, {"allowed": False, "source": "override", "upgrade": None}),
        ({"can_api_access": True}, {"allowed": True, "source": "override", "upgrade": None}),
        ({"suspended_at": NOW}, {"allowed": False, "source": "suspended", "upgrade": None}),
        (
            {"plan": None},
            {
                "allowed": False,
                "source": "default",
                "upgrade": {
                    "plan": "professional",
                    "name": "Professional",
                    "url": "/settings/plan?feature=can_api_access",
                },
            },
        ),
    ],
)
def test_one_feature_of_the_snapshot(change: dict[str, Any], expected: dict[str, Any], tenant: Tenant) -> None:
    for name, value in change.items():
        setattr(tenant, name, value)

    found = feature_entry(tenant, "can_api_access", list(SubscriptionPlan.objects.on_sale()))

    summary = "Named, long-lived API tokens for your own programs."
    assert found == {"name": "API Access", "summary": summary, **expected}
