"""What Google's events say about time. The numbers are those of the acceptance cases."""

from datetime import UTC, datetime
from typing import Any

import pytest

from calendar_sync.providers.google.session import GoogleSession
from schedule.selectors.conflicts import Span
from tests.calendar_sync.fakes.google import FakeGoogle
from tests.calendar_sync.google.shop import busy, read, warnings

NY = "America/New_York"


def weekly(google: FakeGoogle, **fields: Any) -> None:
    """Add a series at nine on Thursdays, from 26 February 2026 on."""
    google.add(
        "weekly",
        "2026-02-26T09:00:00-05:00",
        "2026-02-26T10:00:00-05:00",
        **{"zone": NY, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=6"], **fields},
    )


def test_case_1_a_weekly_series_keeps_its_wall_clock_when_clocks_change(
    google: FakeGoogle, session: GoogleSession
) -> None:
    weekly(google)

    assert busy(read(session)) == [
        "02-26 14:00/15:00",
        "03-05 14:00/15:00",
        "03-12 13:00/14:00",
        "03-19 13:00/14:00",
        "03-26 13:00/14:00",
        "04-02 13:00/14:00",
    ]


def test_case_3_gaps_and_folds(google: FakeGoogle, session: GoogleSession) -> None:
    daily: dict[str, Any] = {"zone": NY, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}
    google.add("gap00", "2026-03-07T02:30:00-05:00", "2026-03-07T03:00:00-05:00", **daily)
    google.add("fold0", "2026-10-31T01:30:00-04:00", "2026-10-31T01:50:00-04:00", **daily)

    assert busy(read(session)) == [
        "03-07 07:30/08:00",
        "03-08 07:30/08:00",
        "03-09 06:30/07:00",
        "10-31 05:30/05:50",
        "11-01 05:30/05:50",
        "11-02 06:30/06:50",
    ]
    # Google names an occurrence in a gap by the time after it, one in a fold by its offset.
    google.change_occurrence("gap00", "2026-03-08T03:30:00-04:00", status="cancelled")
    google.change_occurrence("fold0", "2026-11-01T01:30:00-04:00", status="cancelled")
    assert len(busy(read(session))) == 4


def test_case_5_a_zone_nobody_knows_is_the_calendars_and_leaves_a_warning(
    google: FakeGoogle, session: GoogleSession
) -> None:
    weekly(google, zone="Middle_Earth/Shire", recurrence=["RRULE:FREQ=WEEKLY;COUNT=1"])

    pulled = read(session)

    assert (busy(pulled), warnings(pulled)) == (["02-26 14:00/15:00"], {"unknown_tzid"})


def test_case_7_a_day_is_a_day_where_the_calendar_is(google: FakeGoogle, session: GoogleSession) -> None:
    google.add("day00", "2026-03-10", "2026-03-11")

    assert busy(read(session)) == ["03-10 04:00/03-11 04:00"]


def test_case_8_what_began_before_the_window_goes_on(google: FakeGoogle, session: GoogleSession) -> None:
    google.add("trip0", "2026-03-10", "2026-03-13")
    google.add("trips", "2026-03-03", "2026-03-06", recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])
    google.add("over0", "2026-03-01", "2026-03-03")

    window = Span(datetime(2026, 3, 12, 12, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    assert busy(read(session, window=window)) == ["03-10 04:00/03-13 04:00", "03-10 04:00/03-13 04:00"]


@pytest.mark.parametrize("recurrence", [[], ["RRULE:FREQ=DAILY;COUNT=1"]])
def test_case_9_a_day_that_ends_where_it_begins_is_one_day(
    google: FakeGoogle, session: GoogleSession, recurrence: list[str]
) -> None:
    google.add("day00", "2026-03-10", "2026-03-10", recurrence=recurrence)

    assert busy(read(session)) == ["03-10 04:00/03-11 04:00"]


def test_case_10_exceptions_of_a_series(google: FakeGoogle, session: GoogleSession) -> None:
    weekly(google, recurrence=["RRULE:FREQ=WEEKLY;COUNT=6", f"EXDATE;TZID={NY}:20260326T090000"])
    google.change_occurrence(
        "weekly", "2026-03-12T09:00:00-04:00", start="2026-03-12T14:00:00-04:00", end="2026-03-12T15:00:00-04:00"
    )
    google.change_occurrence("weekly", "2026-03-05T09:00:00-05:00", status="cancelled")

    pulled = read(session)

    assert busy(pulled) == ["02-26 14:00/15:00", "03-12 18:00/19:00", "03-19 13:00/14:00", "04-02 13:00/14:00"]
    assert [(item.remote_id, item.repeats_beyond_window) for item in pulled.items] == [("weekly", True)]


@pytest.mark.parametrize("what", ["moved", "cancelled", "transparent", "master"])
def test_case_10_one_part_of_a_series_that_changed_leaves_the_others_as_they_are(
    google: FakeGoogle, session: GoogleSession, what: str
) -> None:
    weekly(google)
    google.change_occurrence("weekly", "2026-03-05T09:00:00-05:00", status="cancelled")
    token = read(session).token
    third = {"start": "2026-03-12T09:00:00-04:00", "end": "2026-03-12T10:00:00-04:00"}
    match what:
        case "moved":
            moved = {"start": "2026-03-12T14:00:00-04:00", "end": "2026-03-12T15:00:00-04:00"}
            google.change_occurrence("weekly", third["start"], **moved)
        case "cancelled":
            google.change_occurrence("weekly", third["start"], status="cancelled")
        case "transparent":
            google.change_occurrence("weekly", third["start"], transparency="transparent", **third)
        case "master":
            google.edit("weekly", recurrence=["RRULE:FREQ=WEEKLY;COUNT=3"])
    google.seen.clear()

    pulled = read(session, token=token)

    first, rest = ["02-26 14:00/15:00"], ["03-19 13:00/14:00", "03-26 13:00/14:00", "04-02 13:00/14:00"]
    assert (
        busy(pulled)
        == {
            "moved": [*first, "03-12 18:00/19:00", *rest],
            "cancelled": [*first, *rest],
            "transparent": [*first, *rest],
            "master": [*first, "03-12 13:00/14:00"],
        }[what]
    )
    assert [item.remote_id for item in pulled.items] == ["weekly"]
    # Of a cancelled occurrence Google need not even say the UID of its series.
    assert google.asked() == ["events.list", *(["events.get"] if what == "cancelled" else []), "events.list"]


def test_case_12_this_and_all_that_follow_is_another_series_at_google(
    google: FakeGoogle, session: GoogleSession
) -> None:
    google.add(
        "daily",
        "2026-06-01T09:00:00Z",
        "2026-06-01T10:00:00Z",
        zone="UTC",
        recurrence=["RRULE:FREQ=DAILY;COUNT=4"],
    )
    google.change_occurrence("daily", "2026-06-03T09:00:00Z", status="cancelled")
    google.change_occurrence("daily", "2026-06-02T09:00:00Z", start="2026-06-02T11:00:00Z", end="2026-06-02T12:00:00Z")
    first = read(session)
    google.edit("daily", recurrence=["RRULE:FREQ=DAILY;UNTIL=20260603T085959Z"])
    google.add(
        "daily_R20260603T090000",
        "2026-06-03T12:00:00Z",
        "2026-06-03T13:00:00Z",
        zone="UTC",
        recurrence=["RRULE:FREQ=DAILY;COUNT=2"],
    )

    pulled = read(session, token=first.token)

    assert busy(first) == ["06-01 09:00/10:00", "06-02 11:00/12:00", "06-04 09:00/10:00"]
    assert busy(pulled) == ["06-01 09:00/10:00", "06-02 11:00/12:00", "06-03 12:00/13:00", "06-04 12:00/13:00"]


def test_case_13_occurrences_without_their_series(google: FakeGoogle, session: GoogleSession) -> None:
    def invite(day: int, hour: int) -> None:
        at = f"2026-06-{day:02d}T"
        google.change_occurrence("boards", f"{at}09:00:00Z", start=f"{at}{hour}:00:00Z", end=f"{at}{hour + 1}:00:00Z")

    invite(3, 12)
    invite(10, 12)
    first = read(session)
    invite(10, 14)

    pulled = read(session, token=first.token)

    assert busy(first) == ["06-03 12:00/13:00", "06-10 12:00/13:00"]
    assert busy(pulled) == ["06-03 12:00/13:00", "06-10 14:00/15:00"]
    assert [item.remote_id for item in pulled.items] == ["boards"]


def test_case_14_an_occurrence_moved_into_the_window(google: FakeGoogle, session: GoogleSession) -> None:
    google.add(
        "daily", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z", zone="UTC", recurrence=["RRULE:FREQ=DAILY;COUNT=3"]
    )
    google.change_occurrence("daily", "2026-06-03T09:00:00Z", start="2026-06-11T12:00:00Z", end="2026-06-11T13:00:00Z")

    window = Span(datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 6, 12, tzinfo=UTC))
    assert busy(read(session, window=window)) == ["06-11 12:00/13:00"]
    assert busy(read(session)) == ["06-01 09:00/10:00", "06-02 09:00/10:00", "06-11 12:00/13:00"]


@pytest.mark.parametrize("is_series", [False, True])
@pytest.mark.parametrize(
    ("fields", "takes_time"),
    [
        ({"transparency": "transparent"}, False),
        ({"eventType": "workingLocation"}, False),
        ({"eventType": "birthday"}, False),
        ({"transparency": "opaque"}, True),
        ({"eventType": "outOfOffice"}, True),
        ({"eventType": "focusTime"}, True),
        ({"eventType": "fromGmail"}, True),
        ({"visibility": "private"}, True),
    ],
)
def test_case_15_what_takes_time_and_what_does_not(
    google: FakeGoogle, session: GoogleSession, fields: dict[str, str], takes_time: bool, is_series: bool
) -> None:
    recurrence: dict[str, Any] = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=1"]} if is_series else {}
    google.add("event", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z", zone="UTC", **fields, **recurrence)

    assert busy(read(session)) == (["06-01 09:00/10:00"] if takes_time else [])


@pytest.mark.parametrize("is_series", [False, True])
def test_case_16_of_a_deleted_event_the_id_is_enough(
    google: FakeGoogle, session: GoogleSession, is_series: bool
) -> None:
    recurrence: dict[str, Any] = {"recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]} if is_series else {}
    google.add("event", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z", zone="UTC", **recurrence)
    if is_series:
        google.change_occurrence(
            "event", "2026-06-02T09:00:00Z", start="2026-06-02T11:00:00Z", end="2026-06-02T12:00:00Z"
        )
    token = read(session).token
    google.drop("event")
    google.seen.clear()

    pulled = read(session, token=token)

    assert (list(pulled.items), set(pulled.removed), len(google.seen)) == ([], {"event"}, 1)


def test_case_17_tentative_events_take_time_unless_somebody_decided_otherwise(
    google: FakeGoogle, session: GoogleSession
) -> None:
    google.add("maybe", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z", status="tentative")
    google.add(
        "often",
        "2026-06-02T09:00:00Z",
        "2026-06-02T10:00:00Z",
        zone="UTC",
        status="tentative",
        recurrence=["RRULE:FREQ=DAILY;COUNT=1"],
    )

    assert busy(read(session)) == ["06-01 09:00/10:00", "06-02 09:00/10:00"]
    assert busy(read(session, tentative_blocks=False)) == []


@pytest.mark.parametrize(
    ("end", "expected", "warned"),
    [
        ("2026-06-01T09:00:00Z", [], set()),
        ("2026-06-01T08:00:00Z", [], {"ends_before_start"}),
        ("2028-06-01T08:00:00Z", [], {"too_long"}),
    ],
)
def test_case_18_ends_of_all_kinds(
    google: FakeGoogle, session: GoogleSession, end: str, expected: list[str], warned: set[str]
) -> None:
    google.add("event", "2026-06-01T09:00:00Z", end)

    pulled = read(session)

    assert (busy(pulled), warnings(pulled)) == (expected, warned)


@pytest.mark.parametrize(("answer", "takes_time"), [("declined", False), ("accepted", True), ("needsAction", True)])
def test_case_19_what_the_owner_declined_takes_no_time(
    google: FakeGoogle, session: GoogleSession, answer: str, takes_time: bool
) -> None:
    others = [{"email": f"{number}@example.com", "responseStatus": "declined"} for number in range(3)]
    attendees = [*others, {"email": "anna@example.com", "self": True, "responseStatus": answer}]
    google.add("event", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z", attendees=attendees)

    assert busy(read(session)) == (["06-01 09:00/10:00"] if takes_time else [])


def test_case_19_one_occurrence_that_was_declined(google: FakeGoogle, session: GoogleSession) -> None:
    def answered(answer: str) -> dict[str, Any]:
        return {"attendees": [{"email": "anna@example.com", "self": True, "responseStatus": answer}]}

    weekly(google, **answered("accepted"))
    second = {"start": "2026-03-05T09:00:00-05:00", "end": "2026-03-05T10:00:00-05:00"}
    google.change_occurrence("weekly", second["start"], **second, **answered("declined"))

    assert "03-05 14:00/15:00" not in busy(read(session))
    assert len(busy(read(session))) == 5


@pytest.mark.parametrize(
    "recurrence",
    [
        ["RRULE:FREQ=SECONDLY"],
        ["RRULE:FREQ=DAILY;INTERVAL=0"],
        ["RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"],
        ["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"],
        ["RRULE:FREQ=DAILY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260601T090000Z"],
        ["DTSTART:20260601T090000Z"],
    ],
)
def test_case_46_a_hostile_series_ends_at_once_and_the_rest_is_read(
    google: FakeGoogle, session: GoogleSession, recurrence: list[str]
) -> None:
    google.add("hostile", "2026-06-02T09:00:00Z", "2026-06-02T10:00:00Z", zone="UTC", recurrence=recurrence)
    google.add("event", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z")

    pulled = read(session)

    assert "06-01 09:00/10:00" in busy(pulled)
    assert len(busy(pulled)) <= 2
    assert len(warnings(pulled)) == 1


def test_case_40_nothing_is_asked_of_others_events_but_when_they_are(
    google: FakeGoogle, session: GoogleSession
) -> None:
    google.add(
        "event",
        "2026-06-01T09:00:00Z",
        "2026-06-01T10:00:00Z",
        summary="CANARY",
        location="CANARY",
        description="CANARY",
        attendees=[{"email": "canary@example.com"}],
        visibility="private",
    )
    token = read(session).token
    google.edit("event", summary="CANARY 2")

    pulled = read(session, token=token)

    assert "CANARY" not in str(pulled)
    [asked, *more] = {one.query["fields"] for one in google.of("events.list")}
    assert not more
    assert not {"summary", "location", "description", "email", "displayName", "organizer"} & set(
        asked.replace("(", ",").replace(")", ",").replace("/", ",").split(",")
    )
    assert {one.query["maxAttendees"] for one in google.of("events.list")} == {"1"}
