"""How often somebody may try to come in."""

from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle

from core.models import Role, Tenant, User
from tests.core.browser import PASSWORD, person


@pytest.fixture
def ann(tenant: Tenant) -> User:
    """A manager of Acme with the usual password."""
    return person("ann@acme.example", (tenant, Role.MANAGER))


def ask(user: User, host: str = "localhost", address: str = "192.0.2.1") -> Any:
    """Ask for a token."""
    body = {"username": user.email, "password": PASSWORD}
    return APIClient(SERVER_NAME=host, REMOTE_ADDR=address).post("/auth-token/", body, format="json")


@pytest.fixture
def _rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sign-ins a minute, and nothing counted so far."""
    cache.clear()
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": "60/min", "user": None, "sign_in": "2/min"})


@pytest.mark.usefixtures("_rates")
def test_a_hasty_caller_is_told_to_wait(ann: User) -> None:
    found = [ask(ann) for _ in range(3)]

    body = found[2].json()
    assert [one.status_code for one in found] == [200, 200, 429]
    assert (body["code"], body["detail"].startswith("Request was throttled.")) == ("too_many_requests", True)
    assert 1 <= int(found[2]["Retry-After"]) <= 60


@pytest.mark.usefixtures("_rates")
def test_each_address_is_counted_for_itself(ann: User) -> None:
    found = [ask(ann, address=f"192.0.2.{number % 2}").status_code for number in range(6)]

    assert found == [200, 200, 200, 200, 429, 429]


@pytest.mark.usefixtures("_rates")
@pytest.mark.parametrize("path", ["/api/session/", "/api/session/businesses/", "/api/invitations/accept/"])
def test_every_way_in_counts_together(path: str, ann: User) -> None:
    for _ in range(2):
        ask(ann, "acme.localhost")

    response = APIClient(SERVER_NAME="acme.localhost", REMOTE_ADDR="192.0.2.1").post(path, {}, format="json")

    assert response.status_code == 429


@pytest.mark.usefixtures("_rates")
def test_looking_at_the_session_does_not_count(ann: User) -> None:
    client = APIClient(SERVER_NAME="acme.localhost", REMOTE_ADDR="192.0.2.1")

    assert [client.get("/api/session/").status_code for _ in range(5)] == [200] * 5


@pytest.mark.usefixtures("_rates")
def test_a_made_up_forwarding_header_helps_nobody(ann: User) -> None:
    client = APIClient(SERVER_NAME="localhost", REMOTE_ADDR="192.0.2.1")

    found = [
        client.post(
            "/auth-token/",
            {"username": ann.email, "password": PASSWORD},
            format="json",
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        ).status_code
        for number in range(3)
    ]

    assert found == [200, 200, 429]
