"""`manage.py grant_feature <schema> <key>`: gives a business a feature its plan does not include, or withholds one."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime

from core.entitlements import explain
from core.errors import DomainError, FieldError
from core.named import named_business, named_feature
from core.overrides import set_override


class Command(BaseCommand):
    """Sets or takes away one override, as the page of the business in the back office does."""

    help = "Give a business a feature whatever its plan says; --revoke withholds it, --inherit follows the plan again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the business, the feature, and for how long."""
        parser.add_argument("schema", help="schema name of the business")
        parser.add_argument("key", help="key of the feature")
        parser.add_argument("--until", help="when it ends: a date (0:00 there, in the business's zone) or a moment")
        parser.add_argument("--reason", default="By command.", help="kept with the override and in the audit log")
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument("--revoke", action="store_true", help="withhold the feature")
        instead.add_argument("--inherit", action="store_true", help="take the override away")

    def handle(self, *_: Any, **options: Any) -> None:
        """Set the override and say what counts now. Raises CommandError naming what cannot be used."""
        value = None if options["inherit"] else not options["revoke"]
        try:
            tenant, key = named_business(options["schema"]), named_feature(options["key"])
            until = _moment(options["until"], tenant.zone) if options["until"] else None
            if value is None and until is not None:
                raise FieldError("until", "What is inherited has no end.")
            set_override(tenant=tenant, key=key, value=value, reason=options["reason"], expires_at=until, by=None)
            decision = explain(named_business(tenant.schema_name), key).decision
        except DomainError as error:
            raise CommandError(error.detail) from error
        self.stdout.write(f"{tenant.name} · {key}: {'yes' if decision.allowed else 'no'} ({decision.trail[-1]})")


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a date or a moment; without a zone it is the business's. Raises FieldError."""
    try:
        moment = parse_datetime(text)
        day = parse_date(text) if moment is None else None
    except ValueError as error:
        raise FieldError("until", f"There is no {text!r} in the calendar.") from error
    if day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=zone)
    if moment is None:
        raise FieldError("until", f"Use a date such as 2027-01-31, not {text!r}.")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
