"""`manage.py audit_schedule`: does the data keep the promises?"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_tenants.utils import tenant_context

from core.models import Tenant
from schedule.selectors.integrity import Finding, findings


class Command(BaseCommand):
    """Lists what breaks a promise, in one business or in all. Exit status 1 when anything is found."""

    help = (
        "Lists every overlap beyond a resource's capacity, every participant that does not fit its appointment or "
        "resource, and every quota that is overdrawn. Exit status 1 when anything is found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--schema` and `--json`."""
        parser.add_argument("--schema", help="One business instead of all.")
        parser.add_argument("--json", action="store_true", help="Print a JSON list instead of a table.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what is found. Raises CommandError for an unknown schema, SystemExit(1) when anything is found."""
        now = timezone.now()
        found: list[tuple[str, Finding]] = []
        tenants = _tenants(options["schema"])
        for tenant in tenants:
            with tenant_context(tenant):
                found += [(tenant.schema_name, finding) for finding in findings(tenant, now=now)]
        if options["json"]:
            self.stdout.write(json.dumps([{"schema": schema, **asdict(finding)} for schema, finding in found]))
        else:
            self._print_table(found, len(tenants))
        if found:
            raise SystemExit(1)

    def _print_table(self, found: Iterable[tuple[str, Finding]], tenant_count: int) -> None:
        rows = [(schema, finding.kind, finding.subject, finding.detail) for schema, finding in found]
        if rows:
            titled = [("schema", "kind", "subject", "detail"), *rows]
            widths = [max(len(row[column]) for row in titled) for column in range(3)]
            for row in titled:
                cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
                self.stdout.write("  ".join([*cells, row[3]]))
        self.stdout.write(f"{len(rows)} found in {tenant_count} schema{'' if tenant_count == 1 else 's'}.")


def _tenants(schema: str | None) -> list[Tenant]:
    tenants = Tenant.objects.select_related("plan").exclude(schema_name="public").order_by("schema_name")
    if schema is None:
        return list(tenants)
    found = list(tenants.filter(schema_name=schema))
    if not found:
        raise CommandError(f"There is no business with the schema {schema!r}.")
    return found
