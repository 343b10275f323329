"""Our entries on real servers: each written once, found again, moved and taken away. Numbers are acceptance cases."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from calendar_sync.enums import ConnectionState, LinkState
from calendar_sync.models import EventLink
from calendar_sync.services.linking import note_change
from schedule.services import cancel, reschedule
from tests.calendar_sync.between import Said
from tests.calendar_sync.desk import UTC_TEXT, Desk, calendar_of, entry, hours
from tests.calendar_sync.shop import HOUR, NOON
from tests.factories.schedule import EventFactory


def states(desk: Desk) -> set[str]:
    return set(EventLink.objects.filter(calendar=desk.calendar).values_list("state", flat=True))


def test_many_appointments_are_one_write_each(desk: Desk) -> None:
    events = desk.booked(12)

    desk.visit()

    assert desk.listener.count("PUT") == 12
    assert {status for method, _, status in desk.listener.asked if method == "PUT"} == {201}
    assert desk.names() == sorted(f"{desk.link(event).pk.hex}.ics" for event in events)
    assert states(desk) == {LinkState.SYNCED}


def test_nothing_changed_is_one_request(desk: Desk) -> None:
    desk.booked(3)
    desk.put("dentist", *hours(20, 21))
    desk.visit()
    desk.listener.forget()

    desk.visit()

    assert desk.listener.methods() == ["REPORT"]


def test_one_change_is_one_write(desk: Desk) -> None:
    event, _ = desk.booked(2)
    desk.visit()
    desk.listener.forget()
    reschedule(tenant=desk.tenant, event_id=event.pk, start_at=NOON + 9 * HOUR, by=None)

    desk.visit()

    name = desk.file(event).rpartition("/")[2]
    (method, written, status), *reading = desk.listener.asked
    assert (method, written, status in {201, 204}) == ("PUT", name, True)
    assert {method for method, _, _ in reading} == {"REPORT"}
    assert f"DTSTART:{NOON + 9 * HOUR:{UTC_TEXT}}" in desk.text(desk.file(event))


def test_case_2_a_time_after_the_clocks_change_is_the_right_instant(desk: Desk) -> None:
    at = datetime(2026, 3, 8, 3, 30, tzinfo=ZoneInfo("America/New_York"))
    event = EventFactory.create(service=desk.service, start_at=at.astimezone(UTC), resources=[desk.resource])
    note_change(event_id=event.pk, resource_ids=[desk.resource.pk], now=desk.now)

    desk.visit()

    text = desk.text(desk.file(event))
    assert ("DTSTART:20260308T073000Z" in text, "DTEND:20260308T083000Z" in text) == (True, True)
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize("times", [1, 2])
def test_case_23_an_answer_that_was_lost_does_not_double_the_entry(desk: Desk, times: int) -> None:
    """Lost once, the client asks again by itself; lost again, the next visit finds the entry."""
    event = desk.book()
    left = [None] * times

    def lose(method: str, _: str, said: Said) -> Said | None:
        if method == "PUT" and left:
            left.pop()
            return None
        return said

    desk.listener.after = lose
    desk.visit()
    assert (desk.connection.state == ConnectionState.DEGRADED) == (times == 2)
    desk.visit()

    assert desk.names() == [f"{desk.link(event).pk.hex}.ics"]
    assert (desk.connection.state, desk.link(event).state) == (ConnectionState.ACTIVE, LinkState.SYNCED)
    reschedule(tenant=desk.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    desk.listener.forget()
    desk.visit()
    assert desk.listener.count("PUT") == 1


def test_case_23_a_change_whose_answer_was_lost_is_written_once_more_at_most(desk: Desk) -> None:
    event = desk.book()
    desk.visit()
    reschedule(tenant=desk.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    left = [None] * 2

    def lose(method: str, _: str, said: Said) -> Said | None:
        return left.pop() if method == "PUT" and left else said

    desk.listener.after = lose
    desk.visit()
    desk.visit()

    assert desk.names() == [f"{desk.link(event).pk.hex}.ics"]
    assert desk.link(event).state == LinkState.SYNCED
    assert f"DTSTART:{NOON + HOUR:{UTC_TEXT}}" in desk.text(desk.file(event))


def test_case_24_a_name_that_lies_in_the_bin_is_not_used_again(desk: Desk) -> None:
    """As Nextcloud says it: 403, for the deleted calendar object already exists."""
    event = desk.book()
    first = f"{desk.link(event).pk.hex}.ics"
    refusal = b"<d:error xmlns:d='DAV:'><s>Deleted calendar object with this uid already exists</s></d:error>"
    refused = Said(403, (), refusal)
    desk.listener.before = lambda method, name: refused if (method, name) == ("PUT", first) else None

    desk.visit()

    link = desk.link(event)
    assert (link.generation, link.state, desk.names()) == (1, LinkState.SYNCED, [f"{link.pk.hex}-1.ics"])


def test_case_24_a_uid_that_somebody_else_took_is_not_used(desk: Desk) -> None:
    event = desk.book()
    uid = f"{desk.link(event).pk.hex}@localhost"
    status, said = desk.server.request(
        "PUT", f"{desk.path}squatter.ics", calendar_of(entry(uid, *hours(5, 6))), Content_Type="text/calendar"
    )
    assert status == 201, said

    desk.visit()
    desk.visit()

    link = desk.link(event)
    assert (link.generation, link.state) == (1, LinkState.SYNCED)
    assert desk.names() == sorted([f"{link.pk.hex}-1.ics", "squatter.ics"])


def test_case_24_a_deleted_entry_may_be_written_again(desk: Desk) -> None:
    event = desk.book()
    desk.visit()
    desk.drop(desk.file(event))
    desk.visit()
    desk.visit()

    assert desk.link(event).state == LinkState.SYNCED
    assert len(desk.names()) == 1


def test_case_25_rescheduled_and_cancelled_it_is_the_same_entry(desk: Desk) -> None:
    event = desk.book()
    desk.visit()
    name = desk.file(event).rpartition("/")[2]
    reschedule(tenant=desk.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    desk.visit()
    assert desk.names() == [name]
    cancel(tenant=desk.tenant, event_id=event.pk, by=None)
    desk.visit()

    written = [(method, called) for method, called, _ in desk.listener.asked if method in {"PUT", "DELETE"}]
    assert written == [("PUT", name), ("PUT", name), ("DELETE", name)]
    assert (desk.names(), desk.link(event).state) == ([], LinkState.DELETED)


def test_case_25_deleting_what_is_gone_is_success(desk: Desk) -> None:
    event = desk.book()
    desk.visit()
    desk.drop(desk.file(event))
    cancel(tenant=desk.tenant, event_id=event.pk, by=None)

    desk.visit()

    assert (desk.link(event).state, desk.connection.state) == (LinkState.DELETED, ConnectionState.ACTIVE)


def test_case_30_an_alarm_somebody_added_stays(desk: Desk) -> None:
    event = desk.book()
    desk.visit()
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:Soon\nTRIGGER:-PT15M\nEND:VALARM\n"
    desk.rewrite(desk.file(event), {"END:VEVENT\n": f"COLOR:tomato\n{alarm}END:VEVENT\n"})
    reschedule(tenant=desk.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    desk.listener.forget()

    desk.visit()
    desk.now += timedelta(minutes=10)
    desk.visit()

    text = desk.text(desk.file(event))
    assert ("TRIGGER:-PT15M" in text, "COLOR:tomato" in text) == (True, True)
    assert text.count(f"DTSTART:{NOON + HOUR:{UTC_TEXT}}") == 1
    assert [one[::2] for one in desk.listener.asked if one[0] != "REPORT"][:2] == [("PUT", 412), ("GET", 200)]
    assert desk.listener.count("PUT") == 2
    assert desk.link(event).state == LinkState.SYNCED


def test_case_41_nobody_is_invited_unless_that_is_wanted(desk: Desk) -> None:
    event = desk.book()
    desk.visit()
    plain = desk.text(desk.file(event))
    assert [word for word in ("ATTENDEE", "ORGANIZER", "METHOD") if word in plain] == []

    desk.set(invites_customers=True)
    EventLink.objects.update(due_at=desk.now, pushed={})
    desk.visit()

    invited = desk.text(desk.file(event))
    assert "mailto:ada@example.com" in invited
    assert invited.count("SCHEDULE-AGENT=CLIENT") == 2
    assert "METHOD" not in invited
