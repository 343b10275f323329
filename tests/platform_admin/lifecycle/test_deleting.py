"""Deleting a business: undone in its week, gone whole afterwards, and never half."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context
from pytest_django import Settings

from core.errors import Conflict, DomainError, FieldError
from core.leases import LeaseLost
from core.models import ApiToken, AuditEntry, Domain, Membership, Role, Tenant, User
from core.suspension import resume, suspend
from core.tokens import issue_sign_in_token
from platform_admin.lifecycle import deleting
from platform_admin.lifecycle.archives import archives_folder
from platform_admin.lifecycle.deleting import Choices
from platform_admin.lifecycle.models import TenantDeletion
from platform_admin.lifecycle.tasks import delete_business, delete_on, forget_archives, order_deletion, wake_lifecycle
from schedule.models import Customer
from tests.background import NotedTasks
from tests.core.browser import person
from tests.core.schemas import schema_set
from tests.factories.schedule import CustomerFactory
from tests.platform_admin.lifecycle.made import ask, let_grace_pass, schema_exists

GRACE_DAYS = timedelta(days=7)


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """A folder of the test's own for archives."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def bravo(other_tenant: Tenant, queue: NotedTasks) -> Tenant:
    """Bravo, with two customers in it."""
    with tenant_context(other_tenant):
        CustomerFactory.create(name="Ann, of Bravo")
        CustomerFactory.create(name="Zoë")
    return other_tenant


def reread(deletion: TenantDeletion) -> TenantDeletion:
    return TenantDeletion.objects.get(pk=deletion.pk)


def test_asking_suspends_and_changes_nothing_else(bravo: Tenant, admin: User, queue: NotedTasks) -> None:
    deletion = ask(bravo, by=admin)

    assert queue.run() == ["delete_business"]
    waiting = reread(deletion)
    bravo.refresh_from_db()
    assert (waiting.state, waiting.step, waiting.next_attempt_at) == ("waiting", "grace", waiting.due_at)
    assert waiting.due_at - waiting.created_at == GRACE_DAYS
    assert (bravo.is_suspended, schema_exists("bravo"), waiting.suspended_here) == (True, True, True)
    assert Membership.objects.filter(tenant=bravo, is_active=True).count() == 1
    entries = AuditEntry.objects.filter(actor=admin).order_by("pk").values_list("action", "tenant_label")
    assert list(entries) == [("tenant.suspended", "Bravo"), ("tenant.deletion_asked", "Bravo")]
    assert (archives_folder() / waiting.archive_name).is_file()


def test_the_archive_holds_every_row(bravo: Tenant, admin: User, queue: NotedTasks) -> None:
    deletion = ask(bravo, by=admin)
    queue.run()

    done = reread(deletion)
    path = archives_folder() / done.archive_name
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        customers = list(csv.DictReader(io.TextIOWrapper(archive.open("tables/schedule_customer.csv"), "utf-8")))
        manifest = json.loads(archive.read("manifest.json"))
        about = json.loads(archive.read("business.json"))
        connections = archive.read("tables/calendar_sync_calendarconnection.csv").decode()
        audit = list(csv.DictReader(io.TextIOWrapper(archive.open("audit.csv"), "utf-8")))
    assert {row["name"] for row in customers} == {"Ann, of Bravo", "Zoë"}
    assert manifest["rows"]["tables/schedule_customer.csv"] == 2
    assert sum(manifest["rows"].values()) == done.archive_rows
    assert (about["business"]["schema_name"], about["plan"], about["domains"]) == (
        "bravo",
        "professional",
        ["bravo.localhost"],
    )
    assert [(member["email"], member["role"]) for member in about["members"]] == [("owner@bravo.example", "owner")]
    assert "sealed_secrets" not in connections
    assert "tenant.deletion_asked" in {row["action"] for row in audit}
    assert (path.stat().st_mode & 0o777, path.stat().st_size) == (0o600, done.archive_bytes)


def test_undone_in_its_week_everything_is_as_before(bravo: Tenant, admin: User, queue: NotedTasks) -> None:
    deletion = ask(bravo, by=admin)
    queue.run()

    deleting.undo(deletion=deletion, by=admin, now=timezone.now())

    undone = reread(deletion)
    bravo.refresh_from_db()
    assert (undone.state, undone.next_attempt_at, bravo.is_suspended) == ("undone", None, False)
    wake_lifecycle(timezone.now() + 2 * GRACE_DAYS)
    assert (queue.names, schema_exists("bravo")) == ([], True)
    assert AuditEntry.objects.filter(action="tenant.deletion_undone", tenant=bravo).count() == 1
    assert ask(bravo).is_open


def test_undoing_leaves_a_business_suspended_that_was_so_before(bravo: Tenant, admin: User) -> None:
    suspend(tenant=bravo, reason="Unpaid", by=admin)
    deletion = ask(Tenant.objects.get(pk=bravo.pk), even_active=False)

    deleting.undo(deletion=deletion, by=admin, now=timezone.now())

    bravo.refresh_from_db()
    assert bravo.is_suspended


def test_after_its_week_it_is_gone_whole(bravo: Tenant, admin: User, queue: NotedTasks) -> None:
    owner = User.objects.get(email="owner@bravo.example")
    secret = issue_sign_in_token(membership=Membership.objects.get(tenant=bravo))
    deletion = ask(bravo, by=admin)
    queue.run()
    early = reread(deletion).archived_at
    wake_lifecycle(timezone.now())
    assert queue.names == []  # it rests
    let_grace_pass(deletion)
    TenantDeletion.objects.filter(pk=deletion.pk).update(woken_at=None)

    wake_lifecycle(timezone.now())
    assert queue.run() == ["delete_business"]

    gone = reread(deletion)
    assert (gone.state, gone.step, gone.tenant, gone.accounts_closed) == ("done", "gone", None, 1)
    assert early is not None
    assert gone.archived_at is not None
    assert gone.archived_at > early  # written once more when nobody could change anything any more
    assert (schema_exists("bravo"), schema_set()) == (False, "public")
    assert not Tenant.objects.filter(schema_name="bravo").exists()
    assert not Domain.objects.filter(domain="bravo.localhost").exists()
    assert not ApiToken.objects.filter(pk=secret.token.pk).exists()
    owner.refresh_from_db()
    assert (owner.email, owner.name, owner.is_active, owner.has_usable_password()) == (
        f"{owner.pk}@closed.invalid",
        "",
        False,
        False,
    )


def test_audit_entries_survive_with_the_name(bravo: Tenant, admin: User, queue: NotedTasks) -> None:
    ask(bravo, by=admin, at_once=True)
    queue.run()

    entries = AuditEntry.objects.filter(tenant_label="Bravo").order_by("pk")
    assert [(entry.action, entry.tenant, entry.actor) for entry in entries] == [
        ("tenant.suspended", None, admin),
        ("tenant.deletion_asked", None, admin),
        ("tenant.deleted", None, admin),
    ]
    last = entries[2].before
    assert (last["schema_name"], last["domains"], last["members"], last["reason"]) == (
        "bravo",
        ["bravo.localhost"],
        ["owner@bravo.example"],
        "It closed",
    )


def test_people_who_belong_elsewhere_or_to_the_platform_keep_their_accounts(
    bravo: Tenant, tenant: Tenant, admin: User, queue: NotedTasks
) -> None:
    both = person("both@example.org", (bravo, Role.STAFF), (tenant, Role.STAFF))
    clerk = person("clerk@platform.example", (bravo, Role.MANAGER))
    User.objects.filter(pk=clerk.pk).update(is_staff=True)

    deletion = ask(bravo, at_once=True)
    queue.run()

    kept = User.objects.filter(pk__in=(both.pk, clerk.pk), is_active=True).values_list("email", flat=True)
    assert (set(kept), reread(deletion).accounts_closed) == ({"both@example.org", "clerk@platform.example"}, 1)


def test_accounts_stay_where_that_was_chosen(bravo: Tenant, queue: NotedTasks) -> None:
    ask(bravo, at_once=True, closes_accounts=False, wants_archive=False)
    queue.run()

    assert User.objects.get(email="owner@bravo.example").is_active
    assert not archives_folder().exists()


@pytest.mark.parametrize("typed", ["", "Bravo", "bravo2", "acme", "BRAVO"])
def test_a_wrong_confirmation_asks_again(typed: str, bravo: Tenant, queue: NotedTasks) -> None:
    with pytest.raises(FieldError) as caught:
        order_deletion(
            tenant=bravo,
            confirmation=typed,
            reason="x",
            choices=Choices(even_active=True),
            by=None,
            now=timezone.now(),
        )

    bravo.refresh_from_db()
    assert caught.value.detail == "confirmation: Type bravo to delete this business."
    assert (TenantDeletion.objects.count(), bravo.is_suspended, queue.names) == (0, False, [])


def test_an_active_business_is_deleted_only_where_that_is_said(bravo: Tenant) -> None:
    with pytest.raises(Conflict) as caught:
        ask(bravo, even_active=False)

    assert (caught.value.code, TenantDeletion.objects.count()) == ("not_suspended", 0)


def test_it_is_asked_for_once(bravo: Tenant) -> None:
    ask(bravo)

    with pytest.raises(Conflict) as caught:
        ask(Tenant.objects.get(pk=bravo.pk))

    assert caught.value.code == "being_deleted"


def test_a_business_that_was_resumed_meanwhile_is_not_deleted(bravo: Tenant, admin: User, queue: NotedTasks) -> None:
    deletion = ask(bravo)
    queue.run()
    resume(tenant=bravo, reason="They paid", by=admin)
    let_grace_pass(deletion)

    delete_business.call(str(deletion.pk))

    stopped = reread(deletion)
    assert (stopped.state, stopped.has_stopped, schema_exists("bravo")) == ("waiting", True, True)
    assert "is not suspended any more" in stopped.problem
    deleting.undo(deletion=stopped, by=admin, now=timezone.now())
    assert reread(deletion).state == "undone"


@pytest.mark.parametrize("where", ["members_of", "write_archive", "people_of_nowhere_else", "close_account", "finish"])
def test_whoever_breaks_off_is_followed_by_the_next(
    where: str, bravo: Tenant, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    deletion = ask(bravo, at_once=True)

    def dies(*_: Any, **__: Any) -> None:
        raise RuntimeError("pulled the plug")

    with monkeypatch.context() as patched:
        patched.setattr(deleting, where, dies)
        queue.run()
    half = reread(deletion)
    assert (half.is_open, half.failures, half.problem) == (True, 1, "This installation answered: pulled the plug")
    assert (schema_exists("bravo"), Tenant.objects.filter(schema_name="bravo").exists()) == (True, True)
    TenantDeletion.objects.filter(pk=deletion.pk).update(next_attempt_at=timezone.now())

    wake_lifecycle(timezone.now())
    queue.run()

    gone = reread(deletion)
    assert (gone.state, schema_exists("bravo")) == ("done", False)
    assert AuditEntry.objects.filter(action="tenant.deleted").count() == 1
    assert list(archives_folder().iterdir()) == [archives_folder() / gone.archive_name]
    assert [member["is_active"] for member in gone.members] == [True]


def test_two_workers_delete_it_once(bravo: Tenant) -> None:
    deletion = ask(bravo, at_once=True)

    delete_business.call(str(deletion.pk))
    delete_business.call(str(deletion.pk))

    assert (AuditEntry.objects.filter(action="tenant.deleted").count(), reread(deletion).attempts) == (1, 1)


def test_undoing_wins_over_a_worker_that_has_begun_or_comes_too_late(bravo: Tenant, queue: NotedTasks) -> None:
    deletion = ask(bravo, at_once=True)
    TenantDeletion.objects.filter(pk=deletion.pk).update(attempts=1)
    begun = reread(deletion)
    deleting.undo(deletion=deletion, by=None, now=timezone.now())

    with pytest.raises(LeaseLost):
        deleting.advance(begun)
    assert schema_exists("bravo")

    again = ask(Tenant.objects.get(pk=bravo.pk), at_once=True)
    TenantDeletion.objects.filter(pk=again.pk).update(state="leaving")
    with pytest.raises(DomainError) as caught:
        deleting.undo(deletion=again, by=None, now=timezone.now())
    assert caught.value.code == "too_late"


def test_what_waits_in_the_queue_for_it_is_taken_out(bravo: Tenant, tenant: Tenant, queue: NotedTasks) -> None:
    common = {"task_path": "x.y", "queue_name": "default", "backend_name": "default", "priority": 0}
    for number in (bravo.pk, tenant.pk):
        DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {"_tenant": number}}, **common)

    ask(bravo, at_once=True)
    queue.run()

    assert [row.args_kwargs["kwargs"]["_tenant"] for row in DBTaskResult.objects.all()] == [tenant.pk]


def test_a_full_disk_stops_it_before_anything_is_lost(bravo: Tenant, queue: NotedTasks, data_dir: Path) -> None:
    (data_dir / "farewells").write_text("in the way")
    deletion = ask(bravo, at_once=True)

    for _ in range(3):
        TenantDeletion.objects.filter(pk=deletion.pk).update(next_attempt_at=timezone.now())
        delete_business.call(str(deletion.pk))

    stopped = reread(deletion)
    assert (stopped.state, stopped.has_stopped, schema_exists("bravo")) == ("leaving", True, True)
    (data_dir / "farewells").unlink()
    queue.lose()
    delete_on(deletion=stopped, now=timezone.now())
    queue.run()
    assert reread(deletion).state == "done"


def test_archives_are_kept_for_thirty_days(bravo: Tenant, queue: NotedTasks) -> None:
    deletion = ask(bravo, at_once=True)
    queue.run()
    path = archives_folder() / reread(deletion).archive_name

    forget_archives(timezone.now() + timedelta(days=29))
    assert path.is_file()
    forget_archives(timezone.now() + timedelta(days=31))

    assert (path.exists(), reread(deletion).archive_name) == (False, "")


def test_a_business_that_was_removed_by_other_means(bravo: Tenant, queue: NotedTasks) -> None:
    deletion = ask(bravo, at_once=True)
    Tenant.objects.filter(pk=bravo.pk).delete()

    queue.run()

    assert reread(deletion).state == "done"


def test_other_businesses_keep_everything(bravo: Tenant, tenant: Tenant, queue: NotedTasks) -> None:
    customer = CustomerFactory.create(name="Ann, of Acme")

    ask(bravo, at_once=True)
    queue.run()

    with tenant_context(tenant):
        assert list(Customer.objects.values_list("pk", flat=True)) == [customer.pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE confrelid = 'public.core_user'::regclass")
        assert cursor.fetchone()[0] > 0
