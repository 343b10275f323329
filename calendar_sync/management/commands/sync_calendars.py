"""`manage.py sync_calendars`: visits connected calendars now, in this process."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_tenants.utils import tenant_context

from calendar_sync.enums import RESTING_STATES, ConnectionState
from calendar_sync.models import CalendarConnection
from calendar_sync.services.connecting import hurry
from calendar_sync.services.syncing import FEATURE, sync
from core.models import Tenant


class Command(BaseCommand):
    """Visits each connection that is not at rest, whether it is due or not, and prints what came of it."""

    help = (
        "Write what is due to connected calendars and read what changed, now and in this process. Connections at rest "
        "(paused, or waiting for a person) and those whose server asks to wait are listed and left alone; named by "
        "--connection, the latter are visited all the same. Exit status 1 when a visit failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare `--schema` and `--connection`."""
        parser.add_argument("--schema", help="one business instead of all")
        parser.add_argument("--connection", type=UUID, help="one connection, by its id, instead of all")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run. Raises CommandError for an unknown business or connection, SystemExit(1) when a visit failed."""
        seen = failed = 0
        for tenant in _tenants(options["schema"]):
            with tenant_context(tenant):
                for connection in _connections(options["connection"]):
                    seen += 1
                    failed += not self._visit(tenant, connection, even_if_throttled=options["connection"] is not None)
        if options["connection"] and not seen:
            raise CommandError(f"There is no connection {options['connection']}.")
        self.stdout.write(f"{seen} {'connection' if seen == 1 else 'connections'}, {failed} failed.")
        if failed:
            raise SystemExit(1)

    def _visit(self, tenant: Tenant, connection: CalendarConnection, *, even_if_throttled: bool) -> bool:
        """Visit a connection and print a line; tell whether all is well with it."""
        now = timezone.now()
        if even_if_throttled or connection.quiet_until is None or connection.quiet_until <= now:
            hurry(connection_id=connection.pk, now=now)
            was_visited = sync(tenant=tenant, connection_id=connection.pk)
        else:
            was_visited = False
        after = CalendarConnection.objects.filter(pk=connection.pk).first()
        what = "disconnected" if after is None else _described(after, was_visited=was_visited)
        self.stdout.write(f"{tenant.schema_name}  {connection.pk}  {connection}  {what}")
        return after is None or not was_visited or after.state in {ConnectionState.ACTIVE, ConnectionState.PAUSED}


def _described(connection: CalendarConnection, *, was_visited: bool) -> str:
    if connection.state in RESTING_STATES:
        return f"at rest: {connection.state} {connection.state_code}".rstrip()
    if connection.state == ConnectionState.RATE_LIMITED and not was_visited:
        return f"left alone until {connection.quiet_until:%Y-%m-%d %H:%M} UTC, as its server asks"
    if not was_visited:
        return "somebody else is visiting it"
    return f"{connection.state} {connection.state_code} {connection.state_detail}".rstrip()


def _tenants(schema: str | None) -> list[Tenant]:
    """Return the businesses whose plan includes calendar sync. Raises CommandError for an unknown one."""
    tenants = Tenant.objects.select_related("plan").prefetch_related("override_notes").order_by("schema_name")
    if schema is not None:
        tenants = tenants.filter(schema_name=schema)
        if not tenants:
            raise CommandError(f"There is no business {schema!r}.")
    return [tenant for tenant in tenants if not tenant.is_suspended and tenant.has_feature(FEATURE)]


def _connections(number: UUID | None) -> list[CalendarConnection]:
    rows = CalendarConnection.objects.order_by("pk")
    return list(rows.filter(pk=number) if number is not None else rows)
