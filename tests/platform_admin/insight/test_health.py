"""The health of the installation: what is wrong is named, what cannot be told keeps nothing else from being told."""

import json
import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from core.installed import registry
from core.migration_state import known_migrations, migrations_behind
from core.models import Invitation, PeriodicRun, Tenant, User
from core.worker.naming import name_connections
from platform_admin.insight import health as module
from platform_admin.insight.health import Part, health, worst
from platform_admin.models import TenantStanding
from tests.core.browser import person
from tests.platform_admin.office import signed_in

HEALTH = "/admin/health/"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    """A disk to look at."""
    settings.DATA_DIR = tmp_path / "not" / "made" / "yet"


def part(key: str) -> Part:
    """What is told of one part."""
    return next(one for one in health(now=timezone.now()) if one.key == key)


def facts(key: str) -> dict[str, str]:
    return dict(part(key).facts)


def test_every_part_answers(db: None) -> None:
    parts = {one.key: one.state for one in health(now=timezone.now())}

    assert set(parts) == {
        "product",
        "database",
        "queue",
        "periodic",
        "migrations",
        "schemas",
        "counting",
        "disk",
        "mail",
    }
    assert (parts["product"], parts["migrations"], parts["mail"], parts["counting"]) == ("ok", "ok", "ok", "ok")
    assert facts("database")["PostgreSQL"].endswith(("embedded", "external"))


def test_a_schema_that_is_behind_is_named_with_what_it_lacks(db: None) -> None:
    assert migrations_behind() == {}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM acme.django_migrations WHERE app = 'exports' AND name = '0001_export_jobs'")

    assert migrations_behind() == {"acme": ("exports.0001_export_jobs",)}
    found = part("migrations")
    assert (found.state, dict(found.facts)) == (
        "bad",
        {"Schemas behind": "1", "acme": "exports.0001_export_jobs"},
    )


def test_two_hundred_schemas_are_compared_in_two_statements(db: None) -> None:
    with connection.cursor() as cursor:
        for number in range(200):
            cursor.execute(f"CREATE SCHEMA many_{number}")
            cursor.execute(f"CREATE TABLE many_{number}.django_migrations AS TABLE acme.django_migrations")
        cursor.execute("DELETE FROM many_77.django_migrations WHERE app = 'schedule' AND name = '0001_initial'")

    with CaptureQueriesContext(connection) as captured:
        begun = time.monotonic()
        behind = migrations_behind()
        seconds = time.monotonic() - begun

    statements = [query["sql"] for query in captured if "django_migrations" in query["sql"]]
    assert (behind, len(statements)) == ({"many_77": ("schedule.0001_initial",)}, 2)
    assert seconds < 5, f"{seconds:.2f} s for 200 schemas of {len(known_migrations())} migrations"


def test_schemas_and_businesses_that_lack_each_other(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA stray")
        cursor.execute("CREATE SCHEMA half")
        cursor.execute("COMMENT ON SCHEMA half IS 'being built: 1'")
    assert (part("schemas").state, facts("schemas")["Schemas without a business"]) == ("warning", "1 stray")
    assert facts("schemas")["Being built"] == "1"
    Tenant.objects.bulk_create([Tenant(name="Lost", schema_name="lost")])

    assert (part("schemas").state, facts("schemas")["Businesses without a schema"]) == ("bad", "1 lost")


def test_workers_are_seen_while_they_are_connected(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (part("queue").state, facts("queue")["Workers alive"]) == ("bad", "0")

    with connection.cursor() as cursor:
        cursor.execute("SET application_name = 'smoothschedule worker here:123'")
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # of this transaction
    found = part("queue")
    with connection.cursor() as cursor:
        cursor.execute("RESET application_name")

    assert (found.state, dict(found.facts)["Workers alive"]) == ("ok", "1: here:123")


def test_a_worker_gives_its_connections_a_name(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGAPPNAME", raising=False)
    monkeypatch.setattr("core.worker.naming.connections.close_all", lambda: None)
    monkeypatch.setattr("core.worker.naming.socket.gethostname", lambda: "h" * 80)

    name_connections()

    name = os.environ["PGAPPNAME"]
    assert (name.startswith("smoothschedule worker hhh"), len(name) <= 63) == (True, True)
    monkeypatch.delenv("PGAPPNAME")


@pytest.mark.parametrize(("minutes", "state"), [(1, "ok"), (6, "warning"), (31, "bad")])
def test_what_waits_long(minutes: int, state: str, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "workers_alive", lambda: ["here:1"])
    waiting = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        queue_name="default",
        backend_name="default",
        priority=0,
    )
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=timezone.now() - timedelta(minutes=minutes))

    assert (part("queue").state, facts("queue")["Waiting"]) == (state, "1")


def test_tasks_that_failed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "workers_alive", lambda: ["here:1"])
    for hours in (1, 25):
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="x.y",
            queue_name="default",
            backend_name="default",
            priority=0,
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now() - timedelta(hours=hours),
        )

    assert (part("queue").state, facts("queue")["Failed in 24 h"]) == ("warning", "1")


def test_recurring_work_that_is_late_or_fails(db: None) -> None:
    now = timezone.now()
    assert part("periodic").state == "warning"  # nothing has ever run
    PeriodicRun.objects.bulk_create(
        PeriodicRun(name=name, next_at=now + timedelta(minutes=1), last_started_at=now) for name in registry().periodic
    )
    assert part("periodic").state == "ok"
    PeriodicRun.objects.filter(name="core.sweep").update(last_error="SomeFailed: acme\nmore")
    assert (part("periodic").state, facts("periodic")["core.sweep"]) == (
        "warning",
        "last begun 0 s ago, failed: SomeFailed: acme",
    )
    PeriodicRun.objects.filter(name="core.sweep").update(next_at=now - timedelta(minutes=3), last_error="")

    assert (part("periodic").state, "is late" in facts("periodic")["core.sweep"]) == ("bad", True)


def test_a_full_disk(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    states = []
    for free in (50, 9, 2):
        usage = type("Usage", (), {"total": 100 * 2**30, "free": free * 2**30})
        monkeypatch.setattr("shutil.disk_usage", lambda _path, usage=usage: usage)
        states.append(part("disk").state)

    assert states == ["ok", "warning", "bad"]


def test_mail_that_does_not_go_out_and_businesses_that_cannot_be_counted(tenant: Tenant) -> None:
    now = timezone.now()
    Invitation.objects.create(
        tenant=tenant, email="a@b.example", role="staff", digest="x", expires_at=now, next_attempt_at=now, attempts=2
    )
    TenantStanding.objects.create(tenant=tenant, problem="ProgrammingError: relation does not exist")

    assert (part("mail").state, facts("mail")["Invitations that could not be sent yet"]) == ("warning", "1")
    assert (part("counting").state, facts("counting")["Businesses that cannot be counted"]) == ("warning", "1 acme")


def test_a_part_that_cannot_be_told_keeps_no_other_back(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM nowhere")

    monkeypatch.setattr(module, "PARTS", (("broken", "Broken", broken), *module.PARTS))

    page = office.get(HEALTH)

    assert page.status_code == 200
    assert (b"relation &quot;nowhere&quot; does not exist" in page.content, b"PostgreSQL" in page.content) == (
        True,
        True,
    )


def test_the_command_says_the_same_and_exits_with_it(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = StringIO()
    with pytest.raises(CommandError, match="Background work"):
        call_command("health", json=True, stdout=told)
    answer = json.loads(told.getvalue())
    assert (answer["state"], answer["parts"]["queue"]["facts"]["Workers alive"]) == ("bad", "0")

    monkeypatch.setattr(module, "PARTS", module.PARTS[:1])
    words = StringIO()
    call_command("health", stdout=words)

    assert words.getvalue().startswith("ok      This version\n        Version: ")
    assert worst([]) == "ok"


def test_a_database_that_does_not_answer(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any) -> Any:
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(module, "PARTS", (("database", "Database", gone),))

    (found,) = health(now=timezone.now())

    assert (found.state, found.facts) == ("bad", (("Cannot be told", "DatabaseError: server closed the connection"),))


def test_who_may_see_it(tenant: Tenant, admin: User) -> None:
    clerk = person("clerk@platform.example")
    clerk.is_staff = True
    clerk.save()
    found = [Client(SERVER_NAME="localhost").get(HEALTH).status_code]
    found.append(signed_in(User.objects.get(email="owner@acme.example")).get(HEALTH).status_code)
    found.append(signed_in(clerk).get(HEALTH).status_code)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_health"))
    found.append(signed_in(clerk).get(HEALTH).status_code)
    found.append(signed_in(admin).get(HEALTH).status_code)
    found.append(signed_in(admin).post(HEALTH).status_code)

    assert found == [302, 302, 403, 200, 200, 405]
