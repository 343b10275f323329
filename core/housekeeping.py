"""Taking away what has had its day."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core.everywhere import publish_everywhere
from core.handoffs import forget_expired
from core.models import ApiToken, Invitation, Signpost

DEAD_TOKENS_KEPT = timedelta(days=90)
DONE_TASKS_KEPT = timedelta(days=1)
FAILED_TASKS_KEPT = timedelta(days=30)


def tidy_up(now: datetime) -> None:
    """Delete what expired before `now`; each app tidies its own rows on the topic `housekeeping.due`."""
    Session.objects.filter(expire_date__lt=now).delete()
    forget_expired(now)
    Signpost.objects.filter(expires_at__lt=now).delete()
    Invitation.objects.filter(expires_at__lt=now, accepted_at__isnull=True).delete()
    ApiToken.objects.filter(expires_at__lt=now - DEAD_TOKENS_KEPT).delete()
    ApiToken.objects.filter(revoked_at__lt=now - DEAD_TOKENS_KEPT).delete()
    for status, kept in (
        (TaskResultStatus.SUCCESSFUL, DONE_TASKS_KEPT),
        (TaskResultStatus.FAILED, FAILED_TASKS_KEPT),
    ):
        DBTaskResult.objects.filter(status=status, finished_at__lt=now - kept).delete()
    publish_everywhere("housekeeping.due", {"at": now.isoformat()}, even_suspended=True)
