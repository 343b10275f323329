"""`manage.py usage_report`: how every business stands with its quotas, counted now."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from core.models import Tenant
from core.quota_rules import state_of
from core.quotas import count_inside

Report = dict[str, Any]


class Command(BaseCommand):
    """Counts in one schema after the other and writes each business as soon as it is counted."""

    help = "Report plan, usage, limits and state of every business."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the format."""
        parser.add_argument("--json", action="store_true", help="print a JSON array, one business a line")

    def handle(self, *_: Any, **options: Any) -> None:
        """Write the report. Raises CommandError in the end when a business could not be counted."""
        write = self._write_json if options["json"] else self._write_text
        failed = write(_reports(timezone.now()))
        if failed:
            raise CommandError(f"Could not be counted: {', '.join(failed)}.")

    def _write_json(self, reports: Iterator[Report]) -> list[str]:
        failed = []
        self.stdout.write("[", ending="")
        for number, report in enumerate(reports):
            self.stdout.write((",\n" if number else "\n") + json.dumps(report), ending="")
            failed += [report["schema"]] if report["problem"] else []
        self.stdout.write("\n]")
        return failed

    def _write_text(self, reports: Iterator[Report]) -> list[str]:
        failed = []
        for report in reports:
            suspended = ", suspended" if report["suspended"] else ""
            self.stdout.write(f"{report['schema']} (plan {report['plan'] or 'none'}{suspended})")
            for key, quota in report["quotas"].items():
                limit = "unlimited" if quota["limit"] is None else quota["limit"]
                self.stdout.write(f"  {key}: {quota['used']} of {limit} ({quota['state']})")
            if report["problem"]:
                self.stdout.write(f"  {report['problem']}")
                failed.append(report["schema"])
        return failed


def _reports(now: datetime) -> Iterator[Report]:
    tenants = Tenant.objects.select_related("plan").prefetch_related("override_notes").order_by("schema_name")
    for tenant in tenants.iterator(chunk_size=200):
        report: Report = {
            "schema": tenant.schema_name,
            "name": tenant.name,
            "plan": tenant.plan.code if tenant.plan else None,
            "suspended": tenant.is_suspended,
            "counted_at": now.isoformat(),
            "quotas": {},
            "problem": "",
        }
        try:
            used = count_inside(tenant, now=now)
        except DatabaseError as error:
            report["problem"] = f"{type(error).__name__}: {error}".splitlines()[0]
        else:
            report["quotas"] = {key: _standing(tenant, key, count, now) for key, count in used.items()}
        yield report


def _standing(tenant: Tenant, key: str, used: int, now: datetime) -> dict[str, Any]:
    limit = tenant.limit_of(key, now=now)
    return {"used": used, "limit": limit, "state": state_of(limit, used)}
