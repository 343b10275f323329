"""Tasks run inside their business or not at all."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from config.registry import REGISTRY
from core.active import deactivate
from core.models import Tenant
from core.tasks import TENANT_ARGUMENT, TenantUnusable, platform_task, tenant_task
from schedule.models import Resource
from tests.architecture.layers import read_imports
from tests.background import DATABASE_TASKS, NotedTasks, active_schema, work_off

seen: list[tuple[str, str]] = []


@tenant_task()
def look(word: str) -> None:
    """Note the word, and the schema unqualified names are looked for in."""
    seen.append((word, current_schema()))


@tenant_task()
def fail_halfway(name: str) -> None:
    """Write a row, then fail."""
    with transaction.atomic():
        Resource.objects.create(name=name)
        raise RuntimeError(name)


@tenant_task()
def break_the_transaction() -> None:
    """Leave by an error of the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


@platform_task()
def look_from_above(word: str) -> None:
    """Note the word and the schema, as the platform."""
    seen.append((word, current_schema()))


def current_schema() -> str:
    """The schema the database itself reads, and the one Django believes in; they had better agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        actual = str(cursor.fetchone()[0])
    assert actual == active_schema()
    return actual


@pytest.fixture(autouse=True)
def _nothing_seen() -> Iterator[None]:
    seen.clear()
    yield
    seen.clear()


@pytest.fixture
def database_queue(settings: Settings) -> None:
    """Queue tasks in the database, as an installation does."""
    settings.TASKS = DATABASE_TASKS


def states() -> list[str]:
    """The states of the tasks in the database, oldest first."""
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_a_task_runs_in_the_business_it_was_enqueued_in(
    tenant: Tenant, other_tenant: Tenant, queue: NotedTasks
) -> None:
    look.enqueue("first")
    with tenant_context(other_tenant):
        look.enqueue("second")

        ran = queue.run()

        assert current_schema() == "bravo"
    assert ran == ["look", "look"]
    assert seen == [("first", "acme"), ("second", "bravo")]


def test_what_is_enqueued_is_ids_and_the_business(tenant: Tenant, queue: NotedTasks) -> None:
    look.enqueue("word")

    assert queue.arguments == [(["word"], {TENANT_ARGUMENT: tenant.pk})]


def test_an_object_is_no_argument(tenant: Tenant, queue: NotedTasks) -> None:
    with pytest.raises(TypeError, match="Unsupported type"):
        look.enqueue(tenant)  # type: ignore[arg-type]  # the point of the test

    assert queue.names == []


def test_enqueuing_outside_a_business_fails(db: None, queue: NotedTasks) -> None:
    deactivate()

    with pytest.raises(TenantUnusable, match="look was enqueued outside a business"):
        look.enqueue("word")

    assert queue.names == []


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({}, "came without a business"),
        ({TENANT_ARGUMENT: None}, "came without a business"),
        ({TENANT_ARGUMENT: True}, "came without a business"),
        ({TENANT_ARGUMENT: "acme"}, "came without a business"),
        ({TENANT_ARGUMENT: 987_654_321}, "which does not exist"),
    ],
)
def test_a_task_without_a_usable_business_never_runs(named: dict[str, object], reason: str, tenant: Tenant) -> None:
    with pytest.raises(TenantUnusable, match=reason):
        look.call("word", **named)

    assert seen == []
    assert current_schema() == "acme"


def test_a_suspended_business_does_no_work(tenant: Tenant, queue: NotedTasks) -> None:
    look.enqueue("word")
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=timezone.now())

    with pytest.raises(TenantUnusable, match="which is suspended"):
        queue.run()

    assert seen == []


def test_a_business_without_its_schema_does_no_work(tenant: Tenant, queue: NotedTasks) -> None:
    look.enqueue("word")
    Tenant.objects.filter(pk=tenant.pk).update(schema_name="vanished")

    with pytest.raises(TenantUnusable, match="whose schema does not exist"):
        queue.run()

    assert seen == []


def test_a_platform_task_sees_public_and_leaves_the_caller_where_it_was(tenant: Tenant, queue: NotedTasks) -> None:
    look_from_above.enqueue("word")

    queue.run()

    assert seen == [("word", "public")]
    assert current_schema() == "acme"
    assert queue.arguments == []


def test_a_worker_alternates_between_businesses_and_public(
    tenant: Tenant, other_tenant: Tenant, database_queue: None
) -> None:
    for number in range(3):
        look.enqueue(f"a{number}")
        with tenant_context(other_tenant):
            look.enqueue(f"b{number}")
        look_from_above.enqueue(f"p{number}")
    deactivate()

    work_off()

    assert seen == [
        pair
        for number in range(3)
        for pair in ((f"a{number}", "acme"), (f"b{number}", "bravo"), (f"p{number}", "public"))
    ]
    assert states() == [TaskResultStatus.SUCCESSFUL] * 9


def test_a_failing_task_leaves_its_business_and_nothing_behind(
    tenant: Tenant, other_tenant: Tenant, database_queue: None
) -> None:
    fail_halfway.enqueue("Chair")
    break_the_transaction.enqueue()
    with tenant_context(other_tenant):
        look.enqueue("after")
    deactivate()

    work_off()

    assert current_schema() == "public"
    assert seen == [("after", "bravo")]
    assert states() == [TaskResultStatus.FAILED, TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]
    with tenant_context(tenant):
        assert not Resource.objects.filter(name="Chair").exists()


def test_a_task_of_a_business_that_is_gone_fails_in_the_queue(tenant: Tenant, database_queue: None) -> None:
    look.enqueue("word")
    stored = DBTaskResult.objects.get()
    DBTaskResult.objects.update(args_kwargs={**stored.args_kwargs, "kwargs": {TENANT_ARGUMENT: 987_654_321}})
    deactivate()

    work_off()

    stored.refresh_from_db()
    assert seen == []
    assert (stored.status, stored.exception_class_path) == (TaskResultStatus.FAILED, "core.tasks.TenantUnusable")


def test_what_is_rolled_back_was_never_enqueued(tenant: Tenant, database_queue: None) -> None:
    with transaction.atomic():
        look.enqueue("word")
        transaction.set_rollback(True)

    work_off()

    assert DBTaskResult.objects.count() == 0
    assert seen == []


def test_a_queue_elsewhere_hears_of_it_after_the_commit(
    tenant: Tenant, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
            "QUEUES": ["default", "long"],
            "OPTIONS": {"ENQUEUE_ON_COMMIT": True},
        }
    }
    with django_capture_on_commit_callbacks(execute=True):
        look.enqueue("word")
        assert seen == []

    assert seen == [("word", "acme")]


def test_nothing_of_a_business_is_in_the_queue_but_ids(tenant: Tenant, database_queue: None) -> None:
    look.enqueue("word")

    stored = DBTaskResult.objects.get()

    assert json.dumps(stored.args_kwargs) == json.dumps({"args": ["word"], "kwargs": {TENANT_ARGUMENT: tenant.pk}})
    assert stored.task_path == "tests.core.test_tasks.look"


def test_nobody_queues_past_the_decorators() -> None:
    """Tasks made with the library's own decorator would run wherever the connection happens to be."""
    users = {
        found.importer
        for found in read_imports(REGISTRY)
        if found.imported_app in {"django_tasks", "django_tasks_db", "django_tasks_rq", "django_rq"}
    }

    looks_on = {"core.housekeeping", "core.queue", "core.sweep"}
    assert users == {"core.tasks", *looks_on, "core.worker.database", "core.worker.redis"}
