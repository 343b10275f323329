"""Owners see who of support was there, and have a say in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.impersonation import begin, end, grant
from core.models import AuditEntry, SupportAccess, Tenant, User
from tests.core.browser import Browser
from tests.core.supporters import REASON, in_the_place_of, member, supporter

ACCESSES = "/api/support-access/"
SETTING = "/api/support-access/setting/"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def visit(tenant: Tenant, by: User, at: datetime, email: str) -> SupportAccess:
    """A visit that began at a time."""
    secret = grant(by=by, membership=member(tenant, email=email), reason=REASON, now=at)
    return begin(secret=secret, tenant=tenant, now=at)[0]


def test_owners_see_every_visit(owner: APIClient, tenant: Tenant, other_tenant: Tenant) -> None:
    sue = supporter()
    first = visit(tenant, sue, NOW - timedelta(days=1), "a@acme.example")
    second = visit(tenant, sue, NOW - timedelta(hours=3), "b@acme.example")
    end(access=second, now=NOW - timedelta(hours=2, minutes=50))
    grant(by=sue, membership=member(tenant, email="c@acme.example"), reason="never used")
    visit(other_tenant, sue, NOW, "CANARY-B@bravo.example".lower())

    body = owner.get(ACCESSES).json()

    assert body["results"] == [
        {
            "id": second.pk,
            "by": "Sue Port",
            "acted_as": "b@acme.example",
            "reason": REASON,
            "started_at": "2026-11-22T06:00:00Z",
            "ended_at": "2026-11-22T06:10:00Z",
            "ends_at": "2026-11-22T06:30:00Z",
        },
        {
            "id": first.pk,
            "by": "Sue Port",
            "acted_as": "a@acme.example",
            "reason": REASON,
            "started_at": "2026-11-21T09:00:00Z",
            "ended_at": "2026-11-21T09:30:00Z",
            "ends_at": "2026-11-21T09:30:00Z",
        },
    ]


def test_one_that_goes_on_has_no_end_yet(owner: APIClient, tenant: Tenant) -> None:
    in_the_place_of(member(tenant), by=supporter())

    assert [one["ended_at"] for one in owner.get(ACCESSES).json()["results"]] == [None]


def test_names_stay_when_the_people_are_gone(owner: APIClient, tenant: Tenant) -> None:
    sue = supporter()
    visit(tenant, sue, NOW, "a@acme.example")

    sue.delete()
    User.objects.get(email="a@acme.example").delete()

    found = owner.get(ACCESSES).json()["results"][0]
    assert (found["by"], found["acted_as"]) == ("Sue Port", "a@acme.example")


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_as_for_one(count: int, owner: APIClient, tenant: Tenant) -> None:
    sue = supporter()
    for number in range(count):
        visit(tenant, sue, NOW, f"{number}@acme.example")

    owner.get(ACCESSES)
    with CaptureQueriesContext(connection) as queries:
        owner.get(ACCESSES)

    assert len([one for one in queries.captured_queries if "core_supportaccess" in one["sql"]]) == 2


@pytest.mark.parametrize("path", [ACCESSES, SETTING])
def test_for_owners_alone(path: str, manager: APIClient, staff: APIClient, anonymous: APIClient) -> None:
    found = [(one.get(path).status_code, one.get(path).json()["code"]) for one in (manager, staff, anonymous)]

    assert found == [(403, "role_required"), (403, "role_required"), (401, "not_authenticated")]


def test_support_is_allowed_until_an_owner_says_no(owner: APIClient, tenant: Tenant) -> None:
    assert owner.get(SETTING).json() == {"support_access_allowed": True}

    response = owner.patch(SETTING, {"support_access_allowed": False}, format="json")

    assert (response.status_code, response.json()) == (200, {"support_access_allowed": False})
    assert owner.get(SETTING).json() == {"support_access_allowed": False}
    entry = AuditEntry.objects.get(action="support.refused")
    assert (entry.tenant, entry.before, entry.after) == (
        tenant,
        {"support_access_allowed": True},
        {"support_access_allowed": False},
    )


def test_saying_what_is_so_changes_nothing(owner: APIClient) -> None:
    owner.patch(SETTING, {"support_access_allowed": True}, format="json")

    assert not AuditEntry.objects.filter(action__startswith="support.").exists()


def test_saying_no_ends_what_support_is_doing(owner: APIClient, tenant: Tenant) -> None:
    browser = in_the_place_of(member(tenant), by=supporter())

    owner.patch(SETTING, {"support_access_allowed": False}, format="json")
    owner.patch(SETTING, {"support_access_allowed": True}, format="json")

    assert browser.get("/api/entitlements/").status_code == 401
    assert SupportAccess.objects.get().ended_at is not None


@pytest.mark.parametrize("role", ["manager", "staff"])
def test_others_have_no_say(role: str, request: pytest.FixtureRequest, tenant: Tenant) -> None:
    client: APIClient = request.getfixturevalue(role)

    response = client.patch(SETTING, {"support_access_allowed": False}, format="json")

    tenant.refresh_from_db()
    assert (response.status_code, tenant.support_access_allowed) == (403, True)


def test_what_is_no_answer_is_refused(owner: APIClient) -> None:
    response = owner.patch(SETTING, {}, format="json")

    assert (response.status_code, list(response.json()["errors"])) == (400, ["support_access_allowed"])


def test_support_itself_cannot_switch_it_on_again(tenant: Tenant) -> None:
    browser: Browser = in_the_place_of(member(tenant), by=supporter())

    response = browser.send("PATCH", SETTING, {"support_access_allowed": True})

    assert (response.status_code, response.json()["code"]) == (403, "not_while_impersonating")
