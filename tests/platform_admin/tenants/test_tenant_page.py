"""What the page of a business tells, and its way to another plan, into suspension and out of it."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core.models import AuditEntry, Role, SubscriptionPlan, Tenant, User
from core.overrides import set_override
from core.plan_requests import ask_for_plan
from core.suspension import suspend
from platform_admin.models import TenantStanding
from tests.factories.schedule import ResourceFactory
from tests.fixtures import PutOnPlan
from tests.platform_admin.office import TENANTS, tenant_page


def own_page(tenant: Tenant, name: str) -> str:
    """The path of a page beside the form."""
    return f"{TENANTS}{tenant.pk}/{name}/"


def said(response: Any) -> list[str]:
    """The messages on the page that an answer leads to."""
    return [str(message) for message in response.context["messages"]]


def test_the_page_says_what_counts_and_why(office: Client, admin: User, tenant: Tenant) -> None:
    set_override(tenant=tenant, key="can_white_label", value=True, reason="Trial", by=admin)
    ResourceFactory.create_batch(2)

    response: Any = office.get(tenant_page(tenant))

    apps = {app.name: app for app in response.context["apps"]}
    lines = {line.key: line for app in apps.values() for line in app.features}
    quotas = {line.key: (line.used, line.limit, line.state) for app in apps.values() for line in app.quotas}
    assert [
        (lines[key].explanation.decision.allowed, lines[key].explanation.decision.source.value)
        for key in ("can_white_label", "advanced_analytics", "can_use_custom_domain")
    ] == [(True, "override"), (True, "plan"), (False, "default")]
    unlocked_by = lines["can_use_custom_domain"].explanation.unlocked_by
    assert unlocked_by is not None
    assert unlocked_by.code == "business"
    assert (quotas["max_resources"], quotas["max_users"]) == ((2, 15, "ok"), (1, 20, "ok"))
    text = response.content.decode()
    for word in ("override says yes", "the plan includes it", "owner@acme.example", "acme.localhost", "Trial"):
        assert word in text


def test_looking_at_a_business_counts_it(office: Client, tenant: Tenant) -> None:
    ResourceFactory.create_batch(3)

    office.get(tenant_page(tenant))

    standing = TenantStanding.objects.get(tenant=tenant)
    assert (standing.usage["max_resources"], standing.problem) == (3, "")
    assert standing.figures == {"appointments_30_days": 0, "failing_connections": 0, "failed_exports_7_days": 0}


def test_the_page_leads_to_the_rows_of_the_business(office: Client, tenant: Tenant) -> None:
    response: Any = office.get(tenant_page(tenant))

    urls = {link.url for link in response.context["links"]}
    assert {
        "/admin/calendar_sync/calendarconnection/?business=acme",
        f"/admin/core/auditentry/?tenant__id__exact={tenant.pk}",
    } <= urls
    assert [office.get(url).status_code for url in urls] == [200] * len(urls)


def test_another_plan_is_shown_before_it_is_given(office: Client, tenant: Tenant) -> None:
    ResourceFactory.create_batch(4)

    response: Any = office.get(own_page(tenant, "change-plan"), {"plan": "free"})

    impact = response.context["impact"]
    tenant.refresh_from_db()
    assert (impact.gained, tenant.plan and tenant.plan.code) == ((), "professional")
    assert "Advanced Analytics" in impact.lost
    assert [(one.key, one.used, one.after) for one in impact.exceeded] == [("max_resources", 4, 3)]
    assert "Nothing is deleted" in response.content.decode()


def test_giving_another_plan(office: Client, admin: User, tenant: Tenant) -> None:
    before = tenant.plan_id

    response = office.post(own_page(tenant, "change-plan"), {"plan": "free", "from": str(before)}, follow=True)

    tenant.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert said(response) == ["Acme is now on the plan Free."]
    assert tenant.plan is not None
    assert tenant.plan.code == "free"
    assert (entry.action, entry.actor, entry.before, entry.after) == (
        "tenant.changed",
        admin,
        {"plan_id": before},
        {"plan_id": tenant.plan_id},
    )


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (
            {"plan": "free", "from": "0"},
            "Acme was put on the plan Professional by somebody else meanwhile. Look again.",
        ),
        ({"plan": "gold"}, "There is no such plan."),
        ({"plan": "\x00"}, "There is no such plan."),
        ({}, "There is no such plan."),
        ({"plan": "enterprise", "from": "present"}, "The plan Enterprise has been archived."),
    ],
)
def test_a_plan_that_is_not_given(sent: dict[str, str], message: str, office: Client, tenant: Tenant) -> None:
    SubscriptionPlan.objects.filter(code="enterprise").update(is_active=False)
    before = tenant.plan_id
    filled = {name: str(before) if value == "present" else value for name, value in sent.items()}

    response = office.post(own_page(tenant, "change-plan"), filled, follow=True)

    tenant.refresh_from_db()
    assert (said(response), tenant.plan_id) == ([message], before)


def test_a_plan_nobody_knows_is_said_so(office: Client, tenant: Tenant) -> None:
    response: Any = office.get(own_page(tenant, "change-plan"), {"plan": "gold\x00"})

    assert said(response) == ["There is no plan 'gold' that can be given."]


def test_the_page_of_plans_tells_what_was_asked_for(office: Client, tenant: Tenant) -> None:
    owner = tenant.memberships.select_related("user", "tenant").get(role=Role.OWNER)
    ask_for_plan(by=owner, plan_code="business", note="Second shop")

    page = office.get(own_page(tenant, "change-plan")).content.decode()

    assert "Second shop" in page


def test_suspending_and_resuming(office: Client, admin: User, tenant: Tenant, owner: APIClient) -> None:
    path = "/api/analytics/analytics/dashboard/"
    before = owner.get(path).status_code

    first = office.post(own_page(tenant, "suspend"), {"reason": "Unpaid"}, follow=True)
    while_suspended = owner.get(path)
    text = office.get(tenant_page(tenant)).content.decode()
    second = office.post(own_page(tenant, "resume"), {"reason": "Paid"}, follow=True)

    assert (said(first), said(second)) == (["Acme is suspended."], ["Acme is active again."])
    assert (before, while_suspended.status_code, while_suspended.json()["code"]) == (200, 403, "subscription_suspended")
    assert owner.get(path).status_code == 200
    assert "Unpaid" in text
    entries = AuditEntry.objects.filter(actor=admin).order_by("pk")
    assert [(one.action, one.tenant, one.after["reason"]) for one in entries] == [
        ("tenant.suspended", tenant, "Unpaid"),
        ("tenant.resumed", tenant, "Paid"),
    ]


@pytest.mark.parametrize(
    ("name", "reason", "message"),
    [
        ("suspend", "", "reason: Say why."),
        ("suspend", "\x00 ", "reason: Say why."),
        ("resume", "Paid", "Acme is not suspended."),
    ],
)
def test_a_suspension_that_is_refused(name: str, reason: str, message: str, office: Client, tenant: Tenant) -> None:
    response = office.post(own_page(tenant, name), {"reason": reason}, follow=True)

    assert (said(response), Tenant.objects.get(pk=tenant.pk).is_suspended) == ([message], False)


def test_suspending_twice(office: Client, admin: User, tenant: Tenant) -> None:
    suspend(tenant=tenant, reason="Unpaid", by=admin)

    response = office.post(own_page(tenant, "suspend"), {"reason": "Abuse"}, follow=True)

    assert said(response) == ["Acme is suspended already."]
    assert AuditEntry.objects.filter(action="tenant.suspended").count() == 1


def test_suspension_is_explained_first(office: Client, tenant: Tenant) -> None:
    page = office.get(own_page(tenant, "suspend")).content.decode()

    assert "nothing new can be added" in page
    assert not Tenant.objects.get(pk=tenant.pk).is_suspended


def test_a_change_is_seen_at_the_next_request(
    office: Client, tenant: Tenant, owner: APIClient, put_on_plan: PutOnPlan
) -> None:
    put_on_plan("free")
    path = "/api/analytics/analytics/dashboard/"
    before = owner.get(path).status_code

    office.post(own_page(tenant, "change-plan"), {"plan": "professional", "from": str(tenant.plan_id)})

    assert (before, owner.get(path).status_code) == (403, 200)
