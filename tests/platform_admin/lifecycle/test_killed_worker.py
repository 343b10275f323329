"""Workers are killed outright while a business is built, and while it is deleted."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.plugin import DjangoDbBlocker

from core.active import deactivate
from core.audit_retention import erasure_allowed
from core.models import AuditEntry, Invitation, PeriodicRun, Tenant, User
from platform_admin.lifecycle.models import TenantBuild, TenantDeletion
from platform_admin.lifecycle.schemas import migrations_applied
from platform_admin.models import DayOfBusiness, TenantStanding
from tests.background import DATABASE_TASKS, wait_until, worker_process
from tests.platform_admin.lifecycle.made import ask, order, schema_exists, tables_in

pytestmark = pytest.mark.timeout(600)
PATIENCE = 240


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test commit: other processes are to see its rows. Afterwards nothing of them is left."""
    with django_db_blocker.unblock():
        yield
        deactivate()
        with erasure_allowed():
            AuditEntry.objects.filter(Q(tenant_label="Killed") | Q(object_label="Killed")).delete()
        for tenant in Tenant.objects.filter(schema_name="killed"):
            tenant.delete(force_drop=True)  # type: ignore[no-untyped-call]  # of django-tenants
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS killed CASCADE")
        for model in (TenantBuild, TenantDeletion, DBTaskResult, PeriodicRun, DayOfBusiness, TenantStanding):
            model._default_manager.all().delete()
        User.objects.filter(email="owner@killed.example")._raw_delete("default")


def sweep_until(claim: Any) -> None:
    """Let the recurring work come round at once, again and again, until `claim` is true."""

    def look() -> object:
        PeriodicRun.objects.filter(name="platform_admin.lifecycle").update(next_at=timezone.now())
        return claim()

    wait_until(look, seconds=PATIENCE)


def test_what_killed_workers_left_is_finished_once(db: None, tmp_path: Path) -> None:
    environment = {"WORKER_DATA_DIR": str(tmp_path), "MAIL_FOLDER": str(tmp_path)}
    with override_settings(TASKS=DATABASE_TASKS):
        build = order(name="Killed", subdomain="killed", owner_email="owner@killed.example")
    with worker_process(**environment) as first:
        wait_until(lambda: migrations_applied("killed")[0] > 3, seconds=PATIENCE)
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    half = TenantBuild.objects.get(pk=build.pk)
    assert (half.state, half.step, Tenant.objects.filter(schema_name="killed").exists()) == ("open", "tables", False)

    with worker_process(**environment):
        sweep_until(lambda: not TenantBuild.objects.get(pk=build.pk).is_open)

    tenant = Tenant.objects.get(schema_name="killed")
    assert tables_in("killed") == tables_in("acme")
    assert AuditEntry.objects.filter(action="tenant.created", tenant=tenant).count() == 1
    assert Invitation.objects.filter(tenant=tenant).count() == 1

    with override_settings(TASKS=DATABASE_TASKS):
        deletion = ask(tenant, at_once=True)
    with worker_process(**environment) as second, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE killed.schedule_service IN ACCESS SHARE MODE")  # dropping has to wait
        wait_until(lambda: TenantDeletion.objects.get(pk=deletion.pk).step == "removal", seconds=PATIENCE)
        second.send_signal(signal.SIGKILL)
        second.wait(10)
    wait_until(lambda: connected() == 0)
    assert (schema_exists("killed"), Tenant.objects.filter(schema_name="killed").exists()) == (True, True)

    with worker_process(**environment):
        sweep_until(lambda: not TenantDeletion.objects.get(pk=deletion.pk).is_open)

    gone = TenantDeletion.objects.get(pk=deletion.pk)
    assert (gone.state, schema_exists("killed"), Tenant.objects.filter(schema_name="killed").exists()) == (
        "done",
        False,
        False,
    )
    assert AuditEntry.objects.filter(action="tenant.deleted", tenant_label="Killed").count() == 1
    assert [path.name for path in (tmp_path / "farewells").iterdir()] == [gone.archive_name]


def connected() -> int:
    """How many connections wait for locks still."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])
