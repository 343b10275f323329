"""Overrides of one business, limits of its own among them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.errors import Conflict, FieldError, StaleWrite
from core.impact import impact_of_change
from core.installed import registry
from core.models import AuditEntry, OverrideNote, SubscriptionPlan, Tenant
from core.overrides import override_keys, set_override
from core.plans import save_plan, version_of_plan
from core.quotas import usage
from core.tenants import change_plan


def test_every_feature_and_quota_of_today_can_be_overridden() -> None:
    assert set(override_keys()) == {*registry().features, *registry().quotas}


@pytest.mark.parametrize(("key", "value"), [("can_white_label", True), ("max_users", 3), ("max_users", -1)])
def test_setting_the_same_again_is_nothing_new(key: str, value: Any, tenant: Tenant) -> None:
    said = {"tenant": tenant, "key": key, "value": value, "reason": "Trial", "by": None}

    assert [set_override(**said), set_override(**said)] == [True, False]
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("save", True, "key"),
        ("can_white_label", 1, "can_white_label"),
        ("can_white_label", "yes", "can_white_label"),
        ("max_users", True, "max_users"),
        ("max_users", -2, "max_users"),
        ("max_users", 2**31, "max_users"),
        ("max_users", 1.5, "max_users"),
    ],
)
def test_a_value_that_cannot_be_used(key: str, value: Any, field: str, tenant: Tenant) -> None:
    with pytest.raises(FieldError) as refusal:
        set_override(tenant=tenant, key=key, value=value, reason="x", by=None)

    assert (list(refusal.value.extra["errors"]), OverrideNote.objects.count()) == ([field], 0)


def test_a_limit_of_its_own_ends_when_its_note_says(tenant: Tenant) -> None:
    now = timezone.now()
    end = now + timedelta(days=1)
    set_override(tenant=tenant, key="max_users", value=99, reason="Trial", by=None, expires_at=end)
    found = Tenant.objects.get(pk=tenant.pk)

    assert [found.limit_of("max_users", now=at) for at in (now, end - timedelta(seconds=1), end)] == [99, 99, 20]
    assert [usage(found, "max_users", now=at).limit for at in (now, end)] == [99, 20]


def test_a_plan_is_written_by_who_has_read_it(db: None) -> None:
    first, second = (SubscriptionPlan.objects.get(code="free") for _ in range(2))
    seen = version_of_plan(first)
    first.price_cents = 1
    save_plan(plan=first, seen=seen, by=None)
    second.name = "Gratis"

    with pytest.raises(StaleWrite):
        save_plan(plan=second, seen=seen, by=None)

    stored = SubscriptionPlan.objects.get(code="free")
    assert (stored.price_cents, stored.name) == (1, "Free")


def test_another_plan_is_weighed_with_overrides_in_force(tenant: Tenant) -> None:
    now = timezone.now()
    past = now - timedelta(days=1)
    set_override(tenant=tenant, key="advanced_analytics", value=True, reason="x", by=None)
    set_override(tenant=tenant, key="max_users", value=50, reason="x", by=None)
    Tenant.objects.filter(pk=tenant.pk).update(can_use_webhooks=True)
    OverrideNote.objects.create(tenant=tenant, key="can_use_webhooks", reason="x", expires_at=past)

    impact = impact_of_change(
        tenant=Tenant.objects.get(pk=tenant.pk), plan=SubscriptionPlan.objects.get(code="free"), now=now
    )

    users = next(quota for quota in impact.quotas if quota.key == "max_users")
    assert ("Advanced Analytics" in impact.lost, "Webhooks" in impact.lost, impact.gained) == (False, True, ())
    assert (users.before, users.after, users.used, users.is_own, users.state) == (50, 50, 1, True, "ok")


def test_a_suspended_business_neither_gains_nor_loses(tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=timezone.now())

    impact = impact_of_change(
        tenant=Tenant.objects.get(pk=tenant.pk),
        plan=SubscriptionPlan.objects.get(code="free"),
        now=timezone.now(),
    )

    assert (impact.gained, impact.lost) == ((), ())


def test_an_archived_plan_stays_and_is_not_given(tenant: Tenant) -> None:
    plan = SubscriptionPlan.objects.get(code="free")
    SubscriptionPlan.objects.filter(code__in=("free", "professional")).update(is_active=False)
    assert tenant.plan is not None

    assert change_plan(tenant=tenant, plan=tenant.plan, by=None) is False
    with pytest.raises(Conflict) as refusal:
        change_plan(tenant=tenant, plan=plan, by=None)
    assert refusal.value.code == "plan_archived"
