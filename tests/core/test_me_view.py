"""`/api/me/` and `/api/me/password/`: what people change about themselves."""

from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle

from core.models import ApiToken, AuditEntry, Membership, Role, Scope, Tenant, User
from core.tokens import issue_named_token, issue_sign_in_token
from tests.core.browser import PASSWORD, Browser, person

ME, PASSWORD_PATH = "/api/me/", "/api/me/password/"
NEW_PASSWORD = "a quite different phrase"
CHANGE = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}


@pytest.fixture
def ann(tenant: Tenant, other_tenant: Tenant) -> User:
    """A member of Acme's staff who owns Bravo too."""
    return person("ann@acme.example", (tenant, Role.STAFF), (other_tenant, Role.OWNER))


@pytest.fixture
def browser(ann: User) -> Browser:
    """Ann's browser at Acme."""
    browser = Browser()
    browser.sign_in(ann.email)
    return browser


def with_token(secret: str, host: str = "acme.localhost") -> APIClient:
    """A program with a token."""
    client = APIClient(SERVER_NAME=host)
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


def works(client: Any) -> bool:
    """Whether the caller is known."""
    return bool(client.get("/api/entitlements/").status_code == 200)


class TestName:
    @pytest.mark.parametrize("role", ["staff", "manager", "owner"])
    def test_everybody_has_one(self, role: str, tenant: Tenant, request: pytest.FixtureRequest) -> None:
        client: APIClient = request.getfixturevalue(role)
        user = User.objects.get(email=f"{role}@acme.example")

        response = client.patch(ME, {"name": "  Ann Lee "}, format="json")

        body = {"id": user.pk, "email": user.email, "name": "Ann Lee", "role": role}
        assert (response.status_code, response.json()) == (200, body)
        entry = AuditEntry.objects.get(action="user.renamed")
        assert (entry.tenant, entry.actor, entry.before, entry.after) == (
            tenant,
            user,
            {"name": ""},
            {"name": "Ann Lee"},
        )

    def test_the_session_tells_it(self, browser: Browser) -> None:
        browser.send("PATCH", ME, {"name": "Ann Lee"})

        assert browser.get("/api/session/").json()["user"]["name"] == "Ann Lee"

    @pytest.mark.parametrize("body", [{}, {"name": "Ann"}, {"email": "evil@acme.example", "role": "owner"}])
    def test_saying_nothing_new_changes_nothing(self, body: dict[str, str], browser: Browser, ann: User) -> None:
        User.objects.update(name="Ann")

        response = browser.send("PATCH", ME, body)

        assert response.json() == {"id": ann.pk, "email": ann.email, "name": "Ann", "role": "staff"}
        assert not AuditEntry.objects.filter(action="user.renamed").exists()

    @pytest.mark.parametrize("name", ["", "  ", None, [], {}, "x" * 151, "a\u0000b"])
    def test_a_name_that_cannot_be(self, name: object, browser: Browser) -> None:
        response = browser.send("PATCH", ME, {"name": name})

        assert response.status_code == 400

    def test_nobody(self, anonymous: APIClient) -> None:
        assert anonymous.patch(ME, {"name": "x"}, format="json").status_code == 401


class TestPassword:
    def test_it_is_changed(self, browser: Browser, ann: User, tenant: Tenant) -> None:
        response = browser.send("POST", PASSWORD_PATH, CHANGE)

        ann.refresh_from_db()
        assert (response.status_code, response.content, ann.check_password(NEW_PASSWORD)) == (204, b"", True)
        entry = AuditEntry.objects.get(action="password.changed")
        assert (entry.tenant, entry.actor, entry.after) == (tenant, ann, {"sign_in_tokens_revoked": 0})
        assert [Browser().sign_in(ann.email, word).status_code for word in (PASSWORD, NEW_PASSWORD)] == [400, 200]

    def test_the_present_session_goes_on_and_every_other_ends(self, browser: Browser, ann: User) -> None:
        others = [Browser(), Browser("bravo.localhost")]
        for other in others:
            other.sign_in(ann.email)
        before = browser.cookies["sessionid"].value

        browser.send("POST", PASSWORD_PATH, CHANGE)

        assert [works(one) for one in (browser, *others)] == [True, False, False]
        assert browser.cookies["sessionid"].value != before

    def test_sign_in_tokens_end_and_named_ones_stay(self, browser: Browser, ann: User, tenant: Tenant) -> None:
        here, there = Membership.objects.filter(user=ann).select_related("tenant", "user").order_by("tenant__name")
        sign_ins = [
            with_token(issue_sign_in_token(membership=here).secret),
            with_token(issue_sign_in_token(membership=there).secret, "bravo.localhost"),
        ]
        named = with_token(issue_named_token(membership=here, name="Till", scope=Scope.READ, expires_at=None).secret)
        bob = with_token(
            issue_sign_in_token(
                membership=Membership.objects.create(
                    user=User.objects.create_user("bob@acme.example"), tenant=tenant, role=Role.STAFF
                )
            ).secret
        )

        browser.send("POST", PASSWORD_PATH, CHANGE)

        assert [works(one) for one in (*sign_ins, named, bob)] == [False, False, True, True]
        assert AuditEntry.objects.get(action="password.changed").after == {"sign_in_tokens_revoked": 2}

    def test_the_token_it_was_changed_with_goes_on(self, ann: User, tenant: Tenant) -> None:
        membership = Membership.objects.select_related("tenant", "user").get(user=ann, tenant=tenant)
        mine, other = (with_token(issue_sign_in_token(membership=membership).secret) for _ in range(2))

        response = mine.post(PASSWORD_PATH, CHANGE, format="json")

        assert (response.status_code, works(mine), works(other)) == (204, True, False)
        assert "sessionid" not in response.cookies

    def test_the_present_password_is_asked_for(self, browser: Browser, ann: User) -> None:
        response = browser.send("POST", PASSWORD_PATH, {**CHANGE, "current_password": "wrong"})

        ann.refresh_from_db()
        assert (response.status_code, response.json()) == (
            400,
            {
                "detail": "current_password: This is not your present password.",
                "code": "wrong_password",
                "errors": {"current_password": ["This is not your present password."]},
            },
        )
        assert (ann.check_password(PASSWORD), works(browser)) == (True, True)

    def test_failures_count_towards_the_lock(self, browser: Browser, ann: User, settings: Settings) -> None:
        settings.AXES_FAILURE_LIMIT = 3

        found = [
            browser.send("POST", PASSWORD_PATH, {**CHANGE, "current_password": word})
            for word in ("wrong", "wrong", "wrong", PASSWORD)
        ]

        assert [one.status_code for one in found] == [400, 400, 429, 429]
        assert (found[3].json()["code"], found[3]["Retry-After"]) == ("locked_out", "900")
        assert Browser().sign_in(ann.email).status_code == 429
        ann.refresh_from_db()
        assert ann.check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("weak", "errors"),
        [
            (
                "short",
                ["This password is too short. It must contain at least 10 characters."],
            ),
            ("ann@acme.example", ["The password is too similar to the email."]),
            ("1234567890", ["This password is too common.", "This password is entirely numeric."]),
        ],
    )
    def test_a_weak_one(self, weak: str, errors: list[str], browser: Browser, ann: User) -> None:
        response = browser.send("POST", PASSWORD_PATH, {**CHANGE, "new_password": weak})

        assert (response.status_code, response.json()["errors"]) == (400, {"new_password": errors})
        ann.refresh_from_db()
        assert ann.check_password(PASSWORD)

    @pytest.mark.parametrize(
        "body",
        [{}, {"current_password": PASSWORD}, {**CHANGE, "new_password": "x" * 257}, {**CHANGE, "new_password": 1.5}],
    )
    def test_a_body_that_cannot_be_meant(self, body: dict[str, Any], browser: Browser) -> None:
        assert browser.send("POST", PASSWORD_PATH, body).status_code == 400

    def test_a_token_that_may_only_read(self, ann: User, tenant: Tenant) -> None:
        membership = Membership.objects.select_related("tenant", "user").get(user=ann, tenant=tenant)
        token = issue_named_token(membership=membership, name="Till", scope=Scope.READ, expires_at=None)
        client = with_token(token.secret)

        found = [client.patch(ME, {"name": "x"}, format="json"), client.post(PASSWORD_PATH, CHANGE, format="json")]

        assert [(one.status_code, one.json()["code"]) for one in found] == [(403, "scope_required")] * 2

    def test_it_needs_the_csrf_token(self, browser: Browser) -> None:
        response = browser.send("POST", PASSWORD_PATH, CHANGE, csrf=False)

        assert (response.status_code, response.json()["code"]) == (403, "permission_denied")

    def test_nobody_and_a_stranger(self, anonymous: APIClient, stranger: APIClient) -> None:
        stranger.defaults["SERVER_NAME"] = "acme.localhost"

        assert [one.post(PASSWORD_PATH, CHANGE, format="json").status_code for one in (anonymous, stranger)] == [
            401
        ] * 2

    def test_guessing_is_slowed_down(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        cache.clear()
        monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None, "user": None, "sign_in": "2/min"})

        found = [browser.send("POST", PASSWORD_PATH, {**CHANGE, "current_password": "x"}).status_code for _ in range(3)]

        assert found == [400, 400, 429]

    def test_nothing_of_it_is_logged(self, browser: Browser) -> None:
        browser.send("POST", PASSWORD_PATH, CHANGE)

        kept = str(list(AuditEntry.objects.values())) + str(list(ApiToken.objects.values()))
        assert (PASSWORD in kept, NEW_PASSWORD in kept) == (False, False)
