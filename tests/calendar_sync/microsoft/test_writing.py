"""Appointments in a Microsoft 365 calendar: written once, moved, taken away, whatever happens on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calendar_sync.enums import ConnectionState, LinkState
from calendar_sync.models import EventLink
from calendar_sync.providers.microsoft.marks import LINK_PROPERTY
from schedule.services import cancel, reschedule
from tests.calendar_sync.fakes.microsoft import Fault
from tests.calendar_sync.microsoft.office import HOUR, NOON, Office, utc

WHERE = "/events"


def test_one_appointment_is_one_write(office: Office) -> None:
    event = office.book()

    office.visit()

    assert office.graph.writes() == ["POST"]
    assert len(office.graph.log) == 2
    link, entry = office.link(event), office.entry(event)
    assert (link.state, link.due_at, link.pushed_version) == (LinkState.SYNCED, None, event.version)
    assert entry.properties["subject"] == "Cut · Ada Lovelace"
    assert entry.properties["start"] == utc(NOON)
    assert entry.properties["showAs"] == "busy"
    assert entry.properties["isReminderOn"] is True
    assert entry.extended[LINK_PROPERTY] == f"{office.tenant.schema_name}/{link.pk.hex}"


def test_one_change_is_one_write(office: Office) -> None:
    event = office.book()
    office.visit()
    office.graph.log.clear()
    reschedule(tenant=office.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    office.visit()

    assert office.graph.writes() == ["PATCH"]
    assert len(office.graph.log) == 2
    sent = office.graph.asked("PATCH")[0]
    assert set(sent.body) == {"subject", "start", "end", "isAllDay", "location", "showAs"}
    assert office.entry(event).properties["start"] == utc(NOON + HOUR)


def test_case_23_an_answer_that_was_lost_does_not_double_the_entry(office: Office) -> None:
    event = office.book()
    office.graph.faults = [Fault("POST", WHERE, lost=True)]
    office.visit()
    assert (office.connection.state, office.link(event).due_at is None) == (ConnectionState.DEGRADED, False)

    office.visit(after=HOUR)

    assert list(office.mailbox.events) == [office.link(event).remote_id]
    assert office.link(event).state == LinkState.SYNCED
    assert office.connection.state == ConnectionState.ACTIVE


def test_case_23_an_entry_whose_answer_was_lost_gets_what_has_changed_since(office: Office) -> None:
    event = office.book()
    office.graph.faults = [Fault("POST", WHERE, lost=True)]
    office.visit()
    reschedule(tenant=office.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    office.visit(after=HOUR)

    assert office.graph.writes() == ["POST", "POST", "PATCH"]
    assert office.entry(event).properties["start"] == utc(NOON + HOUR)
    assert len(office.mailbox.events) == 1
    assert office.link(event).generation == 0


def test_case_24_a_name_that_is_used_up_is_not_used_again(office: Office) -> None:
    event = office.book()
    office.visit()
    office.mailbox.drop(office.entry(event))

    office.visit()
    office.visit()

    assert office.link(event).generation == 1
    assert office.entry(event).properties["transactionId"] == f"smoothschedule-{office.link(event).pk.hex}-1"
    assert len(office.mailbox.events) == 1


def test_case_25_rescheduled_and_cancelled_it_is_the_same_entry(office: Office) -> None:
    event = office.book()
    office.visit()
    name = office.link(event).remote_id
    reschedule(tenant=office.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    office.visit()
    cancel(tenant=office.tenant, event_id=event.pk, by=None)
    office.visit()

    assert office.graph.writes() == ["POST", "PATCH", "DELETE"]
    assert office.graph.log[-1].path.endswith("/delta")
    assert {one.parts[4] for one in office.graph.log if one.method in {"PATCH", "DELETE"}} == {name}
    assert office.mailbox.events == {}
    assert office.link(event).state == LinkState.DELETED


def test_case_25_deleting_what_is_gone_is_success(office: Office) -> None:
    event = office.book()
    office.visit()
    cancel(tenant=office.tenant, event_id=event.pk, by=None)
    office.mailbox.events.clear()

    office.visit()

    assert (office.link(event).state, office.connection.state) == (LinkState.DELETED, ConnectionState.ACTIVE)


def test_case_30_what_somebody_added_stays_when_our_fields_are_written(office: Office) -> None:
    event = office.book()
    office.visit()
    added = {
        "reminderMinutesBeforeStart": 5,
        "categories": ["Red"],
        "body": {"contentType": "text", "content": "bring x"},
    }
    office.mailbox.change(office.entry(event), **added)
    reschedule(tenant=office.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    office.graph.log.clear()

    for _ in range(3):
        office.visit()

    assert office.graph.writes() == ["PATCH", "PATCH"]
    entry = office.entry(event)
    assert {name: entry.properties[name] for name in added} == added
    assert entry.properties["start"] == utc(NOON + HOUR)
    assert office.link(event).state == LinkState.SYNCED


def test_case_30_an_entry_that_keeps_changing_is_given_up(office: Office) -> None:
    event = office.book()
    office.visit()
    office.graph.faults = [Fault("PATCH", WHERE, status=412, code="ErrorIrresolvableConflict", times=9)]
    reschedule(tenant=office.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    office.visit()

    assert (office.link(event).state, office.link(event).problem_code) == (LinkState.FAILED, "bad_answer")
    assert office.graph.writes() == ["POST", "PATCH", "PATCH", "PATCH", "PATCH"]


def test_what_customers_are_reached_at_goes_when_less_is_to_be_shown(office: Office) -> None:
    event = office.book()
    office.visit()
    entry = office.entry(event)
    text = entry.properties["body"]["content"]
    office.mailbox.change(entry, body={"contentType": "text", "content": f"{text}\r\n\r\nBring the blue one\r\n"})
    office.visit()
    office.graph.log.clear()

    office.set(privacy="busy")
    EventLink.objects.update(pushed={}, due_at=office.now)
    office.visit()

    assert "ada@example.org" in text
    assert entry.properties["body"]["content"] == "Bring the blue one"
    assert entry.properties["subject"] == "Busy"
    assert office.graph.writes() == ["PATCH"]


def test_an_entry_whose_text_somebody_rewrote_keeps_that_text(office: Office) -> None:
    event = office.book()
    office.visit()
    theirs = {"contentType": "text", "content": "All mine"}
    office.mailbox.change(office.entry(event), body=theirs)
    office.visit()

    office.set(privacy="busy")
    EventLink.objects.update(pushed={}, due_at=office.now)
    office.visit()

    assert office.entry(event).properties["body"] == theirs
    assert office.link(event).state == LinkState.SYNCED


def test_an_entry_somebody_made_a_whole_day_of_is_put_back(office: Office) -> None:
    event = office.book()
    office.visit()
    day = {"start": utc(NOON - 12 * HOUR), "end": utc(NOON + 12 * HOUR), "isAllDay": True}
    office.mailbox.change(office.entry(event), **day)

    office.visit()
    office.visit(after=timedelta(minutes=6))

    properties = office.entry(event).properties
    assert (properties["start"], properties["isAllDay"]) == (utc(NOON), False)
    assert office.link(event).state == LinkState.SYNCED


@pytest.mark.parametrize("pause", ["120", "date"])
def test_case_34_a_service_that_asks_for_a_pause_gets_it(office: Office, pause: str) -> None:
    office.book()
    until = timezone.now() + timedelta(seconds=120)
    header = pause if pause.isdigit() else f"{until:%a, %d %b %Y %H:%M:%S GMT}"
    office.graph.faults = [Fault("POST", WHERE, status=429, code="TooManyRequests", headers={"Retry-After": header})]

    office.visit()

    connection = office.connection
    assert connection.state == ConnectionState.RATE_LIMITED
    assert connection.quiet_until is not None
    assert timedelta(seconds=60) < connection.quiet_until - timezone.now() <= timedelta(seconds=121)
    assert connection.next_attempt_at == connection.quiet_until
    assert len(office.graph.log) == 1


def test_case_41_nobody_is_invited(office: Office) -> None:
    event = office.book()

    office.visit()

    assert "attendees" not in office.graph.asked("POST")[0].body
    assert office.entry(event).properties["attendees"] == []


def test_case_41_customers_are_invited_where_that_is_wanted(office: Office) -> None:
    office.set(invites_customers=True)
    event = office.book()

    office.visit()

    attendee = {"emailAddress": {"address": "ada@example.org"}, "type": "required"}
    assert office.entry(event).properties["attendees"] == [attendee]


def test_case_41_whoever_else_was_invited_stays_invited(office: Office) -> None:
    event = office.book()
    office.visit()
    guest = {"emailAddress": {"address": "guest@example.org", "name": "A guest"}, "type": "optional"}
    office.mailbox.change(office.entry(event), attendees=[guest])
    office.set(invites_customers=True)
    for hours in (1, 2):
        reschedule(tenant=office.tenant, event_id=event.pk, start_at=NOON + hours * HOUR, by=None)
        office.visit()

    customer = {"emailAddress": {"address": "ada@example.org"}, "type": "required"}
    assert office.entry(event).properties["attendees"] == [guest, customer]
    assert ["attendees" in one.body for one in office.graph.asked("PATCH")] == [True, False]


def test_many_are_written_by_four_at_once_and_no_more(office: Office) -> None:
    for number in range(24):
        office.book(NOON + number * HOUR)
    office.graph.waits_for = 4

    office.visit()

    assert len(office.mailbox.events) == 24
    assert office.graph.writes() == ["POST"] * 24
    assert office.graph.most_at_once == 4
    assert office.connection.state == ConnectionState.ACTIVE


def test_case_61_writes_that_were_interrupted_go_on_where_they_stopped(office: Office) -> None:
    for number in range(30):
        office.book(NOON + number * HOUR)
    office.graph.faults = [Fault("POST", WHERE, spared=12, times=99)]
    office.visit()
    done = len(office.mailbox.events)
    office.graph.faults.clear()
    office.graph.log.clear()

    office.visit(after=HOUR)

    assert done == 12
    assert len(office.mailbox.events) == 30
    assert office.graph.writes() == ["POST"] * 18
