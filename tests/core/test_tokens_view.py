"""`/api/tokens/`: tokens for programs, and signing out elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from core.models import ApiToken, AuditEntry, Membership, Role, Scope, Tenant
from core.models.token import digest_of
from core.tokens import issue_named_token, issue_sign_in_token
from tests.core.browser import person
from tests.fixtures import PutOnPlan

TOKENS = "/api/tokens/"


def membership(tenant: Tenant, role: Role) -> Membership:
    """A membership of Acme with this role; the clients of the fixtures belong to the same people."""
    return Membership.objects.select_related("user", "tenant__plan").get(tenant=tenant, role=role)


def named(tenant: Tenant, role: Role, name: str, **more: Any) -> ApiToken:
    """A named token of a member."""
    given = {"scope": Scope.READ, "expires_at": None, **more}
    return issue_named_token(membership=membership(tenant, role), name=name, **given).token


def shown(client: APIClient, query: str = "") -> list[tuple[str, str, str]]:
    """Kind, name and person of each token the client sees."""
    return [(one["kind"], one["name"], one["user"]) for one in client.get(f"{TOKENS}{query}").json()["results"]]


def test_creating_a_token(owner: APIClient, tenant: Tenant) -> None:
    response = owner.post(TOKENS, {"name": "Till", "scope": "write"}, format="json")

    body = response.json()
    token = ApiToken.objects.get(name="Till")
    assert (response.status_code, body) == (
        201,
        {
            "id": token.pk,
            "kind": "named",
            "name": "Till",
            "prefix": token.prefix,
            "scope": "write",
            "user": "owner@acme.example",
            "created_at": token.created_at.isoformat().replace("+00:00", "Z"),
            "expires_at": None,
            "last_used_at": None,
            "token": body["token"],
        },
    )
    assert (token.digest, token.tenant) == (digest_of(body["token"]), tenant)
    client = APIClient(SERVER_NAME="acme.localhost", HTTP_AUTHORIZATION=f"Token {body['token']}")
    assert client.get("/api/team/").status_code == 200


def test_the_secret_is_shown_once(owner: APIClient) -> None:
    secret = owner.post(TOKENS, {"name": "Till"}, format="json").json()["token"]

    assert secret not in owner.get(TOKENS).content.decode()
    assert secret not in repr(list(ApiToken.objects.values()))
    assert secret not in repr(list(AuditEntry.objects.values()))


def test_a_token_reads_and_never_ends_unless_told_otherwise(manager: APIClient) -> None:
    body = manager.post(TOKENS, {"name": "Report"}, format="json").json()

    assert (body["scope"], body["expires_at"]) == ("read", None)


def test_creating_is_for_managers(staff: APIClient) -> None:
    response = staff.post(TOKENS, {"name": "Till"}, format="json")

    assert (response.status_code, response.json()["code"], response.json()["required_role"]) == (
        403,
        "role_required",
        "manager",
    )


@pytest.mark.parametrize("plan", ["free", "starter"])
def test_creating_is_for_plans_with_api_access(plan: str, owner: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan(plan)

    response = owner.post(TOKENS, {"name": "Till"}, format="json")

    assert (response.status_code, response.json()) == (
        403,
        {
            "detail": "Your current plan does not include API Access. "
            "Please upgrade your subscription to access this feature.",
            "code": "feature_not_in_plan",
            "feature": {"key": "can_api_access", "name": "API Access"},
            "plan": plan,
            "upgrade": {
                "plan": "professional",
                "name": "Professional",
                "url": "/settings/plan?feature=can_api_access",
            },
        },
    )
    assert not ApiToken.objects.exclude(name="").exists()


def test_the_role_is_told_before_the_plan(staff: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan("free")

    assert staff.post(TOKENS, {"name": "Till"}, format="json").json()["code"] == "role_required"


def test_listing_and_revoking_work_on_every_plan(owner: APIClient, tenant: Tenant, put_on_plan: PutOnPlan) -> None:
    token = named(tenant, Role.OWNER, "Till")
    put_on_plan("free")
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=timezone.now())

    assert len(shown(owner)) == 2
    assert owner.delete(f"{TOKENS}{token.pk}/").status_code == 204


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"name": ["This field is required."]}),
        ({"name": ""}, {"name": ["This field may not be blank."]}),
        ({"name": "   "}, {"name": ["This field may not be blank."]}),
        ({"name": None}, {"name": ["This field may not be null."]}),
        ({"name": "x" * 101}, {"name": ["Ensure this field has no more than 100 characters."]}),
        ({"name": "x", "scope": "admin"}, {"scope": ['"admin" is not a valid choice.']}),
        ({"name": "x", "scope": ["read"]}, {"scope": ["\"['read']\" is not a valid choice."]}),
        (
            {"name": "x", "expires_at": "2020-01-01T00:00:00Z"},
            {"expires_at": ["This moment has passed. Use a later one, or null for no end."]},
        ),
    ],
)
def test_fields_that_cannot_be_used(body: dict[str, Any], errors: dict[str, list[str]], owner: APIClient) -> None:
    response = owner.post(TOKENS, body, format="json")

    assert (response.status_code, response.json()["errors"]) == (400, errors)


@pytest.mark.parametrize(
    "moment",
    ["soon", "2030-13-01", 5, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", {}, "2030-02-30T00:00Z"],
)
def test_an_end_that_is_no_moment(moment: object, owner: APIClient) -> None:
    response = owner.post(TOKENS, {"name": "x", "expires_at": moment}, format="json")

    assert (response.status_code, list(response.json()["errors"])) == (400, ["expires_at"])


def test_an_end_in_the_future(owner: APIClient) -> None:
    moment = (timezone.now() + timedelta(days=1)).replace(microsecond=0)

    body = owner.post(TOKENS, {"name": "x", "expires_at": moment.isoformat()}, format="json").json()

    assert body["expires_at"] == moment.isoformat().replace("+00:00", "Z")


# --- Who sees and revokes what -----------------------------------------------------------------------------------


@pytest.fixture
def clients(owner: APIClient, manager: APIClient, staff: APIClient, tenant: Tenant) -> dict[Role, APIClient]:
    """A client for each role; owner and manager have a named token each."""
    named(tenant, Role.OWNER, "Till")
    named(tenant, Role.MANAGER, "Report")
    return {Role.OWNER: owner, Role.MANAGER: manager, Role.STAFF: staff}


def test_everyone_sees_their_own_and_managers_those_of_programs(clients: dict[Role, APIClient]) -> None:
    programs = {("named", "Till", "owner@acme.example"), ("named", "Report", "manager@acme.example")}

    assert {role: set(shown(client)) for role, client in clients.items()} == {
        role: {("sign_in", "", f"{role}@acme.example"), *(programs if role is not Role.STAFF else ())}
        for role in clients
    }


def test_what_is_over_is_not_listed(owner: APIClient, tenant: Tenant) -> None:
    named(tenant, Role.OWNER, "Expired", expires_at=timezone.now() - timedelta(seconds=1))
    ApiToken.objects.filter(pk=named(tenant, Role.OWNER, "Revoked").pk).update(revoked_at=timezone.now())

    assert shown(owner) == [("sign_in", "", "owner@acme.example")]


def test_the_newest_comes_first_unless_asked_otherwise(owner: APIClient, tenant: Tenant) -> None:
    for name in ("Beta", "Alpha"):
        named(tenant, Role.OWNER, name)

    assert [name for _, name, _ in shown(owner)] == ["Alpha", "Beta", ""]
    assert [name for _, name, _ in shown(owner, "?ordering=-name")] == ["Beta", "Alpha", ""]


@pytest.mark.parametrize(
    ("query", "field"), [("?ordering=digest", "ordering"), ("?page=0", "page"), ("?page_size=201", "page_size")]
)
def test_a_parameter_that_cannot_be_used(query: str, field: str, owner: APIClient) -> None:
    response = owner.get(f"{TOKENS}{query}")

    assert (response.status_code, list(response.json()["errors"])) == (400, [field])


def test_revoking_ones_own(owner: APIClient, tenant: Tenant) -> None:
    token = named(tenant, Role.OWNER, "Till")

    response = owner.delete(f"{TOKENS}{token.pk}/")

    token.refresh_from_db()
    assert (response.status_code, response.content, token.revoked_at is not None) == (204, b"", True)
    assert owner.delete(f"{TOKENS}{token.pk}/").status_code == 404


def test_revoking_the_token_in_use(staff: APIClient) -> None:
    found = [
        staff.delete(f"{TOKENS}{staff.get(TOKENS).json()['results'][0]['id']}/").status_code,
        staff.get(TOKENS).status_code,
    ]

    assert found == [204, 401]


def test_a_manager_revokes_a_program_of_somebody_who_left(manager: APIClient, tenant: Tenant) -> None:
    person("gone@acme.example", (tenant, Role.MANAGER))
    gone = Membership.objects.select_related("user", "tenant").get(user__email="gone@acme.example")
    token = issue_named_token(membership=gone, name="Old", scope=Scope.WRITE, expires_at=None).token

    assert manager.delete(f"{TOKENS}{token.pk}/").status_code == 204


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.STAFF])
def test_a_token_one_may_not_see_is_not_there(
    role: Role, clients: dict[Role, APIClient], tenant: Tenant, other_tenant: Tenant
) -> None:
    colleague = person("bob@acme.example", (tenant, Role.STAFF), (other_tenant, Role.STAFF))
    foreign = [
        issue_sign_in_token(membership=one).token.pk
        for one in Membership.objects.filter(user=colleague).select_related("user", "tenant")
    ]
    elsewhere = issue_named_token(
        membership=Membership.objects.select_related("user", "tenant").get(tenant=other_tenant, role=Role.OWNER),
        name="Elsewhere",
        scope=Scope.READ,
        expires_at=None,
    ).token.pk

    found = [clients[role].delete(f"{TOKENS}{pk}/") for pk in (*foreign, elsewhere)]

    assert [(one.status_code, one.json()) for one in found] == [
        (404, {"detail": "Not found.", "code": "not_found"})
    ] * 3
    assert ApiToken.objects.filter(revoked_at__isnull=False).count() == 0


def test_staff_do_not_revoke_programs(clients: dict[Role, APIClient]) -> None:
    token = ApiToken.objects.get(name="Till")

    assert clients[Role.STAFF].delete(f"{TOKENS}{token.pk}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "-1", "abc", "1.5", "9" * 30, "%00", "1%27"])
def test_an_id_that_is_none(pk: str, owner: APIClient) -> None:
    response = owner.delete(f"{TOKENS}{pk}/")

    assert response.status_code == 404


@pytest.mark.parametrize(("method", "path"), [("PUT", TOKENS), ("PATCH", f"{TOKENS}1/"), ("GET", f"{TOKENS}1/")])
def test_other_methods(method: str, path: str, owner: APIClient) -> None:
    response = owner.generic(method, path)

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


def test_a_longer_list_takes_no_more_queries(owner: APIClient, tenant: Tenant) -> None:
    owner.get(TOKENS)
    counts = []
    for more in (1, 2):
        for number in range(more):
            named(tenant, Role.OWNER, f"{more}-{number}")
        with CaptureQueriesContext(connection) as queries:
            assert owner.get(TOKENS).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
