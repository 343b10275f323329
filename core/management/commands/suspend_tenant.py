"""`manage.py suspend_tenant <schema> --reason …`: suspends a business, or with --resume lets it go on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from core.named import named_business
from core.suspension import EFFECT, resume, suspend


class Command(BaseCommand):
    """Does what the buttons on the page of the business do."""

    help = f"Suspend a business. {EFFECT}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the business and why."""
        parser.add_argument("schema", help="schema name of the business")
        parser.add_argument("--reason", required=True, help="kept in the audit log")
        parser.add_argument("--resume", action="store_true", help="end the suspension")

    def handle(self, *_: Any, **options: Any) -> None:
        """Suspend or resume. Raises CommandError for an unknown business, or one that is in that state already."""
        act = resume if options["resume"] else suspend
        try:
            tenant = act(tenant=named_business(options["schema"]), reason=options["reason"], by=None)
        except DomainError as error:
            raise CommandError(error.detail) from error
        self.stdout.write(f"{tenant.name} is {'suspended' if tenant.is_suspended else 'active again'}.")
