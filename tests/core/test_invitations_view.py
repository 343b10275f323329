"""`/api/invitations/`: offering a place by e-mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from core.models import AuditEntry, Domain, Invitation, Membership, Role, Tenant, User
from core.models.token import digest_of
from tests.background import NotedTasks
from tests.core.browser import person
from tests.core.test_accepting_invitations import NOT_OPEN, accept, offer

INVITATIONS = "/api/invitations/"
OWNERS_ALONE = {
    "detail": "Only an owner can make or change an owner.",
    "code": "role_required",
    "required_role": "owner",
}


# --- Inviting ----------------------------------------------------------------------------------------------------


def test_inviting(
    owner: APIClient, tenant: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        response = owner.post(INVITATIONS, {"email": " New@Acme.example ", "role": "manager"}, format="json")

    made = Invitation.objects.get()
    assert (response.status_code, response.json()) == (
        201,
        {
            "id": str(made.pk),
            "email": "new@acme.example",
            "role": "manager",
            "created_at": made.created_at.isoformat().replace("+00:00", "Z"),
            "expires_at": made.expires_at.isoformat().replace("+00:00", "Z"),
        },
    )
    assert before + timedelta(days=7) <= made.expires_at <= timezone.now() + timedelta(days=7)
    assert (made.tenant, made.invited_by, made.pk.version) == (tenant, User.objects.get(email="owner@acme.example"), 7)
    assert list(AuditEntry.objects.values_list("action", "object_label", "after")) == [
        ("invitation.created", "new@acme.example", {"role": "manager"})
    ]


def test_the_letter(owner: APIClient, tenant: Tenant, queue: NotedTasks) -> None:
    Domain.objects.create(tenant=tenant, domain="book.acme.example", is_primary=True)
    owner.post(INVITATIONS, {"email": "new@acme.example", "role": "staff"}, format="json")
    queue.run()

    (letter,) = mail.outbox
    made = Invitation.objects.get()
    link = re.search(r"^http://book\.acme\.example:8000/accept-invitation\?token=([\w-]{43})$", str(letter.body), re.M)
    assert link is not None
    assert (letter.to, letter.subject) == (["new@acme.example"], "Join Acme on SmoothSchedule")
    assert made.digest == digest_of(link[1])
    assert str(letter.body).splitlines()[0] == "owner@acme.example invites you to join Acme as staff."
    assert f"before {made.expires_at:%d %B %Y, %H:%M} UTC" in str(letter.body)


def test_no_letter_is_sent_for_what_was_rolled_back(owner: APIClient, tenant: Tenant) -> None:
    owner.post(INVITATIONS, {"email": "new@acme.example", "role": "staff"}, format="json")

    assert mail.outbox == []


def test_the_secret_is_in_the_letter_alone(owner: APIClient, queue: NotedTasks) -> None:
    response = owner.post(INVITATIONS, {"email": "new@acme.example", "role": "staff"}, format="json")
    queue.run()

    secret = str(mail.outbox[0].body).split("token=")[1].split()[0]
    seen = [response.content.decode(), owner.get(INVITATIONS).content.decode()]
    kept = [repr(list(model._default_manager.values())) for model in (Invitation, AuditEntry)]
    assert [text for text in (*seen, *kept) if secret in text] == []


def test_inviting_again_replaces_the_open_invitation(
    owner: APIClient,
    tenant: Tenant,
    anonymous: APIClient,
    queue: NotedTasks,
) -> None:
    first = offer(tenant)

    response = owner.post(INVITATIONS, {"email": "NEW@acme.example", "role": "manager"}, format="json")
    queue.run()

    second = str(mail.outbox[0].body).split("token=")[1].split()[0]
    assert (response.status_code, [one.role for one in Invitation.objects.all()]) == (201, ["manager"])
    assert accept(anonymous, first) == (404, NOT_OPEN)
    assert accept(anonymous, second)[0] == 201


def test_the_same_address_at_another_business_is_another_invitation(owner: APIClient, other_tenant: Tenant) -> None:
    offer(other_tenant)

    owner.post(INVITATIONS, {"email": "new@acme.example", "role": "staff"}, format="json")

    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("email", ["owner@acme.example", "OWNER@ACME.example"])
def test_a_member_is_not_invited(email: str, owner: APIClient) -> None:
    response = owner.post(INVITATIONS, {"email": email, "role": "staff"}, format="json")

    assert (response.status_code, response.json()) == (
        409,
        {"detail": "email: owner@acme.example is a member already.", "code": "already_member"},
    )


def test_a_former_member_may_be_invited(owner: APIClient, tenant: Tenant) -> None:
    person("gone@acme.example", (tenant, Role.STAFF))
    Membership.objects.filter(user__email="gone@acme.example").update(is_active=False)

    response = owner.post(INVITATIONS, {"email": "gone@acme.example", "role": "staff"}, format="json")

    assert response.status_code == 201


def test_staff_invite_nobody(staff: APIClient) -> None:
    found = [staff.post(INVITATIONS, {"email": "a@b.example", "role": "staff"}, format="json"), staff.get(INVITATIONS)]

    assert [(one.status_code, one.json()["code"]) for one in found] == [(403, "role_required")] * 2


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_a_manager_invites_up_to_managers(role: str, manager: APIClient) -> None:
    response = manager.post(INVITATIONS, {"email": "new@acme.example", "role": role}, format="json")

    assert response.status_code == 201


def test_a_manager_invites_no_owner(manager: APIClient) -> None:
    response = manager.post(INVITATIONS, {"email": "new@acme.example", "role": "owner"}, format="json")

    assert (response.status_code, response.json(), Invitation.objects.count()) == (403, OWNERS_ALONE, 0)


def test_a_full_business_is_told_early(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(max_users=1)

    response = owner.post(INVITATIONS, {"email": "new@acme.example", "role": "staff"}, format="json")

    assert (response.status_code, response.json()["code"], response.json()["quota"]) == (
        403,
        "quota_exceeded",
        {"key": "max_users", "limit": 1, "used": 1, "window": "total", "resets_at": None},
    )
    assert owner.get(INVITATIONS).status_code == 200


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"email": ["This field is required."], "role": ["This field is required."]}),
        ({"email": "nobody", "role": "staff"}, {"email": ["Enter a valid email address."]}),
        ({"email": "a@b.example\r\nBcc: c@d.example", "role": "staff"}, {"email": ["Enter a valid email address."]}),
        ({"email": "a@b.example", "role": "king"}, {"role": ['"king" is not a valid choice.']}),
        (
            {"email": None, "role": None},
            {"email": ["This field may not be null."], "role": ["This field may not be null."]},
        ),
        ({"email": ["a@b.example"], "role": "staff"}, {"email": ["Enter a valid email address."]}),
        (
            {"email": f"{'x' * 250}@b.example", "role": "staff"},
            {"email": ["Ensure this field has no more than 254 characters."]},
        ),
    ],
)
def test_fields_that_cannot_be_used(body: dict[str, Any], errors: dict[str, list[str]], owner: APIClient) -> None:
    response = owner.post(INVITATIONS, body, format="json")

    assert (response.status_code, response.json()["errors"]) == (400, errors)


# --- The open ones -----------------------------------------------------------------------------------------------


def test_the_list(owner: APIClient, tenant: Tenant, other_tenant: Tenant) -> None:
    for email in ("a@acme.example", "b@acme.example", "used@acme.example"):
        offer(tenant, email)
    offer(other_tenant, "elsewhere@bravo.example")
    Invitation.objects.filter(email="used@acme.example").update(accepted_at=timezone.now())

    found = [
        [one["email"] for one in owner.get(f"{INVITATIONS}{query}").json()["results"]]
        for query in ("", "?ordering=email")
    ]

    assert found == [["b@acme.example", "a@acme.example"], ["a@acme.example", "b@acme.example"]]


def test_a_longer_list_takes_no_more_queries(owner: APIClient, tenant: Tenant) -> None:
    owner.get(INVITATIONS)
    counts = []
    for more in (1, 2):
        for number in range(more):
            offer(tenant, f"{more}-{number}@acme.example")
        with CaptureQueriesContext(connection) as queries:
            assert owner.get(INVITATIONS).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_withdrawing(manager: APIClient, tenant: Tenant, anonymous: APIClient) -> None:
    secret = offer(tenant)

    response = manager.delete(f"{INVITATIONS}{Invitation.objects.get().pk}/")

    assert (response.status_code, Invitation.objects.count()) == (204, 0)
    assert accept(anonymous, secret) == (404, NOT_OPEN)
    assert list(AuditEntry.objects.values_list("action", "object_label")) == [
        ("invitation.withdrawn", "new@acme.example")
    ]


def test_a_manager_does_not_withdraw_an_owner_s_invitation(manager: APIClient, tenant: Tenant) -> None:
    offer(tenant, role=Role.OWNER)

    response = manager.delete(f"{INVITATIONS}{Invitation.objects.get().pk}/")

    assert (response.status_code, response.json(), Invitation.objects.count()) == (403, OWNERS_ALONE, 1)


def test_a_manager_does_not_replace_an_owner_s_invitation(manager: APIClient, tenant: Tenant) -> None:
    offer(tenant, role=Role.OWNER)

    response = manager.post(INVITATIONS, {"email": "new@acme.example", "role": "staff"}, format="json")

    assert (response.status_code, response.json()) == (403, OWNERS_ALONE)
    assert [one.role for one in Invitation.objects.all()] == ["owner"]


def test_what_cannot_be_withdrawn_is_not_there(owner: APIClient, tenant: Tenant, other_tenant: Tenant) -> None:
    offer(other_tenant)
    offer(tenant, "used@acme.example")
    Invitation.objects.filter(tenant=tenant).update(accepted_at=timezone.now())
    ids = [
        *(str(one.pk) for one in Invitation.objects.all()),
        "1",
        "abc",
        "%00",
        "00000000-0000-0000-0000-000000000000",
    ]

    found = [owner.delete(f"{INVITATIONS}{one}/").status_code for one in ids]

    assert (found, Invitation.objects.count()) == ([404] * 6, 2)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_other_methods(method: str, owner: APIClient) -> None:
    response = owner.generic(method, INVITATIONS)

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
