"""Export jobs and real worker processes: killed, told to stop, cut off from the database."""

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import AuditEntry, Membership, PeriodicRun, Tenant
from exports.enums import JobState
from exports.models import ExportJob
from exports.services.jobs import withdraw_job
from exports.session import APPLICATION_NAME
from exports.tasks import render_export
from tests.background import DATABASE_TASKS, wait_until, worker_process
from tests.exports.committing import db as db
from tests.exports.jobs import boss, file_of, folder, manifest_of, names_in
from tests.exports.slowly import FILE, ROWS

__all__ = ["boss", "folder"]

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def slow_job(shop: Tenant, boss: Membership) -> Iterator[ExportJob]:
    """A queued job that takes three seconds; afterwards nothing that was queued or recurs is left behind."""
    now = timezone.now()
    job = ExportJob.objects.create(
        asked={"dataset": "slowly", "format": "csv", "filters": {}, "fields": ["id", "text"], "since": None},
        dataset="slowly",
        format="csv",
        requested_by=boss.user,
        next_attempt_at=now,
        woken_at=now,
    )
    with override_settings(TASKS=DATABASE_TASKS):
        render_export.enqueue(str(job.pk))
    yield job
    DBTaskResult.objects.all().delete()
    PeriodicRun.objects.all().delete()


def state(job: ExportJob) -> str:
    """The job's state as it is stored."""
    job.refresh_from_db()
    return job.state


def half_written(folder: Path) -> bool:
    """Whether some of a file, and not all of it, is on the disk."""
    return any(500_000 < path.stat().st_size < len(FILE) * 0.8 for path in folder.glob("*.part"))


def sweep_now() -> None:
    """Make the sweep due."""
    PeriodicRun.objects.filter(name="core.sweep").update(next_at=timezone.now())


def assert_complete(job: ExportJob, folder: Path, *, attempts: int) -> None:
    """The job's file is there, whole, and nothing else is."""
    assert file_of(job, folder) == FILE
    assert (job.state, job.rows, job.rows_expected, job.attempts) == (JobState.SUCCEEDED, ROWS, ROWS, attempts)
    assert names_in(folder) == [f"{job.pk}-{attempts}.csv", f"{job.pk}-{attempts}.csv.manifest.json"]
    assert manifest_of(job, folder)["sha256"] == job.sha256


def test_a_job_whose_worker_is_killed_midway_is_finished_by_the_next(
    slow_job: ExportJob, folder: Path, tmp_path: Path, shop: Tenant
) -> None:
    with worker_process(WORKER_DATA_DIR=str(tmp_path)) as worker:
        wait_until(lambda: half_written(folder))
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    assert state(slow_job) == JobState.RUNNING
    assert names_in(folder) == [f"{slow_job.pk}-1.csv.part"]
    lease_until = slow_job.lease_until
    assert lease_until is not None

    with worker_process(WORKER_DATA_DIR=str(tmp_path)):
        wait_until(lambda: timezone.now() > lease_until)
        sweep_now()
        wait_until(lambda: state(slow_job) == JobState.SUCCEEDED)

    assert_complete(slow_job, folder, attempts=2)
    assert list(AuditEntry.objects.filter(tenant=shop).values_list("action", flat=True)) == ["export.finished"]


def test_a_worker_told_to_stop_finishes_its_job(slow_job: ExportJob, folder: Path, tmp_path: Path) -> None:
    with worker_process(WORKER_DATA_DIR=str(tmp_path)) as worker:
        wait_until(lambda: 0 < ExportJob.objects.get().percent < 100)
        worker.terminate()

        assert worker.wait(30) == 0

    assert_complete(slow_job, folder, attempts=1)


def test_a_job_whose_database_connection_breaks_is_tried_again(
    slow_job: ExportJob, folder: Path, tmp_path: Path
) -> None:
    with worker_process(WORKER_DATA_DIR=str(tmp_path)):
        wait_until(lambda: half_written(folder))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE application_name = %s AND datname = current_database()",
                [APPLICATION_NAME],
            )
        wait_until(lambda: state(slow_job) == JobState.QUEUED)
        assert (slow_job.problem_code, names_in(folder)) == ("interrupted", [])
        ExportJob.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
        sweep_now()
        wait_until(lambda: state(slow_job) == JobState.SUCCEEDED)

    assert_complete(slow_job, folder, attempts=2)


def test_a_job_cancelled_midway_is_stopped(slow_job: ExportJob, boss: Membership, folder: Path, tmp_path: Path) -> None:
    with worker_process(WORKER_DATA_DIR=str(tmp_path)):
        wait_until(lambda: half_written(folder))
        withdraw_job(job=slow_job, by=boss, now=timezone.now())
        wait_until(lambda: names_in(folder) == [], seconds=3)

    assert state(slow_job) == JobState.CANCELLED
