"""Doing an export job: one attempt, from the first row to the file's name."""

import errno
import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core.audit import record
from core.entitlements import feature_locked
from core.errors import DomainError
from core.leases import LeaseLost, claim, finish, renew, retry_later
from core.models import Tenant
from exports.enums import JobState
from exports.files import NewFile, folder_of, remove
from exports.models import ExportJob
from exports.requests import ExportRequest, request_from_json
from exports.selectors import FEATURE
from exports.services.jobs import file_name_of
from exports.sql import rows_as_cells
from exports.streaming import ExportStream, open_export

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
NOTED_EVERY_SECONDS = 1.0
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class OutOfRoom(DomainError):
    """The file does not fit on the disk."""

    code = "disk_full"


class GivenUp(DomainError):
    """The job was begun as often as a job may be."""

    code = "gave_up"


def render(*, number: str, tenant: Tenant) -> None:
    """Take the job with this id, if it is to be had, and bring it one attempt further.

    A job that cannot be done fails and says why; one that was interrupted is tried again, from the start, three times
    in all. Nothing of an unsuccessful attempt stays on the disk.
    """
    job = claim(ExportJob.objects.all(), pk=number, now=timezone.now())
    if job is None:
        return
    try:
        _bring_on(job, tenant)
    except LeaseLost:
        logger.info("the export job %s was taken back", number)


def _bring_on(job: ExportJob, tenant: Tenant) -> None:
    try:
        _attempt(job, tenant)
    except LeaseLost:
        raise
    except DomainError as refusal:
        _fail(job, tenant, refusal)
    except Exception as error:
        logger.exception("the export job %s broke off", job.pk)
        _interrupted(job, tenant, error)


def _attempt(job: ExportJob, tenant: Tenant) -> None:
    if job.attempts > MOST_ATTEMPTS:
        raise GivenUp(f"The export was begun {MOST_ATTEMPTS} times and did not end. {job.problem}".strip())
    if not tenant.has_feature(FEATURE):
        raise feature_locked(tenant, FEATURE)
    asked = request_from_json(job.asked)
    now = timezone.now()
    renew(job, now=now, state=JobState.RUNNING, started_at=now, rows=0, rows_expected=_count(asked, tenant))
    for earlier in range(1, job.attempts):  # what a killed worker left
        remove(folder_of(tenant), file_name_of(job, attempt=earlier))
    name = file_name_of(job)
    try:
        _write(job, asked, tenant, name, now=now)
    except OSError as error:
        remove(folder_of(tenant), name)
        if error.errno in NO_ROOM:
            raise OutOfRoom(
                "There is no room left on the disk of this installation. Ask its operator, or narrow the export."
            ) from error
        raise
    except BaseException:
        remove(folder_of(tenant), name)
        raise


def _write(job: ExportJob, asked: ExportRequest, tenant: Tenant, name: str, *, now: datetime) -> None:
    watch = Watch(job)
    with NewFile(folder_of(tenant), name) as file:
        stream = open_export(asked, tenant=tenant, now=now, while_waiting=watch.look)
        watch.stream = stream
        try:
            for chunk in stream:
                file.write(chunk)
                watch.look()
        finally:
            stream.close()
        renew(job, now=timezone.now(), rows=stream.rows)  # a slow disk may take a while
        file.publish(_manifest(asked, stream, file, tenant, now))
        _succeed(job, tenant, stream, file)


class Watch:
    """Notes progress and keeps the lease, about once a second. Raises LeaseLost when the job was taken back."""

    def __init__(self, job: ExportJob) -> None:
        self.stream: ExportStream | None = None
        self._job = job
        self._noted_at = time.monotonic()

    def look(self) -> None:
        """Note how far the export is, unless that was done a moment ago."""
        if time.monotonic() - self._noted_at >= NOTED_EVERY_SECONDS:
            renew(self._job, now=timezone.now(), rows=self.stream.rows if self.stream else 0)
            self._noted_at = time.monotonic()


def _count(asked: ExportRequest, tenant: Tenant) -> int:
    """Return how many rows there are at the moment; the export itself may find a few more or less."""
    narrow = replace(asked, fields=(asked.dataset.identity_column.name,))
    statement = rows_as_cells(narrow, zone=tenant.zone)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({statement.sql}) found", dict(statement.parameters))  # noqa: S608
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def _manifest(
    asked: ExportRequest, stream: ExportStream, file: NewFile, tenant: Tenant, now: datetime
) -> dict[str, Any]:
    return {
        "file": file.name,
        **asked.to_json(),
        "schema_version": asked.dataset.version,
        "timezone": tenant.timezone,
        "generated_at": now.astimezone(tenant.zone).isoformat(),
        "rows": stream.rows,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256,
        "cursor": stream.cursor.token,
    }


def _succeed(job: ExportJob, tenant: Tenant, stream: ExportStream, file: NewFile) -> None:
    now = timezone.now()
    with transaction.atomic():
        finish(
            job,
            state=JobState.SUCCEEDED,
            finished_at=now,
            expires_at=now + timedelta(days=settings.EXPORT_DAYS),
            rows=stream.rows,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            cursor=stream.cursor.token,
            file_name=file.name,
            problem_code="",
            problem="",
        )
        _note("export.finished", job, tenant, rows=stream.rows, sha256=file.sha256)


def _fail(job: ExportJob, tenant: Tenant, refusal: DomainError) -> None:
    with transaction.atomic():
        finish(
            job,
            state=JobState.FAILED,
            finished_at=timezone.now(),
            problem_code=refusal.code,
            problem=refusal.detail,
        )
        _note("export.failed", job, tenant, code=refusal.code)


def _interrupted(job: ExportJob, tenant: Tenant, error: Exception) -> None:
    problem = f"The export broke off ({type(error).__name__})."
    if job.attempts >= MOST_ATTEMPTS:
        _fail(job, tenant, GivenUp(f"The export was begun {MOST_ATTEMPTS} times and did not end. {problem}"))
    else:
        retry_later(job, now=timezone.now(), state=JobState.QUEUED, problem_code="interrupted", problem=problem)


def _note(action: str, job: ExportJob, tenant: Tenant, **facts: Any) -> None:
    record(
        action,
        tenant=tenant,
        actor=job.requested_by,
        object_label=str(job.pk),
        after={"dataset": job.dataset, "format": job.format, "filters": job.asked["filters"], **facts},
    )
