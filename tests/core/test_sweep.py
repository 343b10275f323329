"""The sweep reaches every business, and the queue is kept clean."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core import topics
from core.everywhere import SomeFailed, publish_everywhere
from core.housekeeping import tidy_up
from core.models import Tenant
from core.sweep import sweep
from tests.background import active_schema

NOW = datetime(2030, 1, 7, 12, tzinfo=UTC)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What a subscriber of both topics is told, and where."""
    heard: list[tuple[str, object]] = []

    def listen(fact: Any) -> None:
        heard.append((active_schema(), fact["at"]))
        if "fail in acme" in str(fact["at"]) and active_schema() == "acme":
            raise RuntimeError("out of paper")

    for topic in ("work.sweep_due", "housekeeping.due"):
        monkeypatch.setitem(topics._receivers, topic, [listen])
    return heard


def task(
    status: str, *, started_at: datetime | None = None, finished_at: datetime | None = None
) -> DBTaskResult[..., Any]:
    """A task of the database's queue."""
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.core.test_tasks.look",
        backend_name="default",
        run_after=get_date_max(),
        started_at=started_at,
        finished_at=finished_at,
    )


def test_the_sweep_is_told_inside_each_business_that_may_work(
    tenant: Tenant, other_tenant: Tenant, told: list[tuple[str, object]]
) -> None:
    sweep(NOW)
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=NOW)
    sweep(NOW + timedelta(minutes=1))

    assert told == [("acme", NOW.isoformat()), ("bravo", NOW.isoformat()), ("bravo", "2030-01-07T12:01:00+00:00")]


def test_housekeeping_is_told_in_suspended_businesses_too(tenant: Tenant, told: list[tuple[str, object]]) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=NOW)

    tidy_up(NOW)
    call_command("housekeeping")

    assert [schema for schema, _ in told] == ["acme", "bravo"] * 2


def test_a_failure_in_one_business_is_told_after_the_others_heard(
    tenant: Tenant, told: list[tuple[str, object]], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(SomeFailed, match=r"^work\.sweep_due failed in acme$"):
        publish_everywhere("work.sweep_due", {"at": "fail in acme"}, even_suspended=True)

    assert [schema for schema, _ in told] == ["acme", "bravo"]
    assert [record.getMessage() for record in caplog.records] == ["work.sweep_due failed in acme"]
    assert active_schema() == "acme"  # where the test is


def test_a_task_whose_worker_is_gone_is_marked_as_failed(tenant: Tenant) -> None:
    lost = task(TaskResultStatus.RUNNING, started_at=NOW - timedelta(hours=4, seconds=1))
    busy = task(TaskResultStatus.RUNNING, started_at=NOW - timedelta(hours=3))

    sweep(NOW)

    lost.refresh_from_db()
    busy.refresh_from_db()
    assert (lost.status, lost.finished_at, lost.exception_class_path) == (
        TaskResultStatus.FAILED,
        NOW,
        "core.sweep.WorkerLost",
    )
    assert busy.status == TaskResultStatus.RUNNING


def test_finished_tasks_are_forgotten_failed_ones_later(tenant: Tenant) -> None:
    kept = [
        task(TaskResultStatus.SUCCESSFUL, finished_at=NOW - timedelta(hours=23)),
        task(TaskResultStatus.FAILED, finished_at=NOW - timedelta(days=29)),
        task(TaskResultStatus.READY),
        task(TaskResultStatus.RUNNING, started_at=NOW - timedelta(days=99)),
    ]
    task(TaskResultStatus.SUCCESSFUL, finished_at=NOW - timedelta(hours=25))
    task(TaskResultStatus.FAILED, finished_at=NOW - timedelta(days=31))

    tidy_up(NOW)

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {row.pk for row in kept}
