"""`/api/session/`: signing in and out of the dashboard."""

from importlib import import_module
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from pytest_django import Settings

from core.models import AuditEntry, Membership, Role, Tenant, User
from tests.core.browser import PASSWORD, Browser, person

SESSION = "/api/session/"
BUSINESS = {"name": "Acme", "timezone": "America/New_York", "currency": "USD", "accent": None}
WRONG = {"detail": "The e-mail address and the password do not belong together.", "code": "wrong_credentials"}
COOKIE = django_settings.SESSION_COOKIE_NAME


@pytest.fixture
def ann(tenant: Tenant) -> User:
    """A manager of Acme with the usual password."""
    return person("ann@acme.example", (tenant, Role.MANAGER))


def test_nobody_is_told_about_the_business(db: None) -> None:
    browser = Browser()

    response = browser.get(SESSION)

    assert (response.status_code, response.json()) == (
        200,
        {"user": None, "business": BUSINESS, "impersonation": None},
    )
    assert list(browser.cookies) == ["csrftoken"]


def test_the_color_of_the_business(tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(accent_color="#2F6f4f")

    assert Browser().get(SESSION).json()["business"]["accent"] == "#2F6f4f"


def test_signing_in(ann: User) -> None:
    browser = Browser()

    response = browser.sign_in("ann@acme.example")

    body = {
        "user": {"id": ann.pk, "email": "ann@acme.example", "name": "", "role": "manager"},
        "business": BUSINESS,
        "impersonation": None,
    }
    assert (response.status_code, response.json()) == (200, body)
    assert browser.get(SESSION).json() == body
    cookie = browser.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


@pytest.mark.parametrize("email", ["ANN@Acme.example", "  ann@acme.example  "])
def test_the_address_is_read_generously(email: str, ann: User) -> None:
    assert Browser().sign_in(email).json()["user"]["id"] == ann.pk


def test_signing_in_is_recorded(ann: User, tenant: Tenant) -> None:
    Browser(REMOTE_ADDR="192.0.2.7").sign_in("ann@acme.example")

    entries = AuditEntry.objects.filter(action="signed_in").values_list("tenant", "actor", "object_label", "ip_address")
    assert list(entries) == [(tenant.pk, ann.pk, "session", "192.0.2.7")]


def test_signing_in_needs_the_csrf_token(ann: User) -> None:
    response = Browser().send("POST", SESSION, {"email": ann.email, "password": PASSWORD}, csrf=False)

    assert (response.status_code, response.json()) == (
        403,
        {"detail": "CSRF Failed: CSRF cookie not set.", "code": "permission_denied"},
    )
    assert Session.objects.count() == 0


def test_a_page_of_another_origin_cannot_sign_somebody_in(ann: User) -> None:
    browser = Browser(HTTP_ORIGIN="http://evil.example")

    response = browser.sign_in(ann.email)

    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")


def test_signing_in_rotates_the_csrf_token(ann: User) -> None:
    browser = Browser()
    browser.get(SESSION)
    before = browser.cookies["csrftoken"].value

    browser.sign_in("ann@acme.example")

    assert browser.cookies["csrftoken"].value != before


def test_a_session_somebody_else_planted_is_not_used(ann: User) -> None:
    planted = import_module(django_settings.SESSION_ENGINE).SessionStore()
    planted["planted"] = True
    planted.create()
    browser = Browser()
    browser.cookies[COOKIE] = planted.session_key

    browser.sign_in("ann@acme.example")

    thief = Browser()
    thief.cookies[COOKIE] = str(planted.session_key)
    assert [row.session_key for row in Session.objects.all()] == [browser.cookies[COOKIE].value]
    assert browser.cookies[COOKIE].value != planted.session_key
    assert thief.get(SESSION).json()["user"] is None


def test_somebody_else_signing_in_takes_nothing_over(ann: User, tenant: Tenant) -> None:
    bob = person("bob@acme.example", (tenant, Role.STAFF))
    browser = Browser()
    browser.sign_in("ann@acme.example")
    first = browser.cookies[COOKIE].value

    found = browser.sign_in("bob@acme.example").json()["user"]

    assert (found["id"], found["role"]) == (bob.pk, "staff")
    assert not Session.objects.filter(session_key=first).exists()


def test_signing_out(ann: User) -> None:
    browser = Browser()
    browser.sign_in("ann@acme.example")
    kept = browser.cookies[COOKIE].value

    response = browser.send("DELETE", SESSION)

    browser.cookies[COOKIE] = kept
    assert (response.status_code, response.content) == (204, b"")
    assert browser.get(SESSION).json()["user"] is None
    assert Session.objects.count() == 0


def test_signing_out_needs_the_csrf_token(ann: User) -> None:
    browser = Browser()
    browser.sign_in("ann@acme.example")

    response = browser.send("DELETE", SESSION, csrf=False)

    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")
    assert browser.get(SESSION).json()["user"]["id"] == ann.pk


def test_nobody_may_sign_out(db: None) -> None:
    assert Browser().send("DELETE", SESSION).status_code == 204


def stranger(other_tenant: Tenant) -> User:
    """Somebody who belongs to Bravo alone."""
    return person("stranger@bravo.example", (other_tenant, Role.OWNER))


@pytest.mark.parametrize(
    "case", ["wrong password", "unknown", "inactive", "no member", "former member", "admin", "no password"]
)
def test_every_refusal_reads_the_same(case: str, ann: User, tenant: Tenant, other_tenant: Tenant) -> None:
    email, password = "ann@acme.example", PASSWORD
    if case == "wrong password":
        password = "wrong"
    elif case == "unknown":
        email = "nobody@acme.example"
    elif case == "inactive":
        User.objects.filter(pk=ann.pk).update(is_active=False)
    elif case == "no member":
        email = stranger(other_tenant).email
    elif case == "former member":
        Membership.objects.filter(user=ann).update(is_active=False)
    elif case == "admin":
        email = User.objects.create_superuser("admin@platform.example", PASSWORD).email
    else:
        ann.set_unusable_password()
        ann.save()

    response = Browser().sign_in(email, password)

    assert (response.status_code, response.json()) == (400, WRONG)
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"email": ["This field is required."], "password": ["This field is required."]}),
        (
            {"email": "", "password": ""},
            {"email": ["This field may not be blank."], "password": ["This field may not be blank."]},
        ),
        ({"email": None, "password": PASSWORD}, {"email": ["This field may not be null."]}),
        ({"email": ["a"], "password": {}}, {"email": ["Not a valid string."], "password": ["Not a valid string."]}),
        (
            {"email": "a@b.example", "password": "x" * 257},
            {"password": ["Ensure this field has no more than 256 characters."]},
        ),
        ({"email": "x" * 255, "password": "x"}, {"email": ["Ensure this field has no more than 254 characters."]}),
    ],
)
def test_fields_that_cannot_be_used(body: dict[str, Any], errors: dict[str, list[str]], db: None) -> None:
    response = Browser().send("POST", SESSION, body)

    assert (response.status_code, response.json()["code"], response.json()["errors"]) == (400, "invalid", errors)


def test_a_password_is_not_trimmed(tenant: Tenant) -> None:
    user = person("eve@acme.example", (tenant, Role.STAFF))
    user.set_password("  spaces around  ")
    user.save()

    found = [Browser().sign_in(user.email, word).status_code for word in ("  spaces around  ", "spaces around")]

    assert found == [200, 400]


def test_too_many_failures_lock_out(ann: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    browser = Browser()

    found = [browser.sign_in(ann.email, "wrong").status_code for _ in range(3)]
    response = browser.sign_in(ann.email)

    assert found == [400, 400, 429]
    assert (response.status_code, response.json(), response["Retry-After"]) == (
        429,
        {
            "detail": "Too many failed attempts to sign in. Wait a quarter of an hour, then try again.",
            "code": "locked_out",
        },
        "900",
    )


def test_a_success_forgets_the_failures_before_it(ann: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    browser = Browser()
    passwords = ["wrong", "wrong", PASSWORD] * 2

    assert [browser.sign_in(ann.email, word).status_code for word in passwords] == [400, 400, 200] * 2
