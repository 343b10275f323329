"""Requests for plans in the back office."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from core.models import AuditEntry, PlanRequest, Role, SubscriptionPlan, Tenant, User
from core.plan_requests import ask_for_plan
from tests.core.browser import person
from tests.platform_admin.office import signed_in

REQUESTS = "/admin/core/planrequest/"


@pytest.fixture
def request_of_acme(tenant: Tenant) -> PlanRequest:
    """Acme, on Professional, asks for Business."""
    owner = tenant.memberships.select_related("user", "tenant").get(role=Role.OWNER)
    return ask_for_plan(by=owner, plan_code="business", feature="can_white_label", note="Second shop")


def act(office: Client, action: str, *chosen: PlanRequest) -> tuple[int, list[str]]:
    """Choose requests in the list and do something with them; return the status and what is said."""
    sent = {"action": action, "_selected_action": [str(one.pk) for one in chosen]}
    response: Any = office.post(REQUESTS, sent, follow=True)
    return response.status_code, [str(message) for message in response.context["messages"]]


def plan_of(tenant: Tenant) -> str:
    tenant.refresh_from_db()
    return str(tenant.plan)


def test_the_list_shows_who_wants_what(office: Client, request_of_acme: PlanRequest) -> None:
    page = office.get(REQUESTS).content.decode()

    for word in ("Acme", "Professional", "Business", "can_white_label", "owner@acme.example", "Grant", "Decline"):
        assert word in page


@pytest.mark.parametrize(("query", "count"), [("?state__exact=open", 1), ("?state__exact=granted", 0), ("?q=acme", 1)])
def test_the_list_is_narrowed(query: str, count: int, office: Client, request_of_acme: PlanRequest) -> None:
    response: Any = office.get(f"{REQUESTS}{query}")

    assert response.context["cl"].result_count == count


def test_granting(office: Client, admin: User, tenant: Tenant, request_of_acme: PlanRequest) -> None:
    before = tenant.plan_id

    found = act(office, "grant", request_of_acme)

    request_of_acme.refresh_from_db()
    assert found == (200, ["Acme: Business granted."])
    assert (plan_of(tenant), request_of_acme.state, request_of_acme.decided_by) == ("Business", "granted", admin)
    assert request_of_acme.decided_at is not None
    entries = AuditEntry.objects.filter(actor=admin).order_by("pk")
    assert [(one.action, one.tenant, one.before, one.after) for one in entries] == [
        ("plan_request.granted", tenant, {}, {"plan": "business", "feature": "can_white_label"}),
        ("tenant.changed", tenant, {"plan_id": before}, {"plan_id": tenant.plan_id}),
    ]


def test_declining(office: Client, admin: User, tenant: Tenant, request_of_acme: PlanRequest) -> None:
    assert act(office, "decline", request_of_acme) == (200, ["Acme: Business declined."])

    request_of_acme.refresh_from_db()
    assert (plan_of(tenant), request_of_acme.state, request_of_acme.decided_by) == ("Professional", "declined", admin)
    assert AuditEntry.objects.get(actor=admin).action == "plan_request.declined"


def test_what_was_decided_stays_decided(office: Client, tenant: Tenant, request_of_acme: PlanRequest) -> None:
    act(office, "decline", request_of_acme)

    assert act(office, "grant", request_of_acme) == (200, ["Acme: This request was declined already."])
    assert plan_of(tenant) == "Professional"


def test_a_plan_that_was_archived_meanwhile(office: Client, tenant: Tenant, request_of_acme: PlanRequest) -> None:
    SubscriptionPlan.objects.filter(code="business").update(is_active=False)

    found = act(office, "grant", request_of_acme)

    request_of_acme.refresh_from_db()
    assert found == (200, ["Acme: The plan Business has been archived meanwhile."])
    assert (plan_of(tenant), request_of_acme.state, request_of_acme.decided_at) == ("Professional", "open", None)


def test_granting_a_plan_the_business_has_meanwhile(
    office: Client, tenant: Tenant, request_of_acme: PlanRequest
) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(plan=request_of_acme.plan)

    assert act(office, "grant", request_of_acme)[1] == ["Acme: Business granted."]
    assert not AuditEntry.objects.filter(action="tenant.changed").exists()


def test_several_at_once_do_not_keep_each_other_back(
    office: Client, tenant: Tenant, other_tenant: Tenant, request_of_acme: PlanRequest
) -> None:
    bravo = other_tenant.memberships.select_related("user", "tenant").get(role=Role.OWNER)
    other = ask_for_plan(by=bravo, plan_code="starter")
    act(office, "decline", request_of_acme)

    found = act(office, "grant", request_of_acme, other)

    assert found[1] == ["Acme: This request was declined already.", "Bravo: Starter granted."]
    assert (plan_of(tenant), plan_of(other_tenant)) == ("Professional", "Starter")


@pytest.mark.parametrize(
    ("permissions", "status", "is_granted"),
    [((), 403, False), (("view_planrequest",), 200, False), (("view_planrequest", "change_planrequest"), 200, True)],
)
def test_platform_staff_do_what_they_were_given(
    permissions: tuple[str, ...], status: int, is_granted: bool, tenant: Tenant, request_of_acme: PlanRequest
) -> None:
    clerk = person("clerk@platform.example")
    clerk.is_staff = True
    clerk.save()
    clerk.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    office = signed_in(clerk)

    assert office.get(REQUESTS).status_code == status
    office.post(REQUESTS, {"action": "grant", "_selected_action": [str(request_of_acme.pk)]})

    assert plan_of(tenant) == ("Business" if is_granted else "Professional")


def test_a_business_s_owner_is_asked_to_sign_in(tenant: Tenant, request_of_acme: PlanRequest) -> None:
    client = signed_in(User.objects.get(email="owner@acme.example"))

    response = client.post(REQUESTS, {"action": "grant", "_selected_action": [str(request_of_acme.pk)]})

    assert (response.status_code, plan_of(tenant)) == (302, "Professional")


def test_requests_are_neither_written_nor_deleted_by_hand(office: Client, request_of_acme: PlanRequest) -> None:
    path = f"{REQUESTS}{request_of_acme.pk}/"
    found = [
        office.get(f"{REQUESTS}add/").status_code,
        office.get(f"{path}change/").status_code,
        office.post(f"{path}change/", {"state": "granted"}).status_code,
        office.post(f"{path}delete/", {"post": "yes"}).status_code,
    ]

    assert found == [403, 200, 403, 403]
