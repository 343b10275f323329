"""`manage.py housekeeping`: takes away what has had its day, once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.housekeeping import tidy_up


class Command(BaseCommand):
    """Runs once; a worker does the same every hour."""

    help = "Delete expired sessions, invitations, long-dead tokens, and what the apps have outlived."

    def handle(self, *_: Any, **__: Any) -> None:
        """Tidy up."""
        tidy_up(timezone.now())
