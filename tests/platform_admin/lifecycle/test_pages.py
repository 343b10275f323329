"""The pages of the life of a business: who may open which, what they say, and what they do."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django import Settings

from core.models import AuditEntry, Invitation, Membership, Role, Tenant, User
from platform_admin.lifecycle import building
from platform_admin.lifecycle.models import TenantBuild, TenantDeletion
from tests.background import NotedTasks
from tests.platform_admin.lifecycle.made import BUILDS, CHARLIE, DELETIONS, ask, copy_tables, order
from tests.platform_admin.office import signed_in, tenant_page

RIGHTS = (
    "add_tenantbuild",
    "view_tenantbuild",
    "change_tenantbuild",
    "add_tenantdeletion",
    "view_tenantdeletion",
    "change_tenantdeletion",
    "download_archive",
    "view_tenant",
)


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for archives, and tables that are copied instead of migrated."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(building, "call_command", copy_tables)
    return tmp_path


def clerk(*rights: str) -> Client:
    """The browser of somebody of the platform's staff with these rights."""
    user, _ = User.objects.get_or_create(email=f"clerk{len(rights)}@platform.example", defaults={"is_staff": True})
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return signed_in(user)


def opened(client: Client, pages: list[str]) -> list[int]:
    """The status of each page."""
    statuses = []
    for page in pages:
        response: Any = client.get(page)
        statuses.append(response.status_code)
        if response.streaming:
            assert b"".join(response.streaming_content)[:2] == b"PK"  # read to its end, so that the file is closed
    return statuses


def delete_page(tenant: Tenant) -> str:
    return f"/admin/core/tenant/{tenant.pk}/delete/"


@pytest.fixture
def pages(other_tenant: Tenant, queue: NotedTasks) -> list[str]:
    """Every page there is, with something to show on it."""
    build, deletion = order(), ask(other_tenant)
    queue.run()
    queue.lose()
    acme = Tenant.objects.get(schema_name="acme")
    return [
        BUILDS,
        f"{BUILDS}add/",
        f"{BUILDS}{build.pk}/change/",
        DELETIONS,
        f"{DELETIONS}{deletion.pk}/change/",
        f"{DELETIONS}{deletion.pk}/archive/",
        delete_page(acme),
    ]


def test_who_may_open_which_page(pages: list[str], admin: User, tenant: Tenant) -> None:
    owner = signed_in(User.objects.get(email="owner@acme.example"))
    found = {
        "anonymous": opened(Client(SERVER_NAME="localhost"), pages),
        "owner": opened(owner, pages),
        "staff without": opened(clerk(), pages),
        "staff with": opened(clerk(*RIGHTS), pages),
        "superuser": opened(signed_in(admin), pages),
    }

    assert found == {
        "anonymous": [302] * 7,
        "owner": [302] * 7,
        "staff without": [403] * 7,
        "staff with": [200] * 7,
        "superuser": [200] * 7,
    }


def test_seeing_is_not_deciding(pages: list[str], queue: NotedTasks) -> None:
    watcher = clerk("view_tenantbuild", "view_tenantdeletion")

    found = [
        watcher.post(pages[2], {"act": "discard"}).status_code,
        watcher.post(pages[4], {"act": "undo"}).status_code,
        watcher.get(pages[5]).status_code,
        watcher.get(pages[1]).status_code,
        watcher.post(f"{BUILDS}{TenantBuild.objects.get().pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert found == [403, 403, 403, 403, 403]
    assert TenantDeletion.objects.get().state == "waiting"
    assert b"Undo" not in watcher.get(pages[4]).content


@pytest.mark.parametrize(
    "path", [f"{BUILDS}nonsense/change/", f"{DELETIONS}nonsense/change/", "/admin/core/tenant/x/delete/"]
)
def test_what_is_not_there(path: str, office: Client) -> None:
    assert office.get(path).status_code == 404


def test_ordering_a_business(office: Client, admin: User, queue: NotedTasks) -> None:
    response: Any = office.post(f"{BUILDS}add/", {**CHARLIE, "currency": "eur"})

    build = TenantBuild.objects.get()
    page = f"{BUILDS}{build.pk}/change/"
    assert (response.status_code, response["Location"], build.currency) == (302, page, "EUR")
    waiting = office.get(page).content.decode()
    assert 'http-equiv="refresh" content="2"' in waiting
    queue.run()
    ready = office.get(page).content.decode()
    tenant = Tenant.objects.get(schema_name="charlie_sons")
    assert "http-equiv" not in ready
    for word in ("Charlie is ready", f"/admin/core/tenant/{tenant.pk}/change/", "http://charlie-sons.localhost:8000"):
        assert word in ready
    assert AuditEntry.objects.get(action="tenant.ordered").actor == admin


def test_inviting_the_owner_again(office: Client, queue: NotedTasks) -> None:
    build = order()
    queue.run()
    page = f"{BUILDS}{build.pk}/change/"
    first = Invitation.objects.get()
    assert b"Send another invitation" in office.get(page).content

    office.post(page, {"act": "invite"})

    (second,) = Invitation.objects.all()
    assert (second.pk != first.pk, second.role, queue.names) == (True, "owner", ["send_invitation"])


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"subdomain": "acme"}, "subdomain", "is taken"),
        ({"subdomain": "www"}, "subdomain", "is reserved"),
        ({"subdomain": "A b"}, "subdomain", "Use 2 to 48"),
        ({"owner_email": "nobody"}, "owner_email", "valid email"),
        ({"currency": "E1R"}, "currency", "ISO 4217"),
        ({"plan": "golden"}, "plan", "valid choice"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_errors_stand_beside_their_fields(
    changes: dict[str, str], field: str, said: str, office: Client, queue: NotedTasks
) -> None:
    response: Any = office.post(f"{BUILDS}add/", {**CHARLIE, **changes})

    errors = response.context["form"].errors
    assert (response.status_code, list(errors), TenantBuild.objects.count()) == (200, [field], 0)
    assert said in errors[field][0]


def test_trying_again_and_discarding(office: Client, queue: NotedTasks) -> None:
    build = order()
    page = f"{BUILDS}{build.pk}/change/"
    TenantBuild.objects.filter(pk=build.pk).update(next_attempt_at=None, problem="No room left")
    queue.lose()
    stopped = office.get(page).content.decode()
    assert ("No room left" in stopped, "Try again" in stopped, "Discard" in stopped) == (True, True, True)

    office.post(page, {"act": "retry"})
    assert queue.names == ["build_business"]
    office.post(page, {"act": "discard"})

    assert TenantBuild.objects.get().state == "discarded"
    response: Any = office.post(page, {"act": "discard"}, follow=True)
    assert "Charlie was discarded already." in [str(message) for message in response.context["messages"]]


def test_adding_a_business_among_the_businesses_leads_to_the_order(office: Client) -> None:
    response = office.get("/admin/core/tenant/add/")

    assert (response.status_code, response["Location"]) == (302, f"{BUILDS}add/")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"confirmation": "acme2", "reason": "x", "even_active": "on"}, "confirmation"),
        ({"confirmation": "Acme", "reason": "x", "even_active": "on"}, "confirmation"),
        ({"confirmation": "", "reason": "x", "even_active": "on"}, "confirmation"),
        ({"confirmation": "acme", "reason": "", "even_active": "on"}, "reason"),
        ({"confirmation": "acme", "reason": "x"}, "__all__"),
    ],
)
def test_what_was_not_confirmed_is_not_deleted(
    sent: dict[str, str], field: str, office: Client, tenant: Tenant, queue: NotedTasks
) -> None:
    response: Any = office.post(delete_page(tenant), sent)

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert TenantDeletion.objects.count() == 0
    assert not Tenant.objects.get(pk=tenant.pk).is_suspended


def test_deleting_undoing_and_downloading(office: Client, admin: User, other_tenant: Tenant, queue: NotedTasks) -> None:
    sent = {"confirmation": "bravo", "reason": "Closed", "even_active": "on", "wants_archive": "on"}
    response: Any = office.post(delete_page(other_tenant), sent)
    deletion = TenantDeletion.objects.get()
    page = f"{DELETIONS}{deletion.pk}/change/"
    assert (response.status_code, response["Location"]) == (302, page)
    assert office.get(delete_page(other_tenant))["Location"] == page
    assert f'<a href="{page}">is to be deleted</a>' in office.get(tenant_page(other_tenant)).content.decode()
    queue.run()

    shown = office.get(page).content.decode()
    archive: Any = office.get(f"{DELETIONS}{deletion.pk}/archive/")
    content = b"".join(archive.streaming_content)
    office.post(page, {"act": "undo"})

    deletion.refresh_from_db()
    assert "Until then this can be undone" in shown
    assert (content[:2], len(content)) == (b"PK", deletion.archive_bytes)
    assert archive["Content-Disposition"] == f'attachment; filename="{deletion.archive_name}"'
    assert AuditEntry.objects.get(action="tenant.archive_downloaded").actor == admin
    assert (deletion.state, Tenant.objects.get(pk=other_tenant.pk).is_suspended) == ("undone", False)


def test_after_the_deletion_the_page_still_tells_of_it(office: Client, other_tenant: Tenant, queue: NotedTasks) -> None:
    deletion = ask(other_tenant, at_once=True)
    queue.run()

    page = office.get(f"{DELETIONS}{deletion.pk}/change/").content.decode()

    for word in ("Bravo is gone", "bravo", "It closed", "Accounts closed"):
        assert word in page
    assert "Undo" not in page


def test_no_business_is_deleted_from_the_list(office: Client, tenant: Tenant) -> None:
    response = office.post("/admin/core/tenant/", {"action": "delete_selected", "_selected_action": [str(tenant.pk)]})

    assert (response.status_code in {200, 302}, Tenant.objects.filter(pk=tenant.pk).exists()) == (True, True)
    assert TenantDeletion.objects.count() == 0


def test_the_lists_take_the_same_number_of_statements_for_many(
    office: Client, django_assert_num_queries: Any, queue: NotedTasks, tenant: Tenant
) -> None:
    owner = Membership.objects.get(tenant=tenant, role=Role.OWNER).user
    counts = []
    for number in range(3):
        order(by=owner, subdomain=f"shop-{number}")
        with django_assert_num_queries(100, exact=False) as counted:
            assert office.get(BUILDS).status_code == 200
        counts.append(len(counted))

    assert counts[2] == counts[1]
