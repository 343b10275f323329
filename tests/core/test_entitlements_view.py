"""`/api/entitlements/`: everything a client needs to draw its gates."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from core.active import activate
from core.installed import registry
from core.models import Membership, Role, SubscriptionPlan, Tenant, User
from core.quota_rules import month_bounds
from schedule.models import Resource
from tests.core.test_plan import BUSINESS, FEATURES, NAMES, QUOTAS
from tests.fixtures import PutOnPlan

SNAPSHOT = "/api/entitlements/"


def snapshot(client: APIClient) -> dict[str, Any]:
    """The body of the snapshot."""
    response = client.get(SNAPSHOT)
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def test_the_whole_of_it(owner: APIClient, tenant: Tenant) -> None:
    body = snapshot(owner)

    resets_at = month_bounds(timezone.now(), tenant.zone)[1].isoformat()
    business = {"plan": "business", "name": "Business"}
    assert sorted(body) == ["features", "nav", "plan", "quotas", "suspended", "version"]
    assert (body["plan"], body["suspended"]) == ({"code": "professional", "name": "Professional"}, False)
    assert body["features"] == {
        key: {
            "name": name,
            "summary": registry().features[key].summary,
            "allowed": key in FEATURES["professional"],
            "source": "plan" if key in FEATURES["professional"] else "default",
            "upgrade": None
            if key in FEATURES["professional"]
            else {**business, "url": f"/settings/plan?feature={key}"},
        }
        for key, name in NAMES.items()
    }
    assert body["quotas"] == {
        key: {
            "name": name,
            "limit": limit,
            "used": used,
            "remaining": limit - used,
            "window": "month" if key == "max_appointments" else "total",
            "resets_at": resets_at if key == "max_appointments" else None,
            "state": "ok",
            "upgrade": {**business, "url": f"/settings/plan?quota={key}"},
        }
        for key, name, limit, used in (
            ("max_users", "Users", 20, 1),
            ("max_email_templates", "E-mail templates", 25, 0),
            ("max_automated_tasks", "Automated tasks", 20, 0),
            ("max_resources", "Resources", 15, 0),
            ("max_services", "Services", 100, 0),
            ("max_appointments", "Appointments", 5_000, 0),
        )
    }


@pytest.mark.parametrize("code", FEATURES)
def test_every_feature_on_every_plan(code: str, owner: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan(code)

    found = snapshot(owner)["features"]

    assert {key: one["allowed"] for key, one in found.items()} == {key: key in FEATURES[code] for key in NAMES}
    assert {key for key, one in found.items() if one["upgrade"]} == BUSINESS - FEATURES[code]


def add_resources(count: int) -> None:
    """Add active resources to Acme."""
    activate(Tenant.objects.get(schema_name="acme"))
    Resource.objects.bulk_create(Resource(name="Chair") for _ in range(count))


@pytest.mark.parametrize(
    ("limit", "used", "expected"),
    [
        (5, 3, {"limit": 5, "used": 3, "remaining": 2, "state": "ok"}),
        (5, 4, {"limit": 5, "used": 4, "remaining": 1, "state": "near"}),
        (5, 5, {"limit": 5, "used": 5, "remaining": 0, "state": "reached"}),
        (5, 6, {"limit": 5, "used": 6, "remaining": 0, "state": "over"}),
        (0, 0, {"limit": 0, "used": 0, "remaining": 0, "state": "reached"}),
        (-1, 6, {"limit": None, "used": 6, "remaining": None, "state": "unlimited"}),
    ],
)
def test_the_states_of_a_quota(
    limit: int, used: int, expected: dict[str, Any], owner: APIClient, tenant: Tenant
) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(max_resources=limit)
    add_resources(used)

    assert snapshot(owner)["quotas"]["max_resources"] == {
        "name": "Resources",
        "window": "total",
        "resets_at": None,
        "upgrade": None,
        **expected,
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("free", {"max_resources": "starter", "max_automated_tasks": "starter"}),
        ("professional", {"max_resources": "business", "max_automated_tasks": "business"}),
        ("business", {"max_resources": None, "max_automated_tasks": None}),
        ("enterprise", {"max_resources": None, "max_automated_tasks": None}),
    ],
)
def test_the_plan_with_a_higher_limit(
    code: str, expected: dict[str, str | None], owner: APIClient, put_on_plan: PutOnPlan
) -> None:
    put_on_plan(code)

    quotas = snapshot(owner)["quotas"]

    assert {key: (quotas[key]["upgrade"] or {}).get("plan") for key in expected} == expected


def test_no_plan_lifts_a_limit_of_one_s_own_or_a_suspension(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(max_users=3)
    own = snapshot(owner)["quotas"]["max_users"]["upgrade"]
    Tenant.objects.filter(pk=tenant.pk).update(max_users=None, suspended_at=timezone.now())

    assert (own, {one["upgrade"] for one in snapshot(owner)["quotas"].values()}) == (None, {None})


def test_an_unlimited_plan(owner: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan("enterprise")

    assert {key: one["state"] for key, one in snapshot(owner)["quotas"].items()} == dict.fromkeys(QUOTAS, "unlimited")


def test_overrides_and_suspension(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(can_white_label=True, can_api_access=False, suspended_at=timezone.now())

    body = snapshot(owner)

    assert body["suspended"] is True
    assert {one["source"] for key, one in body["features"].items() if key != "can_api_access"} == {"suspended"}
    assert {one["upgrade"] for one in body["features"].values()} == {None}
    assert body["features"]["can_api_access"]["source"] == "override"


def test_a_business_without_a_plan(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(plan=None)

    body = snapshot(owner)

    assert body["plan"] is None
    assert {one["limit"] for one in body["quotas"].values()} == {0}


STAFF_PATHS = {
    "/calendar",
    "/appointments",
    "/customers",
    "/resources",
    "/services",
    "/payments",
    "/settings/plan",
    "/settings/api-tokens",
}


def test_the_navigation_of_each_role(owner: APIClient, manager: APIClient, staff: APIClient) -> None:
    found = {role: {item["path"] for item in snapshot(client)["nav"]} for role, client in
             (("owner", owner), ("manager", manager), ("staff", staff))}  # fmt: skip

    managed = STAFF_PATHS | {"/settings/team", "/analytics"}
    assert {role: paths & managed for role, paths in found.items()} == {
        "owner": managed,
        "manager": managed,
        "staff": STAFF_PATHS,
    }
    assert found["manager"] - found["staff"] >= {"/settings/team", "/analytics"}


def test_an_entry_of_the_navigation(owner: APIClient, put_on_plan: PutOnPlan) -> None:
    def analytics() -> list[dict[str, Any]]:
        return [item for item in snapshot(owner)["nav"] if item["path"] == "/analytics"]

    entry = {
        "path": "/analytics",
        "label": "Analytics",
        "section": "main",
        "feature": "advanced_analytics",
        "locked": False,
    }
    unlocked = analytics()
    put_on_plan("free")

    assert (unlocked, analytics()) == ([entry], [{**entry, "locked": True}])


# --- Unchanged since last time -----------------------------------------------------------------------------------


def test_the_tag_is_the_version(owner: APIClient) -> None:
    response = owner.get(SNAPSHOT)

    version = response.json()["version"]
    assert len(version) == 32
    assert (response["ETag"], response["Cache-Control"]) == (f'"{version}"', "private, no-cache")


@pytest.mark.parametrize("header", ["{}", "W/{}", '"old", {}', 'W/"old",W/{}', "*"])
def test_what_has_not_changed_is_not_sent_again(header: str, owner: APIClient) -> None:
    tag = owner.get(SNAPSHOT)["ETag"]

    response = owner.get(SNAPSHOT, headers={"if-none-match": header.format(tag)})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("header", ['"old"', "", "nonsense", 'W/"old"', "version"])
def test_what_the_caller_does_not_hold_is_sent(header: str, owner: APIClient) -> None:
    assert owner.get(SNAPSHOT, headers={"if-none-match": header}).status_code == 200


@pytest.mark.parametrize("change", ["override", "plan", "resource", "price", "suspension", "member"])
def test_whatever_changes_changes_the_version(change: str, owner: APIClient, tenant: Tenant) -> None:
    tag = owner.get(SNAPSHOT)["ETag"]
    rows = Tenant.objects.filter(pk=tenant.pk)
    if change == "override":
        rows.update(can_white_label=True)
    elif change == "plan":
        rows.update(plan=SubscriptionPlan.objects.get(code="business"))
    elif change == "resource":
        add_resources(1)
    elif change == "price":  # another plan becomes the cheapest
        SubscriptionPlan.objects.create(code="label", name="Label", permissions={"can_white_label": True})
    elif change == "suspension":
        rows.update(suspended_at=timezone.now())
    else:
        Membership.objects.create(tenant=tenant, user=User.objects.create_user("x@acme.example"), role=Role.STAFF)

    response = owner.get(SNAPSHOT, headers={"if-none-match": tag})

    assert (response.status_code, response["ETag"] != tag) == (200, True)


def test_time_alone_changes_nothing(owner: APIClient, tenant: Tenant) -> None:
    tag = owner.get(SNAPSHOT)["ETag"]
    Tenant.objects.filter(pk=tenant.pk).update(created_at=timezone.now() - timedelta(days=9))

    assert owner.get(SNAPSHOT)["ETag"] == tag


def test_it_takes_the_same_queries_however_much_there_is(owner: APIClient, tenant: Tenant) -> None:
    owner.get(SNAPSHOT)
    counts = []
    for more in (1, 5):
        add_resources(more)
        SubscriptionPlan.objects.create(code=f"plan-{more}", name="More")
        for number in range(more):
            user = User.objects.create_user(f"{more}-{number}@acme.example")
            Membership.objects.create(tenant=tenant, user=user, role=Role.STAFF)
        with CaptureQueriesContext(connection) as queries:
            owner.get(SNAPSHOT)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_it_is_read_alone(method: str, owner: APIClient) -> None:
    response = owner.generic(method, SNAPSHOT)

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
