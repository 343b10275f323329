"""`manage.py delete_tenant`: what the back office's page does, for automation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import DomainError
from core.models import Tenant
from core.named import named_business
from platform_admin.lifecycle.archives import write_archive
from platform_admin.lifecycle.deleting import Choices
from platform_admin.lifecycle.models import DeletionState, TenantDeletion
from platform_admin.lifecycle.people import members_of
from platform_admin.lifecycle.tasks import delete_business, order_deletion


class Command(BaseCommand):
    """Asks for the deletion; with --at-once it carries it out before it returns."""

    help = (
        "Suspend a business and delete it after seven days, in which that can be undone in the back office; or delete "
        "it at once. An archive of everything is written first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare which business, and how."""
        parser.add_argument("schema", help="schema name of the business")
        parser.add_argument("--confirm", required=True, metavar="SCHEMA", help="the schema name again")
        parser.add_argument("--reason", default="manage.py delete_tenant", help="kept in the audit log")
        parser.add_argument("--at-once", action="store_true", help="delete it now; it cannot be undone")
        parser.add_argument(
            "--export", metavar="DIR", help="write an archive into this folder too, before anything else"
        )
        parser.add_argument("--without-archive", action="store_true", help="keep no archive in DATA_DIR/farewells")
        parser.add_argument("--keep-accounts", action="store_true", help="of people who belong to no other business")

    def handle(self, *_: Any, **options: Any) -> None:
        """Delete. Raises CommandError for what was refused, and where the deletion has stopped."""
        try:
            tenant = named_business(options["schema"])
            if options["export"] and options["confirm"] == tenant.schema_name:
                self._export(tenant, Path(options["export"]))
            deletion = order_deletion(
                tenant=tenant,
                confirmation=options["confirm"],
                reason=options["reason"],
                choices=Choices(
                    at_once=options["at_once"],
                    wants_archive=not options["without_archive"],
                    closes_accounts=not options["keep_accounts"],
                    even_active=True,
                ),
                by=None,
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(error.detail) from error
        if options["at_once"]:
            self._carry_out(deletion)
        else:
            self.stdout.write(
                f"{tenant.name} is suspended and will be deleted on {deletion.due_at:%Y-%m-%d %H:%M} UTC."
            )

    def _export(self, tenant: Tenant, folder: Path) -> None:
        now = timezone.now()
        name = f"{tenant.schema_name}-{now:%Y%m%d-%H%M%S}.zip"
        try:
            archive = write_archive(tenant=tenant, members=members_of(tenant), folder=folder, name=name, now=now)
        except OSError as error:
            raise CommandError(f"The archive could not be written: {error}. Nothing was deleted.") from error
        self.stdout.write(f"{folder / archive.name}: {archive.rows} rows, SHA-256 {archive.sha256}")

    def _carry_out(self, deletion: TenantDeletion) -> None:
        delete_business.call(str(deletion.pk))
        done = TenantDeletion.objects.get(pk=deletion.pk)
        if done.state == DeletionState.DONE:
            self.stdout.write(f"{done.name} is gone.")
        elif done.problem:
            said = done.problem.rstrip(".")
            raise CommandError(f"{said}. A worker tries again; see the deletion in the back office.")
        else:
            self.stdout.write(f"A worker is deleting {done.name} already.")
