"""`/auth-token/`: a token for a password."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from pytest_django import Settings
from rest_framework.test import APIClient

from core.models import ApiToken, AuditEntry, Membership, Role, Scope, Tenant, User
from tests.core.browser import PASSWORD, person

WRONG = {"detail": "The e-mail address and the password do not belong together.", "code": "wrong_credentials"}
LOCKED_OUT = {
    "detail": "Too many failed attempts to sign in. Wait a quarter of an hour, then try again.",
    "code": "locked_out",
}


@pytest.fixture
def ann(tenant: Tenant) -> User:
    """A manager of Acme with the usual password."""
    return person("ann@acme.example", (tenant, Role.MANAGER))


@pytest.fixture
def both(tenant: Tenant, other_tenant: Tenant) -> User:
    """Somebody who belongs to Acme and to Bravo."""
    return person("both@acme.example", (tenant, Role.STAFF), (other_tenant, Role.OWNER))


def ask(body: Any, host: str = "localhost", address: str = "192.0.2.1") -> Any:
    """Ask for a token."""
    return APIClient(SERVER_NAME=host, REMOTE_ADDR=address).post("/auth-token/", body, format="json")


def credentials(user: User, password: str = PASSWORD, **more: str) -> dict[str, str]:
    """The body that signs `user` in."""
    return {"username": user.email, "password": password, **more}


@pytest.mark.parametrize("host", ["localhost", "lvh.me:8000", "acme.localhost", "acme.lvh.me"])
def test_a_token_for_the_right_password(host: str, ann: User, tenant: Tenant) -> None:
    before = timezone.now()

    response = ask(credentials(ann), host)

    body = response.json()
    token = ApiToken.objects.get(user=ann)
    assert (response.status_code, sorted(body), body["tenant"]) == (200, ["expires_at", "tenant", "token"], "acme")
    assert parse_datetime(body["expires_at"]) == token.expires_at
    assert token.expires_at is not None
    assert before + timedelta(days=30) <= token.expires_at <= timezone.now() + timedelta(days=30)
    assert (token.tenant, token.name, token.scope, token.is_sign_in) == (tenant, "", Scope.WRITE, True)
    client = APIClient(SERVER_NAME="acme.localhost", HTTP_AUTHORIZATION=f"Token {body['token']}")
    assert client.get("/api/entitlements/").status_code == 200


def test_the_secret_is_stored_as_its_hash_alone(ann: User) -> None:
    secret = ask(credentials(ann)).json()["token"]

    row = ApiToken.objects.filter(user=ann).values().get()
    assert secret.startswith("sst_")
    assert len(secret) == len("sst_") + 43
    assert row["prefix"] == secret[:12]
    assert secret not in repr(row)


@pytest.mark.parametrize(
    "case", ["wrong password", "unknown", "inactive", "no membership", "former member", "other business"]
)
def test_every_refusal_reads_the_same(case: str, ann: User, other_tenant: Tenant) -> None:
    host, body = "localhost", credentials(ann)
    if case == "wrong password":
        body["password"] = "wrong"
    elif case == "unknown":
        body["username"] = "nobody@acme.example"
    elif case == "inactive":
        User.objects.filter(pk=ann.pk).update(is_active=False)
    elif case == "no membership":
        Membership.objects.filter(user=ann).delete()
    elif case == "former member":
        Membership.objects.filter(user=ann).update(is_active=False)
    else:
        host = "bravo.localhost"

    response = ask(body, host)

    assert (response.status_code, response.json()) == (400, WRONG)
    assert not ApiToken.objects.filter(user=ann).exists()


def test_an_unknown_person_costs_as_much_as_a_known_one(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password is hashed once either way, which is what takes the time."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    original = MD5PasswordHasher.encode

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return original(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    ask(credentials(ann, "wrong one"))
    known, hashed[:] = list(hashed), []
    ask({"username": "nobody@acme.example", "password": "wrong one"})

    assert (known, hashed) == (["wrong one"], ["wrong one"])


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"username": ["This field is required."], "password": ["This field is required."]}),
        (
            {"username": "", "password": ""},
            {"username": ["This field may not be blank."], "password": ["This field may not be blank."]},
        ),
        ({"username": None, "password": "x"}, {"username": ["This field may not be null."]}),
        (
            {"username": {"$ne": ""}, "password": ["x"]},
            {"username": ["Not a valid string."], "password": ["Not a valid string."]},
        ),
        (
            {"username": "x" * 255, "password": "x"},
            {"username": ["Ensure this field has no more than 254 characters."]},
        ),
        (
            {"username": "x", "password": "x" * 257},
            {"password": ["Ensure this field has no more than 256 characters."]},
        ),
        (
            {"username": "x", "password": "x", "tenant": "x" * 49},
            {"tenant": ["Ensure this field has no more than 48 characters."]},
        ),
    ],
)
def test_fields_that_cannot_be_used(body: dict[str, Any], errors: dict[str, list[str]], db: None) -> None:
    response = ask(body)

    assert (response.status_code, response.json()["code"], response.json()["errors"]) == (400, "invalid", errors)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_other_methods(method: str, db: None) -> None:
    response = getattr(APIClient(SERVER_NAME="localhost"), method)("/auth-token/")

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


def test_a_form_is_not_read(ann: User) -> None:
    response = APIClient(SERVER_NAME="localhost").post("/auth-token/", credentials(ann), format="multipart")

    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


# --- Several businesses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tenant_field", [{}, {"tenant": ""}])
def test_a_person_of_several_businesses_is_asked_which(tenant_field: dict[str, str], both: User) -> None:
    response = ask(credentials(both, **tenant_field))

    assert (response.status_code, response.json()) == (
        400,
        {
            "detail": "tenant: You belong to several businesses. Name one of them.",
            "code": "tenant_required",
            "errors": {"tenant": ["You belong to several businesses. Name one of them."]},
            "choices": [{"tenant": "acme", "name": "Acme"}, {"tenant": "bravo", "name": "Bravo"}],
        },
    )
    assert not ApiToken.objects.filter(user=both).exists()


@pytest.mark.parametrize("subdomain", ["acme", "bravo"])
def test_one_of_them_is_named(subdomain: str, both: User) -> None:
    response = ask(credentials(both, tenant=subdomain))

    assert (response.status_code, response.json()["tenant"]) == (200, subdomain)
    assert ApiToken.objects.get(user=both).tenant.schema_name == subdomain


@pytest.mark.parametrize("subdomain", ["charlie", "ACME", "public", "acme; --", "../acme"])
def test_another_is_named(subdomain: str, both: User) -> None:
    response = ask(credentials(both, tenant=subdomain))

    assert (response.status_code, response.json()) == (400, WRONG)


def test_the_host_decides_before_the_field(both: User) -> None:
    found = [ask(credentials(both, **more), "bravo.localhost").json()["tenant"] for more in ({}, {"tenant": "acme"})]

    assert found == ["bravo", "bravo"]


def test_a_business_somebody_has_left_is_no_choice(both: User, tenant: Tenant) -> None:
    Membership.objects.filter(user=both, tenant=tenant).update(is_active=False)

    assert ask(credentials(both)).json()["tenant"] == "bravo"


def test_the_subdomain_of_a_schema_with_an_underscore(tenant: Tenant, both: User) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(schema_name="acme_sons")

    choices = ask(credentials(both)).json()["choices"]

    assert choices[0] == {"tenant": "acme-sons", "name": "Acme"}
    assert ask(credentials(both, tenant="acme-sons")).json()["tenant"] == "acme-sons"


# --- What is kept ------------------------------------------------------------------------------------------------


def test_the_newest_20_tokens_stay_usable(ann: User, tenant: Tenant, other_tenant: Tenant) -> None:
    Membership.objects.create(user=ann, tenant=other_tenant, role=Role.STAFF)
    elsewhere = ask(credentials(ann, tenant="bravo")).json()["token"]
    secrets = [ask(credentials(ann, tenant="acme")).json()["token"] for _ in range(22)]

    usable = ApiToken.objects.usable(timezone.now()).filter(user=ann)
    assert set(usable.filter(tenant=tenant).values_list("prefix", flat=True)) == {one[:12] for one in secrets[2:]}
    assert list(usable.filter(tenant=other_tenant).values_list("prefix", flat=True)) == [elsewhere[:12]]


def test_named_tokens_are_not_counted_among_them(ann: User, tenant: Tenant) -> None:
    for number in range(25):
        ApiToken.objects.create(user=ann, tenant=tenant, name=f"Program {number}", prefix="sst_x", digest=str(number))

    ask(credentials(ann))

    assert ApiToken.objects.usable(timezone.now()).filter(user=ann).count() == 26


def test_signing_in_is_recorded(ann: User, tenant: Tenant) -> None:
    secret = ask(credentials(ann), address="192.0.2.9").json()["token"]

    entries = AuditEntry.objects.values_list("action", "tenant", "actor", "object_label", "ip_address")
    assert list(entries) == [("signed_in", tenant.pk, ann.pk, f"sign-in ({secret[:12]}…)", "192.0.2.9")]
    ann.refresh_from_db()
    assert ann.last_login is not None


def test_no_session_is_begun(ann: User) -> None:
    from django.contrib.sessions.models import Session

    response = ask(credentials(ann))

    assert (dict(response.cookies), Session.objects.count()) == ({}, 0)


@pytest.mark.parametrize("path", ["/auth-token/", "/auth-token/?password=correct%20horse%20battery"])
def test_no_password_is_written_anywhere(
    path: str, ann: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    from django.apps import apps

    settings.AXES_FAILURE_LIMIT = 2
    caplog.set_level(logging.DEBUG)
    client = APIClient(SERVER_NAME="localhost")
    for password in ("open sesame", PASSWORD, "open sesame", PASSWORD):
        client.post(path, credentials(ann, password), format="json")

    tables: list[Any] = [*apps.get_app_config("axes").get_models(), AuditEntry, ApiToken]
    written = [repr(row) for model in tables for row in model.objects.values()]
    spoken = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert len(written) >= 2
    assert [text for text in (*written, *spoken) if "open sesame" in text or PASSWORD in text] == []


# --- Lock-out ----------------------------------------------------------------------------------------------------


def test_too_many_failures_lock_out(ann: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3

    found = [ask(credentials(ann, "wrong")).status_code for _ in range(3)]
    response = ask(credentials(ann))

    assert found == [400, 400, 429]
    assert (response.status_code, response.json(), response["Retry-After"]) == (429, LOCKED_OUT, "900")
    assert not ApiToken.objects.filter(user=ann).exists()


def test_an_unknown_person_is_locked_out_alike(settings: Settings, db: None) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    body = {"username": "nobody@acme.example", "password": "wrong"}

    found = [ask(body) for _ in range(4)]

    assert [(one.status_code, one.json()) for one in found] == [
        (400, WRONG),
        (400, WRONG),
        (429, LOCKED_OUT),
        (429, LOCKED_OUT),
    ]


@pytest.mark.parametrize("spelling", ["ANN@acme.example", " ann@acme.example", "Ann@ACME.example "])
def test_spelling_the_address_otherwise_opens_nothing(spelling: str, ann: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        ask(credentials(ann, "wrong"))

    assert ask({"username": spelling, "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("host", ["localhost", "acme.localhost", "bravo.localhost"])
def test_another_host_opens_nothing(host: str, ann: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        ask(credentials(ann, "wrong"), "acme.localhost")

    assert ask(credentials(ann), host).status_code == 429


def test_a_success_elsewhere_opens_nothing(ann: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        ask(credentials(ann, "wrong"), address="192.0.2.1")

    elsewhere = ask(credentials(ann), address="192.0.2.2").status_code

    assert (elsewhere, ask(credentials(ann), address="192.0.2.1").status_code) == (200, 429)


def test_a_neighbour_s_failures_are_theirs(ann: User, tenant: Tenant, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    bob = person("bob@acme.example", (tenant, Role.STAFF))
    for _ in range(2):
        ask(credentials(ann, "wrong"))

    assert ask(credentials(bob)).status_code == 200


def test_a_success_forgets_the_failures_before_it(ann: User, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    passwords = ["wrong", "wrong", PASSWORD] * 2

    assert [ask(credentials(ann, word)).status_code for word in passwords] == [400, 400, 200] * 2


def test_a_lock_is_over_after_a_quarter_of_an_hour(ann: User, settings: Settings) -> None:
    from axes.models import AccessAttempt

    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        ask(credentials(ann, "wrong"))
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))

    assert ask(credentials(ann)).status_code == 200
