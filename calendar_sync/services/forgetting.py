"""Records whose time is over."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from calendar_sync.models import KeptOverlap, Notice, SyncRun

RUNS_KEPT = timedelta(days=30)
FEWEST_RUNS = 20
NOTICES_KEPT = timedelta(days=90)


def forget_the_past(*, now: datetime) -> None:
    """Delete visits of more than thirty days ago but the last twenty of a connection, letters that were sent long
    ago, and decisions about appointments that are over.
    """
    old = SyncRun.objects.filter(started_at__lt=now - RUNS_KEPT)
    of_same = SyncRun.objects.filter(connection_id=OuterRef("connection_id")).order_by("-started_at", "-pk")
    twentieth = of_same.values("started_at")[FEWEST_RUNS - 1 : FEWEST_RUNS]
    old.filter(started_at__lt=Subquery(twentieth)).delete()
    Notice.objects.filter(next_attempt_at__isnull=True, created_at__lt=now - NOTICES_KEPT).delete()
    KeptOverlap.objects.filter(event__end_at__lt=now, busy_end_at__lt=now).delete()
