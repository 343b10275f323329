"""`manage.py demo_calendars`: a CalDAV server with calendars in it, to try calendar sync without an account."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.calendars import KEPT_BY, make_server_folder
from demo.logins import PASSWORD

RUNNER = Path(__file__).parents[2] / "calendar_server.py"


class Command(BaseCommand):
    """Becomes the server."""

    help = "Serve calendars for the demo by Radicale, which lives in an environment of its own. Needs DEBUG."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where Radicale is, and where to listen."""
        parser.add_argument("--python", type=Path, required=True, help="interpreter of the environment with Radicale")
        parser.add_argument("--port", type=int, default=5232)

    def handle(self, *_: Any, **options: Any) -> None:
        """Serve until ended. Raises CommandError where DEBUG is off or there is no Radicale."""
        if not settings.DEBUG:
            raise CommandError("Everybody knows the demo's password: its calendars are served where DEBUG is on.")
        python: Path = options["python"]
        if not os.access(python, os.X_OK):
            raise CommandError(f"{python} cannot be run. `make run CALDAV=1` sets it up.")
        port = options["port"]
        if f"127.0.0.1:{port}" not in settings.OUTGOING_ALLOWED_HOSTS:
            raise CommandError(f"Set OUTGOING_ALLOWED_HOSTS=127.0.0.1:{port}: it is a private, unencrypted server.")
        configuration = make_server_folder(settings.DATA_DIR / "demo-calendars", port=port, today=timezone.localdate())
        people = ", ".join(KEPT_BY)
        self.stdout.write(f"Calendars to connect (CalDAV): http://127.0.0.1:{port}/ as {people}; password: {PASSWORD}")
        self.stdout.flush()
        sys.stderr.flush()
        os.execv(python, [str(python), "-P", str(RUNNER), str(configuration)])  # noqa: S606  # no shell
