"""`manage.py housekeeping`: takes away what has had its day."""

import signal
import threading
from argparse import ArgumentParser
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tenants.utils import tenant_context

from core.models import ApiToken, Invitation, Tenant
from core.topics import publish

DEAD_TOKENS_KEPT = timedelta(days=90)


class Command(BaseCommand):
    """Runs once, or again and again as the worker of an installation."""

    help = "Delete expired sessions, invitations, long-dead tokens, and what the apps have outlived."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how often to run."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until told to stop")

    def handle(self, *_: Any, **options: Any) -> None:
        """Tidy up; with --every, until SIGTERM or SIGINT."""
        stop = threading.Event()

        def stop_soon(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        if options["every"]:
            signal.signal(signal.SIGTERM, stop_soon)
            signal.signal(signal.SIGINT, stop_soon)
        while True:
            tidy_up(now=timezone.now())
            if not options["every"] or stop.wait(options["every"]):
                return


def tidy_up(*, now: datetime) -> None:
    """Delete what expired before `now`; each app tidies its own rows on the topic `housekeeping.due`."""
    Session.objects.filter(expire_date__lt=now).delete()
    Invitation.objects.filter(expires_at__lt=now, accepted_at__isnull=True).delete()
    ApiToken.objects.filter(expires_at__lt=now - DEAD_TOKENS_KEPT).delete()
    ApiToken.objects.filter(revoked_at__lt=now - DEAD_TOKENS_KEPT).delete()
    for tenant in Tenant.objects.order_by("pk").iterator():
        with tenant_context(tenant):
            publish("housekeeping.due", {"at": now.isoformat()})
