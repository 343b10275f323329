"""Our entries at Google: their ids, their fields, and what others added to them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from calendar_sync.enums import Code
from calendar_sync.providers.base import (
    AuthLost,
    CalendarGone,
    IdTaken,
    ItemChanged,
    ItemGone,
    Passing,
    Permanent,
    RemoteCalendar,
    Throttled,
    TokenRefused,
)
from calendar_sync.providers.google.events import BUSINESS, LINK, event_id
from calendar_sync.providers.google.session import GoogleSession
from tests.calendar_sync.fakes.google import FakeGoogle
from tests.calendar_sync.fakes.google_store import ITSELF
from tests.calendar_sync.google import shop
from tests.calendar_sync.google.shop import HOUR, NOON, OneToken, busy, copy, read, session_at


def at(event: dict[str, Any], end: str = "start") -> datetime:
    """Return when a kept event starts."""
    return datetime.fromisoformat(event[end]["dateTime"])


def test_a_new_entry_has_our_fields_and_leaves_the_others_to_the_calendar(
    google: FakeGoogle, session: GoogleSession
) -> None:
    written = session.create(ITSELF, copy())

    [sent] = [one.body for one in google.of("events.insert")]
    assert sent.keys() == {"id", "summary", "description", "location", "start", "end", "status", "extendedProperties"}
    kept = google.event(written.remote_id)
    assert (written.remote_id, written.tag) == (event_id(shop.LINK.hex), kept["etag"])
    assert set(written.remote_id) <= set("0123456789abcdefghijklmnopqrstuv")
    assert (at(kept), at(kept, "end"), kept["summary"]) == (NOON, NOON + HOUR, "Cut · Ada Lovelace")
    assert kept["reminders"] == {"useDefault": True}


def test_every_uid_has_an_id_of_its_own() -> None:
    uids = [shop.LINK.hex, *(f"{shop.LINK.hex}-{number}" for number in range(1, 20))]

    assert len({event_id(uid) for uid in uids}) == 20


def test_case_23_an_entry_that_is_there_already_is_taken_over(google: FakeGoogle, session: GoogleSession) -> None:
    google.lose_answer("events.insert")
    with pytest.raises(Passing):
        session.create(ITSELF, copy())

    written = session.create(ITSELF, copy())

    assert [event["id"] for event in google.present()] == [written.remote_id]
    assert google.asked() == ["events.insert", "events.insert", "events.get"]


def test_case_23_an_entry_that_is_there_with_other_fields_gets_ours(google: FakeGoogle, session: GoogleSession) -> None:
    session.create(ITSELF, copy())

    written = session.create(ITSELF, copy(start_at=NOON + HOUR, end_at=NOON + 2 * HOUR))

    assert at(google.event(written.remote_id)) == NOON + HOUR
    assert written.tag == google.event(written.remote_id)["etag"]


@pytest.mark.parametrize("what", ["deleted", "foreign"])
def test_case_24_an_id_that_somebody_has_is_not_ours(google: FakeGoogle, session: GoogleSession, what: str) -> None:
    if what == "deleted":
        session.create(ITSELF, copy())
        google.drop(event_id(shop.LINK.hex))
    else:
        google.add(event_id(shop.LINK.hex), "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z")
    before = google.event(event_id(shop.LINK.hex))

    with pytest.raises(IdTaken):
        session.create(ITSELF, copy())

    assert google.event(event_id(shop.LINK.hex)) == before


def test_case_25_a_change_is_one_request_and_so_is_a_deletion(google: FakeGoogle, session: GoogleSession) -> None:
    written = session.create(ITSELF, copy())
    moved = copy(start_at=NOON + HOUR, end_at=NOON + 2 * HOUR)

    session.replace(ITSELF, written.remote_id, written.tag, moved)
    session.delete(ITSELF, written.remote_id)
    session.delete(ITSELF, written.remote_id)
    session.delete(ITSELF, "unknown0")

    assert google.asked() == ["events.insert", "events.patch", *["events.delete"] * 3]
    assert [one.status for one in google.of("events.delete")] == [204, 410, 404]
    assert google.of("events.patch")[0].body.keys() == {"summary", "location", "start", "end", "status"}


def test_case_30_a_change_of_another_is_seen_and_kept(google: FakeGoogle, session: GoogleSession) -> None:
    written = session.create(ITSELF, copy())
    alarm = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}
    google.edit(written.remote_id, reminders=alarm, colorId="5", description="+1 555 0100\nBring the dog")
    moved = copy(start_at=NOON + HOUR, end_at=NOON + 2 * HOUR)

    with pytest.raises(ItemChanged):
        session.replace(ITSELF, written.remote_id, written.tag, moved)
    merged = session.merge(ITSELF, written.remote_id, moved)

    kept = google.event(written.remote_id)
    assert (at(kept), kept["reminders"], kept["colorId"]) == (NOON + HOUR, alarm, "5")
    assert (kept["description"], merged.tag) == ("+1 555 0100\nBring the dog", kept["etag"])


@pytest.mark.parametrize("how", ["replace", "merge"])
def test_our_part_of_a_description_follows_and_theirs_stays(
    google: FakeGoogle, session: GoogleSession, how: str
) -> None:
    written = session.create(ITSELF, copy())
    edited = google.edit(written.remote_id, description="+1 555 0100\nBring the dog")

    def write(description: str, tag: str) -> str:
        wanted = copy(description=description)
        if how == "merge":
            return session.merge(ITSELF, written.remote_id, wanted).tag
        return session.replace(ITSELF, written.remote_id, tag, wanted).tag

    tag = write("", edited["etag"])
    assert google.event(written.remote_id)["description"] == "Bring the dog"
    tag = write("ada@example.com", tag)
    assert google.event(written.remote_id)["description"] == "ada@example.com\nBring the dog"
    rewritten = google.edit(written.remote_id, description="Something else")
    assert write("", rewritten["etag"]) == google.event(written.remote_id)["etag"]
    assert google.event(written.remote_id)["description"] == "Something else"


@pytest.mark.parametrize("how", ["replace", "merge"])
def test_an_entry_that_was_deleted_is_not_brought_back(google: FakeGoogle, session: GoogleSession, how: str) -> None:
    written = session.create(ITSELF, copy())
    google.drop(written.remote_id)

    with pytest.raises((ItemChanged, ItemGone)):
        session.replace(ITSELF, written.remote_id, written.tag, copy())
    with pytest.raises(ItemGone):
        session.merge(ITSELF, written.remote_id, copy())
    with pytest.raises(ItemGone):
        session.replace(ITSELF, "unknown0", written.tag, copy())

    assert google.present() == []


def test_a_day_somebody_made_of_an_entry_is_a_time_again(google: FakeGoogle, session: GoogleSession) -> None:
    written = session.create(ITSELF, copy())
    edited = google.edit(written.remote_id, start="2026-06-01", end="2026-06-02")

    session.replace(ITSELF, written.remote_id, edited["etag"], copy())

    kept = google.event(written.remote_id)
    assert (at(kept), at(kept, "end"), "date" in kept["start"]) == (NOON, NOON + HOUR, False)


def test_case_41_nobody_is_told_unless_a_customer_was_to_be_invited(google: FakeGoogle, session: GoogleSession) -> None:
    written = session.create(ITSELF, copy())
    written = session.replace(ITSELF, written.remote_id, written.tag, copy(is_tentative=True))
    session.merge(ITSELF, written.remote_id, copy())
    session.delete(ITSELF, written.remote_id)

    writes = [one for one in google.seen if one.http_method != "GET"]
    assert {one.query.get("sendUpdates") for one in writes} == {"none"}
    assert not any("attendees" in (one.body or {}) for one in writes)


def test_case_41_a_customer_is_invited_where_that_is_wanted(google: FakeGoogle, session: GoogleSession) -> None:
    written = session.create(ITSELF, copy())
    edited = google.edit(written.remote_id, attendees=[{"email": "colleague@example.com"}])
    invited = copy(invitee="ada@example.com")

    written = session.replace(ITSELF, written.remote_id, edited["etag"], invited)
    session.replace(ITSELF, written.remote_id, written.tag, replace(invited, start_at=NOON + HOUR / 2))

    kept = google.event(written.remote_id)
    assert [one["email"] for one in kept["attendees"]] == ["colleague@example.com", "ada@example.com"]
    assert [one.query["sendUpdates"] for one in google.of("events.patch")] == ["all", "all"]


def test_entries_of_ours_take_no_time_and_say_what_they_are(google: FakeGoogle, session: GoogleSession) -> None:
    mine = session.create(ITSELF, copy())
    other = copy(uid="other", business="bravo", summary="CANARY")
    session.create(ITSELF, other)
    google.add("feeds", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z", iCalUID="x@localhost")
    google.edit(mine.remote_id, colorId="5")
    again = session_at(google, business="acme")
    google.seen.clear()

    pulled = read(again)
    again.close()

    found = {item.remote_id: item for item in pulled.items}
    assert busy(pulled) == []
    assert (found[mine.remote_id].marker, found[mine.remote_id].fields) == (shop.LINK, copy().fields)
    assert (found[event_id("other")].is_ours, found[event_id("other")].marker) == (True, None)
    assert "CANARY" not in str(pulled)
    assert google.asked() == ["events.list", "events.get"]


def test_what_a_session_wrote_it_need_not_read_again(google: FakeGoogle, session: GoogleSession) -> None:
    token = read(session).token
    written = session.create(ITSELF, copy())
    google.seen.clear()

    [item] = read(session, token=token).items

    assert (item.remote_id, item.tag, item.fields) == (written.remote_id, written.tag, copy().fields)
    assert google.asked() == ["events.list"]


def test_many_entries_of_ours_are_two_requests(google: FakeGoogle, session: GoogleSession) -> None:
    for number in range(8):
        session.create(ITSELF, copy(uid=f"number{number}"))
    again = session_at(google)
    google.seen.clear()

    pulled = read(again)
    again.close()

    assert [dict(item.fields or {}) for item in pulled.items] == [copy().fields] * 8
    assert google.asked() == ["events.list", "events.list"]
    assert google.seen[1].query["privateExtendedProperty"] == f"{BUSINESS}=acme"


def test_two_sessions_that_write_at_once_make_one_entry(google: FakeGoogle) -> None:
    sessions = [session_at(google) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        written = list(threads.map(lambda one: one.create(ITSELF, copy()), sessions))
    for one in sessions:
        one.close()

    [kept] = google.present()
    assert {one.remote_id for one in written} == {kept["id"]}
    assert {one.tag for one in written} == {kept["etag"]}


def test_threads_of_one_session_write_at_once(google: FakeGoogle, session: GoogleSession) -> None:
    copies = [copy(uid=f"number{number}") for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        written = list(threads.map(lambda one: session.create(ITSELF, one), copies))

    assert len({one.remote_id for one in written}) == len(google.present()) == 40
    assert {event["extendedProperties"]["private"][LINK] for event in google.present()} == {str(shop.LINK)}


def test_calendars_are_what_the_account_has(google: FakeGoogle, session: GoogleSession) -> None:
    google.add_calendar("holidays@group.v.calendar.google.com", summary="Holidays", role="reader", time_zone="UTC")

    own, holidays = session.calendars()

    assert own == RemoteCalendar(ITSELF, "Anna", "America/New_York", "#9fe1e7", is_writable=True, is_primary=True)
    assert (holidays.name, holidays.is_writable, holidays.is_primary) == ("Holidays", False, False)


@pytest.mark.parametrize(
    ("status", "reason", "headers", "kind", "code"),
    [
        (403, "rateLimitExceeded", {}, Passing, Code.RATE_LIMITED),
        (403, "userRateLimitExceeded", {}, Passing, Code.RATE_LIMITED),
        (403, "quotaExceeded", {}, Passing, Code.RATE_LIMITED),
        (403, "calendarUsageLimitsExceeded", {}, Passing, Code.RATE_LIMITED),
        (403, "rateLimitExceeded", {"Retry_After": "120"}, Throttled, Code.RATE_LIMITED),
        (429, "rateLimitExceeded", {"Retry_After": "120"}, Throttled, Code.RATE_LIMITED),
        (403, "insufficientPermissions", {}, Permanent, Code.MISSING_SCOPE),
        (403, "forbiddenForNonOrganizer", {}, Permanent, Code.MISSING_SCOPE),
        (404, "notFound", {}, CalendarGone, Code.NOT_FOUND),
        (400, "invalid", {}, Permanent, Code.BAD_ANSWER),
        (500, "backendError", {}, Passing, Code.BAD_ANSWER),
    ],
)
def test_case_35_refusals_and_what_they_mean(
    google: FakeGoogle,
    session: GoogleSession,
    status: int,
    reason: str,
    headers: dict[str, str],
    kind: type[Passing | Permanent],
    code: Code,
) -> None:
    google.fail(status, reason, times=2, **headers)

    with pytest.raises(kind) as reading:
        read(session)
    with pytest.raises(kind) as writing:
        session.create(ITSELF, copy())

    assert (type(reading.value), reading.value.code) == (kind, code)
    assert (type(writing.value), writing.value.code) == (kind, code)


@pytest.mark.parametrize(("status", "reason"), [(410, "fullSyncRequired"), (400, "invalid")])
def test_case_36_a_mark_that_is_refused_is_told(
    google: FakeGoogle, session: GoogleSession, status: int, reason: str
) -> None:
    token = read(session).token
    google.fail(status, reason)

    with pytest.raises(TokenRefused):
        read(session, token=token)


def test_an_account_that_lets_nobody_in(google: FakeGoogle) -> None:
    session = GoogleSession(tokens=OneToken("used up"), base_url=google.base_url)
    try:
        with pytest.raises(AuthLost):
            read(session)
    finally:
        session.close()


def test_a_page_of_something_else_is_no_empty_calendar(google: FakeGoogle, session: GoogleSession) -> None:
    google.fail(200, "a page for signing in")

    with pytest.raises(Passing):
        read(session)
