"""Doing export jobs: to the end, or not at all."""

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

from django.utils import timezone

from core.active import activate
from core.models import AuditEntry, Membership, Tenant
from core.sweep import sweep
from exports.enums import JobState
from exports.errors import TooManyJobs
from exports.models import ExportJob
from exports.services.jobs import MOST_UNFINISHED, forget_old_jobs, withdraw_job
from exports.tasks import forget_former_businesses
from schedule.models import Customer
from tests.background import NotedTasks
from tests.exports.committing import db as db
from tests.exports.jobs import (
    Chunks,
    add_customers,
    boss,
    file_of,
    folder,
    manifest_of,
    names_in,
    order,
    problem,
    streaming,
)
from tests.exports.reading import cells
from tests.schedule.committed import at_once

__all__ = ["boss", "folder", "streaming"]


def test_a_job_becomes_a_file_with_a_manifest(shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks) -> None:
    add_customers(500)
    job = order(boss, filters={"is_active": True}, fields=["id", "name"])
    assert (job.state, job.percent, names_in(folder)) == (JobState.QUEUED, 0, [])

    assert queue.run() == ["render_export"]

    rows = cells(file_of(job, folder))
    assert sorted(row["name"] for row in rows) == sorted(f'No. {number}, "Zoë"' for number in range(500))
    assert (job.state, job.rows, job.rows_expected, job.percent, job.attempts) == (JobState.SUCCEEDED, 500, 500, 100, 1)
    assert job.finished_at is not None
    assert job.expires_at == job.finished_at + timedelta(days=7)
    assert (job.next_attempt_at, job.lease_until, job.problem) == (None, None, "")
    assert names_in(folder) == [f"{job.pk}-1.csv", f"{job.pk}-1.csv.manifest.json"]
    assert job.started_at is not None
    assert manifest_of(job, folder) == {
        "file": job.file_name,
        "dataset": "customers",
        "format": "csv",
        "filters": {"is_active": True},
        "fields": ["id", "name"],
        "since": None,
        "bom": False,
        "schema_version": 1,
        "timezone": "Europe/Berlin",
        "generated_at": job.started_at.astimezone(shop.zone).isoformat(),
        "rows": 500,
        "size_bytes": job.size_bytes,
        "sha256": job.sha256,
        "cursor": job.cursor,
    }


def test_files_are_for_the_installation_alone(shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks) -> None:
    order(boss)
    queue.run()

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_job_is_noted_when_it_is_ordered_and_when_it_ends(
    shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks
) -> None:
    add_customers(3)
    job = order(boss, format="json")
    queue.run()

    asked, done = AuditEntry.objects.filter(tenant=shop).order_by("pk")
    job.refresh_from_db()
    assert [(entry.action, entry.actor, entry.object_label) for entry in (asked, done)] == [
        ("export.requested", boss.user, str(job.pk)),
        ("export.finished", boss.user, str(job.pk)),
    ]
    assert asked.after == job.asked
    assert done.after == {
        "dataset": "customers",
        "format": "json",
        "filters": {},
        "rows": 3,
        "sha256": job.sha256,
    }


def test_a_spreadsheet(shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks) -> None:
    add_customers(20)
    job = order(boss, format="xlsx", fields=["name"])
    queue.run()

    with ZipFile(io.BytesIO(file_of(job, folder))) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == 21
    assert (job.rows, job.percent) == (20, 100)


def test_an_increment_begins_where_the_file_before_ended(
    shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks
) -> None:
    add_customers(3)
    Customer.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    first = order(boss)
    queue.run()
    first.refresh_from_db()
    Customer.objects.create(name="New")
    second = order(boss, since=first.cursor)
    queue.run()

    assert [row["name"] for row in cells(file_of(second, folder))] == ["New"]
    assert manifest_of(second, folder)["since"] == first.cursor


def test_progress_is_noted_and_the_lease_kept(
    boss: Membership, folder: Path, queue: NotedTasks, streaming: Callable[[Callable[[int], None]], Chunks]
) -> None:
    seen = []

    def look(_number: int) -> None:
        row = ExportJob.objects.get()
        assert row.lease_until is not None
        seen.append((row.state, row.rows, row.lease_until > timezone.now() + timedelta(seconds=55)))
        ExportJob.objects.update(lease_until=timezone.now())

    stream = streaming(look)
    stream.cursor = type("Cursor", (), {"token": "c"})  # type: ignore[attr-defined]  # what a stream has
    add_customers(40)
    job = order(boss)
    queue.run()

    assert seen == [(JobState.RUNNING, 10, True), (JobState.RUNNING, 20, True)]
    assert stream.is_closed
    assert file_of(job, folder) == b"x" * 3000
    assert (job.rows, job.rows_expected, job.percent) == (30, 40, 100)


def test_percent_is_100_for_nothing_but_a_finished_file() -> None:
    running = ExportJob(state=JobState.RUNNING, rows=50, rows_expected=200)
    grown = ExportJob(state=JobState.RUNNING, rows=300, rows_expected=200)
    empty = ExportJob(state=JobState.RUNNING, rows=0, rows_expected=0)
    failed = ExportJob(state=JobState.FAILED, rows=200, rows_expected=200)
    done = ExportJob(state=JobState.SUCCEEDED, rows=0, rows_expected=0)

    assert [job.percent for job in (running, grown, empty, failed, done)] == [25, 99, 0, 99, 100]


def test_ten_unfinished_jobs_are_enough(shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks) -> None:
    results = at_once(shop, [lambda: order(boss).state] * (MOST_UNFINISHED + 4))

    refused = [result for result in results if isinstance(result, TooManyJobs)]
    assert (len(results) - len(refused), len(refused)) == (MOST_UNFINISHED, 4)
    assert refused[0].code == "too_many_jobs"
    assert ExportJob.objects.count() == MOST_UNFINISHED
    withdraw_job(job=ExportJob.objects.all()[0], by=boss, now=timezone.now())
    order(boss)


def test_a_file_past_its_time_is_removed(shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks) -> None:
    job, other = order(boss), order(boss)
    queue.run()
    job.refresh_from_db()
    other.refresh_from_db()
    assert job.expires_at is not None
    ExportJob.objects.filter(pk=other.pk).update(expires_at=job.expires_at + timedelta(days=1))

    forget_old_jobs(tenant=shop, now=job.expires_at)

    assert problem(job) == (JobState.EXPIRED, "")
    assert problem(other) == (JobState.SUCCEEDED, "")
    assert names_in(folder) == [other.file_name, f"{other.file_name}.manifest.json"]
    assert not job.has_file(job.expires_at)


def test_strays_are_removed_after_an_hour_and_nothing_else(
    shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks
) -> None:
    done = order(boss)
    queue.run()
    running = order(boss)
    ExportJob.objects.filter(pk=running.pk).update(
        state=JobState.RUNNING, attempts=2, next_attempt_at=timezone.now(), lease_until=timezone.now()
    )
    for name in ("stray.csv", f"{running.pk}-2.csv.part"):
        (folder / name).touch()
    old = (timezone.now() - timedelta(hours=2)).timestamp()
    for path in folder.iterdir():
        os.utime(path, (old, old))
    (folder / "fresh.csv.part").touch()

    forget_old_jobs(tenant=shop, now=timezone.now())

    done.refresh_from_db()
    assert names_in(folder) == sorted(
        [done.file_name, f"{done.file_name}.manifest.json", f"{running.pk}-2.csv.part", "fresh.csv.part"]
    )


def test_rows_are_kept_for_three_months(shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks) -> None:
    old, unfinished, young = order(boss), order(boss), order(boss)
    for job in (old, young):
        withdraw_job(job=job, by=boss, now=timezone.now())
    long_ago = timezone.now() - timedelta(days=91)
    ExportJob.objects.filter(pk__in=[old.pk, unfinished.pk]).update(created_at=long_ago)

    forget_old_jobs(tenant=shop, now=timezone.now())

    assert set(ExportJob.objects.values_list("pk", flat=True)) == {unfinished.pk, young.pk}


def test_folders_of_former_businesses_are_removed(shop: Tenant, boss: Membership, folder: Path) -> None:
    folder.mkdir(parents=True)
    gone = folder.parent / "former"
    gone.mkdir()
    (gone / "file.csv").touch()

    forget_former_businesses(timezone.now())

    assert names_in(folder.parent) == [shop.schema_name]


def test_without_any_folder_there_is_nothing_to_forget(shop: Tenant, boss: Membership, folder: Path) -> None:
    forget_former_businesses(timezone.now())
    forget_old_jobs(tenant=shop, now=timezone.now())

    assert not folder.parent.exists()


def test_the_sweep_wakes_each_businesss_own_jobs(
    shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks
) -> None:
    job = order(boss)
    queue.lose()
    activate(Tenant.objects.get(schema_name="acme"))

    sweep(timezone.now() + timedelta(minutes=11))

    assert [(args, kwargs) for args, kwargs in queue.arguments] == [([str(job.pk)], {"_tenant": shop.pk})]
