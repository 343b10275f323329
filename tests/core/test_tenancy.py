"""From a host, or a token on the platform's host, to the business; anything else is nothing."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings
from rest_framework.test import APIClient

from core.active import tenant_of
from core.models import Domain, Tenant
from core.tenancy import TenancyMiddleware, canonical_host
from core.tokens import issue_sign_in_token, revoke_token
from tests.core.schemas import schema_now, schema_set


def business(client: Client, host: str) -> tuple[int, str]:
    """The status, and the name of the business that answers at `host`."""
    response = client.get("/api/session/", headers={"host": host})
    is_json = response.headers["Content-Type"] == "application/json"
    return response.status_code, response.json().get("business", {}).get("name", "") if is_json else ""


@pytest.mark.parametrize(
    "host",
    [
        "acme.localhost",
        "acme.localhost:8000",
        "acme.lvh.me",
        "acme.lvh.me:8000",
        "acme.127.0.0.1",
        "ACME.LocalHost",
        "Acme.LVH.me:443",
        "acme.localhost.",
        "acme.localhost.:8000",
    ],
)
def test_a_host_of_a_business(host: str, db: None) -> None:
    assert business(Client(), host) == (200, "Acme")


@pytest.mark.parametrize(
    "host",
    [
        "nobody.localhost",
        "acme",
        "acme.example",
        "localhost.acme.localhost",
        "x.acme.localhost",
        "acmelocalhost",
        "acme.localhost.localhost",
        "[::1]",
        "[::1]:8000",
        "192.0.2.1",
        "192.0.2.1:8000",
        "public.localhost",
        "testserver",
        "xn--nxasmq6b",
    ],
)
def test_a_host_of_nobody(host: str, db: None) -> None:
    response = Client().get("/api/session/", headers={"host": host})

    assert (response.status_code, response.content) == (404, b"")


@pytest.mark.parametrize(
    "host",
    [
        "acme.localhost/../x",
        "acme.localhost@evil.example",
        "acme localhost",
        "acme.localhost:port",
        "acme.localhost:80:80",
        "acme_.localhost",
        "<script>",
        "acme.localhost\x00",
        "äcme.localhost",
        "[::1",
        "..",
        "",
        ":8000",
        "a" * 300,
        "'; DROP TABLE core_tenant; --",
    ],
)
def test_a_malformed_host(host: str, db: None) -> None:
    response = Client().get("/api/session/", headers={"host": host})

    assert (response.status_code, response.content) == (404, b"")


def test_a_domain_of_the_business_s_own(tenant: Tenant) -> None:
    Domain.objects.create(tenant=tenant, domain="book.acme.example", is_primary=False)

    found = [business(Client(), host) for host in ("book.acme.example", "BOOK.acme.example:8000", "acme.example")]

    assert found == [(200, "Acme"), (200, "Acme"), (404, "")]


def test_a_proxy_s_word_about_the_host_is_not_believed(db: None) -> None:
    response = Client(SERVER_NAME="acme.localhost").get(
        "/api/session/", headers={"x-forwarded-host": "bravo.localhost", "forwarded": "host=bravo.localhost"}
    )

    assert response.json()["business"]["name"] == "Acme"


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@pytest.mark.parametrize("host", ["acme.localhost", "localhost", "nobody.example", "<malformed>", "[::1]:8000"])
def test_health_is_told_on_any_host(path: str, host: str, db: None) -> None:
    response = Client().get(path, headers={"host": host})

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_process_without_its_database_is_alive_and_not_ready(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", refuse)
        found = [Client().get(path) for path in ("/livez", "/readyz")]

    assert [(one.status_code, one.json()) for one in found] == [
        (200, {"status": "ok"}),
        (503, {"status": "unavailable", "detail": "The database does not answer."}),
    ]


# --- The platform's host -----------------------------------------------------------------------------------------

API_PATHS = ("/api/", "/api/entitlements/", "/api/team/1/", "/api/analytics/analytics/dashboard/", "/api/no/such/path")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "lvh.me", "LOCALHOST."])
def test_a_token_names_the_business_on_the_platform_s_host(host: str, owner: APIClient) -> None:
    assert business(owner, host) == (200, "Acme")


@pytest.mark.parametrize("path", API_PATHS)
@pytest.mark.parametrize("method", METHODS)
def test_without_a_token_the_platform_s_api_is_401(method: str, path: str, db: None) -> None:
    response = Client(SERVER_NAME="localhost").generic(method, path)

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Token")
    if method != "HEAD":
        assert response.json() == {
            "detail": "Sign in at POST /auth-token/ and send `Authorization: Token …`, "
            "or use the business's own address.",
            "code": "not_authenticated",
        }


@pytest.mark.parametrize("header", ["Token", "Token ", "Token sst_unknown", "Token a b", "Token \xff"])
@pytest.mark.parametrize("path", API_PATHS)
def test_with_an_unusable_token_too(header: str, path: str, db: None) -> None:
    response = Client(SERVER_NAME="localhost").get(path, headers={"authorization": header})

    assert (response.status_code, response.json()) == (
        401,
        {"detail": "This token is not valid here. Sign in at POST /auth-token/.", "code": "not_authenticated"},
    )


def test_a_revoked_token_names_no_business(tenant: Tenant) -> None:
    membership = tenant.memberships.select_related("user", "tenant").get()
    issued = issue_sign_in_token(membership=membership)
    revoke_token(token=issued.token, by=membership)

    response = Client(SERVER_NAME="localhost").get("/api/session/", headers={"authorization": f"Token {issued.secret}"})

    assert response.status_code == 401


def test_a_token_on_another_business_s_host_is_401(owner: APIClient) -> None:
    response = owner.get("/api/entitlements/", headers={"host": "bravo.localhost"})

    assert (response.status_code, response.json()) == (
        401,
        {"detail": "This token is not valid here. Sign in at POST /auth-token/.", "code": "not_authenticated"},
    )


def test_a_token_of_a_person_of_both_businesses_is_401_on_the_other_s_host(
    owner: APIClient, tenant: Tenant, other_tenant: Tenant
) -> None:
    other_tenant.memberships.create(user=tenant.memberships.get(role="owner").user, role="owner")

    response = owner.get("/api/entitlements/", headers={"host": "bravo.localhost"})

    assert response.status_code == 401


def test_the_back_office_is_on_the_platform_s_host_alone(db: None, owner: APIClient) -> None:
    found = {
        host: Client(SERVER_NAME=host).get("/admin/").status_code
        for host in ("localhost", "lvh.me", "acme.localhost", "acme.lvh.me", "nobody.localhost")
    }

    assert found == {
        "localhost": 302,
        "lvh.me": 302,
        "acme.localhost": 404,
        "acme.lvh.me": 404,
        "nobody.localhost": 404,
    }
    assert owner.get("/admin/login/", headers={"host": "localhost"}).status_code == 404


# --- The connection ----------------------------------------------------------------------------------------------


def test_the_connection_is_in_the_schema_during_the_request_and_in_public_afterwards(db: None) -> None:
    seen: list[tuple[str, ...]] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append((schema_now(), schema_set(), str(tenant_of(request))))
        return HttpResponse()

    middleware = TenancyMiddleware(view)
    for host in ("acme.localhost", "bravo.localhost", "localhost"):
        middleware(RequestFactory(SERVER_NAME=host).get("/"))
        seen.append((schema_now(), schema_set()))

    assert seen == [
        ("acme", "acme", "Acme"),
        ("public", "public"),
        ("bravo", "bravo", "Bravo"),
        ("public", "public"),
        ("public", "public", "None"),
        ("public", "public"),
    ]


def test_the_connection_is_in_public_after_a_failure_below_the_middleware(db: None) -> None:
    def fail(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError("bug")

    with pytest.raises(RuntimeError, match="bug"):
        TenancyMiddleware(fail)(RequestFactory(SERVER_NAME="acme.localhost").get("/"))

    assert (schema_now(), schema_set()) == ("public", "public")


def test_the_connection_is_in_public_after_a_view_has_failed(owner: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr("core.views.entitlements.entitlements_snapshot", fail)
    owner.raise_request_exception = False

    response = owner.get("/api/entitlements/")

    assert (response.status_code, schema_now(), schema_set()) == (500, "public", "public")


def test_what_an_earlier_request_left_behind_is_put_right_first(tenant: Tenant) -> None:
    assert schema_now() == "acme"  # as the fixture left it

    assert Client(SERVER_NAME="nobody.localhost").get("/").status_code == 404

    assert (schema_now(), schema_set()) == ("public", "public")


@pytest.mark.parametrize(
    ("host", "canonical"),
    [
        ("acme.one.example", "acme.one.example"),
        ("acme.two.example", "acme.one.example"),
        ("two.example", "two.example"),
        ("acmetwo.example", "acmetwo.example"),
        ("book.acme.example", "book.acme.example"),
    ],
)
def test_domains_are_stored_below_the_first_platform_domain(host: str, canonical: str, settings: Settings) -> None:
    settings.PLATFORM_DOMAINS = ("one.example", "two.example")

    assert canonical_host(host) == canonical
