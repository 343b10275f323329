"""Programs other people wrote that read calendars, and what they understand of ours.

Each takes the bytes of a calendar and returns its events as dictionaries of `uid`, `start_at`, `end_at` (in UTC),
`summary`, `description`, `status` and `sequence`; khal knows nothing of the last.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.calendar_sync.servers import CACHE, environment

HERE = Path(__file__).parent
LOCK = Path(settings.BASE_DIR) / "requirements" / "calendar-readers.lock"
Events = list[dict[str, Any]]
Reader = Callable[[bytes, Path], Events]

KHAL = """
[calendars]
[[here]]
path = {folder}/khal
[locale]
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:%S
longdatetimeformat = %Y-%m-%dT%H:%M:%S
default_timezone = UTC
local_timezone = UTC
[sqlite]
path = {folder}/khal.db
"""
AWKWARD = 'Färben\\schneiden, föhnen; "ganz" kurz 😀 and so on until there is no more room for letters…'
CLOCKS_CHANGE = datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
"""Half past three in New York, in the night in which there is no half past two."""
FIELD, RECORD = "\x1f", "\x1e"
KHAL_FIELDS = ("uid", "start-long-full", "end-long-full", "title", "description", "status")


def khal(text: bytes, folder: Path) -> Events:
    """Read with khal, a calendar for terminals."""
    (folder / "khal").mkdir(exist_ok=True)
    (folder / "khal.conf").write_text(KHAL.format(folder=folder))
    line = FIELD.join(f"{{{name}}}" for name in KHAL_FIELDS) + RECORD
    said = run_python("khal", "-c", folder / "khal.conf", "printics", "--format", line, _file(text, folder))
    records = [record.lstrip("\n").split(FIELD) for record in said.split(RECORD)[:-1]]
    records[0][0] = records[0][0].rpartition("\n")[2]
    names = ("uid", "start_at", "end_at", "summary", "description", "status")
    return [_at_utc(dict(zip(names, map(str.rstrip, record), strict=True))) for record in records]


def vobject(text: bytes, folder: Path) -> Events:
    """Read with vobject."""
    return _told(run_python("python", HERE / "read.py", "vobject", _file(text, folder)))


def ical(text: bytes, folder: Path) -> Events:
    """Read with ical."""
    return _told(run_python("python", HERE / "read.py", "ical", _file(text, folder)))


def ical_js(text: bytes, folder: Path) -> Events:
    """Read with ical.js."""
    packages = {**os.environ, "READERS_FOLDER": str(_packages())}
    command = ["node", str(HERE / "read.mjs"), str(_file(text, folder))]
    return _told(subprocess.run(command, env=packages, check=True, capture_output=True).stdout.decode())


def same(events: Events, expected: Events) -> None:
    """Assert that events are as expected (by start), in what the reader knows of them."""
    assert len({event["uid"] for event in events}) == len(events) == len(expected)
    for event, wanted in zip(sorted(events, key=lambda one: one["start_at"]), expected, strict=True):
        seen = {name: value for name, value in event.items() if name != "uid"}
        assert seen == {name: wanted[name] for name in seen}


READERS: dict[str, Reader] = {"khal": khal, "vobject": vobject, "ical": ical, "ical_js": ical_js}


def run_python(program: str, *arguments: str | Path) -> str:
    """Run a program of the readers' environment and return what it prints."""
    command = [str(environment("readers", LOCK) / "bin" / program), *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    return ran.stdout.decode()


def _packages() -> Path:
    """Return the folder with the packages of Node, made by whoever comes first and kept until the lock file changes."""
    content = (HERE / "package-lock.json").read_bytes()
    folder = CACHE / f"readers-js-{hashlib.sha256(content).hexdigest()[:12]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            folder.mkdir(exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, folder)
            install = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"]
            subprocess.run(install, cwd=folder, check=True, capture_output=True)
            (folder / "ready").touch()
    return folder


def _file(text: bytes, folder: Path) -> Path:
    path = folder / "calendar.ics"
    path.write_bytes(text)
    return path


def _told(printed: str) -> Events:
    return [_at_utc(event) for event in json.loads(printed)]


def _at_utc(event: dict[str, Any]) -> dict[str, Any]:
    for name in ("start_at", "end_at"):
        at = datetime.fromisoformat(event[name])
        event[name] = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    return event
