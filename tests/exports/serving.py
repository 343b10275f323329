"""The real web server on the test database, and what can be seen of it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from exports.session import APPLICATION_NAME
from tests.processes import database_url, free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """Where the server listens and which process serves."""

    port: int
    master_pid: int

    def worker_pid(self) -> int:
        """Return the process of the only worker."""
        children = Path(f"/proc/{self.master_pid}/task/{self.master_pid}/children").read_text().split()
        return int(children[0])

    def peak_kilobytes(self) -> int:
        """Return the most memory the worker has had so far."""
        status = Path(f"/proc/{self.worker_pid()}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0])

    def open(self, path: str, *, host: str, token: str, version: str = "1.1") -> socket.socket:
        """Send a request and return the connection it was sent on."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        headers = f"Host: {host}\r\nAuthorization: Token {token}\r\nConnection: close\r\n"
        line.sendall(f"GET {path} HTTP/{version}\r\n{headers}\r\n".encode())
        return line


@contextmanager
def served() -> Iterator[Server]:
    """Run `manage.py serve` with one worker on the database of the tests."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: answers(port), seconds=40)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def answers(port: int) -> bool:
    """Tell whether somebody listens."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(holds: Callable[[], bool], *, seconds: float) -> float:
    """Wait until something holds and return how long it took. Raises TimeoutError."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.05)
    return time.monotonic() - began


def export_backends() -> list[int]:
    """Return the database's processes that serve an export."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s",
            [APPLICATION_NAME],
        )
        return [pid for (pid,) in cursor.fetchall()]


def read_to_the_end(line: socket.socket) -> bytes:
    """Return everything the server still sends. Raises ConnectionResetError when it resets the connection."""
    found = []
    while chunk := line.recv(65536):
        found.append(chunk)
    return b"".join(found)
