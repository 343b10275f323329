"""What a changed plan does is shown before it is saved."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from core.impact import PlanImpact
from core.models import AuditEntry, OverrideNote, SubscriptionPlan, Tenant
from tests.factories.schedule import ResourceFactory
from tests.fixtures import PutOnPlan
from tests.platform_admin.businesses import businesses, counted
from tests.platform_admin.office import change, confirm, plan_page, send


def question(office: Client, code: str, **values: str) -> Any:
    """Send a changed plan and return what is asked."""
    response = send(office, plan_page(code), **values)
    assert response.status_code == 200, response.headers.get("Location")
    assert "confirmed" in response.context, response.context["adminform"].form.errors
    return response


def gains(impact: PlanImpact) -> dict[str, list[str]]:
    return {one.key: [tenant.name for tenant in one.gain] for one in impact.features if one.gain}


def losses(impact: PlanImpact) -> dict[str, list[str]]:
    return {one.key: [tenant.name for tenant in one.lose] for one in impact.features if one.lose}


def test_nothing_is_saved_before_it_is_confirmed(office: Client, tenant: Tenant) -> None:
    asked = question(office, "professional", feature_can_white_label="on")

    assert SubscriptionPlan.objects.get(code="professional").permissions.get("can_white_label") is not True
    assert not AuditEntry.objects.exists()
    assert gains(asked.context["impact"]) == {"can_white_label": ["Acme", "Bravo"]}
    assert "2 gain it" in asked.content.decode()

    assert confirm(office, plan_page("professional"), asked).status_code == 302

    assert SubscriptionPlan.objects.get(code="professional").permissions["can_white_label"] is True
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.after) == ("plan.changed", {"permissions": {"can_white_label": True}})


def test_a_plan_nobody_has_is_saved_at_once(office: Client) -> None:
    response = send(office, plan_page("enterprise"), feature_can_white_label="on", quota_max_users="5")

    assert response.status_code == 302


def test_what_no_business_notices_is_saved_at_once(office: Client, tenant: Tenant) -> None:
    assert send(office, plan_page("professional"), price_cents="5100").status_code == 302


def test_a_confirmation_counts_for_what_was_shown(office: Client, tenant: Tenant) -> None:
    asked = question(office, "professional", feature_can_white_label="on")
    sent = {**dict(asked.context["sent"]), "feature_can_use_custom_domain": "on"}

    response: Any = office.post(plan_page("professional"), {**sent, "_confirmed": asked.context["confirmed"]})

    assert gains(response.context["impact"]) == {
        "can_white_label": ["Acme", "Bravo"],
        "can_use_custom_domain": ["Acme", "Bravo"],
    }
    assert not AuditEntry.objects.exists()


def test_overrides_and_suspensions_are_taken_into_account(office: Client, tenant: Tenant, other_tenant: Tenant) -> None:
    now = timezone.now()
    yes, no, expired, waiting, suspended, _plain = (
        businesses(1, prefix=name, plan="free")[0] for name in ("yes", "no", "expired", "waiting", "suspended", "plain")
    )
    Tenant.objects.filter(pk__in=[yes.pk, expired.pk, waiting.pk]).update(can_white_label=True)
    Tenant.objects.filter(pk=no.pk).update(can_white_label=False)
    Tenant.objects.filter(pk=suspended.pk).update(suspended_at=now)
    OverrideNote.objects.create(tenant=expired, key="can_white_label", reason="x", expires_at=now - timedelta(days=1))
    OverrideNote.objects.create(
        tenant=waiting, key="can_white_label", reason="x", effective_from=now + timedelta(days=1)
    )

    impact = question(office, "free", feature_can_white_label="on").context["impact"]

    assert impact.tenant_count == 6
    assert gains(impact) == {"can_white_label": ["Expired 0000", "Plain 0000", "Waiting 0000"]}
    assert [(one.with_override, one.suspended) for one in impact.features] == [(2, 1)]


def test_what_is_taken_away(office: Client, tenant: Tenant, other_tenant: Tenant) -> None:
    Tenant.objects.filter(pk=other_tenant.pk).update(advanced_analytics=True)

    impact = question(office, "professional", permissions="{}").context["impact"]

    lost = losses(impact)
    assert lost["advanced_analytics"] == ["Acme"]
    assert lost["can_use_webhooks"] == ["Acme", "Bravo"]
    assert impact.harms is True


def test_who_would_be_over_a_limit(office: Client, tenant: Tenant, other_tenant: Tenant) -> None:
    ResourceFactory.create_batch(3)
    own = businesses(1, prefix="own", plan="professional", max_resources=99)[0]
    uncounted = businesses(1, prefix="uncounted", plan="professional")[0]
    earlier = businesses(1, prefix="earlier", plan="professional")[0]
    counted([own, earlier], {"max_resources": 7}, at=timezone.now())
    counted([tenant], {"max_resources": 0}, at=timezone.now())

    asked = question(office, "professional", quota_max_resources="2")

    (quota,) = asked.context["impact"].quotas
    assert (quota.key, quota.before, quota.after, quota.with_override, quota.uncounted) == (
        "max_resources",
        15,
        2,
        1,
        1,
    )
    assert {(one.tenant.name, one.used, one.limit, one.is_exact) for one in quota.over} == {
        ("Acme", 3, 2, True),
        ("Earlier 0000", 7, 2, False),
    }
    assert uncounted.name not in asked.content.decode()


def test_only_so_many_businesses_are_counted_for_a_page(office: Client) -> None:
    many = businesses(60, plan="starter")
    counted(many, {"max_resources": 5}, at=timezone.now())

    (quota,) = question(office, "starter", quota_max_resources="4").context["impact"].quotas

    assert len(quota.over) == 60
    assert {one.is_exact for one in quota.over} == {False}


def test_a_raised_limit_puts_nobody_over(office: Client, tenant: Tenant) -> None:
    (quota,) = (
        question(office, "professional", unlimited_max_resources="on", quota_max_resources="").context["impact"].quotas
    )

    assert (quota.before, quota.after, quota.over) == (15, None, [])


def test_a_changed_plan_is_seen_by_who_is_signed_in_at_their_next_request(
    office: Client, tenant: Tenant, owner: APIClient, put_on_plan: PutOnPlan
) -> None:
    put_on_plan("free")
    path = "/api/analytics/analytics/dashboard/"
    before = owner.get(path).status_code, owner.get("/api/entitlements/").json()["version"]

    found = change(office, plan_page("free"), permissions='{"advanced_analytics": true}')

    after = owner.get(path).status_code, owner.get("/api/entitlements/").json()["version"]
    assert (found, before[0], after[0]) == ((302, {}), 403, 200)
    assert before[1] != after[1]


@pytest.mark.parametrize("field", ["permissions", "price_cents"])
def test_the_second_of_two_people_is_told(field: str, office: Client, tenant: Tenant) -> None:
    path = plan_page("professional")
    values = {"permissions": '{"can_white_label": true}', "price_cents": "1"}
    asked = question(office, "professional", feature_can_white_label="on")
    change(office, path, **{field: values[field]})
    stored = SubscriptionPlan.objects.filter(code="professional").values().get()

    late: Any = confirm(office, path, asked)

    assert late.status_code == 200
    (problem,) = late.context["adminform"].form.non_field_errors()
    assert problem.startswith("Somebody else changed this plan after you opened this page.")
    assert SubscriptionPlan.objects.filter(code="professional").values().get() == stored
