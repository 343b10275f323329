"""Who is calling: by token, by session, or nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from core.models import ApiToken, Membership, Role, Scope, Tenant
from core.tokens import issue_named_token, issue_sign_in_token, record_use
from tests.core.browser import Browser, person
from tests.fixtures import PutOnPlan

SNAPSHOT = "/api/entitlements/"
NOBODY = {"detail": "Authentication credentials were not provided.", "code": "not_authenticated"}
NOT_VALID = {
    "detail": "This token is not valid here. Sign in at POST /auth-token/.",
    "code": "not_authenticated",
}
NO_MEMBER = {
    "detail": "This token's owner does not belong to the business any more.",
    "code": "not_authenticated",
}


def answer(client: Client, method: str = "GET", path: str = SNAPSHOT, **extra: Any) -> tuple[int, Any]:
    """The status and body of the answer at Acme's host."""
    response = client.generic(method, path, **extra)
    return response.status_code, response.json()


@pytest.fixture
def membership(tenant: Tenant) -> Membership:
    """The membership of Acme's owner."""
    return Membership.objects.select_related("user", "tenant__plan").get(tenant=tenant, role=Role.OWNER)


def client_with(header: str) -> APIClient:
    """A client that sends this Authorization header to Acme's host."""
    client = APIClient(SERVER_NAME="acme.localhost")
    client.credentials(HTTP_AUTHORIZATION=header)
    return client


# --- By token ----------------------------------------------------------------------------------------------------


def test_a_usable_token(membership: Membership) -> None:
    secret = issue_sign_in_token(membership=membership).secret

    found = [
        client_with(f"{scheme} {secret}").get("/api/session/").status_code for scheme in ("Token", "token", "TOKEN")
    ]

    assert found == [200, 200, 200]
    assert client_with(f"Token {secret}").get(SNAPSHOT).json()["plan"] == {
        "code": "professional",
        "name": "Professional",
    }


def test_nobody(anonymous: APIClient) -> None:
    response = anonymous.get(SNAPSHOT)

    assert (response.status_code, response.json(), response["WWW-Authenticate"]) == (401, NOBODY, "Token")


@pytest.mark.parametrize("header", ["Bearer x", "Basic b3duZXI6cHc=", "", " ", "sst_x", "Digest username=x"])
def test_another_scheme_is_nobody(header: str, db: None) -> None:
    assert answer(client_with(header)) == (401, NOBODY)


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token ",
        "Token a b",
        "Tokenless",
        "Token sst_unknown",
        "Token unmarked",
        "Token sst_" + "x" * 200,
        "Token sst_\xe9",
        "Token sst_\x00",
        "Token ''; --",
    ],
)
def test_a_malformed_or_unknown_token(header: str, db: None) -> None:
    assert answer(client_with(header)) == (401, NOT_VALID)


@pytest.mark.parametrize("change", [{"expires_at": -1}, {"expires_at": 0}, {"revoked_at": -1}])
def test_a_token_whose_time_is_over(change: dict[str, int], membership: Membership) -> None:
    issued = issue_sign_in_token(membership=membership)
    moments = {name: timezone.now() + timedelta(seconds=seconds) for name, seconds in change.items()}
    ApiToken.objects.filter(pk=issued.token.pk).update(**moments)

    assert answer(client_with(f"Token {issued.secret}")) == (401, NOT_VALID)


def test_the_hash_of_a_token_is_not_the_token(membership: Membership) -> None:
    issued = issue_sign_in_token(membership=membership)

    found = [answer(client_with(f"Token {word}")) for word in (issued.token.digest, issued.token.prefix)]

    assert found == [(401, NOT_VALID)] * 2


def test_a_person_who_was_deactivated(membership: Membership, owner: APIClient) -> None:
    membership.user.is_active = False
    membership.user.save()

    assert answer(owner) == (401, NO_MEMBER)


def test_a_membership_that_was_deactivated(membership: Membership, owner: APIClient) -> None:
    assert owner.get(SNAPSHOT).status_code == 200
    Membership.objects.filter(pk=membership.pk).update(is_active=False)

    assert answer(owner) == (401, NO_MEMBER)


def test_a_membership_that_was_removed(membership: Membership, owner: APIClient) -> None:
    membership.delete()

    assert answer(owner) == (401, NO_MEMBER)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", SNAPSHOT),
        ("POST", SNAPSHOT),
        ("POST", "/api/tokens/"),
        ("DELETE", "/api/tokens/1/"),
        ("PATCH", "/api/team/99999999999999999999/"),
        ("GET", "/api/team/?ordering=nonsense&page=-1"),
        ("POST", "/api/invitations/"),
        ("GET", "/api/analytics/analytics/dashboard/"),
    ],
)
@pytest.mark.parametrize("header", ["", "Token sst_unknown"])
def test_401_comes_before_anything_else(
    method: str, path: str, header: str, tenant: Tenant, put_on_plan: PutOnPlan
) -> None:
    put_on_plan("free")
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=timezone.now())
    client = client_with(header)

    found = answer(client, method, path, data=b"{not json", content_type="text/nonsense")

    assert found == (401, NOT_VALID if header else NOBODY)


# --- Scopes ------------------------------------------------------------------------------------------------------


@pytest.fixture
def reader(membership: Membership) -> APIClient:
    """A program of Acme's owner that may only read."""
    issued = issue_named_token(membership=membership, name="Report", scope=Scope.READ, expires_at=None)
    return client_with(f"Token {issued.secret}")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_reading_token_reads(method: str, reader: APIClient) -> None:
    assert reader.generic(method, "/api/team/").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/team/", "/api/team/1/", "/api/tokens/", SNAPSHOT])
def test_a_reading_token_writes_nothing(method: str, path: str, reader: APIClient) -> None:
    assert answer(reader, method, path) == (
        403,
        {
            "detail": "This token may only read. Create one with the scope write.",
            "code": "scope_required",
            "required_scope": "write",
        },
    )


def test_a_refused_write_is_no_use(reader: APIClient) -> None:
    reader.delete("/api/team/1/")

    assert ApiToken.objects.get(name="Report").last_used_at is None


# --- When a token was used last ----------------------------------------------------------------------------------


def test_the_use_of_a_token_is_recorded_once_a_minute(membership: Membership) -> None:
    token = issue_sign_in_token(membership=membership).token
    start = timezone.now()
    found = []
    for seconds in (0, 1, 59, 60, 61, 119, 121):
        token.refresh_from_db()
        record_use(token, now=start + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at is not None
        found.append((token.last_used_at - start).total_seconds())

    assert found == [0, 0, 0, 60, 60, 60, 121]


def test_two_requests_in_a_row_write_once(owner: APIClient) -> None:
    before = timezone.now()
    owner.get(SNAPSHOT)
    first = ApiToken.objects.get().last_used_at
    owner.get(SNAPSHOT)

    assert first is not None
    assert before <= first <= timezone.now()
    assert ApiToken.objects.get().last_used_at == first


# --- By session --------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(tenant: Tenant) -> Browser:
    """A browser in which somebody who manages Acme and Bravo is signed in at Acme."""
    other = Tenant.objects.get(schema_name="bravo")
    person("both@acme.example", (tenant, Role.MANAGER), (other, Role.OWNER))
    made = Browser()
    assert made.sign_in("both@acme.example").status_code == 200
    return made


def test_a_session(browser: Browser) -> None:
    assert browser.get(SNAPSHOT).status_code == 200


@pytest.mark.parametrize("host", ["bravo.localhost", "bravo.lvh.me"])
def test_a_session_replayed_on_another_business_s_host_is_nobody(host: str, browser: Browser) -> None:
    elsewhere = Browser(host)
    elsewhere.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value

    assert answer(elsewhere) == (401, NOBODY)
    assert elsewhere.get("/api/session/").json()["user"] is None
    assert browser.get(SNAPSHOT).status_code == 200


def test_a_session_replayed_on_the_platform_s_host_is_nobody(browser: Browser) -> None:
    elsewhere = Browser("localhost")
    elsewhere.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value

    assert elsewhere.get(SNAPSHOT).status_code == 401
    assert elsewhere.get("/admin/").status_code == 302


def test_a_session_of_the_back_office_is_nobody_at_a_business(tenant: Tenant) -> None:
    admin = person("admin@platform.example", (tenant, Role.OWNER))
    admin.is_staff = admin.is_superuser = True
    admin.save()
    client = Client(SERVER_NAME="localhost")
    assert (
        client.post("/admin/login/", {"username": admin.email, "password": "correct horse battery"}).status_code == 302
    )
    client.defaults["SERVER_NAME"] = "acme.localhost"

    assert answer(client) == (401, NOBODY)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/invitations/", "/api/tokens/1/", "/api/team/1/", "/api/resources/"])
def test_a_session_writes_with_the_csrf_token_alone(method: str, path: str, browser: Browser) -> None:
    response = browser.send(method, path, {}, csrf=False)

    assert (response.status_code, response.json()) == (
        403,
        {"detail": "CSRF Failed: CSRF token missing.", "code": "permission_denied"},
    )
    assert browser.send(method, path, {}).json()["code"] != "permission_denied"


def test_a_token_needs_no_csrf_token(membership: Membership) -> None:
    secret = issue_sign_in_token(membership=membership).secret
    browser = Browser(HTTP_AUTHORIZATION=f"Token {secret}")

    response = browser.send("POST", "/api/invitations/", {}, csrf=False)

    assert (response.status_code, sorted(response.json()["errors"])) == (400, ["email", "role"])


def test_a_token_of_another_business_is_not_rescued_by_a_session(browser: Browser, other_tenant: Tenant) -> None:
    membership = Membership.objects.select_related("user", "tenant").get(
        tenant=other_tenant, user__email="both@acme.example"
    )
    browser.defaults["HTTP_AUTHORIZATION"] = f"Token {issue_sign_in_token(membership=membership).secret}"

    assert answer(browser) == (401, NOT_VALID)


@pytest.mark.parametrize("change", ["remove", "deactivate", "deactivate the person"])
def test_a_session_ends_with_the_membership(change: str, browser: Browser, tenant: Tenant) -> None:
    membership = Membership.objects.select_related("user").get(tenant=tenant, user__email="both@acme.example")
    if change == "remove":
        membership.delete()
    elif change == "deactivate":
        Membership.objects.filter(pk=membership.pk).update(is_active=False)
    else:
        membership.user.is_active = False
        membership.user.save()

    assert answer(browser) == (401, NOBODY)
    assert browser.get("/api/session/").json()["user"] is None


def test_a_role_that_changes_counts_from_the_next_request(browser: Browser, tenant: Tenant) -> None:
    Membership.objects.filter(tenant=tenant, user__email="both@acme.example").update(role=Role.STAFF)

    found = browser.send("POST", "/api/invitations/", {"email": "new@acme.example", "role": "staff"})

    assert (found.status_code, found.json()["code"]) == (403, "role_required")
