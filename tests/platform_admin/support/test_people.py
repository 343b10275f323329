"""Lock-outs, sessions, tokens and powers of people, in the back office."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, Permission
from django.test import Client
from pytest_django import Settings

from core.models import ApiToken, AuditEntry, Membership, Role, Tenant, User
from core.tokens import issue_sign_in_token
from tests.core.browser import Browser, person
from tests.platform_admin.office import signed_in

PEOPLE = "/admin/core/user/"
LOCKOUTS = "/admin/axes/accessattempt/"


@pytest.fixture
def ann(tenant: Tenant) -> User:
    """Somebody of Acme."""
    return person("ann@acme.example", (tenant, Role.MANAGER))


def page_of(user: User, name: str) -> str:
    """Return the path of one of a person's pages."""
    return f"{PEOPLE}{user.pk}/{name}/"


def said(response: Any) -> list[str]:
    """Return what the page after an act says."""
    return [str(message) for message in response.context["messages"]]


def locked_out(email: str, settings: Settings) -> Browser:
    """A browser in which somebody failed too often."""
    settings.AXES_FAILURE_LIMIT = 2
    browser = Browser()
    assert [browser.sign_in(email, "wrong").status_code for _ in range(2)] == [400, 429]
    return browser


def test_a_lock_out_of_a_person_is_lifted(office: Client, admin: User, ann: User, settings: Settings) -> None:
    browser = locked_out(ann.email, settings)
    asked = office.get(page_of(ann, "lift-lockouts")).content.decode()

    response = office.post(page_of(ann, "lift-lockouts"), follow=True)

    assert "Lift lock-outs of ann@acme.example?" in asked
    assert said(response) == ["ann@acme.example can try again."]
    assert browser.sign_in(ann.email).status_code == 200
    entry = AuditEntry.objects.get(action="lockout.lifted")
    assert (entry.actor, entry.object_label, entry.after) == (admin, ann.email, {"attempts": 1})


def test_several_people_at_once(office: Client, ann: User, settings: Settings) -> None:
    locked_out(ann.email, settings)
    bob = person("bob@acme.example")

    response = office.post(
        PEOPLE, {"action": "lift_lockouts", "_selected_action": [str(ann.pk), str(bob.pk)]}, follow=True
    )

    assert said(response) == ["ann@acme.example can try again.", "bob@acme.example was not locked out."]
    assert not AccessAttempt.objects.exists()


def test_a_lock_out_of_an_address_is_lifted(office: Client, settings: Settings, db: None) -> None:
    locked_out("nobody@acme.example", settings)
    attempt = AccessAttempt.objects.get()
    listed: Any = office.get(f"{LOCKOUTS}?q=127.0.0.1")

    response = office.post(LOCKOUTS, {"action": "lift", "_selected_action": [str(attempt.pk)]}, follow=True)

    assert [row.username for row in listed.context["cl"].result_list] == ["nobody@acme.example"]
    assert said(response) == ["nobody@acme.example from 127.0.0.1 can try again."]
    assert not AccessAttempt.objects.exists()
    assert AuditEntry.objects.get(action="lockout.lifted").after == {"ip_address": "127.0.0.1", "failures": 2}


def test_the_list_tells_until_when(office: Client, settings: Settings, db: None) -> None:
    locked_out("nobody@acme.example", settings)
    locked: Any = office.get(LOCKOUTS)
    settings.AXES_FAILURE_LIMIT = 10
    free: Any = office.get(LOCKOUTS)

    column = 'class="field-locked_until nowrap">'
    assert f"{column}-<" not in locked.content.decode()
    assert 'field-locked_until">-<' in free.content.decode() or f"{column}-<" in free.content.decode()


def test_sessions_and_tokens_of_a_person(office: Client, admin: User, ann: User, tenant: Tenant) -> None:
    browser = Browser()
    browser.sign_in(ann.email)
    issue_sign_in_token(membership=Membership.objects.select_related("user", "tenant").get(user=ann))
    asked = office.get(page_of(ann, "revoke")).content.decode()

    response = office.post(page_of(ann, "revoke"), {"sessions": "on", "sign_in_tokens": "on"}, follow=True)

    assert "End sessions and tokens of ann@acme.example?" in asked
    assert said(response) == ["ann@acme.example: Their sessions have ended. 1 tokens were revoked."]
    assert browser.get("/api/session/").json()["user"] is None
    assert not ApiToken.objects.filter(user=ann, revoked_at__isnull=True).exists()
    assert AuditEntry.objects.get(action="user.access_revoked").actor == admin


def test_something_has_to_be_chosen(office: Client, ann: User) -> None:
    page = office.post(page_of(ann, "revoke"), {}).content.decode()

    assert "Choose what is to end." in page
    assert not AuditEntry.objects.filter(action="user.access_revoked").exists()


def test_sessions_and_tokens_of_a_business(office: Client, admin: User, ann: User, tenant: Tenant) -> None:
    browser = Browser()
    browser.sign_in(ann.email)
    path = f"/admin/core/tenant/{tenant.pk}/revoke/"
    asked = office.get(path).content.decode()

    response = office.post(path, {"sessions": "on", "named_tokens": "on"})

    assert "End sessions and tokens of Acme?" in asked
    assert (response.status_code, response["Location"]) == (302, f"/admin/core/tenant/{tenant.pk}/change/")
    assert browser.get("/api/session/").json()["user"] is None
    entry = AuditEntry.objects.get(action="tenant.access_revoked")
    assert (entry.actor, entry.tenant, entry.after["sign_in_tokens"]) == (admin, tenant, False)


def test_powers_are_recorded(office: Client, admin: User, ann: User) -> None:
    group = Group.objects.create(name="Support")
    permission = Permission.objects.get(codename="impersonate")

    office.post(
        page_of(ann, "change"),
        {
            "email": ann.email,
            "name": "",
            "is_active": "on",
            "is_staff": "on",
            "groups": [str(group.pk)],
            "user_permissions": [str(permission.pk)],
        },
    )

    entries = AuditEntry.objects.filter(action__startswith="user.").order_by("pk")
    assert [(one.action, one.before, one.after) for one in entries] == [
        ("user.changed", {"is_staff": False}, {"is_staff": True}),
        (
            "user.powers_changed",
            {"groups": [], "permissions": []},
            {"groups": ["Support"], "permissions": ["core.impersonate"]},
        ),
    ]


def clerk(*permissions: str) -> Client:
    """Platform staff with these permissions."""
    user = person("clerk@platform.example")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return signed_in(user)


def test_platform_staff_are_left_to_superusers(admin: User) -> None:
    client = clerk("change_user", "view_user", "reset_lockouts", "revoke_access")

    found = [
        client.get(page_of(admin, "revoke")).status_code,
        client.post(page_of(admin, "revoke"), {"sessions": "on"}).status_code,
        client.post(page_of(admin, "lift-lockouts")).status_code,
        client.post(page_of(admin, "reset-second-factor")).status_code,
        client.post(page_of(admin, "change"), {"email": "mine@platform.example"}).status_code,
    ]

    admin.refresh_from_db()
    assert (found, admin.email, admin.session_epoch) == ([403] * 5, "admin@platform.example", 0)
