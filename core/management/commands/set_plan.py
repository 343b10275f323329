"""`manage.py set_plan <schema> <plan>`: puts a business on a plan."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from core.named import named_business, named_plan
from core.tenants import change_plan


class Command(BaseCommand):
    """Changes one business's plan, as its page in the back office does."""

    help = "Put a business on a plan. Nothing is deleted; what is over a limit only stops growing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the business and the plan."""
        parser.add_argument("schema", help="schema name of the business")
        parser.add_argument("plan", help="code of the plan")

    def handle(self, *_: Any, **options: Any) -> None:
        """Change the plan. Raises CommandError for an unknown business or plan, and an archived plan."""
        try:
            tenant, plan = named_business(options["schema"]), named_plan(options["plan"])
            is_changed = change_plan(tenant=tenant, plan=plan, by=None)
        except DomainError as error:
            raise CommandError(error.detail) from error
        self.stdout.write(f"{tenant.name} {'is now' if is_changed else 'was already'} on the plan {plan.name}.")
