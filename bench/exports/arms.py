"""The ways to get the rows out, each timed from the outside."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.exports.setting import PSQL, ROOT, Setting
from core.installed import datasets
from exports.formats import Format
from exports.requests import ExportRequest
from exports.sql import statement_for

Filters = Mapping[str, str]
Arm = Callable[[Setting, str, Path], "Sample"]


@dataclass(frozen=True)
class Sample:
    """How long one run took, and how long until its first byte (of the body); seconds."""

    wall: float
    first_byte: float = 0.0


def our_export(setting: Setting, wanted: str, path: Path, filters: Filters | None = None) -> Sample:
    """GET the export from the server and write it to a file."""
    line = http.client.HTTPConnection("127.0.0.1", setting.port, timeout=600)
    query = urlencode({"format": wanted, **(filters or {})})
    began = time.perf_counter()
    line.request(
        "GET",
        f"/api/export/appointments/?{query}",
        headers={"Host": "bench.localhost", "Authorization": f"Token {setting.token}"},
    )
    response = line.getresponse()
    if response.status != 200:
        raise RuntimeError(response.read().decode())
    with path.open("wb") as file:
        file.write(response.read1(65536))
        first = time.perf_counter() - began
        while chunk := response.read1(1 << 20):
            file.write(chunk)
    wall = time.perf_counter() - began
    line.close()
    return Sample(wall, first)


def psql_copy(setting: Setting, wanted: str, path: Path) -> Sample:
    r"""Let psql `\copy` the same SELECT to a file; its start is not counted."""
    select = _select(setting, wanted)
    options = "FORMAT csv, HEADER" if wanted == "csv" else "FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02'"
    script = f"\\timing on\n\\copy ({select}) TO '{path}' WITH ({options})\n"
    found = subprocess.run(  # noqa: S603  # our own script
        [PSQL, setting.database_url, "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--quiet"],
        input=script,
        capture_output=True,
        text=True,
        check=True,
        env=setting.psql_environment,
    )
    milliseconds = found.stdout.rsplit("Time: ", 1)[1].split()[0]
    return Sample(float(milliseconds) / 1000)


def _select(setting: Setting, wanted: str) -> str:
    r"""Return the export's own statement on one line, as \copy wants it."""
    asked = ExportRequest(datasets()["appointments"], Format(wanted))
    statement = statement_for(asked, zone=setting.zone)
    if statement.parameters:
        raise ValueError("the whole table has no parameters")
    return " ".join((statement.sql % {}).split("\n"))


def serializer_list(setting: Setting, wanted: str, path: Path, filters: Filters) -> Sample:
    """Let a DRF serializer make a list of everything, in a process of its own."""
    return _in_django(setting, "serializer", path, filters)


def orm_iterator(setting: Setting, wanted: str, path: Path, filters: Filters) -> Sample:
    """Let `iterator()` feed csv.writer, in a process of its own."""
    return _in_django(setting, "iterator", path, filters)


def _in_django(setting: Setting, name: str, path: Path, filters: Filters) -> Sample:
    found = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "bench.exports.peers", name, str(path), filters["end_date"]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=setting.environment,
    )
    return Sample(float(found.stdout))
