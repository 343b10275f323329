"""Export jobs that are cancelled, interrupted, refused or overtaken: no half a file, and a word why."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import psycopg2
import pytest
from django.utils import timezone

from core.models import Membership, SubscriptionPlan, Tenant
from core.sweep import sweep
from exports import files
from exports.enums import JobState
from exports.models import ExportJob
from exports.services import rendering
from exports.services.jobs import withdraw_job
from exports.streaming import open_export
from exports.tasks import render_export
from tests.background import NotedTasks
from tests.exports.committing import db as db
from tests.exports.jobs import (
    Chunks,
    actions,
    add_customers,
    boss,
    file_of,
    folder,
    names_in,
    order,
    problem,
    streaming,
)
from tests.exports.reading import cells

__all__ = ["boss", "folder", "streaming"]


def test_a_job_cancelled_midway_leaves_nothing(
    shop: Tenant,
    boss: Membership,
    folder: Path,
    queue: NotedTasks,
    streaming: Callable[[Callable[[int], None]], Chunks],
) -> None:
    stream = streaming(lambda _number: withdraw_job(job=ExportJob.objects.get(), by=boss, now=timezone.now()))
    job = order(boss)
    queue.run()

    assert problem(job) == (JobState.CANCELLED, "")
    assert job.finished_at is not None
    assert names_in(folder) == []
    assert stream.is_closed
    assert actions(shop) == ["export.requested", "export.cancelled"]


def test_a_job_cancelled_while_it_waits_is_not_begun(boss: Membership, folder: Path, queue: NotedTasks) -> None:
    job = order(boss)
    withdraw_job(job=job, by=boss, now=timezone.now())
    withdraw_job(job=job, by=boss, now=timezone.now())
    queue.run()

    assert problem(job) == (JobState.CANCELLED, "")
    assert job.attempts == 0


def test_removing_a_finished_job_removes_its_file(
    shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks
) -> None:
    job = order(boss)
    queue.run()
    withdraw_job(job=job, by=boss, now=timezone.now())

    assert problem(job) == (JobState.EXPIRED, "")
    assert names_in(folder) == []
    assert actions(shop)[-1] == "export.removed"


def test_a_full_disk_fails_the_job_and_leaves_no_file(
    shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_full(path: Path) -> BinaryIO:
        path.symlink_to("/dev/full")
        return path.open("wb")

    monkeypatch.setattr(files, "_open_new", open_full)
    add_customers(500)
    job = order(boss)
    queue.run()

    assert problem(job) == (JobState.FAILED, "disk_full")
    assert job.problem.startswith("There is no room left on the disk of this installation.")
    assert names_in(folder) == []
    assert actions(shop) == ["export.requested", "export.failed"]


def test_a_disk_that_fills_up_with_the_manifest_leaves_no_file_either(
    boss: Membership, folder: Path, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folder: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, "_sync_folder", fail)
    job = order(boss)
    queue.run()

    assert problem(job) == (JobState.FAILED, "disk_full")
    assert names_in(folder) == []


def test_what_was_interrupted_is_tried_three_times(
    boss: Membership,
    folder: Path,
    queue: NotedTasks,
    streaming: Callable[[Callable[[int], None]], Chunks],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def cut(_number: int) -> None:
        raise psycopg2.OperationalError("server closed the connection unexpectedly")

    streaming(cut)
    job = order(boss)
    states = []
    for _ in range(4):
        queue.run()
        states.append(problem(job))
        assert names_in(folder) == []
        if job.next_attempt_at is not None:
            sweep(job.next_attempt_at)

    assert states == [(JobState.QUEUED, "interrupted")] * 2 + [(JobState.FAILED, "gave_up")] * 2
    assert job.attempts == 3
    assert job.problem == "The export was begun 3 times and did not end. The export broke off (OperationalError)."
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3


def test_a_success_after_an_interruption_forgets_it(
    boss: Membership, folder: Path, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = order(boss)
    with monkeypatch.context() as patched:
        patched.setattr(rendering, "open_export", lambda *_, **__: Chunks(lambda _number: 1 / 0))  # type: ignore[arg-type]  # it raises
        queue.run()
    job.refresh_from_db()
    assert job.next_attempt_at is not None
    sweep(job.next_attempt_at)
    queue.run()

    assert problem(job) == (JobState.SUCCEEDED, "")
    assert names_in(folder) == [f"{job.pk}-2.csv", f"{job.pk}-2.csv.manifest.json"]


def test_workers_killed_three_times_end_a_job(boss: Membership, folder: Path, queue: NotedTasks) -> None:
    job = order(boss)
    queue.lose()
    now = timezone.now()
    ExportJob.objects.update(state=JobState.RUNNING, attempts=3, lease_until=now, woken_at=None)
    sweep(now)
    queue.run()

    assert problem(job) == (JobState.FAILED, "gave_up")


def test_what_a_killed_worker_left_goes_with_the_next_attempt(
    boss: Membership, folder: Path, queue: NotedTasks
) -> None:
    job = order(boss)
    folder.mkdir(parents=True)
    for name in (f"{job.pk}-1.csv.part", f"{job.pk}-1.csv.manifest.json.part", f"{job.pk}-1.csv"):
        (folder / name).touch()
    ExportJob.objects.update(attempts=1, state=JobState.RUNNING)
    queue.run()

    assert problem(job) == (JobState.SUCCEEDED, "")
    assert names_in(folder) == [f"{job.pk}-2.csv", f"{job.pk}-2.csv.manifest.json"]


def test_a_worker_thought_dead_cannot_touch_what_the_next_one_made(
    boss: Membership,
    folder: Path,
    queue: NotedTasks,
    streaming: Callable[[Callable[[int], None]], Chunks],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = order(boss)

    def be_overtaken(number: int) -> None:
        if number == 1:
            monkeypatch.setattr(rendering, "open_export", open_export)
            ExportJob.objects.update(lease_until=timezone.now())
            render_export.enqueue(str(job.pk))
            queue.run()

    add_customers(5)
    streaming(be_overtaken)
    monkeypatch.setattr(rendering, "NOTED_EVERY_SECONDS", 1000)  # so that it notices at the very end alone
    queue.run()

    assert len(cells(file_of(job, folder))) == 5
    assert (job.state, job.attempts) == (JobState.SUCCEEDED, 2)
    assert names_in(folder) == [f"{job.pk}-2.csv", f"{job.pk}-2.csv.manifest.json"]


def test_a_plan_lost_meanwhile_fails_the_job(shop: Tenant, boss: Membership, folder: Path, queue: NotedTasks) -> None:
    job = order(boss)
    plan = shop.plan
    Tenant.objects.filter(pk=shop.pk).update(plan=SubscriptionPlan.objects.get(code="free"))
    queue.run()
    Tenant.objects.filter(pk=shop.pk).update(plan=plan)

    assert problem(job) == (JobState.FAILED, "feature_not_in_plan")
    assert job.problem.startswith("Your current plan does not include Data Export.")
    assert names_in(folder) == []


def test_what_cannot_be_asked_any_more_fails_the_job(boss: Membership, folder: Path, queue: NotedTasks) -> None:
    job = order(boss)
    ExportJob.objects.update(asked={**job.asked, "fields": ["id", "shoe_size"]})
    queue.run()

    assert problem(job) == (JobState.FAILED, "invalid")
    assert "shoe_size" in job.problem
