"""Limits every request meets before any view."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from core.limits import WEB_CONNECTION_LIMITS, BodySizeMiddleware, client_ip, limit_web_connections


def answer(content_length: str | None) -> HttpResponse:
    """What the middleware makes of a request with this Content-Length."""
    request = HttpRequest()
    if content_length is not None:
        request.META["CONTENT_LENGTH"] = content_length
    return BodySizeMiddleware(lambda _request: HttpResponse("through"))(request)


@pytest.mark.parametrize("length", [None, "", "0", "5", "1048576", "0001"])
def test_a_body_of_usual_size_passes(length: str | None) -> None:
    assert answer(length).content == b"through"


@pytest.mark.parametrize("length", ["1048577", "9" * 30, "9" * 5_000])
def test_a_body_that_is_too_large(length: str) -> None:
    found = answer(length)

    assert isinstance(found, JsonResponse)
    assert found.status_code == 413
    assert found.content.decode().startswith(
        '{"detail": "The body may have at most 1048576 bytes; this one has 9999'
        if length.startswith("9")
        else '{"detail": "The body may have at most 1048576 bytes; this one has 1048577.", "code": "body_too_large"}'
    )


@pytest.mark.parametrize("length", ["-1", "abc", "1.5", "0x10", "1e3", "5, 5"])
def test_a_length_that_is_no_number(length: str) -> None:
    found = answer(length)

    assert (found.status_code, found.content) == (
        400,
        b'{"detail": "Content-Length is not a number.", "code": "invalid"}',
    )


def test_the_limit_holds_on_every_host_and_path(db: None, settings: Settings) -> None:
    settings.MAX_BODY_BYTES = 1024

    found = [
        Client(SERVER_NAME=host).post(path, b"x" * 1025, content_type="application/json").json()
        for host, path in (("acme.localhost", "/api/session/"), ("localhost", "/auth-token/"), ("nobody.example", "/x"))
    ]

    assert (
        found == [{"detail": "The body may have at most 1024 bytes; this one has 1025.", "code": "body_too_large"}] * 3
    )


def test_a_body_that_just_fits_is_read(db: None, settings: Settings) -> None:
    settings.MAX_BODY_BYTES = 1024
    body = b'{"username": "%s"}' % (b"x" * (1024 - len(b'{"username": ""}')))

    found = Client(SERVER_NAME="localhost").post("/auth-token/", body, content_type="application/json").json()

    assert sorted(found["errors"]) == ["password", "username"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, "10.0.0.1"),
        (0, "1.1.1.1", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "1.1.1.1"),
        (3, " 1.1.1.1 ,, 2.2.2.2 ", "1.1.1.1"),
        (1, "  ,  ", "10.0.0.1"),
        (1, "2001:DB8::0:1", "2001:db8::1"),
        (1, "not an address", None),
        (1, "1.1.1.1:8080", None),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "1.1.1.1'; DROP TABLE", None),
    ],
)
def test_the_caller_s_address(proxies: int, forwarded: str | None, expected: str | None, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}

    assert client_ip(RequestFactory(REMOTE_ADDR="10.0.0.1").get("/", headers=headers)) == expected


@pytest.mark.parametrize("address", ["", "unix:", "@"])
def test_a_caller_without_an_address(address: str) -> None:
    assert client_ip(RequestFactory(REMOTE_ADDR=address).get("/")) is None


def test_web_connections_are_limited_in_time(db: None) -> None:
    from django.db import connections
    from django.db.backends.signals import connection_created

    limit_web_connections()
    try:
        fresh = connections.create_connection("default")
        with fresh.cursor() as cursor:
            found = {}
            for name in WEB_CONNECTION_LIMITS:
                cursor.execute(f"SHOW {name}")
                found[name] = cursor.fetchone()[0]
        fresh.close()
    finally:
        connection_created.disconnect(dispatch_uid="core.limits")

    assert found == {
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
        "client_connection_check_interval": "1s",
    }
    assert connection.alias == "default"
