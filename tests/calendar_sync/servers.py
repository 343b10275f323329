"""Real CalDAV servers for tests: Radicale and Xandikos in an environment of their own, Cyrus where it can be unpacked.

They are no dependencies of the product: what they need must not decide what the product runs with.
"""

import fcntl
import hashlib
import subprocess
import sys
import time
import venv
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings

from tests.calendar_sync import cyrus
from tests.processes import free_port

LOCK = Path(settings.BASE_DIR) / "requirements" / "caldav-servers.lock"
CACHE = Path(settings.BASE_DIR) / "var" / "test-tools"
USER, PASSWORD = "anna", "correct horse"
KINDS = ("radicale", "xandikos", "cyrus")
START_SECONDS = 60

RADICALE = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}/collections
[logging]
level = error
"""


@dataclass(frozen=True)
class CalDavServer:
    """A server that runs: its address and the account in it. `home` is where the account's calendars lie, `folder` its
    data where that is in a folder the test may look into.
    """

    kind: str
    port: int
    home: str
    folder: Path | None = None

    @property
    def url(self) -> str:
        """The address people would type."""
        return f"http://127.0.0.1:{self.port}/"

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """Ask the server as somebody else would: without any code of ours."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, {"Authorization": _basic(), **given})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def make_calendar(self, name: str) -> str:
        """Make a calendar and return its path."""
        path = f"{self.home}{name}/"
        status, said = self.request("MKCALENDAR", path)
        assert status == 201, (status, said)
        return path

    def names(self, calendar: str) -> list[str]:
        """Return the file names of the entries in a calendar, sorted."""
        ask = b'<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        _, said = self.request("PROPFIND", calendar, ask, Depth="1", Content_Type="application/xml")
        hrefs = said.decode().replace("ns0:", "").replace("D:", "").split("<href>")[1:]
        return sorted(
            name for href in hrefs if (name := href.partition("</href>")[0].rpartition("/")[2]).endswith(".ics")
        )


@contextmanager
def caldav_server(kind: str, folder: Path, *, port: int | None = None) -> Iterator[CalDavServer]:
    """Run a server of `kind`, one of KINDS, with its data in `folder` (Cyrus's is elsewhere), on a free port or `port`.

    Raises tests.calendar_sync.cyrus.Unavailable.
    """
    if kind == "cyrus":
        with cyrus.cyrus(CACHE, user=USER, password=PASSWORD) as (port, process, log):
            server = CalDavServer(kind, port, cyrus.HOME.format(user=USER))
            _await(server, process, log)
            yield server
        return
    port = port or free_port()
    python = environment("caldav", LOCK) / "bin" / "python"
    if kind == "radicale":
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        (folder / "config").write_text(RADICALE.format(port=port, folder=folder))
        command = ["-m", "radicale", "--config", str(folder / "config")]
        server = CalDavServer(kind, port, f"/{USER}/", folder)
    else:
        command = ["-m", "xandikos", "serve", "-d", str(folder), "--defaults", "-l", "127.0.0.1", "-p", str(port)]
        command += ["--current-user-principal", f"/{USER}/"]
        server = CalDavServer(kind, port, f"/{USER}/calendars/", folder)
    with (folder / "log").open("wb") as written:
        process = subprocess.Popen([python, *command], stdout=written, stderr=written)
        try:
            _await(server, process, folder / "log")
            yield server
        finally:
            process.terminate()
            process.wait(20)


def _await(server: CalDavServer, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            server.request("OPTIONS", "/")
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{server.kind} did not start: {log.read_text()[-2000:]}")


def environment(name: str, wanted: Path) -> Path:
    """Return an environment with what a lock file names, made by whoever comes first, kept until it changes."""
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = CACHE / f"{name}-{hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]}"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            venv.create(folder, with_pip=True, clear=True)
            install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
            subprocess.run([folder / "bin" / "python", *install, wanted], check=True, stdout=sys.stderr)
            (folder / "ready").touch()
    return folder


def _basic() -> str:
    return "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
