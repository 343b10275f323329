"""Prints what a library understands of a calendar, one JSON list of events: `read.py vobject|ical FILE`.

Runs in the readers' environment, which has these libraries; ours has not.
"""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any


def with_vobject(text: str) -> Iterator[dict[str, Any]]:
    """Read as desktop programs do; what breaks a rule of the standard is refused."""
    calendar = import_module("vobject").readOne(text)
    calendar.validate(raiseException=True)
    for event in calendar.vevent_list:
        yield {
            "uid": event.uid.value,
            "start_at": event.dtstart.value.isoformat(),
            "end_at": event.dtend.value.isoformat(),
            "summary": event.summary.value,
            "description": event.description.value if hasattr(event, "description") else "",
            "status": event.status.value,
            "sequence": int(event.sequence.value),
        }


def with_ical(text: str) -> Iterator[dict[str, Any]]:
    """Read as Home Assistant does."""
    stream = import_module("ical.calendar_stream").IcsCalendarStream
    for event in stream.calendar_from_ics(text).events:
        yield {
            "uid": event.uid,
            "start_at": event.dtstart.isoformat(),
            "end_at": event.dtend.isoformat(),
            "summary": event.summary,
            "description": event.description or "",
            "status": event.status.value,
            "sequence": event.sequence,
        }


if __name__ == "__main__":
    read = {"vobject": with_vobject, "ical": with_ical}[sys.argv[1]]
    sys.stdout.write(json.dumps(list(read(Path(sys.argv[2]).read_bytes().decode()))))
