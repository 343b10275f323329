"""Reading foreign calendars in a process of its own (`calendar_sync.ics.child`).

The process is started when there is something to be read, or before by `prepare`, so that it is ready by the time the
answer has come: most visits read nothing. One that does not answer in time is killed; the text it choked on is skipped,
the others are read by another.
"""

import json
import os
import select
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, cast

from calendar_sync.ics.child import HEADER
from schedule.selectors.conflicts import Span

Problem = Literal["", "not_a_calendar", "too_large", "too_slow"]

ROOT = Path(__file__).resolve().parents[2]
SECONDS_FOR_ONE = 2.0
SECONDS_FOR_A_CALENDAR = 10.0
GRACE_SECONDS = 5.0


@dataclass(frozen=True)
class Entry:
    """One UID of a text; see `calendar_sync.ics.interpreting.Interpreted`."""

    uid: str
    spans: tuple[Span, ...]
    link: str
    fields: dict[str, str]
    is_cancelled: bool
    repeats_beyond_window: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """What a text says, or why it says nothing."""

    entries: tuple[Entry, ...] = ()
    problem: Problem = ""


@dataclass(frozen=True)
class Terms:
    """How to read: see `calendar_sync.ics.interpreting.Terms`."""

    window: Span
    zone: str
    tentative_blocks: bool = True
    addresses: tuple[str, ...] = ()


@dataclass
class IcsReader:
    """Reads texts for one session; safe for several threads, which take turns. Close it, or use it as a context."""

    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def prepare(self) -> None:
        """Start the process, if it has not been."""
        with self._turn:
            self._child = self._child or _start()

    def read(self, texts: Sequence[bytes], terms: Terms, *, seconds: float = SECONDS_FOR_ONE) -> list[Read]:
        """Return what each text says, in order. `seconds` of computing is what one of them may take."""
        if not texts:
            return []
        answer = self._ask(texts, terms, seconds)
        if answer is not None:
            return answer
        if len(texts) == 1:
            return [Read(problem="too_slow")]
        return [result for text in texts for result in self.read([text], terms, seconds=seconds)]

    def _ask(self, texts: Sequence[bytes], terms: Terms, seconds: float) -> list[Read] | None:
        """Return the results, None when the process died of the question."""
        request = {
            "texts": [b64encode(text).decode() for text in texts],
            "from_at": terms.window.start_at.isoformat(),
            "until_at": terms.window.end_at.isoformat(),
            "zone": terms.zone,
            "tentative_blocks": terms.tentative_blocks,
            "addresses": list(terms.addresses),
            "seconds": seconds,
        }
        body = json.dumps(request).encode()
        with self._turn:
            self._child = self._child or _start()
            try:
                reply = _exchange(self._child, HEADER.pack(len(body)) + body, seconds * len(texts) + GRACE_SECONDS)
            except (OSError, EOFError):
                self.close()
                return None
        return [_read(result) for result in json.loads(reply)["results"]]


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "calendar_sync.ics.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
    )


def _exchange(child: subprocess.Popen[bytes], message: bytes, seconds: float) -> bytes:
    """Send a message and return the body of the answer. Raises TimeoutError, EOFError, OSError."""
    assert child.stdin is not None
    assert child.stdout is not None
    until = time.monotonic() + seconds
    child.stdin.write(message)
    child.stdin.flush()
    header = _receive(child.stdout.fileno(), HEADER.size, until)
    return _receive(child.stdout.fileno(), HEADER.unpack(header)[0], until)


def _receive(descriptor: int, size: int, until: float) -> bytes:
    received = bytearray()
    while len(received) < size:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(descriptor, size - len(received))
        if not part:
            raise EOFError
        received += part
    return bytes(received)


def _read(result: dict[str, Any]) -> Read:
    if "problem" in result:
        return Read(problem=cast("Problem", result["problem"]))
    return Read(
        tuple(
            Entry(
                uid=entry["uid"],
                spans=tuple(
                    Span(datetime.fromisoformat(start_at), datetime.fromisoformat(end_at))
                    for start_at, end_at in entry["spans"]
                ),
                link=entry["link"],
                fields=entry["fields"],
                is_cancelled=entry["is_cancelled"],
                repeats_beyond_window=entry["repeats_beyond_window"],
                warnings=tuple(entry["warnings"]),
            )
            for entry in result["entries"]
        )
    )
