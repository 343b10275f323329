"""Export jobs in the background."""

import shutil
from datetime import datetime

from django.db import transaction

from core.active import current_tenant
from core.leases import wake
from core.models import Membership, Tenant
from core.tasks import LONG_QUEUE, tenant_task
from exports.files import exports_folder
from exports.models import ExportJob
from exports.requests import ExportRequest
from exports.services.jobs import create_job
from exports.services.rendering import render


@tenant_task(queue=LONG_QUEUE)
def render_export(number: str) -> None:
    """Do the export job with this id, unless it is finished or somebody has it."""
    render(number=number, tenant=current_tenant())


def order_export(*, asked: ExportRequest, by: Membership, now: datetime) -> ExportJob:
    """Add a job and wake a worker for it. Raises TooManyJobs."""
    with transaction.atomic():
        job = create_job(asked=asked, by=by, now=now)
        render_export.enqueue(str(job.pk))
    return job


def wake_jobs(now: datetime) -> None:
    """Queue the active business's jobs that are due and that no worker has."""
    wake(ExportJob.objects.all(), lambda job: render_export.enqueue(str(job.pk)), now=now)


def forget_former_businesses(_now: datetime) -> None:
    """Remove the folders of businesses that do not exist any more."""
    folder = exports_folder()
    if not folder.is_dir():
        return
    present = set(Tenant.objects.values_list("schema_name", flat=True))
    for path in folder.iterdir():
        if path.is_dir() and path.name not in present:
            shutil.rmtree(path)
