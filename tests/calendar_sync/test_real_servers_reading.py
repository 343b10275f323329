"""Busy time from real servers: what came, what went, and what is not believed. Numbers are acceptance cases."""

import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from calendar_sync.enums import ConnectionState, LinkState
from calendar_sync.models import EventLink, ExternalCalendar, RemoteItem, SyncRun
from calendar_sync.services.syncing import sync
from schedule.models import TimeOff
from tests.calendar_sync.between import Said
from tests.calendar_sync.desk import UTC_TEXT, Desk, calendar_of, entry, hours, shifted
from tests.calendar_sync.shop import HOUR, NOON

NY = "TZID=America/New_York"
NEW_YORK = (
    "BEGIN:VTIMEZONE", "TZID:America/New_York",
    "BEGIN:STANDARD", "DTSTART:20071104T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:20070311T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "END:DAYLIGHT", "END:VTIMEZONE",
)  # fmt: skip


def fill(desk: Desk, count: int) -> None:
    for number in range(count):
        desk.put(f"e{number}", *hours(2 * number, 2 * number + 1))


def rows(calendar: ExternalCalendar) -> set[int]:
    return set(TimeOff.objects.filter(origin=calendar.origin).values_list("pk", flat=True))


def test_the_first_reading_asks_once_and_once_more_for_each_hundred(desk: Desk) -> None:
    fill(desk, 101)

    desk.visit()

    assert desk.listener.methods() == ["REPORT"] * 3
    assert (len(desk.busy()), RemoteItem.objects.count()) == (101, 101)


def test_case_10_exceptions_of_a_series(desk: Desk) -> None:
    uid = f"series-{desk.calendar.pk.hex}"
    start, end = f"DTSTART;{NY}:20260226T090000", f"DTEND;{NY}:20260226T100000"
    moved = (f"DTSTART;{NY}:20260312T140000", f"DTEND;{NY}:20260312T150000")
    off = (f"DTSTART;{NY}:20260305T090000", f"DTEND;{NY}:20260305T100000", "STATUS:CANCELLED")
    series = [
        *NEW_YORK,
        *entry(uid, start, end, "RRULE:FREQ=WEEKLY;COUNT=6", f"EXDATE;{NY}:20260326T090000"),
        *entry(uid, f"RECURRENCE-ID;{NY}:20260312T090000", *moved),
        *entry(uid, f"RECURRENCE-ID;{NY}:20260305T090000", *off),
    ]
    desk.put("series", *series)
    then = datetime(2026, 2, 20, tzinfo=UTC)

    assert sync(tenant=desk.tenant, connection_id=desk.calendar.connection_id, clock=lambda: then)

    found = TimeOff.objects.filter(origin=desk.calendar.origin).order_by("start_at")
    assert [f"{row.start_at:%m-%d %H}-{row.end_at:%H}" for row in found] == [
        "02-26 14-15",
        "03-12 18-19",
        "03-19 13-14",
        "04-02 13-14",
    ]


def test_case_13_one_occurrence_without_its_series(desk: Desk) -> None:
    uid = f"guest-{desk.calendar.pk.hex}"
    desk.put("guest", *entry(uid, f"RECURRENCE-ID:{NOON:{UTC_TEXT}}", *hours(1, 2)))

    desk.visit()

    assert desk.busy() == [(1, 2)]


def test_case_14_an_occurrence_moved_into_the_window(desk: Desk) -> None:
    """A yearly series of which the one two years ahead was moved to next month."""
    uid = f"yearly-{desk.calendar.pk.hex}"
    far = NOON.replace(day=1) + timedelta(days=366 * 2)
    series = entry(uid, f"DTSTART:{far:{UTC_TEXT}}", f"DTEND:{far + HOUR:{UTC_TEXT}}", "RRULE:FREQ=WEEKLY;COUNT=5")
    second = far + timedelta(days=7)
    desk.put("yearly", *series)
    desk.visit()
    assert desk.busy() == []

    desk.put("yearly", *series, *entry(uid, f"RECURRENCE-ID:{second:{UTC_TEXT}}", *hours(3, 4)))
    desk.visit()

    assert desk.busy() == [(3, 4)]


def test_case_22_the_same_invitation_blocks_both_who_have_it(desk: Desk) -> None:
    second = desk.another()
    invitation = calendar_of(entry(f"meeting-{desk.calendar.pk.hex}", *hours(0, 1)))
    said = [
        desk.server.request("PUT", f"{path}meeting.ics", invitation, Content_Type="text/calendar")
        for path in (desk.path, second.remote_id)
    ]
    if said[1][0] == 403:
        assert desk.server.kind == "cyrus"
        pytest.skip("Cyrus has an entry of one UID once in an account")

    desk.visit()
    desk.visit(second)

    assert desk.busy() == desk.busy(second) == [(0, 1)]
    assert TimeOff.objects.values("resource_id").distinct().count() == 2


def test_case_29_a_moved_entry_moves_its_busy_time(desk: Desk) -> None:
    path = desk.put("a", *hours(-2, -1))
    desk.visit()
    assert desk.busy() == [(-2, -1)]
    desk.rewrite(path, shifted(NOON - 2 * HOUR, NOON - HOUR, by=4))
    desk.listener.forget()

    desk.visit()

    assert desk.busy() == [(2, 3)]
    assert desk.listener.methods() == ["REPORT"] * 2


@pytest.mark.parametrize("token", ["garbage", "http://radicale.org/ns/sync/0000", "data:,1"])
def test_case_36_a_token_nobody_gave_is_one_full_comparison(desk: Desk, token: str) -> None:
    fill(desk, 6)
    event = desk.book(NOON + HOUR)
    desk.visit()
    before = rows(desk.calendar)
    desk.drop(f"{desk.path}e5.ics")
    desk.set(sync_token=token)
    desk.listener.forget()

    desk.visit()

    assert desk.listener.methods() == ["REPORT"] * 2
    assert rows(desk.calendar) < before
    assert desk.busy() == [(2 * number, 2 * number + 1) for number in range(5)]
    assert (desk.link(event).state, desk.connection.state) == (LinkState.SYNCED, ConnectionState.ACTIVE)
    assert RemoteItem.objects.count() == 6


def test_case_36_a_server_that_lost_its_own_state_is_compared_once(desk: Desk) -> None:
    if desk.server.kind != "radicale":
        pytest.skip("Radicale alone keeps what its tokens mean in files that may be lost")
    fill(desk, 4)
    desk.visit()
    before = rows(desk.calendar)
    desk.drop(f"{desk.path}e3.ics")
    assert desk.server.folder is not None
    caches = list(desk.server.folder.rglob(".Radicale.cache"))
    assert caches
    for cache in caches:
        shutil.rmtree(cache)
    desk.listener.forget()

    desk.visit()
    desk.visit()

    assert desk.listener.methods() == ["REPORT"] * 3
    assert (len(rows(desk.calendar)), rows(desk.calendar) < before) == (3, True)


def test_case_37_what_a_silent_server_never_told_is_found_within_a_day(desk: Desk) -> None:
    """For a while the server says that nothing has changed, as some do of a token they do not know."""
    fill(desk, 4)
    desk.visit()
    before = rows(desk.calendar)
    desk.drop(f"{desk.path}e3.ics")
    token = ExternalCalendar.objects.get().sync_token
    nothing = f'<d:multistatus xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token></d:multistatus>'
    desk.listener.before = lambda *_: Said(207, (), nothing.encode())
    desk.visit()
    assert rows(desk.calendar) == before
    desk.listener.forget()

    desk.now += timedelta(hours=24)
    desk.visit()

    assert (len(rows(desk.calendar)), rows(desk.calendar) < before) == (3, True)
    assert desk.listener.methods() == ["REPORT"]
    assert SyncRun.objects.latest("pk").kind == "reconcile"


def test_case_38_an_entry_that_came_and_went_is_nothing(desk: Desk) -> None:
    fill(desk, 2)
    desk.visit()
    desk.drop(desk.put("flash", *hours(9, 10)))

    desk.visit()

    assert desk.busy() == [(0, 1), (2, 3)]
    assert desk.connection.state == ConnectionState.ACTIVE


def test_case_39_an_emptied_calendar_is_believed_the_second_time(desk: Desk) -> None:
    fill(desk, 12)
    desk.visit()
    for number in range(12):
        desk.drop(f"{desk.path}e{number}.ics")
    desk.set(sync_token="garbage")

    desk.visit()
    assert len(desk.busy()) == 12
    assert (desk.connection.state, desk.connection.state_code) == (ConnectionState.DEGRADED, "mass_delete")
    desk.now += timedelta(minutes=11)
    desk.visit()

    assert desk.busy() == []
    assert desk.connection.state == ConnectionState.ACTIVE


def test_case_39_a_calendar_that_vanished_keeps_its_busy_time(desk: Desk) -> None:
    fill(desk, 3)
    event = desk.book(NOON + HOUR)
    desk.visit()
    desk.drop(desk.path)

    desk.visit()
    desk.visit()

    assert len(desk.busy()) == 3
    assert (desk.connection.state, desk.connection.state_code) == (ConnectionState.DEGRADED, "not_found")
    assert desk.link(event).state == LinkState.SYNCED


def test_case_39_an_entry_the_server_cannot_tell_of_is_kept(desk: Desk) -> None:
    """One property in one row of the answer bears the status 500."""
    fill(desk, 3)
    desk.visit()
    desk.set(sync_token="garbage")
    EventLink.objects.all().delete()
    RemoteItem.objects.update(tag="other")

    def spoil(method: str, _: str, said: Said) -> Said:
        body = re.sub(rb"HTTP/1.1 200 OK", b"HTTP/1.1 500 Internal Server Error", said.body, count=1)
        return Said(said.status, said.headers, body)

    desk.listener.after = spoil
    desk.visit()
    assert len(desk.busy()) == 3
    assert desk.connection.state == ConnectionState.DEGRADED
    desk.listener.forget()
    desk.visit()

    assert len(desk.busy()) == 3
    assert desk.connection.state == ConnectionState.ACTIVE


def test_case_55_an_entry_of_ours_takes_no_time_in_any_calendar(desk: Desk) -> None:
    """Somebody copies our entry into another calendar of theirs, which is read as well."""
    second = desk.another(write_target=False)
    event = desk.book()
    desk.visit()
    copied = desk.text(desk.file(event)).replace("UID:", "UID:copy-").replace("\n", "\r\n").encode()
    status, said = desk.server.request("PUT", f"{second.remote_id}copy.ics", copied, Content_Type="text/calendar")
    assert status == 201, said

    desk.visit(second)
    desk.visit()

    assert (desk.busy(), desk.busy(second)) == ([], [])
    assert desk.link(event).state == LinkState.SYNCED
