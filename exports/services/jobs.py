"""Ordering, cancelling and forgetting export jobs."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from core.audit import record
from core.models import Membership, Tenant
from exports.enums import UNFINISHED, JobState
from exports.errors import TooManyJobs
from exports.files import folder_of, remove, remove_strays
from exports.models import ExportJob
from exports.requests import ExportRequest

MOST_UNFINISHED = 10
ROWS_KEPT = timedelta(days=90)
_JOBS_LOCK = 0x65786A6F  # any number nobody else locks: "exjo"


def file_name_of(job: ExportJob, *, attempt: int | None = None) -> str:
    """Return what an attempt writes, the present one by default: no attempt ever writes into the file of another."""
    return f"{job.pk}-{attempt or job.attempts}.{job.format}"


def create_job(*, asked: ExportRequest, by: Membership, now: datetime) -> ExportJob:
    """Add a job that is to be done at once. Raises TooManyJobs when the business has ten unfinished ones."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_JOBS_LOCK, by.tenant_id])
        if ExportJob.objects.filter(state__in=UNFINISHED).count() >= MOST_UNFINISHED:
            raise TooManyJobs(
                f"This business has {MOST_UNFINISHED} export jobs that are not finished. "
                "Wait for one, or cancel one with DELETE."
            )
        job = ExportJob.objects.create(
            asked=asked.to_json(),
            dataset=asked.dataset.key,
            format=asked.format.value,
            requested_by=by.user,
            created_at=now,
            next_attempt_at=now,
            woken_at=now,
        )
        record("export.requested", tenant=by.tenant, actor=by.user, object_label=str(job.pk), after=job.asked)
    return job


def withdraw_job(*, job: ExportJob, by: Membership, now: datetime) -> None:
    """Cancel the job if it is unfinished, otherwise remove its file; repeating it changes nothing.

    A worker that is at it notices within a second or two and leaves nothing behind.
    """
    with transaction.atomic():
        job = ExportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if job.is_unfinished:
            job.state, action = JobState.CANCELLED, "export.cancelled"
            job.finished_at = now
        elif job.state == JobState.SUCCEEDED:
            job.state, action = JobState.EXPIRED, "export.removed"
        else:
            return
        job.next_attempt_at = job.lease_until = job.woken_at = None
        job.save(update_fields=["state", "finished_at", "next_attempt_at", "lease_until", "woken_at"])
        record(action, tenant=by.tenant, actor=by.user, object_label=str(job.pk))
        if job.file_name:
            transaction.on_commit(lambda: remove(folder_of(by.tenant), job.file_name), robust=True)


def forget_old_jobs(*, tenant: Tenant, now: datetime) -> None:
    """Remove files past their time, what a killed worker left in the business's folder, and rows three months old."""
    folder = folder_of(tenant)
    for job in ExportJob.objects.filter(state=JobState.SUCCEEDED, expires_at__lte=now):
        remove(folder, job.file_name)
        ExportJob.objects.filter(pk=job.pk).update(state=JobState.EXPIRED)
    with_files = ExportJob.objects.filter(state__in=[*UNFINISHED, JobState.SUCCEEDED])
    remove_strays(folder, kept=[job.file_name or file_name_of(job) for job in with_files], now=now)
    ExportJob.objects.exclude(pk__in=with_files).filter(created_at__lt=now - ROWS_KEPT).delete()
