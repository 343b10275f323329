"""Busy time from a Microsoft 365 calendar: what came, what went, and what is not believed."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.serializers import serialize

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection, ExternalCalendar, RemoteItem, SyncRun
from schedule.models import TimeOff
from tests.calendar_sync.fakes.graph_mailbox import Json
from tests.calendar_sync.fakes.microsoft import Fault
from tests.calendar_sync.microsoft.office import DAY, HOUR, NOON, Office, clock, hours, utc
from tests.calendar_sync.microsoft.texts import daily, repeat

SECRET = "Divorce lawyer"
KEPT = (TimeOff, RemoteItem, SyncRun, ExternalCalendar, CalendarConnection)


def fill(office: Office, count: int) -> None:
    for number in range(count):
        office.meet(*hours(2 * number, 2 * number + 1))


def test_nothing_changed_is_one_request_and_no_record(office: Office) -> None:
    fill(office, 3)
    office.visit()
    runs, before = SyncRun.objects.count(), list(TimeOff.objects.values("pk", "updated_at"))
    office.graph.log.clear()

    office.visit()

    assert [one.method for one in office.graph.log] == ["GET"]
    assert SyncRun.objects.count() == runs
    assert list(TimeOff.objects.values("pk", "updated_at")) == before


def test_a_first_reading_takes_a_request_for_each_hundred(office: Office) -> None:
    fill(office, 250)

    office.visit()

    assert len(office.graph.log) == 3
    assert len(office.busy()) == 250


def test_a_whole_comparison_writes_nothing_where_nothing_changed(office: Office) -> None:
    fill(office, 3)
    repeat(office, NOON + 10 * HOUR, daily(NOON, 5))
    office.visit()
    before = set(TimeOff.objects.values_list("pk", "updated_at"))
    office.graph.log.clear()

    office.visit(after=25 * HOUR)

    assert len(office.graph.log) == 1
    assert set(TimeOff.objects.values_list("pk", "updated_at")) == before
    assert len(before) == 8


def test_entries_with_long_texts_are_read_a_few_at_a_time(office: Office) -> None:
    for number in range(24):
        text = {"contentType": "text", "content": "x" * 300_000}
        office.meet(*hours(2 * number, 2 * number + 1), body=text)

    office.visit()

    assert len(office.busy()) == 24
    assert [one.preferences["odata.maxpagesize"] for one in office.graph.log] == ["100", "10", "100"]
    assert office.connection.state == ConnectionState.ACTIVE


def test_case_29_a_moved_event_moves_its_busy_time(office: Office) -> None:
    event = office.meet(*hours(-2, -1))
    office.visit()
    start, end = hours(2, 3)
    office.mailbox.change(event, start=utc(start), end=utc(end))

    office.visit()

    assert office.busy() == [(2, 3)]


def test_a_deleted_event_frees_its_time(office: Office) -> None:
    fill(office, 2)
    office.visit()
    office.mailbox.drop(office.mailbox.of(office.calendar.remote_id)[0])

    office.visit()

    assert office.busy() == [(2, 3)]


def test_an_event_moved_to_another_calendar_frees_its_time(office: Office) -> None:
    event = office.meet(*hours(0, 1))
    office.visit()
    office.mailbox.move(event, office.mailbox.add_calendar("Private"))

    office.visit()

    assert office.busy() == []


def test_case_36_a_token_that_is_not_known_any_more_is_one_whole_comparison(office: Office) -> None:
    fill(office, 6)
    event = office.book(NOON + HOUR)
    office.visit()
    rows = set(TimeOff.objects.values_list("pk", flat=True))
    office.mailbox.drop(office.mailbox.of(office.calendar.remote_id)[5])
    office.mailbox.forget_tokens()
    office.graph.log.clear()

    office.visit()

    assert [one.path.rpartition("/")[2] for one in office.graph.log] == ["delta", "delta", "$batch"]
    assert set(TimeOff.objects.values_list("pk", flat=True)) < rows
    assert office.busy() == [(2 * number, 2 * number + 1) for number in range(5)]
    assert (office.link(event).state, office.graph.writes()) == ("synced", [])


def test_case_36_a_token_of_another_address_is_not_sent_there(office: Office) -> None:
    fill(office, 1)
    office.visit()
    office.calendar.refresh_from_db()
    office.set(sync_token="https://evil.example/v1.0/me/calendarView/delta?$deltatoken=x")
    office.graph.log.clear()

    office.visit()

    assert len(office.graph.log) == 1
    assert office.busy() == [(0, 1)]


def test_case_38_an_event_that_came_and_went_is_nothing(office: Office) -> None:
    fill(office, 2)
    office.visit()
    office.mailbox.drop(office.meet(*hours(9, 10)))

    office.visit()

    assert office.busy() == [(0, 1), (2, 3)]
    assert office.connection.state == ConnectionState.ACTIVE


def test_case_39_an_empty_listing_is_not_believed_at_once(office: Office) -> None:
    fill(office, 50)
    office.visit()
    kept = dict(office.mailbox.events)
    office.mailbox.events.clear()
    office.mailbox.forget_tokens()

    office.visit()
    assert len(office.busy()) == 50
    assert (office.connection.state, office.connection.state_code) == (ConnectionState.DEGRADED, "mass_delete")

    office.mailbox.events.update(kept)
    office.visit(after=timedelta(minutes=11))
    assert len(office.busy()) == 50
    assert (office.connection.state, office.connection.stale_since) == (ConnectionState.ACTIVE, None)


def test_case_39_a_listing_without_what_is_there_is_not_believed_at_once(office: Office) -> None:
    fill(office, 50)
    office.visit()
    office.mailbox.forget_tokens()
    office.mailbox.hides_everything = True

    office.visit()

    assert len(office.busy()) == 50
    assert (office.connection.state, office.connection.state_code) == (ConnectionState.DEGRADED, "mass_delete")


def test_case_39_a_calendar_that_vanished_keeps_its_busy_time(office: Office) -> None:
    fill(office, 3)
    office.visit()
    kept = office.mailbox.calendars.pop(office.calendar.remote_id)

    office.visit()

    assert len(office.busy()) == 3
    assert (office.connection.state, office.connection.state_code) == (ConnectionState.DEGRADED, "not_found")
    office.mailbox.calendars[office.calendar.remote_id] = kept
    office.visit()
    assert office.connection.state == ConnectionState.ACTIVE


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_case_39_a_server_that_fails_in_between_loses_nothing(office: Office, status: int) -> None:
    fill(office, 250)
    office.visit()
    office.mailbox.forget_tokens()
    office.graph.faults = [Fault("GET", "delta", status=status, times=5)]

    office.visit()

    assert len(office.busy()) == 250
    assert office.connection.state == ConnectionState.DEGRADED


@pytest.mark.parametrize(
    ("properties", "chosen", "is_busy"),
    [
        pytest.param({"showAs": "free"}, {}, False, id="case_15_free"),
        pytest.param({"showAs": "workingElsewhere"}, {}, False, id="case_15_elsewhere"),
        pytest.param({"showAs": "oof"}, {}, True, id="case_15_away"),
        pytest.param({"isCancelled": True}, {}, False, id="case_16_cancelled"),
        pytest.param({"showAs": "tentative"}, {}, True, id="case_17_tentative"),
        pytest.param({"showAs": "tentative"}, {"tentative_blocks": False}, False, id="case_17_tentative_is_free"),
        pytest.param({"responseStatus": {"response": "declined"}}, {}, False, id="case_19_declined"),
        pytest.param({"responseStatus": {"response": "accepted"}}, {}, True, id="case_19_accepted"),
    ],
)
def test_an_event_that_changes_its_state_takes_time_or_gives_it_back(
    office: Office, properties: Json, chosen: Json, is_busy: bool
) -> None:
    event = office.meet(*hours(0, 1))
    repeated = repeat(office, NOON + 3 * HOUR, daily(NOON, 2))
    office.set(**chosen)
    office.visit()
    assert office.busy() == [(0, 1), (3, 4), (27, 28)]
    office.mailbox.change(event, **properties)
    office.mailbox.change(repeated, **properties)

    office.visit()

    assert office.busy() == ([(0, 1), (3, 4), (27, 28)] if is_busy else [])
    assert office.connection.state == ConnectionState.ACTIVE


def test_case_07_a_whole_day_is_a_day_where_the_business_is(office: Office) -> None:
    midnight = NOON.replace(hour=0, tzinfo=None)
    times = {"start": clock(midnight, "UTC"), "end": clock(midnight + DAY, "UTC"), "isAllDay": True}
    event = office.mailbox.put(office.calendar.remote_id, times)
    here = ZoneInfo(office.tenant.timezone)
    starts_at = midnight.replace(tzinfo=here).astimezone(UTC)

    office.visit()
    assert office.spans() == [(starts_at, (midnight + DAY).replace(tzinfo=here).astimezone(UTC))]

    office.mailbox.change(event, end=clock(midnight, "UTC"))
    office.visit()
    assert [start for start, _ in office.spans()] == [starts_at]
    assert starts_at.hour in {4, 5}


def test_a_whole_day_moves_with_the_zone_of_its_calendar(office: Office) -> None:
    midnight = NOON.replace(hour=0, tzinfo=None)
    times = {"start": clock(midnight, "UTC"), "end": clock(midnight + DAY, "UTC"), "isAllDay": True}
    office.mailbox.put(office.calendar.remote_id, times)
    office.visit()
    office.set(time_zone="Asia/Tokyo")

    office.visit(after=25 * HOUR)

    assert office.spans() == [(NOON - 21 * HOUR, NOON + 3 * HOUR)]


def test_the_window_moves_on_with_time(office: Office) -> None:
    soon = office.meet(NOON, NOON + HOUR)
    far = NOON + 380 * DAY
    office.meet(far, far + HOUR)
    office.visit()
    assert office.spans() == [(NOON, NOON + HOUR)]

    office.visit(after=15 * DAY)

    assert office.spans() == [(NOON, NOON + HOUR), (far, far + HOUR)]
    assert soon.id in office.mailbox.events


def test_what_the_window_leaves_behind_is_neither_deleted_nor_asked_for(office: Office) -> None:
    fill(office, 40)
    repeat(office, NOON + 10 * HOUR, daily(NOON, 3))
    event = office.book(NOON + HOUR)
    office.meet(NOON + 60 * DAY, NOON + 60 * DAY + HOUR)
    office.set(cancel_on_remote_delete=True)
    office.visit()
    office.graph.log.clear()

    office.visit(after=45 * DAY)

    assert len(office.graph.log) == 1
    assert (office.connection.state, office.connection.state_code) == (ConnectionState.ACTIVE, "")
    assert (office.link(event).state, office.link(event).due_at) == ("synced", None)
    event.refresh_from_db()
    assert event.status == "confirmed"


def test_an_event_outside_the_window_that_is_changed_is_no_deletion(office: Office) -> None:
    event = office.book(NOON + HOUR)
    office.visit()
    office.visit(after=45 * DAY)
    office.mailbox.change(office.entry(event), body={"contentType": "text", "content": "went well"})
    office.graph.log.clear()

    office.visit()

    assert (office.link(event).state, office.link(event).times_deleted_remotely) == ("synced", 0)
    assert office.graph.writes() == []


def test_case_40_words_of_others_are_kept_nowhere(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    words: Json = {
        "subject": SECRET,
        "body": {"contentType": "text", "content": SECRET},
        "location": {"displayName": SECRET},
        "sensitivity": "private",
        "attendees": [{"emailAddress": {"address": "lawyer@example.org", "name": SECRET}, "type": "required"}],
    }
    office.meet(*hours(0, 1), **words)
    repeat(office, NOON + 4 * HOUR, daily(NOON, 2), **words)

    office.visit()

    assert office.busy() == [(0, 1), (4, 5), (28, 29)]
    assert SECRET not in caplog.text
    kept = serialize("json", [row for model in KEPT for row in model.objects.all()])
    assert "calendar_sync.remoteitem" in kept
    assert "awyer" not in kept


def test_our_own_entries_take_no_time_twice(office: Office) -> None:
    event = office.book()
    office.visit()
    office.visit(after=25 * HOUR)

    assert office.busy() == []
    assert office.link(event).state == "synced"
    assert office.graph.writes() == ["POST"]


def test_an_entry_of_another_business_takes_no_time(office: Office) -> None:
    office.meet(*hours(0, 1), transactionId=f"smoothschedule-{'ab' * 16}-2")
    office.meet(*hours(2, 3), transactionId="7E163156-7762-4BEB-A1C6-729EA81755A7")

    office.visit()

    assert office.busy() == [(2, 3)]
    assert office.connection.state == ConnectionState.ACTIVE
