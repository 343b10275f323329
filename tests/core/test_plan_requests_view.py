"""`/api/plan-requests/`: a business asks for a plan."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from core.models import AuditEntry, PlanRequest, PlanRequestState, SubscriptionPlan, Tenant, User
from tests.fixtures import PutOnPlan

REQUESTS = "/api/plan-requests/"
WISH = {"plan": "business", "feature": "can_white_label", "note": "We open a second shop."}


def ask(client: APIClient, **changes: Any) -> Any:
    """Ask for Business, with these differences."""
    return client.post(REQUESTS, {**WISH, **changes}, format="json")


def asked(tenant: Tenant, state: PlanRequestState = PlanRequestState.OPEN) -> PlanRequest:
    """A request of a business."""
    return PlanRequest.objects.create(
        tenant=tenant,
        plan=SubscriptionPlan.objects.get(code="business"),
        state=state,
        decided_at=None if state == PlanRequestState.OPEN else timezone.now(),
    )


def test_asking(owner: APIClient, tenant: Tenant) -> None:
    user = User.objects.get(email="owner@acme.example")
    User.objects.filter(pk=user.pk).update(name="Olga")

    response = ask(owner)

    made = PlanRequest.objects.get()
    body = {
        "id": str(made.pk),
        "plan": "business",
        "plan_name": "Business",
        "feature": "can_white_label",
        "note": "We open a second shop.",
        "state": "open",
        "requested_by": "Olga",
        "created_at": made.created_at.isoformat().replace("+00:00", "Z"),
        "decided_at": None,
    }
    assert (response.status_code, response.json()) == (201, body)
    assert owner.get(REQUESTS).json()["results"] == [body]
    assert (made.tenant, made.requested_by, made.decided_by) == (tenant, user, None)
    entry = AuditEntry.objects.get(action="plan_request.created")
    assert (entry.tenant, entry.actor, entry.object_label, entry.after) == (
        tenant,
        user,
        "Business",
        {"plan": "business", "feature": "can_white_label"},
    )


def test_the_plan_alone_is_enough(owner: APIClient) -> None:
    body = owner.post(REQUESTS, {"plan": "starter"}, format="json").json()

    assert (body["plan"], body["feature"], body["note"]) == ("starter", "", "")


def test_asking_changes_nothing_by_itself(owner: APIClient, tenant: Tenant) -> None:
    ask(owner)

    tenant.refresh_from_db()
    assert str(tenant.plan) == "Professional"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"plan": "enterprise"}, "plan"),
        ({"plan": "gold"}, "plan"),
        ({"plan": ""}, "plan"),
        ({"plan": None}, "plan"),
        ({"feature": "save"}, "feature"),
        ({"feature": None}, "feature"),
        ({"note": "x" * 1001}, "note"),
    ],
)
def test_a_value_that_cannot_be_used(change: dict[str, Any], field: str, owner: APIClient) -> None:
    response = ask(owner, **change)

    assert (response.status_code, list(response.json()["errors"]), PlanRequest.objects.count()) == (400, [field], 0)


def test_the_plan_one_has(owner: APIClient) -> None:
    response = ask(owner, plan="professional")

    assert (response.status_code, response.json()) == (
        409,
        {"detail": "You are on the plan Professional already.", "code": "already_on_plan"},
    )


def test_one_open_request_at_a_time(owner: APIClient, other_tenant: Tenant) -> None:
    asked(other_tenant)
    ask(owner)

    response = ask(owner, plan="starter")

    assert (response.status_code, response.json()) == (
        409,
        {
            "detail": "Your business has asked for a plan already. Withdraw that request first.",
            "code": "plan_request_open",
        },
    )
    assert AuditEntry.objects.filter(action="plan_request.created").count() == 1


def test_the_database_holds_it_too(tenant: Tenant) -> None:
    asked(tenant, PlanRequestState.DECLINED)
    asked(tenant)

    with pytest.raises(IntegrityError, match="plan_request_open_once"), transaction.atomic():
        asked(tenant)
    with pytest.raises(IntegrityError, match="plan_request_decided_has_time"), transaction.atomic():
        PlanRequest.objects.filter(state="open").update(decided_at=timezone.now())
    with pytest.raises(IntegrityError, match="plan_request_state_known"), transaction.atomic():
        PlanRequest.objects.filter(state="declined").update(state="lost")


def test_withdrawing(owner: APIClient, tenant: Tenant) -> None:
    pk = ask(owner).json()["id"]

    response = owner.delete(f"{REQUESTS}{pk}/")

    found = PlanRequest.objects.get()
    assert (response.status_code, found.state, found.decided_by) == (204, "withdrawn", found.requested_by)
    assert owner.get(REQUESTS).json()["results"][0]["decided_at"] is not None
    assert AuditEntry.objects.filter(action="plan_request.withdrawn", tenant=tenant).count() == 1
    assert ask(owner).status_code == 201


@pytest.mark.parametrize("state", [one for one in PlanRequestState if one != PlanRequestState.OPEN])
def test_what_was_decided_is_not_withdrawn(state: PlanRequestState, owner: APIClient, tenant: Tenant) -> None:
    made = asked(tenant, state)

    response = owner.delete(f"{REQUESTS}{made.pk}/")

    made.refresh_from_db()
    assert (response.status_code, response.json(), made.state) == (
        409,
        {"detail": f"This request was {state.value} already.", "code": "plan_request_decided", "state": state.value},
        state,
    )


def test_the_newest_comes_first_and_a_state_can_be_asked_for(owner: APIClient, tenant: Tenant) -> None:
    first, second = asked(tenant, PlanRequestState.GRANTED), asked(tenant)

    def ids(query: str) -> list[str]:
        return [one["id"] for one in owner.get(f"{REQUESTS}{query}").json()["results"]]

    assert [ids(query) for query in ("", "?state=open", "?state=granted", "?ordering=created_at")] == [
        [str(second.pk), str(first.pk)],
        [str(second.pk)],
        [str(first.pk)],
        [str(first.pk), str(second.pk)],
    ]
    assert owner.get(f"{REQUESTS}?state=lost").status_code == 400


def test_everybody_sees_them_and_an_owner_alone_asks(
    owner: APIClient, manager: APIClient, staff: APIClient, tenant: Tenant
) -> None:
    made = asked(tenant)
    path = f"{REQUESTS}{made.pk}/"

    for client in (manager, staff):
        assert [one["id"] for one in client.get(REQUESTS).json()["results"]] == [str(made.pk)]
        refusals = [ask(client), client.delete(path)]
        assert [(one.status_code, one.json()["code"]) for one in refusals] == [(403, "role_required")] * 2
    assert owner.delete(path).status_code == 204


def test_nobody_and_a_stranger(anonymous: APIClient, stranger: APIClient, tenant: Tenant) -> None:
    path = f"{REQUESTS}{asked(tenant).pk}/"

    assert [anonymous.get(REQUESTS).status_code, ask(anonymous).status_code, anonymous.delete(path).status_code] == [
        401
    ] * 3
    assert (stranger.get(REQUESTS).json()["count"], stranger.delete(path).status_code) == (0, 404)
    assert PlanRequest.objects.get().state == "open"


@pytest.mark.parametrize("code", ["free", "enterprise"])
def test_a_business_on_any_plan_may_ask(code: str, owner: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan(code)

    assert ask(owner).status_code == 201


def test_a_suspended_business_may_ask(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=datetime(2026, 11, 22, tzinfo=UTC))

    assert ask(owner).status_code == 201


def test_the_list_costs_the_same_however_long(owner: APIClient, tenant: Tenant) -> None:
    owner.get(REQUESTS)

    def queries(rows: int) -> int:
        for _ in range(rows):
            asked(tenant, PlanRequestState.DECLINED)
        with CaptureQueriesContext(connection) as captured:
            owner.get(REQUESTS)
        return len(captured)

    assert queries(1) == queries(2)
