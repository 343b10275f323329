"""What an event of Microsoft Graph says about time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.providers.base import Copy, RemoteItem
from calendar_sync.providers.microsoft.events import (
    Terms,
    fields_in,
    item_of,
    item_of_series,
    owned,
    zone_named,
)
from calendar_sync.providers.microsoft.marks import LONG_AGO, Tag, marker_in, property_of, transaction_of
from schedule.selectors.conflicts import Span

NEW_YORK = Terms(ZoneInfo("America/New_York"))
LINK = UUID("01932b6e-0000-7000-8000-000000000001")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def event(start: str, end: str, zone: str = "UTC", **properties: Any) -> dict[str, Any]:
    return {
        "id": "e1",
        "@odata.etag": 'W/"v1"',
        "type": "singleInstance",
        "subject": "Dentist",
        "start": {"dateTime": f"{start}:00.0000000", "timeZone": zone},
        "end": {"dateTime": f"{end}:00.0000000", "timeZone": zone},
        "showAs": "busy",
        "isCancelled": False,
        "isAllDay": False,
        "responseStatus": {"response": "organizer"},
        **properties,
    }


def busy(item: RemoteItem) -> list[tuple[str, str]]:
    return [(f"{span.start_at:%d %H:%M}", f"{span.end_at:%d %H:%M}") for span in item.busy]


def read(terms: Terms = NEW_YORK, /, **properties: Any) -> RemoteItem:
    return item_of(event("2026-03-10T12:00", "2026-03-10T13:00", **properties), terms)


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("UTC", "10 12:00"),
        ("America/New_York", "10 16:00"),
        ("Eastern Standard Time", "10 16:00"),
        ("W. Europe Standard Time", "10 11:00"),
    ],
)
def test_a_time_counts_in_the_zone_it_names(zone: str, start: str) -> None:
    item = item_of(event("2026-03-10T12:00", "2026-03-10T13:00", zone), NEW_YORK)

    assert busy(item)[0][0] == start


def test_case_05_a_time_in_a_zone_nobody_knows_is_a_warning() -> None:
    item = item_of(event("2026-03-10T12:00", "2026-03-10T13:00", "tzone://Microsoft/Custom"), NEW_YORK)

    assert (item.busy, item.warnings) == ((), ("bad_time",))


def test_case_07_a_whole_day_is_a_day_where_the_staff_is() -> None:
    item = item_of(event("2026-03-10T00:00", "2026-03-11T00:00", isAllDay=True), NEW_YORK)

    assert item.busy == (Span(at("2026-03-10T04:00"), at("2026-03-11T04:00")),)


def test_case_07_a_whole_day_that_the_server_converted_is_the_same_day() -> None:
    item = item_of(event("2026-03-10T04:00", "2026-03-11T04:00", isAllDay=True), NEW_YORK)

    assert item.busy == (Span(at("2026-03-10T04:00"), at("2026-03-11T04:00")),)


def test_case_07_a_day_on_which_clocks_change_has_23_hours() -> None:
    item = item_of(event("2026-03-08T00:00", "2026-03-09T00:00", isAllDay=True), NEW_YORK)

    assert [span.length for span in item.busy] == [timedelta(hours=23)]


def test_case_08_three_days_are_one_stretch() -> None:
    item = item_of(event("2026-03-09T00:00", "2026-03-12T00:00", isAllDay=True), NEW_YORK)

    assert busy(item) == [("09 04:00", "12 04:00")]


def test_case_09_a_whole_day_that_ends_where_it_begins_is_that_day() -> None:
    item = item_of(event("2026-03-10T00:00", "2026-03-10T00:00", isAllDay=True), NEW_YORK)

    assert busy(item) == [("10 04:00", "11 04:00")]


@pytest.mark.parametrize(
    ("shown", "is_busy"),
    [
        ("free", False),
        ("workingElsewhere", False),
        ("busy", True),
        ("oof", True),
        ("tentative", True),
        ("unknown", True),
    ],
)
def test_case_15_what_is_shown_as_free_takes_no_time(shown: str, is_busy: bool) -> None:
    assert bool(read(showAs=shown).busy) is is_busy


def test_case_16_what_was_cancelled_takes_no_time() -> None:
    item = read(isCancelled=True)

    assert (item.busy, item.is_cancelled, item.warnings) == ((), True, ())


def test_case_17_what_is_tentative_takes_time_unless_it_is_not_to() -> None:
    assert busy(read(Terms(UTC), showAs="tentative")) == [("10 12:00", "10 13:00")]
    assert read(Terms(UTC, tentative_blocks=False), showAs="tentative").busy == ()


def test_case_18_what_takes_no_time_or_ends_before_it_begins_is_not_busy() -> None:
    empty = item_of(event("2026-03-10T12:00", "2026-03-10T12:00"), NEW_YORK)
    backwards = item_of(event("2026-03-10T12:00", "2026-03-10T11:00"), NEW_YORK)
    endless = item_of(event("2026-03-10T12:00", "2028-03-10T11:00"), NEW_YORK)

    assert [(one.busy, one.warnings) for one in (empty, backwards, endless)] == [
        ((), ()),
        ((), ("ends_before_start",)),
        ((), ("too_long",)),
    ]


def test_case_19_what_was_declined_takes_no_time() -> None:
    assert read(responseStatus={"response": "declined"}).busy == ()
    assert read(responseStatus={"response": "notResponded"}).busy != ()


@pytest.mark.parametrize("start", [None, {}, {"dateTime": "soon", "timeZone": "UTC"}, "2026-03-10T12:00"])
def test_an_event_that_cannot_be_understood_is_a_warning(start: object) -> None:
    item = item_of({**event("2026-03-10T12:00", "2026-03-10T13:00"), "start": start}, NEW_YORK)

    assert (item.remote_id, item.busy, item.warnings) == ("e1", (), ("bad_time",))


def test_an_occurrence_is_what_its_series_is() -> None:
    master = event("2026-03-10T00:00", "2026-03-11T00:00", isAllDay=True, type="seriesMaster", id="s1")
    bare = [
        {
            key: value
            for key, value in event(f"2026-03-1{day}T00:00", f"2026-03-1{day + 1}T00:00").items()
            if key in KEPT
        }
        for day in (0, 1)
    ]
    moved = event("2026-03-15T09:00", "2026-03-15T10:00", type="exception", showAs="oof")

    series = item_of_series("s1", master, [*bare, moved], NEW_YORK)
    free = item_of_series("s1", {**master, "showAs": "free"}, [*bare, moved], NEW_YORK)

    assert series.remote_id == "s1"
    assert busy(series) == [("10 04:00", "11 04:00"), ("11 04:00", "12 04:00"), ("15 09:00", "15 10:00")]
    assert busy(free) == [("15 09:00", "15 10:00")]
    assert Tag.read(series.tag) == Tag(at("2026-03-15T10:00"), 'W/"v1"')


KEPT = frozenset({"id", "start", "end", "type", "@odata.etag"})


def test_a_copy_read_back_is_the_copy() -> None:
    copy = Copy(
        uid=f"{LINK.hex}-3",
        marker=LINK,
        business="acme",
        start_at=at("2026-03-10T12:00"),
        end_at=at("2026-03-10T12:45"),
        summary='Cut · "Ada"; 💇, \\',
        location="Main Street",
        is_tentative=True,
    )

    sent = owned(copy)
    item = item_of({"id": "e9", **sent, "transactionId": transaction_of(copy)}, NEW_YORK)

    assert fields_in(sent) == copy.fields
    assert (item.is_ours, item.marker, item.fields, item.busy) == (True, LINK, copy.fields, ())
    assert property_of(copy)["value"] == f"acme/{LINK.hex}-3"


@pytest.mark.parametrize(
    "strange", [None, "", 7, "smoothschedule-", f"smoothschedule-{LINK.hex}-x", f"x{LINK.hex}", str(LINK)]
)
def test_other_transactions_are_not_ours(strange: object) -> None:
    assert marker_in(strange) is None


def test_a_tag_keeps_when_the_entry_is_over() -> None:
    tag = Tag(at("2026-03-10T12:45"), 'W/"a b=="')

    assert str(tag) == '20260310T124500Z W/"a b=="'
    assert Tag.read(str(tag)) == tag
    assert Tag.read('W/"old"') == Tag.read("") == Tag(LONG_AGO, "")


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("Europe/Vienna", "Europe/Vienna"),
        ("UTC", "UTC"),
        ("", ""),
        ("Nowhere Standard Time", ""),
        ("../etc/passwd", ""),
    ],
)
def test_zones_have_their_iana_names(name: str, zone: str) -> None:
    assert zone_named(name) == zone
