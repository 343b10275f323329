"""Which processes are at work, as PostgreSQL sees it."""

import os
import socket

from django.db import connection, connections

WORKER = "smoothschedule worker"
LONGEST_HOST = 30
"""What PostgreSQL keeps of a connection's name has 63 characters."""


def name_connections() -> None:
    """Let every connection this process opens from now on say whose it is, unless it was given a name from outside.

    A connection ends with its process, however that ends: who has one is alive.
    """
    os.environ.setdefault("PGAPPNAME", f"{WORKER} {socket.gethostname()[:LONGEST_HOST]}:{os.getpid()}")
    connections.close_all()


def workers_alive() -> list[str]:
    """Return the names of the workers that are connected, as `host:pid`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE %s ORDER BY 1",
            [f"{WORKER} %"],
        )
        return [name.removeprefix(f"{WORKER} ") for (name,) in cursor.fetchall()]
