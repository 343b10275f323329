"""Finding what a killed worker left behind."""

from datetime import datetime, timedelta

from django.conf import settings
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.everywhere import publish_everywhere
from core.invitation_mail import wake_invitations


class WorkerLost(Exception):
    """The worker that ran a task was killed, or the task ran longer than any may."""


def sweep(now: datetime) -> None:
    """Queue unfinished work whose time has come and that nobody has; each app its own on `work.sweep_due`."""
    _give_up_lost_tasks(now)
    wake_invitations(now)
    publish_everywhere("work.sweep_due", {"at": now.isoformat()}, even_suspended=False)


def _give_up_lost_tasks(now: datetime) -> None:
    """Mark tasks of the database queue as failed whose worker cannot be at it any more."""
    lost = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=now - timedelta(seconds=settings.TASK_LIMIT_SECONDS)
    )
    lost.update(
        status=TaskResultStatus.FAILED,
        finished_at=now,
        exception_class_path=f"{WorkerLost.__module__}.{WorkerLost.__qualname__}",
        traceback=f"{WorkerLost.__doc__}",
    )
