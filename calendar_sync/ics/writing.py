"""Writing iCalendar text.

Times are written in UTC, so that no reader needs to know a time zone. Every line ends with CRLF and has 75 octets at
most, folded between characters (RFC 5545, section 3.1).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from django.conf import settings

PRODUCT = "-//SmoothSchedule//Calendar sync//EN"
LINK_PROPERTY = "X-SMOOTHSCHEDULE-LINK"
OCTETS_IN_A_LINE = 75

EventStatus = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
UNPRINTABLE = {code: None for code in (*range(32), 127) if chr(code) not in "\t\n"}


@dataclass(frozen=True)
class Entry:
    """A single event. `uid` is complete; `updated_at` is DTSTAMP and LAST-MODIFIED, so that the same entry is the same
    text whenever it is written.
    """

    uid: str
    start_at: datetime
    end_at: datetime
    summary: str
    updated_at: datetime
    sequence: int = 0
    description: str = ""
    location: str = ""
    status: EventStatus = "CONFIRMED"
    marker: UUID | None = None
    invitee: str = ""


def own_uid(name: str) -> str:
    """Return a UID in this installation's domain."""
    return f"{name}@{settings.PLATFORM_DOMAINS[0]}"


def is_own_uid(uid: str) -> bool:
    """Tell whether this installation made the UID."""
    return uid.endswith(f"@{settings.PLATFORM_DOMAINS[0]}")


def calendar_text(entries: Iterable[Entry], *, properties: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return a VCALENDAR with the entries; `properties` are further lines of it, as name and ready value."""
    head = [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", PRODUCT), *properties]
    body = (line for entry in entries for line in event_lines(entry))
    return b"".join(folded(f"{name}:{value}") for name, value in (*head, *body, ("END", "VCALENDAR")))


def event_lines(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the lines of a VEVENT as name and ready value."""
    yield "BEGIN", "VEVENT"
    yield "UID", escaped(entry.uid)
    yield "DTSTAMP", instant(entry.updated_at)
    yield "LAST-MODIFIED", instant(entry.updated_at)
    yield "SEQUENCE", str(entry.sequence)
    yield "DTSTART", instant(entry.start_at)
    yield "DTEND", instant(entry.end_at)
    yield "SUMMARY", escaped(entry.summary)
    if entry.description:
        yield "DESCRIPTION", escaped(entry.description)
    if entry.location:
        yield "LOCATION", escaped(entry.location)
    yield "STATUS", entry.status
    yield "TRANSP", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE"
    if entry.invitee:
        # The server must not send a second invitation of its own (RFC 6638, section 7.1).
        yield "ORGANIZER;SCHEDULE-AGENT=CLIENT", f"mailto:no-reply@{settings.PLATFORM_DOMAINS[0]}"
        yield "ATTENDEE;SCHEDULE-AGENT=CLIENT;PARTSTAT=ACCEPTED", f"mailto:{entry.invitee}"
    if entry.marker is not None:
        yield LINK_PROPERTY, str(entry.marker)
    yield "END", "VEVENT"


def escaped(value: str) -> str:
    """Return text as a TEXT value (RFC 5545, section 3.3.11), without control characters."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n").translate(UNPRINTABLE)
    return plain.translate(ESCAPES)


def instant(moment: datetime) -> str:
    """Return an aware instant as a UTC date-time (form #2 of RFC 5545, section 3.3.5)."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def folded(line: str) -> bytes:
    """Return one content line with its CRLF, folded to 75 octets without splitting a character."""
    left = line.encode()
    if len(left) <= OCTETS_IN_A_LINE:
        return left + b"\r\n"
    parts = []
    room = OCTETS_IN_A_LINE
    while len(left) > room:
        end = room
        while left[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        parts.append(left[:end])
        left = left[end:]
        room = OCTETS_IN_A_LINE - 1  # after the space that continues a line
    return b"\r\n ".join([*parts, left]) + b"\r\n"
