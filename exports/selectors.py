"""Reading export jobs."""

from datetime import datetime, timedelta

from core.entitlements import feature_locked
from core.errors import Missing
from core.models import Membership, Role, Tenant
from exports.enums import JobState
from exports.errors import FileGone
from exports.links import Link
from exports.models import ExportJob

FEATURE = "can_export_data"


def job_behind(link: Link, *, tenant: Tenant, now: datetime) -> ExportJob:
    """Return the job whose file a link opens, in the business it was made for and as long as its maker may export.

    Raises Missing elsewhere and for whoever may not any more, FeatureLocked when the plan does not include exports,
    FileGone for a file past its time.
    """
    members = Membership.objects.select_related("user").filter(user__is_active=True, is_active=True)
    maker = members.filter(tenant=tenant, user_id=link.user).first()
    if link.tenant != tenant.pk or maker is None or not maker.may_act_as(Role.MANAGER):
        raise Missing("There is no such file.")
    if not tenant.has_feature(FEATURE):
        raise feature_locked(tenant, FEATURE)
    job = ExportJob.objects.filter(pk=link.job).first()
    if job is None:
        raise Missing("There is no such file.")
    if not job.has_file(now):
        raise FileGone("This file is not kept any more. Order the export again.")
    return job


def count_failed_in_7_days(tenant: Tenant, now: datetime) -> int:
    """Return how many exports came to nothing in the 7 days before `now`."""
    since = now - timedelta(days=7)
    return ExportJob.objects.filter(state=JobState.FAILED, finished_at__gt=since, finished_at__lte=now).count()
