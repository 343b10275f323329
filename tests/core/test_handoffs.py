"""One-time grants: from the platform's address into a session at a business's own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.throttling import SimpleRateThrottle

from core.handoffs import LIFETIME, HandoffInvalid, issue, redeem
from core.housekeeping import tidy_up
from core.models import AuditEntry, Handoff, Membership, Role, Tenant, User
from tests.core.browser import PASSWORD, Browser, person

HANDOFF = "/api/session/handoff/"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
INVALID = {"detail": "This link has been used or has expired. Sign in again.", "code": "handoff_invalid"}


@pytest.fixture
def both(tenant: Tenant, other_tenant: Tenant) -> User:
    """Somebody who belongs to Bravo and to Acme."""
    return person("both@acme.example", (other_tenant, Role.OWNER), (tenant, Role.STAFF))


def arrive(secret: str, host: str = "acme.localhost") -> tuple[int, Any]:
    """Arrive at a business with a secret."""
    response = Browser(host).send("POST", HANDOFF, {"token": secret})
    return response.status_code, response.json()


def test_from_the_platform_s_address_into_a_business(both: User, tenant: Tenant) -> None:
    platform = Browser("localhost")
    answer = platform.generic(
        "POST",
        "/api/session/businesses/",
        f'{{"email": "{both.email}", "password": "{PASSWORD}"}}',
        content_type="application/json",
    )
    acme = next(one for one in answer.json()["businesses"] if one["name"] == "Acme")
    browser = Browser(REMOTE_ADDR="192.0.2.7")

    response = browser.send("POST", HANDOFF, {"token": acme["handoff"]})

    body = {
        "user": {"id": both.pk, "email": both.email, "name": "", "role": "staff"},
        "business": {"name": "Acme", "timezone": "America/New_York", "currency": "USD", "accent": None},
        "impersonation": None,
    }
    assert acme["url"] == "http://acme.localhost:8000/"
    assert (response.status_code, response.json(), browser.get("/api/session/").json()) == (200, body, body)
    entries = AuditEntry.objects.filter(action="signed_in").values_list("tenant", "actor", "object_label", "ip_address")
    assert list(entries) == [(tenant.pk, both.pk, "handoff", "192.0.2.7")]


def test_only_the_digest_is_stored(both: User, tenant: Tenant) -> None:
    secret = issue(user=both, tenant=tenant, now=NOW)

    row = Handoff.objects.get()
    assert (len(secret), len(row.digest), secret in row.digest) == (43, 64, False)
    assert (row.user, row.tenant, row.expires_at, row.used_at) == (both, tenant, NOW + LIFETIME, None)


def test_it_works_for_a_minute(both: User, tenant: Tenant) -> None:
    early, late = (issue(user=both, tenant=tenant, now=NOW) for _ in range(2))

    found = redeem(secret=early, tenant=tenant, now=NOW + timedelta(seconds=59))
    with pytest.raises(HandoffInvalid):
        redeem(secret=late, tenant=tenant, now=NOW + timedelta(seconds=60))

    assert (found.user, found.used_at) == (both, NOW + timedelta(seconds=59))


@pytest.mark.parametrize(
    "case", ["unknown", "used", "expired", "another tenant's", "former member", "inactive person", "platform staff"]
)
def test_every_refusal_reads_the_same(case: str, both: User, tenant: Tenant, other_tenant: Tenant) -> None:
    secret = issue(user=both, tenant=tenant)
    if case == "unknown":
        secret = "x" * 43
    elif case == "used":
        assert arrive(secret)[0] == 200
        Session.objects.all().delete()
    elif case == "expired":
        Handoff.objects.update(expires_at=NOW)
    elif case == "another tenant's":
        secret = issue(user=both, tenant=other_tenant)
    elif case == "former member":
        Membership.objects.filter(user=both, tenant=tenant).update(is_active=False)
    elif case == "inactive person":
        User.objects.filter(pk=both.pk).update(is_active=False)
    else:
        secret = issue(user=User.objects.create_superuser("admin@platform.example", PASSWORD), tenant=tenant)

    assert arrive(secret) == (400, INVALID)
    assert Session.objects.count() == 0


def test_one_tried_at_the_wrong_address_still_works_at_the_right_one(both: User, tenant: Tenant) -> None:
    secret = issue(user=both, tenant=tenant)

    assert [arrive(secret, host)[0] for host in ("bravo.localhost", "acme.localhost")] == [400, 200]


def test_a_page_of_another_origin_cannot_use_it(both: User, tenant: Tenant) -> None:
    secret = issue(user=both, tenant=tenant)

    found = [
        Browser(HTTP_ORIGIN="http://evil.example").send("POST", HANDOFF, {"token": secret}),
        Browser().send("POST", HANDOFF, {"token": secret}, csrf=False),
    ]

    assert [(one.status_code, one.json()["code"]) for one in found] == [(403, "permission_denied")] * 2
    assert Handoff.objects.get().used_at is None


def test_it_takes_the_place_of_whoever_was_signed_in(both: User, tenant: Tenant) -> None:
    ann = person("ann@acme.example", (tenant, Role.MANAGER))
    browser = Browser()
    browser.sign_in(ann.email)

    browser.send("POST", HANDOFF, {"token": issue(user=both, tenant=tenant)})

    assert browser.get("/api/session/").json()["user"]["id"] == both.pk
    assert Session.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": None}, {"token": ["x"]}, {"token": "x" * 101}])
def test_a_body_that_cannot_be_meant(body: dict[str, Any], db: None) -> None:
    response = Browser().send("POST", HANDOFF, body)

    assert (response.status_code, list(response.json()["errors"])) == (400, ["token"])


def test_the_platform_s_address_begins_no_session(both: User, tenant: Tenant) -> None:
    secret = issue(user=both, tenant=tenant)

    response = Browser("localhost").generic("POST", HANDOFF, f'{{"token": "{secret}"}}', "application/json")

    assert (response.status_code, Handoff.objects.get().used_at) == (401, None)


def test_guessing_is_slowed_down(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None, "user": None, "sign_in": "2/min"})

    assert [arrive("x" * 43)[0] for _ in range(3)] == [400, 400, 429]


def test_housekeeping_forgets_those_whose_minute_is_over(both: User, tenant: Tenant) -> None:
    for age in (30, 61, 3600):
        issue(user=both, tenant=tenant, now=NOW - timedelta(seconds=age))

    tidy_up(NOW)

    assert [one.created_at for one in Handoff.objects.all()] == [NOW - timedelta(seconds=30)]


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[User, Tenant]]:
    """A person and Acme, committed, so that other connections see them."""
    with django_db_blocker.unblock():
        tenant = Tenant.objects.get(schema_name="acme")
        user = person("hasty@acme.example", (tenant, Role.STAFF))
        try:
            yield user, tenant
        finally:
            Handoff.objects.filter(user=user).delete()
            Membership.objects.filter(user=user).delete()
            # A cascade would look for the person's rows in the tables of a tenant, and none is active.
            User.objects.filter(pk=user.pk)._raw_delete("default")


def test_of_many_at_once_one_gets_in(committed: tuple[User, Tenant]) -> None:
    user, tenant = committed
    secret = issue(user=user, tenant=tenant)
    ready = Barrier(8, timeout=60)

    def attempt(_: int) -> bool:
        try:
            connection.ensure_connection()
            ready.wait()
            redeem(secret=secret, tenant=tenant)
        except HandoffInvalid:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(8))) == [False] * 7 + [True]
