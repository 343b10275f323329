"""A database of the benchmark's own with one business in it, and Django on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "bench_calendar_sync"


@contextmanager
def database() -> Iterator[None]:
    """Make the database, let Django use it, drop it afterwards. DATABASE_URL names the server to do it on."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        raise SystemExit("DATABASE_URL must name a PostgreSQL server; the benchmark makes a database of its own there.")
    url = urlunsplit(urlsplit(server)._replace(path=f"/{DATABASE}"))
    drop = f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"
    _on_server(server, drop, f"CREATE DATABASE {DATABASE}")
    os.environ["DATABASE_URL"] = url
    try:
        sys.stderr.write(f"making {DATABASE} …\n")
        command = [sys.executable, "manage.py", "migrate_schemas", "-v0"]
        subprocess.run(command, cwd=ROOT, env=dict(os.environ), check=True)  # noqa: S603
        django.setup()
        yield
    finally:
        os.environ["DATABASE_URL"] = server
        _on_server(server, drop)


def _on_server(url: str, *commands: str) -> None:
    connection = psycopg2.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)
    connection.close()
