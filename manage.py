#!/usr/bin/env python
"""The command line of SmoothSchedule. Starts the embedded database for the commands that need one."""

import os
import sys
from contextlib import nullcontext
from typing import Final

WITHOUT_DATABASE: Final = frozenset(
    {
        "help",
        "version",
        "--help",
        "--version",
        "-h",
        "collectstatic",
        "spectacular",
        "startapp",
        "diffsettings",
    }
)


def main() -> None:
    """Run the command, holding a share in the embedded database where DATABASE_URL names no other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from config import embedded_postgres

    needs_database = len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE
    try:
        server = (
            embedded_postgres.running(settings.EMBEDDED_CLUSTER, database=settings.DATABASES["default"]["NAME"])
            if needs_database and settings.USES_EMBEDDED_POSTGRES
            else nullcontext()
        )
        with server:
            execute_from_command_line(sys.argv)
    except (embedded_postgres.EmbeddedPostgresError, ImproperlyConfigured) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
