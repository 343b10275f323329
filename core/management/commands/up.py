"""`manage.py up`: what `make run` calls. From nothing to a served installation with demo businesses."""

import shlex
import socket
from argparse import ArgumentParser
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from core.links import host_url
from core.models import Domain, Membership, User
from core.worker.beside import CommandBeside, WorkerBeside


class Command(BaseCommand):
    """Migrates, fills in the demo, serves with a worker beside, and says where."""

    help = "Prepare the database, create the demo businesses and serve everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where to listen, and whether to work too."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--without-worker", action="store_true", help="a worker runs elsewhere")
        parser.add_argument("--beside", default="", help="another command of manage.py to run beside, with arguments")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run until interrupted. Raises CommandError when the port is taken."""
        port = settings.PUBLIC_PORT
        _require_free_port(options["host"], port)
        self.stdout.write("Preparing the database …")
        call_command("migrate_schemas", verbosity=0)
        if settings.DEBUG:
            call_command("demo")
        else:
            call_command("collectstatic", interactive=False, verbosity=0)
        with ExitStack() as beside:
            if not options["without_worker"]:
                beside.enter_context(WorkerBeside())
            if options["beside"]:
                beside.enter_context(CommandBeside(*shlex.split(options["beside"]), is_kept=False))
            call_command("serve", host=options["host"], port=port, when_ready=lambda _server: self._announce())

    def _announce(self) -> None:
        for line in announcement():
            self.stdout.write(line)
        self.stdout.flush()
        connections.close_all()  # the workers are forked next, and must not share one


def announcement() -> list[str]:
    """Return the lines that tell where everything is and who can sign in."""
    lines = ["", "SmoothSchedule is ready.", ""]
    for domain in Domain.objects.filter(is_primary=True).select_related("tenant__plan").order_by("tenant_id"):
        members = Membership.objects.filter(tenant=domain.tenant, is_active=True).select_related("user")
        people = ", ".join(f"{member.user.email} ({member.role})" for member in members.order_by("pk")[:6])
        lines.append(f"  {domain.tenant.name} · {domain.tenant.plan} · {host_url(domain.domain)}")
        lines.append(f"      {people}")
    platform = settings.PLATFORM_DOMAINS[0]
    admins = ", ".join(User.objects.filter(is_staff=True).values_list("email", flat=True)[:5])
    lines += [
        f"  API docs · {host_url(platform, '/api/docs/')}",
        f"  Back office · {host_url(platform, '/admin/')}",
        f"      {admins}",
    ]
    if settings.DEBUG:
        lines.append("  Every demo login has the password: password")
    lines += ["", "Stop with Ctrl-C.", ""]
    return lines


def _require_free_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: make run PORT=8001"
            ) from error
