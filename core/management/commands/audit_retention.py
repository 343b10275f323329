"""`manage.py audit_retention`: take out of the audit log what may not be kept."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.audit_retention import erase_person, forget_entries_before


class Command(BaseCommand):
    """Deletes entries older than a day, or takes a person's name out of them. Nothing else can change the audit log."""

    help = "Delete audit entries older than a day, or erase a person from them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one of the two."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--before", metavar="YYYY-MM-DD", help="delete what was recorded before this day (UTC)")
        what.add_argument("--erase", metavar="ADDRESS", help="erase the person with this e-mail address")

    def handle(self, *_: Any, before: str | None, erase: str | None, **__: Any) -> None:
        """Do it and say how many entries it was."""
        if erase is not None:
            self.stdout.write(f"erased from {erase_person(email=erase, by=None)} entries")
            return
        try:
            moment = datetime.strptime(before or "", "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError as error:
            raise CommandError("--before: write the day as 2026-01-31.") from error
        self.stdout.write(f"deleted {forget_entries_before(moment=moment, by=None)} entries")
