"""`/api/invitations/accept/` and `preview/`: what somebody with a link can do."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from core.errors import Conflict
from core.models import AuditEntry, Invitation, Membership, Role, Tenant, User
from core.models.token import digest_of
from core.people import accept_invitation
from tests.core.browser import PASSWORD, person

ACCEPT = "/api/invitations/accept/"
PREVIEW = "/api/invitations/preview/"
PHRASE = "an unusual phrase"
NOT_OPEN = {
    "detail": "token: this invitation does not exist, was used or has expired. Ask for a new one.",
    "code": "invitation_not_open",
}


def offer(tenant: Tenant, email: str = "new@acme.example", role: Role = Role.STAFF, days: int = 1) -> str:
    """Store an invitation; return its secret."""
    secret = f"secret for {email}"
    Invitation.objects.create(
        tenant=tenant,
        email=email,
        role=role,
        digest=digest_of(secret),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return secret


def accept(client: APIClient, secret: str, password: str = PHRASE, **more: Any) -> tuple[int, Any]:
    """Accept an invitation; return status and body."""
    response = client.post(ACCEPT, {"token": secret, "password": password, **more}, format="json")
    return response.status_code, response.json()


# --- The link ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("has_account", [True, False])
def test_what_a_link_offers(anonymous: APIClient, tenant: Tenant, *, has_account: bool) -> None:
    secret = offer(tenant, role=Role.MANAGER)
    if has_account:
        person("new@acme.example")

    response = anonymous.get(PREVIEW, {"token": secret})

    assert (response.status_code, response.json()) == (
        200,
        {"business": "Acme", "email": "new@acme.example", "role": "manager", "has_account": has_account},
    )


def closed(case: str, tenant: Tenant, other_tenant: Tenant) -> str:
    """The secret of an invitation that cannot be used at Acme."""
    if case == "unknown":
        return "unknown"
    secret = offer(other_tenant if case == "another business" else tenant, days=0 if case == "expired" else 1)
    if case == "used":
        Invitation.objects.update(accepted_at=timezone.now())
    return secret


@pytest.mark.parametrize("case", ["unknown", "used", "expired", "another business"])
def test_a_link_that_offers_nothing(case: str, anonymous: APIClient, tenant: Tenant, other_tenant: Tenant) -> None:
    secret = closed(case, tenant, other_tenant)

    response = anonymous.get(PREVIEW, {"token": secret})

    assert (response.status_code, response.json()) == (404, NOT_OPEN)
    assert accept(anonymous, secret) == (404, NOT_OPEN)


@pytest.mark.parametrize("query", ["", "?token=", "?token=%00", f"?token={'x' * 101}"])
def test_a_link_without_a_usable_secret(query: str, anonymous: APIClient) -> None:
    response = anonymous.get(f"{PREVIEW}{query}")

    assert (response.status_code, list(response.json()["errors"])) == (400, ["token"])


# --- Accepting ---------------------------------------------------------------------------------------------------


def test_a_new_person_joins(anonymous: APIClient, tenant: Tenant) -> None:
    secret = offer(tenant, role=Role.MANAGER)

    status, body = accept(anonymous, secret, name="New Person")

    user = User.objects.get(email="new@acme.example")
    membership = Membership.objects.get(tenant=tenant, user=user)
    assert (status, body) == (
        201,
        {
            "id": membership.pk,
            "user": user.pk,
            "email": "new@acme.example",
            "name": "New Person",
            "role": "manager",
            "is_active": True,
            "created_at": membership.created_at.isoformat().replace("+00:00", "Z"),
        },
    )
    assert (user.check_password(PHRASE), user.is_staff, user.is_superuser) == (True, False, False)
    assert list(AuditEntry.objects.values_list("action", "tenant", "actor", "object_label")) == [
        ("invitation.accepted", tenant.pk, user.pk, "new@acme.example")
    ]
    assert accept(anonymous, secret) == (404, NOT_OPEN)


def test_a_person_with_an_account_gives_its_password(
    anonymous: APIClient, tenant: Tenant, other_tenant: Tenant
) -> None:
    user = person("new@acme.example", (other_tenant, Role.OWNER))
    secret = offer(tenant)

    status, body = accept(anonymous, secret, PASSWORD, name="Another Name")

    user.refresh_from_db()
    assert (status, body["user"], body["role"], body["name"]) == (201, user.pk, "staff", "")
    assert user.check_password(PASSWORD)


def test_an_account_is_not_taken_over_with_another_password(anonymous: APIClient, tenant: Tenant) -> None:
    user = person("new@acme.example")
    secret = offer(tenant)

    found = accept(anonymous, secret, PHRASE)

    user.refresh_from_db()
    assert found == (
        400,
        {"detail": "The e-mail address and the password do not belong together.", "code": "wrong_credentials"},
    )
    assert (user.check_password(PASSWORD), Membership.objects.filter(user=user).count()) == (True, 0)
    assert accept(anonymous, secret, PASSWORD)[0] == 201


def test_wrong_passwords_count_towards_the_lock(anonymous: APIClient, tenant: Tenant, settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    person("new@acme.example", (tenant, Role.STAFF))
    Membership.objects.filter(user__email="new@acme.example").update(is_active=False)
    secret = offer(tenant)

    found = [accept(anonymous, secret, word)[0] for word in ("wrong", "wrong", "wrong", PASSWORD)]
    sign_in = anonymous.post("/auth-token/", {"username": "new@acme.example", "password": PASSWORD}, format="json")

    assert (found, sign_in.status_code) == ([400, 400, 429, 429], 429)


def test_a_deactivated_account_joins_nothing(anonymous: APIClient, tenant: Tenant) -> None:
    person("new@acme.example")
    User.objects.filter(email="new@acme.example").update(is_active=False)

    assert accept(anonymous, offer(tenant), PASSWORD)[0] == 400


def test_a_former_member_comes_back_in_the_role_offered(anonymous: APIClient, tenant: Tenant) -> None:
    user = person("new@acme.example", (tenant, Role.MANAGER))
    Membership.objects.filter(user=user).update(is_active=False)

    assert accept(anonymous, offer(tenant), PASSWORD)[0] == 201

    assert list(Membership.objects.filter(user=user).values_list("role", "is_active")) == [("staff", True)]


def test_somebody_let_in_by_other_means_keeps_their_role(anonymous: APIClient, tenant: Tenant) -> None:
    """Otherwise the last owner could end as staff by an old letter."""
    secret = offer(tenant, "owner@acme.example")

    found = accept(anonymous, secret, PASSWORD)

    assert found == (409, {"detail": "email: owner@acme.example is a member already.", "code": "already_member"})
    assert Membership.objects.get(tenant=tenant).role == Role.OWNER


def test_an_account_made_a_moment_ago(tenant: Tenant) -> None:
    """The view asked for the account before; the service meets it when inserting."""
    person("new@acme.example")
    secret = offer(tenant)

    with pytest.raises(Conflict) as caught:
        accept_invitation(secret=secret, tenant=tenant, user=None, name="", password=PHRASE)

    assert caught.value.body == {
        "detail": "email: new@acme.example has an account already. Sign in with its password to accept.",
        "code": "account_exists",
    }
    assert Invitation.objects.get().accepted_at is None


def test_a_full_business_takes_nobody_in(anonymous: APIClient, tenant: Tenant) -> None:
    secret = offer(tenant)
    Tenant.objects.filter(pk=tenant.pk).update(max_users=1)

    status, body = accept(anonymous, secret)

    assert (status, body["code"], body["quota"]["key"]) == (403, "quota_exceeded", "max_users")
    assert not User.objects.filter(email="new@acme.example").exists()
    Tenant.objects.filter(pk=tenant.pk).update(max_users=2)
    assert accept(anonymous, secret)[0] == 201


@pytest.mark.parametrize("password", ["short", "password12", "1234567890", "aaaaaaaaa"])
def test_a_weak_password_is_refused_by_name(password: str, anonymous: APIClient, tenant: Tenant) -> None:
    status, body = accept(anonymous, offer(tenant), password)

    assert (status, body["code"], list(body["errors"])) == (400, "invalid", ["password"])
    assert not User.objects.filter(email="new@acme.example").exists()


def test_a_password_like_ones_own_address_is_weak(anonymous: APIClient, tenant: Tenant) -> None:
    status, body = accept(anonymous, offer(tenant, "bartholomew@acme.example"), "bartholomew@acme")

    assert (status, list(body["errors"])) == (400, ["password"])


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["password", "token"]),
        ({"token": "x", "password": ""}, ["password"]),
        ({"token": "x" * 101, "password": PHRASE}, ["token"]),
        ({"token": "x", "password": "x" * 257}, ["password"]),
        ({"token": "x", "password": PHRASE, "name": "x" * 151}, ["name"]),
        ({"token": ["x"], "password": {}}, ["password", "token"]),
    ],
)
def test_fields_of_an_acceptance(body: dict[str, Any], fields: list[str], anonymous: APIClient) -> None:
    response = anonymous.post(ACCEPT, body, format="json")

    assert (response.status_code, sorted(response.json()["errors"])) == (400, fields)
