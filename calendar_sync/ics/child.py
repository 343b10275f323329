"""The process in which foreign calendars are read: it may be slow, swell or die, and nothing else suffers.

Requests and answers are JSON, each after its length in four bytes. Start it with ``python -m calendar_sync.ics.child``.
"""

import json
import resource
import signal
import struct
import sys
from base64 import b64decode
from datetime import datetime
from typing import Any, BinaryIO

from calendar_sync.ics.interpreting import Interpreted, NotACalendar, Terms, TooManyComponents, interpret

MOST_MEMORY = 1024 * 1024 * 1024
HEADER = struct.Struct(">I")


class OutOfTime(Exception):
    """A text took longer to read than any may."""


def main() -> None:
    """Answer requests until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGPROF, _stop)
    while (request := receive(sys.stdin.buffer)) is not None:
        send(sys.stdout.buffer, answer(request))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return what each text says: a list of entries, or a problem (not_a_calendar, too_large, too_slow)."""
    terms = Terms(
        from_at=datetime.fromisoformat(request["from_at"]),
        until_at=datetime.fromisoformat(request["until_at"]),
        zone=request["zone"],
        tentative_blocks=request["tentative_blocks"],
        addresses=tuple(request["addresses"]),
    )
    return {"results": [_one(b64decode(text), terms, request["seconds"]) for text in request["texts"]]}


def _one(text: bytes, terms: Terms, seconds: float) -> dict[str, Any]:
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        return {"entries": [_plain(entry) for entry in interpret(text, terms)]}
    except NotACalendar:
        return {"problem": "not_a_calendar"}
    except TooManyComponents:
        return {"problem": "too_large"}
    except (OutOfTime, MemoryError):
        return {"problem": "too_slow"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(*_: object) -> None:
    raise OutOfTime


def _plain(entry: Interpreted) -> dict[str, Any]:
    return {
        "uid": entry.uid,
        "spans": [[start_at.isoformat(), end_at.isoformat()] for start_at, end_at in entry.spans],
        "link": entry.link,
        "fields": dict(entry.fields),
        "is_cancelled": entry.is_cancelled,
        "repeats_beyond_window": entry.repeats_beyond_window,
        "warnings": list(entry.warnings),
    }


def send(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message."""
    body = json.dumps(message, separators=(",", ":")).encode()
    stream.write(HEADER.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """Return the next message, None at the end."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    message: dict[str, Any] = json.loads(stream.read(HEADER.unpack(header)[0]))
    return message


if __name__ == "__main__":
    main()
