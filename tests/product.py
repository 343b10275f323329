"""The whole product for tests in a browser: what `make run` serves, on a free port, with a database of its own.

`python -m tests.product` prints `ready <port> <port of a calendar server>` and goes on until its standard input is
closed, however the process at its other end came to its end. Then everything it started is stopped, and the database is
deleted. At the second port nobody listens yet: it is where the product would speak with a calendar server on this
machine, such as `tests.calendar_sync.serve_radicale`.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import embedded_postgres
from tests.processes import free_port

ROOT = Path(__file__).resolve().parents[1]
LOOK_SECONDS = 0.2
STOP_SECONDS = 20.0
LINES_OF_A_FAILURE = 40
WITHOUT_LIMITS = {"THROTTLE_ANON": "100000/min", "THROTTLE_USER": "100000/min", "THROTTLE_SIGN_IN": "100000/min"}


class Ended(Exception):
    """The product ended by itself."""


def main() -> None:
    """Serve until standard input ends. Exits with what the product said when it ends by itself."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    folder = Path(tempfile.mkdtemp(prefix="smoothschedule-"))
    folder.chmod(0o755)  # of root's, so that the database's account may pass
    try:
        port, caldav_port = free_port(), free_port()
        with _product(folder, port=port, caldav_port=caldav_port) as process:
            _wait(process, port, caldav_port)
    except Ended:
        lines = (folder / "log").read_text().splitlines()
        sys.exit("\n".join(["The product ended by itself:", *lines[-LINES_OF_A_FAILURE:]]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _product(folder: Path, *, port: int, caldav_port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CACHE_URL"}}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "OUTGOING_ALLOWED_HOSTS": f"127.0.0.1:{caldav_port}",
        **WITHOUT_LIMITS,
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)
        _stop_database(folder)


def _wait(process: subprocess.Popen[bytes], port: int, caldav_port: int) -> None:
    """Tell once when the product is ready; return when standard input ends. Raises Ended."""
    is_ready = False
    while process.poll() is None:
        if select.select([sys.stdin], [], [], LOOK_SECONDS)[0] and not os.read(sys.stdin.fileno(), 1024):
            return
        if not is_ready and _answers(port):
            is_ready = True
            print(f"ready {port} {caldav_port}", flush=True)  # noqa: T201  # what the caller waits for
    raise Ended


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
            return True
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask as Ctrl-C does, which ends the worker and the database too; insist when that takes too long."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _stop_database(folder: Path) -> None:
    """Stop the server that a killed product left behind: whoever leaves last does."""
    cluster = embedded_postgres.Cluster.at(folder)
    if (cluster.data_path / "postmaster.pid").exists():
        with embedded_postgres.running(cluster, database="postgres"):
            pass


if __name__ == "__main__":
    main()
