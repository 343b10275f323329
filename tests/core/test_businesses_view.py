"""`/api/session/businesses/`: from the platform's address to a business's own."""

from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from core.models import Domain, Membership, Role, Tenant, User
from tests.core.browser import PASSWORD, person


@pytest.fixture
def both(tenant: Tenant, other_tenant: Tenant) -> User:
    """Somebody who belongs to Bravo and to Acme."""
    return person("both@acme.example", (other_tenant, Role.OWNER), (tenant, Role.STAFF))


def without_secrets(response: Any) -> list[dict[str, str]]:
    """The businesses; each with a secret of its own, which is left out."""
    businesses: list[dict[str, str]] = response.json()["businesses"]
    secrets = [business.pop("handoff") for business in businesses]
    assert len(set(secrets)) == len(secrets)
    return businesses


def ask(email: str = "both@acme.example", password: str = PASSWORD, host: str = "localhost") -> Any:
    """Ask for a person's businesses."""
    body = {"email": email, "password": password}
    return APIClient(SERVER_NAME=host).post("/api/session/businesses/", body, format="json")


@pytest.mark.parametrize("host", ["localhost", "lvh.me", "acme.localhost"])
def test_the_businesses_of_a_person(host: str, both: User) -> None:
    response = ask(host=host)

    assert response.status_code == 200
    assert without_secrets(response) == [
        {"name": "Acme", "url": "http://acme.localhost:8000/", "role": "staff"},
        {"name": "Bravo", "url": "http://bravo.localhost:8000/", "role": "owner"},
    ]


def test_the_address_is_the_primary_domain(both: User, tenant: Tenant) -> None:
    Domain.objects.create(tenant=tenant, domain="book.acme.example", is_primary=True)

    assert without_secrets(ask())[0]["url"] == "http://book.acme.example:8000/"


def test_a_business_somebody_has_left(both: User, tenant: Tenant) -> None:
    Membership.objects.filter(user=both, tenant=tenant).update(is_active=False)

    assert [one["name"] for one in ask().json()["businesses"]] == ["Bravo"]


def test_somebody_without_a_business(db: None) -> None:
    person("alone@acme.example")

    assert ask("alone@acme.example").json() == {"businesses": []}


@pytest.mark.parametrize(("email", "password"), [("both@acme.example", "wrong"), ("nobody@acme.example", PASSWORD)])
def test_the_password_is_asked_for(email: str, password: str, both: User) -> None:
    response = ask(email, password)

    assert (response.status_code, response.json()) == (
        400,
        {"detail": "The e-mail address and the password do not belong together.", "code": "wrong_credentials"},
    )


def test_failures_count_towards_the_lock(both: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2

    found = [ask(password="wrong").status_code for _ in range(2)] + [ask().status_code]

    assert found == [400, 429, 429]


def test_a_business_is_asked_for_only_by_post(db: None) -> None:
    assert APIClient(SERVER_NAME="localhost").get("/api/session/businesses/").status_code == 405
