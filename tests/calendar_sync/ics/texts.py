"""Calendars as tests need them, and what they say."""

from collections.abc import Sequence
from datetime import UTC, datetime

from calendar_sync.ics.interpreting import Interpreted, Terms, interpret

TERMS = Terms(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), "America/New_York")


def event(*lines: str, uid: str = "one") -> str:
    """Return the lines of a VEVENT."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    """Return a calendar of events and other lines."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *parts, "END:VCALENDAR", ""]).encode()


def read(*parts: str, terms: Terms = TERMS) -> list[Interpreted]:
    """Return what a calendar says, UID by UID."""
    return interpret(calendar(*parts), terms)


def busy(*parts: str, terms: Terms = TERMS) -> list[str]:
    """Return the busy time of a calendar as texts like `02-26 14:00/15:00` in UTC."""
    return spans([span for one in read(*parts, terms=terms) for span in one.spans])


def spans(found: Sequence[tuple[datetime, datetime]]) -> list[str]:
    """Return spans as texts; the end has its date where it is another."""
    return [
        f"{start:%m-%d %H:%M}/{end:%H:%M}" if start.date() == end.date() else f"{start:%m-%d %H:%M}/{end:%m-%d %H:%M}"
        for start, end in sorted(found)
    ]


def warnings(*parts: str) -> set[str]:
    """Return every warning."""
    return {warning for one in read(*parts) for warning in one.warnings}
