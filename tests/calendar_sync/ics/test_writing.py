"""Text that every reader reads as it was meant."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from calendar_sync.ics.writing import Entry, calendar_text, folded, own_uid

NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)
AWKWARD = 'a\\b,c;d "e"\nnext line 😀 ' + "long " * 40


def entry(**fields: object) -> Entry:
    given: dict[str, object] = {
        "uid": own_uid("x"),
        "start_at": NOON,
        "end_at": NOON + timedelta(hours=1),
        "summary": "Cut",
        "updated_at": NOON,
    }
    return Entry(**(given | fields))  # type: ignore[arg-type]


def lint(text: bytes) -> None:
    """Assert what no parser looks at: CRLF at every line, 75 octets at most, nothing split that belongs together."""
    assert text.endswith(b"\r\n")
    lines = text[:-2].split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")


def test_the_whole_text_of_an_entry() -> None:
    marker = uuid4()

    text = calendar_text([entry(marker=marker, sequence=3, location="Room 1")])

    assert text.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//SmoothSchedule//Calendar sync//EN",
        "BEGIN:VEVENT",
        "UID:x@localhost",
        "DTSTAMP:20260308T120000Z",
        "LAST-MODIFIED:20260308T120000Z",
        "SEQUENCE:3",
        "DTSTART:20260308T120000Z",
        "DTEND:20260308T130000Z",
        "SUMMARY:Cut",
        "LOCATION:Room 1",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        f"X-SMOOTHSCHEDULE-LINK:{marker}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_case_2_times_are_instants_and_need_no_zone() -> None:
    from zoneinfo import ZoneInfo

    at = datetime(2026, 3, 8, 3, 30, tzinfo=ZoneInfo("America/New_York"))

    text = calendar_text([entry(start_at=at, end_at=at + timedelta(hours=1))])

    assert b"DTSTART:20260308T073000Z" in text
    assert b"VTIMEZONE" not in text
    assert b"TZID" not in text


def test_case_50_awkward_text_comes_back_as_it_was() -> None:
    text = calendar_text([entry(summary=AWKWARD, description=AWKWARD, location=AWKWARD)])

    lint(text)
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")] == [AWKWARD] * 3


@given(st.text(max_size=300))
def test_case_50_any_text_is_well_formed_and_comes_back_without_control_characters(text: str) -> None:
    written = calendar_text([entry(summary=text)])

    lint(written)
    [event] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert str(event["SUMMARY"]) == "".join(one for one in plain if one in "\t\n" or (one >= " " and one != "\x7f"))


@given(st.text(alphabet="aé😀", min_size=60, max_size=200))
def test_lines_are_folded_between_characters(line: str) -> None:
    parts = folded(line)

    lint(parts)
    assert parts.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == line


def test_case_41_a_customer_is_invited_only_where_that_is_wanted() -> None:
    assert b"ATTENDEE" not in calendar_text([entry()])
    assert b"ORGANIZER" not in calendar_text([entry()])
    assert b"METHOD" not in calendar_text([entry()])

    text = calendar_text([entry(invitee="ada@example.com")])

    assert b"ATTENDEE;SCHEDULE-AGENT=CLIENT" in text
    assert b"ORGANIZER;SCHEDULE-AGENT=CLIENT" in text
