"""What other people's calendars say about time. The numbers are those of the acceptance cases."""

import time
from datetime import UTC, datetime

import pytest

from calendar_sync.ics.interpreting import NotACalendar, Terms, TooManyComponents, interpret
from tests.calendar_sync.ics.texts import TERMS, busy, calendar, event, read, warnings

NY = "TZID=America/New_York"

CUSTOMIZED = """BEGIN:VTIMEZONE\r
TZID:Customized Time Zone\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE"""


def test_case_1_a_weekly_series_keeps_its_wall_clock_when_clocks_change() -> None:
    assert busy(event(f"DTSTART;{NY}:20260226T090000", f"DTEND;{NY}:20260226T100000", "RRULE:FREQ=WEEKLY;COUNT=6")) == [
        "02-26 14:00/15:00",
        "03-05 14:00/15:00",
        "03-12 13:00/14:00",
        "03-19 13:00/14:00",
        "03-26 13:00/14:00",
        "04-02 13:00/14:00",
    ]


def test_case_3_a_time_that_does_not_exist_is_after_the_gap() -> None:
    assert busy(event(f"DTSTART;{NY}:20260307T023000", f"DTEND;{NY}:20260307T030000", "RRULE:FREQ=DAILY;COUNT=3")) == [
        "03-07 07:30/08:00",
        "03-08 07:30/08:00",
        "03-09 06:30/07:00",
    ]


def test_case_3_of_a_time_that_exists_twice_the_first_is_meant() -> None:
    found = busy(event(f"DTSTART;{NY}:20261031T013000", "DURATION:PT20M", "RRULE:FREQ=DAILY;COUNT=3"))

    assert found == ["10-31 05:30/05:50", "11-01 05:30/05:50", "11-02 06:30/06:50"]


@pytest.mark.parametrize(
    ("zone", "before"),
    [
        ("W. Europe Standard Time", ""),
        ("Customized Time Zone", CUSTOMIZED),
        ("/Europe/Vienna", ""),
        ("/mozilla.org/20050126_1/Europe/Berlin", ""),
        ("Europe/Berlin", ""),
    ],
)
def test_case_4_zones_by_other_names(zone: str, before: str) -> None:
    parts = [part for part in (before, event(f"DTSTART;TZID={zone}:20260701T090000", "DURATION:PT1H")) if part]

    assert busy(*parts) == ["07-01 07:00/08:00"]


def test_case_5_an_unknown_zone_is_the_calendars_and_leaves_a_warning() -> None:
    text = event("DTSTART;TZID=Middle Earth/Shire:20260701T090000", "DURATION:PT1H")

    assert busy(text) == ["07-01 13:00/14:00"]
    assert warnings(text) == {"unknown_tzid"}


def test_case_6_a_floating_time_is_in_the_zone_of_the_staff() -> None:
    assert busy(event("DTSTART:20260701T120000", "DTEND:20260701T130000")) == ["07-01 16:00/17:00"]


def test_a_floating_time_is_in_the_calendars_own_zone_where_it_has_one() -> None:
    assert busy("X-WR-TIMEZONE:Europe/Berlin", event("DTSTART:20260701T120000", "DURATION:PT1H")) == [
        "07-01 10:00/11:00"
    ]


def test_a_series_in_utc_does_not_follow_the_calendars_zone() -> None:
    found = busy(
        "X-WR-TIMEZONE:America/New_York",
        event("DTSTART:20260306T140000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"),
    )

    assert found == [f"03-{day:02d} 14:00/15:00" for day in (6, 7, 8, 9)]


def test_case_7_a_day_is_a_day_where_the_staff_are() -> None:
    assert busy(event("DTSTART;VALUE=DATE:20260310")) == ["03-10 04:00/03-11 04:00"]


def test_case_8_what_began_before_the_window_goes_on() -> None:
    terms = Terms(datetime(2026, 3, 12, 12, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), "UTC")

    assert busy(event("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260313"), terms=terms) == [
        "03-10 00:00/03-13 00:00"
    ]
    assert busy(
        event("DTSTART;VALUE=DATE:20260303", "DTEND;VALUE=DATE:20260306", "RRULE:FREQ=WEEKLY;COUNT=2"), terms=terms
    ) == ["03-10 00:00/03-13 00:00"]


@pytest.mark.parametrize("end", [[], ["DTEND;VALUE=DATE:20260310"], ["DURATION:P1D"]])
def test_case_9_a_day_without_an_end_is_one_day(end: list[str]) -> None:
    assert busy(event("DTSTART;VALUE=DATE:20260310", *end)) == ["03-10 04:00/03-11 04:00"]


def test_case_10_exceptions_of_a_series() -> None:
    start = [f"DTSTART;{NY}:20260226T090000", f"DTEND;{NY}:20260226T100000"]

    assert busy(
        event(*start, "RRULE:FREQ=WEEKLY;COUNT=6", f"EXDATE;{NY}:20260326T090000"),
        event(f"RECURRENCE-ID;{NY}:20260312T090000", f"DTSTART;{NY}:20260312T140000", f"DTEND;{NY}:20260312T150000"),
        event(f"RECURRENCE-ID;{NY}:20260305T090000", *start[:0], f"DTSTART;{NY}:20260305T090000", "STATUS:CANCELLED"),
    ) == ["02-26 14:00/15:00", "03-12 18:00/19:00", "03-19 13:00/14:00", "04-02 13:00/14:00"]


def test_case_11_exceptions_spelled_otherwise_than_the_series() -> None:
    assert busy(
        event(f"DTSTART;{NY}:20260226T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260227T140000Z")
    ) == ["02-26 14:00/15:00", "02-28 14:00/15:00"]
    assert busy(event("DTSTART;VALUE=DATE:20260310", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260311T040000Z")) == [
        "03-10 04:00/03-11 04:00",
        "03-12 04:00/03-13 04:00",
    ]


def test_case_12_this_and_all_that_follow() -> None:
    assert busy(
        event("DTSTART:20260601T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"),
        event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260603T090000Z", "DTSTART:20260603T120000Z", "DURATION:PT1H"),
    ) == ["06-01 09:00/10:00", "06-02 09:00/10:00", "06-03 12:00/13:00", "06-04 12:00/13:00"]


def test_case_13_one_occurrence_without_its_series() -> None:
    assert busy(event("RECURRENCE-ID:20260603T090000Z", "DTSTART:20260603T120000Z", "DTEND:20260603T130000Z")) == [
        "06-03 12:00/13:00"
    ]


def test_case_14_an_occurrence_moved_into_the_window() -> None:
    terms = Terms(datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 6, 12, tzinfo=UTC), "UTC")
    parts = (
        event("DTSTART:20260601T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"),
        event("RECURRENCE-ID:20260603T090000Z", "DTSTART:20260611T120000Z", "DURATION:PT1H"),
    )

    assert busy(*parts, terms=terms) == ["06-11 12:00/13:00"]
    assert busy(*parts) == ["06-01 09:00/10:00", "06-02 09:00/10:00", "06-11 12:00/13:00"]


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "transp:transparent", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "STATUS:CANCELLED"]
)
def test_cases_15_and_16_what_takes_no_time(line: str) -> None:
    assert busy(event("DTSTART:20260601T090000Z", "DURATION:PT1H", line)) == []


def test_case_17_tentative_entries_take_time_unless_somebody_decided_otherwise() -> None:
    text = event("DTSTART:20260601T090000Z", "DURATION:PT1H", "STATUS:TENTATIVE")

    assert busy(text) == ["06-01 09:00/10:00"]
    assert busy(text, terms=Terms(TERMS.from_at, TERMS.until_at, "UTC", tentative_blocks=False)) == []


@pytest.mark.parametrize(
    ("lines", "expected", "warned"),
    [
        (["DURATION:PT45M"], ["06-01 09:00/09:45"], set()),
        ([], [], set()),
        (["DTEND:20260601T090000Z"], [], set()),
        (["DTEND:20260601T080000Z"], [], {"ends_before_start"}),
        (["DTEND:garbage"], [], {"bad_time"}),
        (["DURATION:P99999999D"], [], {"too_long"}),
    ],
)
def test_case_18_ends_of_all_kinds(lines: list[str], expected: list[str], warned: set[str]) -> None:
    text = event("DTSTART:20260601T090000Z", *lines)

    assert (busy(text), warnings(text)) == (expected, warned)


def test_case_19_what_the_owner_declined_takes_no_time() -> None:
    text = event(
        "DTSTART:20260601T090000Z",
        "DURATION:PT1H",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com",
        "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Anna@Example.com",
    )

    def of(address: str) -> list[str]:
        return busy(text, terms=Terms(TERMS.from_at, TERMS.until_at, "UTC", addresses=(address,)))

    assert (of("anna@example.com"), of("ben@example.com")) == ([], ["06-01 09:00/10:00"])


def test_case_20_of_two_entries_with_one_uid_the_newer_counts() -> None:
    parts = (
        event("DTSTART:20260601T090000Z", "DURATION:PT1H", "SEQUENCE:2"),
        event("DTSTART:20260601T120000Z", "DURATION:PT1H", "SEQUENCE:10"),
    )

    assert busy(*parts) == ["06-01 12:00/13:00"]
    assert warnings(*parts) == {"duplicate_uid"}


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20260601T090000Z", "RRULE:FREQ=SECONDLY"],
        ["DTSTART:20260601T090000Z", "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30"],
        ["DTSTART:20260601T090000Z", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"],
        ["DTSTART:20260601T090000Z", "RRULE:FREQ=DAILY;INTERVAL=0"],
        ["DTSTART:20260601T090000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"],
        ["DTSTART:20260601T090000Z", "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,30"],
        ["DTSTART:00010101T090000Z", "RRULE:FREQ=DAILY"],
        ["DTSTART:20260601T090000Z", "DURATION:P36500D", "RRULE:FREQ=DAILY"],
        ["DTSTART:20260601T090000Z", "RRULE:FREQ=DAILY;BYYEARDAY=" + ",".join(["1"] * 500)],
        ["RRULE:FREQ=DAILY", "DTSTART:nonsense"],
    ],
)
def test_case_46_a_hostile_series_ends_at_once_and_the_rest_is_read(lines: list[str]) -> None:
    began = time.monotonic()

    hostile, fine = read(event(*lines), event("DTSTART:20260601T090000Z", "DURATION:PT1H", uid="fine"))

    assert (hostile.spans, len(hostile.warnings), len(fine.spans)) == ((), 1, 1)
    assert time.monotonic() - began < 2


def test_case_46_a_series_that_is_only_long_is_read() -> None:
    assert len(busy(event("DTSTART:20260101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1000000000"))) == 365


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<!DOCTYPE html><html><title>Sign in</title></html>",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"\x00\xff\xfe",
    ],
)
def test_case_48_what_is_no_calendar_is_told(text: bytes) -> None:
    with pytest.raises(NotACalendar):
        interpret(text, TERMS)


def test_case_47_more_entries_than_anybody_has() -> None:
    with pytest.raises(TooManyComponents):
        interpret(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 10_001 + b"END:VCALENDAR\r\n", TERMS)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_line_ends_of_all_systems(ending: bytes) -> None:
    text = calendar(event("DTSTART:20260601T090000Z", "DURATION:PT1H")).replace(b"\r\n", ending)

    assert len(interpret(b"\xef\xbb\xbf" + text, TERMS)[0].spans) == 1
