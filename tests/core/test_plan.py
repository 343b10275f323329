"""Subscription plans: what can be saved, what ships, what is on sale."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.installed import registry
from core.migrations import __name__ as migrations_package
from core.models import SubscriptionPlan, Tenant

LIMIT_TEXT = "must be null, -1 or a whole number of 0 or more, not"


def problems(plan: SubscriptionPlan) -> dict[str, list[str]]:
    """What saving the plan is refused with."""
    with pytest.raises(ValidationError) as caught:
        plan.save()
    found: dict[str, list[str]] = caught.value.message_dict
    return found


@pytest.mark.parametrize("limit", [None, -1, 0, 1, 10**12])
def test_a_limit_that_can_be_meant(limit: int | None, db: None) -> None:
    plan = SubscriptionPlan.objects.create(code="trial", name="Trial", limits={"max_resources": limit})

    plan.refresh_from_db()
    assert plan.limits == {"max_resources": limit}


@pytest.mark.parametrize("limit", [-2, True, False, 1.5, 5.0, "10", "", [], {}, "-1"])
def test_a_limit_that_cannot(limit: object, db: None) -> None:
    plan = SubscriptionPlan(code="trial", name="Trial", limits={"max_users": 1, "max_resources": limit})

    assert problems(plan) == {"limits": [f"'max_resources' {LIMIT_TEXT} {limit!r}."]}
    assert not SubscriptionPlan.objects.filter(code="trial").exists()


def test_every_wrong_limit_is_named(db: None) -> None:
    plan = SubscriptionPlan(code="trial", name="Trial", limits={"max_users": True, "max_things": "7"})

    assert problems(plan) == {
        "limits": [
            "'max_things' is not a quota.",
            f"'max_users' {LIMIT_TEXT} True.",
            f"'max_things' {LIMIT_TEXT} '7'.",
        ]
    }


def test_a_limit_of_no_quota(db: None) -> None:
    plan = SubscriptionPlan(code="trial", name="Trial", limits={"max_things": 5})

    assert problems(plan) == {"limits": ["'max_things' is not a quota."]}


@pytest.mark.parametrize("shape", [[], ["max_users"], "max_users", 5, True, None])
def test_limits_of_another_shape(shape: object, db: None) -> None:
    plan = SubscriptionPlan(code="trial", name="Trial", limits=shape)

    assert problems(plan) == {"limits": ['Must be a JSON object such as {"max_resources": 5}.']}


@pytest.mark.parametrize("shape", [[], ["can_api_access"], "can_api_access", 5, True, None])
def test_permissions_of_another_shape(shape: object, db: None) -> None:
    plan = SubscriptionPlan(code="trial", name="Trial", permissions=shape)

    assert problems(plan) == {"permissions": ['Must be a JSON object such as {"advanced_analytics": true}.']}


def test_changing_a_plan_is_held_to_the_same(db: None) -> None:
    plan = SubscriptionPlan.objects.get(code="free")
    plan.limits["max_users"] = "2"

    assert problems(plan) == {"limits": [f"'max_users' {LIMIT_TEXT} '2'."]}


@pytest.mark.parametrize("value", ["false", "true", 1, 0, [], [True], {}, {"allowed": True}, None, 1.0])
def test_a_permission_that_is_not_true_is_saved_and_never_grants(value: object, tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan.objects.create(code="trial", name="Trial", permissions={"can_api_access": value})

    assert tenant.has_feature("can_api_access") is False


@pytest.mark.parametrize("value", ["false", 1, [], None])
def test_a_permission_that_is_no_boolean_is_refused_in_a_form(value: object, db: None) -> None:
    plan = SubscriptionPlan(code="trial", name="Trial", permissions={"can_api_access": value, "odd": True})

    with pytest.raises(ValidationError) as caught:
        plan.full_clean()

    assert caught.value.message_dict == {"permissions": [f"'can_api_access' must be true or false, not {value!r}."]}


def test_a_form_accepts_what_can_be_meant(db: None) -> None:
    SubscriptionPlan(
        code="trial", name="Trial", permissions={"can_api_access": False}, limits={"max_users": -1}
    ).full_clean()


def test_plans_on_sale_are_the_active_public_ones_cheapest_first(db: None) -> None:
    SubscriptionPlan.objects.create(code="archived", name="Archived", price_cents=1, is_active=False)
    SubscriptionPlan.objects.create(code="private", name="Private", price_cents=1, is_public=False)
    SubscriptionPlan.objects.create(code="promotion", name="Promotion", price_cents=1900, sort_order=1)

    assert list(SubscriptionPlan.objects.on_sale().values_list("code", flat=True)) == [
        "free",
        "promotion",
        "starter",
        "professional",
        "business",
    ]


STARTER = {"can_accept_payments"}
PROFESSIONAL = STARTER | {
    "advanced_analytics",
    "can_export_data",
    "can_use_calendar_sync",
    "can_use_webhooks",
    "can_use_sms_reminders",
    "can_api_access",
}
BUSINESS = PROFESSIONAL | {
    "advanced_reporting",
    "can_use_custom_domain",
    "can_white_label",
    "can_use_masked_phone_numbers",
    "can_create_plugins",
}
FEATURES: dict[str, set[str]] = {
    "free": set(),
    "starter": STARTER,
    "professional": PROFESSIONAL,
    "business": BUSINESS,
    "enterprise": BUSINESS,
}
NAMES = {
    "advanced_analytics": "Advanced Analytics",
    "advanced_reporting": "Advanced Reporting",
    "can_export_data": "Data Export",
    "can_use_calendar_sync": "Calendar Sync",
    "can_accept_payments": "Payment Processing",
    "can_use_webhooks": "Webhooks",
    "can_create_plugins": "Plugin Creation",
    "can_use_sms_reminders": "SMS Reminders",
    "can_use_masked_phone_numbers": "Masked Calling",
    "can_use_custom_domain": "Custom Domains",
    "can_white_label": "White Labeling",
    "can_api_access": "API Access",
}
QUOTAS = (
    "max_resources",
    "max_users",
    "max_services",
    "max_appointments",
    "max_email_templates",
    "max_automated_tasks",
)
LIMITS: dict[str, tuple[int | None, ...]] = {
    "free": (3, 2, 5, 100, 1, 0),
    "starter": (5, 5, 20, 500, 5, 3),
    "professional": (15, 20, 100, 5_000, 25, 20),
    "business": (50, 100, 500, 50_000, 100, 100),
    "enterprise": (None,) * 6,
}


def test_the_features_there_are() -> None:
    assert {key: feature.name for key, feature in registry().features.items()} == NAMES
    assert {feature.default for feature in registry().features.values()} == {False}


def test_the_quotas_there_are() -> None:
    assert {key: quota.window for key, quota in registry().quotas.items()} == {
        key: "month" if key == "max_appointments" else "total" for key in QUOTAS
    }


def test_the_plans_that_ship(db: None) -> None:
    plans = SubscriptionPlan.objects.order_by("sort_order").values_list("code", "name", "price_cents", "is_public")

    assert list(plans) == [
        ("free", "Free", 0, True),
        ("starter", "Starter", 1900, True),
        ("professional", "Professional", 4900, True),
        ("business", "Business", 9900, True),
        ("enterprise", "Enterprise", 0, False),
    ]


@pytest.mark.parametrize("code", FEATURES)
def test_what_a_shipped_plan_includes(code: str, tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan.objects.get(code=code)

    assert {key: tenant.has_feature(key) for key in NAMES} == {key: key in FEATURES[code] for key in NAMES}


@pytest.mark.parametrize("code", LIMITS)
def test_how_much_a_shipped_plan_admits(code: str, tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan.objects.get(code=code)

    assert tuple(tenant.limit_of(key) for key in QUOTAS) == LIMITS[code]


@pytest.mark.parametrize("code", LIMITS)
def test_a_shipped_plan_passes_its_own_form(code: str, db: None) -> None:
    SubscriptionPlan.objects.get(code=code).full_clean()


def test_shipping_again_keeps_what_an_admin_edited(db: None) -> None:
    from importlib import import_module

    from django.apps import apps

    SubscriptionPlan.objects.filter(code="free").update(name="Gratis", permissions={"can_api_access": True})
    SubscriptionPlan.objects.filter(code="starter").update(code="basic")

    migration: Any = import_module(f"{migrations_package}.0002_plans")
    migration.add_plans(apps, None)

    assert list(SubscriptionPlan.objects.filter(code="free").values_list("name", "permissions")) == [
        ("Gratis", {"can_api_access": True})
    ]
    assert SubscriptionPlan.objects.filter(code__in=["basic", "starter"]).count() == 2
