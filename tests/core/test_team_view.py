"""`/api/team/`: who belongs to the business, and as what."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from core.models import ApiToken, AuditEntry, Membership, Role, Tenant, User
from core.tokens import issue_sign_in_token
from tests.core.browser import person

TEAM = "/api/team/"
NOT_FOUND = (404, {"detail": "Not found.", "code": "not_found"})
ROLE_REQUIRED = {
    "detail": "This needs the role manager or higher. Ask an owner of the business.",
    "code": "role_required",
    "required_role": "manager",
}
OWNERS_ALONE = {
    "detail": "Only an owner can make or change an owner.",
    "code": "role_required",
    "required_role": "owner",
}


def member(tenant: Tenant, role: Role, *, active: bool = True) -> Membership:
    """Somebody who belongs to the business."""
    user = person(f"{role}-{User.objects.count()}@acme.example")
    return Membership.objects.create(tenant=tenant, user=user, role=role, is_active=active)


def change(client: APIClient, target: Membership, **body: Any) -> tuple[int, Any]:
    """Change a member; return status and body."""
    response = client.patch(f"{TEAM}{target.pk}/", body, format="json")
    return response.status_code, response.json()


def stored(target: Membership) -> tuple[str, bool]:
    """The role and whether the member is active."""
    target.refresh_from_db()
    return target.role, target.is_active


def shape(target: Membership) -> dict[str, Any]:
    """A member as the API shows them."""
    return {
        "id": target.pk,
        "user": target.user_id,
        "email": target.user.email,
        "name": target.user.name,
        "role": target.role,
        "is_active": target.is_active,
        "created_at": target.created_at.isoformat().replace("+00:00", "Z"),
    }


# --- Looking -----------------------------------------------------------------------------------------------------


def test_the_list(owner: APIClient, tenant: Tenant) -> None:
    first = Membership.objects.select_related("user").get(tenant=tenant)
    former = member(tenant, Role.STAFF, active=False)

    response = owner.get(TEAM)

    assert (response.status_code, response.json()) == (
        200,
        {"count": 2, "next": None, "previous": None, "results": [shape(first), shape(former)]},
    )


def test_one_member(manager: APIClient, tenant: Tenant) -> None:
    one = member(tenant, Role.STAFF)

    response = manager.get(f"{TEAM}{one.pk}/")

    assert (response.status_code, response.json()) == (200, shape(one))


@pytest.mark.parametrize(
    ("query", "roles"),
    [
        ("?role=staff", ["staff", "staff"]),
        ("?role=owner", ["owner"]),
        ("?is_active=false", ["staff"]),
        ("?is_active=true", ["owner", "staff"]),
        ("?ordering=-created_at", ["staff", "staff", "owner"]),
        ("?search=staff-", ["staff", "staff"]),
        ("?search=nobody", []),
    ],
)
def test_narrowing_the_list(query: str, roles: list[str], owner: APIClient, tenant: Tenant) -> None:
    member(tenant, Role.STAFF)
    member(tenant, Role.STAFF, active=False)

    assert [one["role"] for one in owner.get(f"{TEAM}{query}").json()["results"]] == roles


@pytest.mark.parametrize(
    ("query", "field"), [("?role=king", "role"), ("?ordering=user__password", "ordering"), ("?page=x", "page")]
)
def test_a_parameter_that_cannot_be_used(query: str, field: str, owner: APIClient) -> None:
    response = owner.get(f"{TEAM}{query}")

    assert (response.status_code, list(response.json()["errors"])) == (400, [field])


def test_a_longer_list_takes_no_more_queries(owner: APIClient, tenant: Tenant) -> None:
    owner.get(TEAM)
    counts = []
    for more in (0, 2):
        for _ in range(more):
            member(tenant, Role.STAFF)
        with CaptureQueriesContext(connection) as queries:
            assert owner.get(TEAM).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("method", ["get", "patch"])
def test_the_team_is_for_managers(method: str, staff: APIClient, tenant: Tenant) -> None:
    own = Membership.objects.get(tenant=tenant, role=Role.STAFF)
    paths = [f"{TEAM}{own.pk}/", *([TEAM] if method == "get" else [])]

    found = [getattr(staff, method)(path, {}, format="json") for path in paths]

    assert [(one.status_code, one.json()) for one in found] == [(403, ROLE_REQUIRED)] * len(paths)


def test_another_business_s_members_are_not_there(owner: APIClient, other_tenant: Tenant) -> None:
    foreign = Membership.objects.get(tenant=other_tenant)

    response = owner.get(f"{TEAM}{foreign.pk}/")

    assert (response.status_code, response.json()) == NOT_FOUND
    assert change(owner, foreign, role="staff") == NOT_FOUND
    assert stored(foreign) == ("owner", True)
    assert "bravo" not in owner.get(TEAM).content.decode()


@pytest.mark.parametrize("pk", ["0", "-1", "abc", "9" * 30, "%00"])
def test_an_id_that_is_none(pk: str, owner: APIClient) -> None:
    found = [owner.get(f"{TEAM}{pk}/"), owner.patch(f"{TEAM}{pk}/", {"role": "staff"}, format="json")]

    assert [one.status_code for one in found] == [404, 404]


@pytest.mark.parametrize(("method", "path"), [("POST", TEAM), ("PUT", f"{TEAM}1/"), ("DELETE", f"{TEAM}1/")])
def test_other_methods(method: str, path: str, owner: APIClient) -> None:
    response = owner.generic(method, path)

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


# --- Roles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["staff", "manager", "owner"])
@pytest.mark.parametrize("before", [Role.STAFF, Role.MANAGER, Role.OWNER])
def test_an_owner_gives_any_role(role: str, before: Role, owner: APIClient, tenant: Tenant) -> None:
    target = member(tenant, before)

    status, body = change(owner, target, role=role)

    target.refresh_from_db()
    assert (status, body, target.role) == (200, shape(target), role)


@pytest.mark.parametrize(
    ("before", "role"), [(Role.STAFF, "manager"), (Role.MANAGER, "staff"), (Role.MANAGER, "manager")]
)
def test_a_manager_gives_the_lower_roles(before: Role, role: str, manager: APIClient, tenant: Tenant) -> None:
    target = member(tenant, before)

    assert change(manager, target, role=role)[0] == 200
    assert stored(target) == (role, True)


@pytest.mark.parametrize("body", [{"role": "staff"}, {"is_active": False}, {"role": "owner"}, {}])
def test_a_manager_cannot_touch_an_owner(body: dict[str, Any], manager: APIClient, tenant: Tenant) -> None:
    target = member(tenant, Role.OWNER)

    assert change(manager, target, **body) == (403, OWNERS_ALONE)
    assert stored(target) == ("owner", True)


def test_a_manager_cannot_let_an_owner_back_in(manager: APIClient, tenant: Tenant) -> None:
    target = member(tenant, Role.OWNER, active=False)

    assert change(manager, target, is_active=True) == (403, OWNERS_ALONE)


def test_a_manager_cannot_make_an_owner(manager: APIClient, tenant: Tenant) -> None:
    own = Membership.objects.get(tenant=tenant, role=Role.MANAGER)
    target = member(tenant, Role.STAFF)

    assert [change(manager, one, role="owner") for one in (own, target)] == [(403, OWNERS_ALONE)] * 2
    assert (stored(own), stored(target)) == (("manager", True), ("staff", True))


LAST_OWNER = {
    "detail": "A business keeps at least one active owner. Make somebody else an owner first.",
    "code": "last_owner",
}


@pytest.mark.parametrize(
    "body", [{"role": "manager"}, {"role": "staff"}, {"is_active": False}, {"role": "staff", "is_active": False}]
)
def test_the_last_owner_stays(body: dict[str, Any], owner: APIClient, tenant: Tenant) -> None:
    own = Membership.objects.get(tenant=tenant)
    member(tenant, Role.OWNER, active=False)
    member(tenant, Role.MANAGER)

    assert change(owner, own, **body) == (409, LAST_OWNER)
    assert stored(own) == ("owner", True)
    assert owner.get(TEAM).status_code == 200


def test_an_owner_may_go_once_there_is_another(owner: APIClient, tenant: Tenant) -> None:
    own = Membership.objects.get(tenant=tenant)
    member(tenant, Role.OWNER)

    assert change(owner, own, role="staff")[0] == 200
    assert change(owner, own, role="owner") == (403, ROLE_REQUIRED)


# --- In and out --------------------------------------------------------------------------------------------------


def test_whoever_leaves_loses_their_tokens_here_alone(owner: APIClient, tenant: Tenant, other_tenant: Tenant) -> None:
    target = member(tenant, Role.STAFF)
    elsewhere = Membership.objects.create(tenant=other_tenant, user=target.user, role=Role.STAFF)
    for place in (target, target, elsewhere):
        issue_sign_in_token(membership=place)

    assert change(owner, target, is_active=False)[0] == 200

    tokens = ApiToken.objects.filter(user=target.user).order_by("pk")
    assert [(token.tenant, token.revoked_at is not None) for token in tokens] == [
        (tenant, True),
        (tenant, True),
        (other_tenant, False),
    ]
    assert stored(elsewhere) == ("staff", True)


def test_coming_back_brings_no_token_back(owner: APIClient, tenant: Tenant) -> None:
    target = member(tenant, Role.STAFF)
    secret = issue_sign_in_token(membership=target).secret
    client = APIClient(SERVER_NAME="acme.localhost", HTTP_AUTHORIZATION=f"Token {secret}")
    found = [client.get("/api/entitlements/").status_code]
    for is_active in (False, True):
        change(owner, target, is_active=is_active)
        found.append(client.get("/api/entitlements/").status_code)

    assert found == [200, 401, 401]


def test_coming_back_counts_against_the_quota(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(max_users=2)
    former = [member(tenant, Role.STAFF, active=False) for _ in range(2)]

    found = [change(owner, one, is_active=True) for one in former]

    assert [status for status, _ in found] == [200, 403]
    assert found[1][1] == {
        "detail": "Your current plan allows 2 users, and 2 are in use. Please upgrade your subscription to add more.",
        "code": "quota_exceeded",
        "quota": {"key": "max_users", "limit": 2, "used": 2, "window": "total", "resets_at": None},
        "plan": "professional",
        "upgrade": None,
    }
    assert [stored(one) for one in former] == [("staff", True), ("staff", False)]


def test_over_the_limit_everything_but_growth_works(owner: APIClient, tenant: Tenant) -> None:
    target = member(tenant, Role.STAFF)
    Tenant.objects.filter(pk=tenant.pk).update(max_users=1)

    found = [
        change(owner, target, role="manager")[0],
        change(owner, target, is_active=True)[0],  # as before: nobody is added
        change(owner, target, is_active=False)[0],
        change(owner, target, is_active=True)[0],
    ]

    assert found == [200, 200, 200, 403]


def test_a_suspended_business_lets_nobody_back_in(owner: APIClient, tenant: Tenant) -> None:
    former = member(tenant, Role.STAFF, active=False)
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=timezone.now())

    status, body = change(owner, former, is_active=True)

    assert (status, body["code"]) == (403, "subscription_suspended")


def test_a_change_is_recorded(owner: APIClient, tenant: Tenant) -> None:
    target = member(tenant, Role.STAFF)

    change(owner, target, role="manager", is_active=False)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.tenant, entry.actor, entry.object_label, entry.before, entry.after) == (
        "member.changed",
        tenant,
        Membership.objects.get(tenant=tenant, role=Role.OWNER).user,
        f"{target.user.email} (manager)",
        {"role": "staff", "is_active": True},
        {"role": "manager", "is_active": False},
    )


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"role": "king"}, {"role": ['"king" is not a valid choice.']}),
        ({"role": None}, {"role": ["This field may not be null."]}),
        ({"role": ["staff"]}, {"role": ["\"['staff']\" is not a valid choice."]}),
        ({"is_active": "maybe"}, {"is_active": ["Must be a valid boolean."]}),
        ({"is_active": None}, {"is_active": ["This field may not be null."]}),
        ({"is_active": []}, {"is_active": ["Must be a valid boolean."]}),
    ],
)
def test_fields_that_cannot_be_used(
    body: dict[str, Any], errors: dict[str, list[str]], owner: APIClient, tenant: Tenant
) -> None:
    target = member(tenant, Role.STAFF)

    status, found = change(owner, target, **body)

    assert (status, found["errors"]) == (400, errors)
    assert stored(target) == ("staff", True)


def test_nothing_else_can_be_changed(owner: APIClient, tenant: Tenant) -> None:
    target = member(tenant, Role.STAFF)
    email = target.user.email

    status, _ = change(owner, target, email="thief@acme.example", user=1, id=1, tenant=1, created_at="2020-01-01")

    target.refresh_from_db()
    assert (status, target.user.email, stored(target)) == (200, email, ("staff", True))
