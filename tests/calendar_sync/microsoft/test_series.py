"""Series in a Microsoft 365 calendar: what of them lies in the window, whatever became of single days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from calendar_sync.enums import ConnectionState
from calendar_sync.models import RemoteItem
from schedule.models import TimeOff
from tests.calendar_sync.fakes.graph_mailbox import Event
from tests.calendar_sync.microsoft.office import DAY, HOUR, NOON, Office, clock, utc
from tests.calendar_sync.microsoft.texts import daily, repeat, weekly

FEBRUARY = datetime(2026, 2, 20, tzinfo=UTC)
THURSDAY = datetime.fromisoformat("2026-02-26T09:00")


def starts(office: Office) -> list[str]:
    return [f"{start:%d %b %H:%M}" for start, _ in office.spans()]


def thursdays(office: Office) -> Event:
    return repeat(office, THURSDAY, weekly(THURSDAY, 6, "thursday"), "Eastern Standard Time")


def test_case_01_a_series_keeps_its_time_on_the_clock_when_clocks_change(office: Office) -> None:
    thursdays(office)

    office.visit(at=FEBRUARY)

    assert starts(office) == [
        "26 Feb 14:00",
        "05 Mar 14:00",
        "12 Mar 13:00",
        "19 Mar 13:00",
        "26 Mar 13:00",
        "02 Apr 13:00",
    ]


@pytest.mark.parametrize("is_told_later", [False, True])
def test_case_10_days_of_a_series_are_moved_cancelled_and_deleted(office: Office, is_told_later: bool) -> None:
    series = thursdays(office)
    if is_told_later:
        office.visit(at=FEBRUARY)
    at_two = datetime.fromisoformat("2026-03-12T14:00")
    moved = {"start": clock(at_two, "Eastern Standard Time"), "end": clock(at_two + HOUR, "Eastern Standard Time")}
    office.mailbox.change_day(series, date(2026, 3, 5), None)
    office.mailbox.change_day(series, date(2026, 3, 12), moved)
    office.mailbox.change_day(series, date(2026, 3, 26), {"isCancelled": True})

    office.visit(at=FEBRUARY + HOUR)

    assert starts(office) == ["26 Feb 14:00", "12 Mar 18:00", "19 Mar 13:00", "02 Apr 13:00"]
    assert RemoteItem.objects.count() == 1


@pytest.mark.parametrize("hides_masters", [False, True])
def test_case_14_a_day_moved_into_the_window_takes_time_and_its_old_place_does_not(
    office: Office, hides_masters: bool
) -> None:
    office.mailbox.hides_masters = hides_masters
    first = NOON + 399 * DAY
    series = repeat(office, first, weekly(first, 3, f"{first:%A}".lower()))
    office.visit()
    assert office.spans() == []

    earlier = {"start": utc(NOON), "end": utc(NOON + HOUR)}
    office.mailbox.change_day(series, first.date(), earlier)
    office.visit()

    assert office.spans() == [(NOON, NOON + HOUR)]


def test_a_series_of_every_day_is_busy_up_to_the_end_of_the_window(office: Office) -> None:
    repeat(office, NOON, daily(NOON, 0))

    office.visit()

    assert len(office.spans()) == -(-(office.now + 400 * DAY - NOON) // DAY)
    assert len(office.graph.log) == 1
    assert RemoteItem.objects.count() == 1


def test_a_series_whose_master_is_not_told_is_asked_for(office: Office) -> None:
    office.mailbox.hides_masters = True
    repeat(office, NOON, daily(NOON, 250), showAs="busy")
    repeat(office, NOON + 3 * HOUR, daily(NOON, 5), showAs="free")

    office.visit()

    assert len(office.spans()) == 250
    assert len(office.graph.asked("GET", "/instances")) == 4


def test_a_series_that_is_moved_moves_all_of_its_time(office: Office) -> None:
    series = repeat(office, NOON, daily(NOON, 4))
    office.visit()
    later = NOON.replace(tzinfo=None) + 2 * HOUR
    office.mailbox.change(series, start=clock(later, "UTC"), end=clock(later + HOUR, "UTC"))
    office.graph.log.clear()

    office.visit()

    assert office.spans() == [(NOON + n * DAY + 2 * HOUR, NOON + n * DAY + 3 * HOUR) for n in range(4)]
    assert [one.parts[-1] for one in office.graph.log] == ["delta", "instances"]


def test_days_that_a_change_does_not_tell_of_stay_busy(office: Office) -> None:
    series = repeat(office, NOON, daily(NOON, 4))
    office.visit()
    office.mailbox.tells_changed_days_only = True
    moved = {"start": utc(NOON + DAY + 2 * HOUR), "end": utc(NOON + DAY + 3 * HOUR)}
    office.mailbox.change_day(series, (NOON + DAY).date(), moved)

    office.visit()

    assert office.busy() == [(0, 1), (26, 27), (48, 49), (72, 73)]


def test_a_deleted_series_frees_all_of_its_time(office: Office) -> None:
    series = repeat(office, NOON, daily(NOON, 30))
    office.visit()
    office.mailbox.drop(series)

    office.visit()

    assert office.spans() == []
    assert office.connection.state == ConnectionState.ACTIVE


def test_a_single_event_may_become_a_series_and_be_single_again(office: Office) -> None:
    event = office.meet(NOON, NOON + HOUR)
    office.visit()
    office.mailbox.change(event, recurrence=daily(NOON, 3))
    office.visit()
    assert len(office.spans()) == 3

    office.mailbox.change(event, recurrence=None)
    office.visit()

    assert office.spans() == [(NOON, NOON + HOUR)]


def test_days_that_enter_the_window_take_time(office: Office) -> None:
    repeat(office, NOON, daily(NOON, 0))
    office.visit()
    before = TimeOff.objects.count()

    office.visit(after=10 * DAY)

    assert TimeOff.objects.count() == before + 10
    assert max(end for _, end in office.spans()) > NOON + 379 * DAY


def test_case_08_three_days_begun_before_the_window_still_take_today(office: Office) -> None:
    midnight = office.now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    times = {"start": clock(midnight - 2 * DAY, "UTC"), "end": clock(midnight + DAY, "UTC")}
    office.mailbox.put(office.calendar.remote_id, {**times, "isAllDay": True})

    office.visit()

    [(start, end)] = office.spans()
    assert start < office.now - DAY
    assert end - start in {3 * DAY, 3 * DAY - HOUR, 3 * DAY + HOUR}
    assert end > office.now - timedelta(hours=5)
