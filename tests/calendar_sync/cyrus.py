"""Cyrus IMAP, the engine behind large hosted calendars: stricter than other servers, and as quick as they get.

Its Debian packages are fetched with apt and unpacked into the tools folder, not installed; the server runs as nobody,
or as whoever runs the tests where that is not root. Debian 12 alone has all of these packages under these names.
"""

import fcntl
import getpass
import hashlib
import os
import platform
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from imaplib import IMAP4
from pathlib import Path

from tests.processes import free_port

PACKAGES = (
    "cyrus-common", "cyrus-caldav", "cyrus-imapd", "cyrus-admin", "sasl2-bin", "libical3", "libsasl2-2",
    "libsasl2-modules", "libsasl2-modules-db", "libpcre3", "libxapian30", "libshp2", "libwrap0", "libzephyr4",
    "libclamav12", "libmspack0", "libicu72",
)  # fmt: skip
RELEASE = "bookworm"
ADMIN, ADMIN_PASSWORD = "admin", "secret"
HOME = "/dav/calendars/user/{user}/"
DOWNLOAD_SECONDS = 300

IMAPD = """
configdirectory: {folder}/config
proc_path: {folder}/config/proc
mboxname_lockpath: {folder}/config/lock
defaultpartition: default
partition-default: {folder}/mail
cyrus_user: {account}
admins: {admin}
unixhierarchysep: yes
virtdomains: off
servername: localhost
httpmodules: caldav
allowplaintext: yes
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_mech_list: PLAIN
sasl_sasldb_path: {folder}/sasldb2
"""
MASTER = """
START {{
  recover cmd="{programs}/ctl_cyrusdb -C {folder}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="{programs}/imapd -C {folder}/imapd.conf" listen="127.0.0.1:{imap_port}" prefork=0
  http cmd="{programs}/httpd -C {folder}/imapd.conf" listen="127.0.0.1:{port}" prefork=4
}}
EVENTS {{
}}
"""


class Unavailable(Exception):
    """The server cannot run on this machine; the message says why."""


@contextmanager
def cyrus(cache: Path, *, user: str, password: str) -> Iterator[tuple[int, subprocess.Popen[bytes], Path]]:
    """Run a server with one mailbox, whose calendars lie at HOME; yield its port, process and log.

    Its data is in a folder of its own, which whoever it runs as can reach. Raises Unavailable.
    """
    programs = unpacked(cache)
    account = "nobody" if os.geteuid() == 0 else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="cyrus-"))
    port, imap_port = free_port(), free_port()
    try:
        _configure(folder, programs, account=account, port=port, imap_port=imap_port)
        for name, secret in ((ADMIN, ADMIN_PASSWORD), (user, password)):
            given = ["-p", "-c", "-f", str(folder / "sasldb2"), "-u", "localhost", name]
            command = [str(programs / "usr/sbin/saslpasswd2"), *given]
            subprocess.run(command, input=secret.encode(), env=_environment(programs), check=True)
        with (folder / "log").open("wb") as log:
            process = _started(folder, programs, account, log.fileno())
        try:
            _make_mailbox(process, imap_port, user, folder / "log")
            yield port, process, folder / "log"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unpacked(cache: Path) -> Path:
    """Return the folder with the unpacked packages, made by whoever comes first. Raises Unavailable."""
    release = platform.freedesktop_os_release().get("VERSION_CODENAME", "another system")
    if release != RELEASE:
        raise Unavailable(f"Cyrus is unpacked from the packages of Debian {RELEASE}; this is {release}")
    for program in ("apt-get", "dpkg", "setpriv"):
        if shutil.which(program) is None:
            raise Unavailable(f"there is no {program}")
    folder = cache / f"cyrus-{hashlib.sha256(' '.join(PACKAGES).encode()).hexdigest()[:12]}"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            _fetch(folder)
            (folder / "ready").touch()
    return folder


def _fetch(folder: Path) -> None:
    downloads = folder / "downloads"
    downloads.mkdir()
    asked = ["apt-get", "download", *PACKAGES]
    try:
        subprocess.run(asked, cwd=downloads, check=True, capture_output=True, timeout=DOWNLOAD_SECONDS)
    except subprocess.CalledProcessError as error:
        raise Unavailable(f"apt-get download: {error.stderr.decode().strip()[-300:]}") from None
    except subprocess.TimeoutExpired:
        raise Unavailable("apt-get download takes too long") from None
    for package in downloads.iterdir():
        subprocess.run(["dpkg", "-x", package, folder], check=True)
    shutil.rmtree(downloads)


def _configure(folder: Path, programs: Path, *, account: str, port: int, imap_port: int) -> None:
    for name in ("db", "log", "msg", "proc", "lock", "socket", "user", "quota"):
        (folder / "config" / name).mkdir(parents=True)
    (folder / "mail").mkdir()
    (folder / "imapd.conf").write_text(IMAPD.format(folder=folder, account=account, admin=ADMIN))
    (folder / "cyrus.conf").write_text(
        MASTER.format(folder=folder, programs=programs / "usr/lib/cyrus/bin", port=port, imap_port=imap_port)
    )


def _started(folder: Path, programs: Path, account: str, log: int) -> subprocess.Popen[bytes]:
    command: list[str | Path] = [
        *(programs / "usr/lib/cyrus/bin/master", "-C", folder / "imapd.conf"),
        *("-M", folder / "cyrus.conf", "-p", folder / "master.pid"),
    ]
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", account, folder], check=True)
        group = pwd.getpwnam(account).pw_gid
        command = ["setpriv", f"--reuid={account}", f"--regid={group}", "--clear-groups", *command]
    return subprocess.Popen(
        command, env=_environment(programs), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )


def _environment(programs: Path) -> dict[str, str]:
    libraries = programs / "usr/lib/x86_64-linux-gnu"
    return {
        "PATH": os.environ.get("PATH", ""),
        "LD_LIBRARY_PATH": f"{libraries}:{programs / 'lib/x86_64-linux-gnu'}",
        "SASL_PATH": str(libraries / "sasl2"),
    }


def _make_mailbox(process: subprocess.Popen[bytes], imap_port: int, user: str, log: Path) -> None:
    """Make the mailbox without which there are no calendars, as soon as the server listens. Raises Unavailable."""
    for _ in range(200):
        try:
            with IMAP4("127.0.0.1", imap_port, timeout=20) as line:
                line.login(ADMIN, ADMIN_PASSWORD)
                made, said = line.create(f"user/{user}")
        except (ConnectionError, IMAP4.abort):
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        if made != "OK":
            raise Unavailable(f"Cyrus makes no mailbox: {said!r}")
        return
    raise Unavailable(f"Cyrus did not start: {log.read_text()[-500:]}")
