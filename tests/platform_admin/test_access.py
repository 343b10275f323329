"""Who may come into the back office, and what their browser may run there."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from core.models import Membership, Role, Tenant, User
from core.tokens import issue_sign_in_token
from tests.core.browser import PASSWORD, person
from tests.platform_admin.office import PLANS, TENANTS, plan_page, signed_in, tenant_page


@pytest.mark.parametrize("path", ["/admin/", PLANS, f"{PLANS}1/change/", TENANTS, "/admin/core/auditentry/"])
def test_nobody_is_asked_to_sign_in(path: str, db: None) -> None:
    response = Client(SERVER_NAME="localhost").get(path)

    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={path}")
    assert Client(SERVER_NAME="localhost").get("/admin/login/").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_a_business_s_people_are_asked_to_sign_in(role: Role, tenant: Tenant) -> None:
    client = signed_in(person("someone@acme.example", (tenant, role)))

    response = client.get(PLANS)

    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={PLANS}")


def test_a_token_opens_nothing(admin: User, tenant: Tenant) -> None:
    membership = Membership.objects.create(user=admin, tenant=tenant, role=Role.OWNER)
    secret = issue_sign_in_token(membership=membership).secret
    client = APIClient(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Token {secret}")

    assert [client.get(path).status_code for path in ("/admin/", PLANS)] == [404, 404]


def test_signing_in(admin: User) -> None:
    client = Client(SERVER_NAME="localhost")

    response = client.post(
        "/admin/login/", {"username": "ADMIN@platform.example", "password": PASSWORD, "next": "/admin/"}
    )

    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_too_many_failures_lock_out(admin: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    client = Client(SERVER_NAME="localhost")

    found = [
        client.post("/admin/login/", {"username": admin.email, "password": word}) for word in ("x", "x", "x", PASSWORD)
    ]

    assert [one.status_code for one in found] == [200, 200, 429, 429]
    assert (found[3].json()["code"], found[3]["Retry-After"]) == ("locked_out", "900")


def test_platform_staff_see_what_they_were_given(db: None) -> None:
    clerk = person("clerk@platform.example")
    clerk.is_staff = True
    clerk.save()
    clerk.user_permissions.add(
        Permission.objects.get(content_type__app_label="platform_admin", codename="view_subscriptionplan")
    )
    client = signed_in(clerk)

    found = [client.get(path).status_code for path in ("/admin/", PLANS, TENANTS, "/admin/core/user/")]

    assert found == [200, 200, 403, 403]


def directives(response: Any) -> dict[str, set[str]]:
    """The content security policy of an answer."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {part[0]: set(part[1:]) for part in parts if part}


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("localhost", "/admin/"),
        ("localhost", "/admin/login/"),
        ("localhost", PLANS),
        ("localhost", "/api/docs/"),
        ("acme.localhost", "/api/session/"),
        ("acme.localhost", "/calendar"),
        ("nobody.localhost", "/"),
    ],
)
def test_no_inline_script_runs_anywhere(host: str, path: str, office: Client) -> None:
    response = office.get(path, headers={"host": host})
    response.close()

    policy = directives(response)
    assert policy["script-src"] <= {"'self'", *(one for one in policy["script-src"] if one.startswith("'nonce-"))}
    assert (policy["default-src"], policy["object-src"], policy["frame-ancestors"], policy["base-uri"]) == (
        {"'self'"},
        {"'none'"},
        {"'none'"},
        {"'self'"},
    )


def test_the_pages_of_the_back_office_hold_no_inline_script(office: Client, tenant: Tenant) -> None:
    for path in ("/admin/", PLANS, plan_page("free"), TENANTS, tenant_page(tenant), "/admin/login/"):
        page = office.get(path, follow=True).content.decode()
        scripts = re.findall(r"<script\b([^>]*)>", page)
        assert [one for one in scripts if "src=" not in one and "application/json" not in one] == []
        assert re.findall(r"\son\w+=", page) == []
