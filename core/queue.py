"""Looking at the queue of the database, and taking out of it what a business left there.

Nothing is queued from here: that is for the decorators of `core.tasks` alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.models import Tenant
from core.tasks import TENANT_ARGUMENT


@dataclass(frozen=True)
class Waiting:
    """How many tasks wait, and since when the first of them does (None where there is none)."""

    count: int
    since: datetime | None


def waiting_tasks() -> Waiting:
    """Return what waits to be run. Two queries."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return Waiting(rows.count(), rows.order_by("enqueued_at").values_list("enqueued_at", flat=True).first())


def failed_tasks(*, within: timedelta, now: datetime) -> int:
    """Return how many tasks failed within that time before `now`."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gte=now - within).count()


def forget_tasks_of(tenant: Tenant) -> int:
    """Take a business's waiting tasks out of the queue; return how many that were."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    taken, _ = waiting.filter(args_kwargs__contains={"kwargs": {TENANT_ARGUMENT: tenant.pk}}).delete()
    return taken
