"""Appointments in a calendar: written once, moved, taken away, whatever happens on the way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_sync.enums import Code, ConnectionState, LinkState
from calendar_sync.models import EventLink
from calendar_sync.providers.base import Passing, Permanent
from schedule.services import cancel, confirm, reschedule
from tests.calendar_sync.shop import HOUR, NOON, Shop


def lose(name: str) -> Callable[[str, str], None]:
    """Return what makes the server carry out a request of this name and lose its answer, once."""
    left = [name]

    def after(called: str, _: str) -> None:
        if left and called == left[0]:
            left.clear()
            raise Passing(Code.TIMEOUT, "No answer.")

    return after


def test_an_appointment_is_one_write(shop: Shop) -> None:
    event = shop.book()

    shop.visit()

    link = shop.link(event)
    assert shop.server.writes() == [("create", link.pk.hex)]
    assert (link.state, link.due_at, link.remote_id, link.pushed_version) == (
        LinkState.SYNCED,
        None,
        link.pk.hex,
        event.version,
    )
    assert shop.server.entries["cal"][link.pk.hex].fields == {
        "start_at": NOON.isoformat(),
        "end_at": (NOON + HOUR).isoformat(),
        "summary": "Cut · Ada Lovelace",
        "location": "",
        "status": "confirmed",
    }


def test_many_changes_become_one_write(shop: Shop) -> None:
    event = shop.book()
    for hours in (1, 2, 3):
        reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + hours * HOUR, by=None)

    shop.visit()

    assert [name for name, _ in shop.server.writes()] == ["create"]


def test_what_changes_nothing_in_the_calendar_is_not_written(shop: Shop) -> None:
    event = shop.book()
    shop.visit()
    EventLink.objects.update(due_at=shop.now)

    shop.visit()

    assert len(shop.server.writes()) == 1
    assert shop.link(event).due_at is None


def test_case_23_an_answer_that_was_lost_does_not_double_the_entry(shop: Shop) -> None:
    event = shop.book()
    shop.server.after = lose("create")
    shop.visit()
    assert (shop.connection.state, shop.link(event).due_at is None) == (ConnectionState.DEGRADED, False)

    shop.now += HOUR
    shop.visit()

    assert list(shop.server.entries["cal"]) == [shop.link(event).pk.hex]
    assert shop.link(event).state == LinkState.SYNCED
    assert shop.connection.state == ConnectionState.ACTIVE


def test_case_24_a_name_in_the_bin_is_not_used_again(shop: Shop) -> None:
    event = shop.book()
    first = shop.link(event).pk.hex
    shop.server.taken_ids = {first, f"{first}-1"}

    shop.visit()

    link = shop.link(event)
    assert (link.remote_id, link.generation) == (f"{first}-2", 2)
    assert list(shop.server.entries["cal"]) == [f"{first}-2"]


def test_case_25_rescheduled_and_cancelled_it_is_the_same_entry(shop: Shop) -> None:
    event = shop.book()
    shop.visit()
    name = shop.link(event).pk.hex
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    shop.visit()
    cancel(tenant=shop.tenant, event_id=event.pk, by=None)
    shop.visit()

    assert shop.server.writes() == [("create", name), ("replace", name), ("delete", name)]
    assert shop.server.entries["cal"] == {}
    assert shop.link(event).state == LinkState.DELETED


def test_case_25_deleting_what_is_gone_is_success(shop: Shop) -> None:
    event = shop.book()
    shop.visit()
    cancel(tenant=shop.tenant, event_id=event.pk, by=None)
    shop.server.entries["cal"].clear()

    shop.visit()

    assert (shop.link(event).state, shop.connection.state) == (LinkState.DELETED, ConnectionState.ACTIVE)


def test_an_appointment_given_to_another_resource_leaves_the_calendar(shop: Shop) -> None:
    from tests.factories.schedule import ResourceFactory, ServiceResourceFactory

    event = shop.book()
    shop.visit()
    ben = ResourceFactory.create()
    ServiceResourceFactory.create(service=shop.service, resource=ben)
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON, resource_ids=[ben.pk], by=None)

    shop.visit()

    assert shop.server.entries["cal"] == {}


def test_case_30_an_alarm_somebody_added_stays(shop: Shop) -> None:
    event = shop.book()
    shop.visit()
    name = shop.link(event).pk.hex
    shop.server.put(name, replace(shop.server.entries["cal"][name], added="alarm"))
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    shop.visit()
    shop.visit()

    stored = shop.server.entries["cal"][name]
    assert (stored.added, stored.fields["start_at"]) == ("alarm", (NOON + HOUR).isoformat())
    assert [name for name, _ in shop.server.writes()] == ["create", "replace", "merge"]


def test_case_30_an_alarm_stays_that_was_added_before_the_last_reading(shop: Shop) -> None:
    event = shop.book()
    shop.visit()
    name = shop.link(event).remote_id
    shop.server.put(name, replace(shop.server.entries["cal"][name], added="alarm"))
    shop.visit()
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    shop.visit()

    stored = shop.server.entries["cal"][name]
    assert (stored.added, stored.fields["start_at"]) == ("alarm", (NOON + HOUR).isoformat())
    assert shop.link(event).state == LinkState.SYNCED


def test_one_entry_that_is_refused_does_not_keep_the_others(shop: Shop) -> None:
    refused, fine = shop.book(), shop.book(NOON + 2 * HOUR)
    bad = shop.link(refused).pk.hex

    def refuse(called: str, name: str) -> None:
        if called == "create" and name == bad:
            raise Permanent(Code.MISSING_SCOPE, "Not allowed.")

    shop.server.before = refuse
    shop.visit()

    link = shop.link(refused)
    assert (link.state, link.problem_code, link.problem, link.due_at) == (
        LinkState.FAILED,
        "missing_scope",
        "Not allowed.",
        None,
    )
    assert shop.link(fine).state == LinkState.SYNCED
    assert shop.connection.state == ConnectionState.ACTIVE


def test_a_change_during_the_write_is_written_too(shop: Shop) -> None:
    event = shop.book()
    moved: list[bool] = []

    def meanwhile(called: str, _: str) -> None:
        if called == "pull" and not moved:
            moved.append(True)
            reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    shop.server.before = meanwhile
    shop.visit()
    assert shop.connection.next_attempt_at is not None
    assert shop.connection.next_attempt_at < shop.now + timedelta(minutes=4)
    shop.now += timedelta(minutes=1)
    shop.visit()

    assert shop.server.entries["cal"][shop.link(event).pk.hex].fields["start_at"] == (NOON + HOUR).isoformat()


def test_case_61_a_thousand_writes_interrupted_at_four_hundred_are_six_hundred_more(shop: Shop) -> None:
    for number in range(60):
        shop.book(NOON + number * HOUR)

    def kill(called: str, _: str) -> None:
        if called == "create" and len(shop.server.entries["cal"]) >= 24:
            raise Passing(Code.UNREACHABLE, "The network is gone.")

    shop.server.before = kill
    shop.visit()
    done = len(shop.server.entries["cal"])
    shop.server.before = lambda *_: None
    shop.server.calls.clear()
    shop.now += HOUR
    shop.visit()

    assert done == 24
    assert len(shop.server.entries["cal"]) == 60
    assert len(shop.server.writes()) == 36


@pytest.mark.parametrize(
    ("privacy", "summary"), [("busy", "Busy"), ("initials", "Cut · A. L."), ("full", "Cut · Ada Lovelace")]
)
def test_an_entry_shows_as_much_as_was_chosen(shop: Shop, privacy: str, summary: str) -> None:
    shop.set(privacy=privacy)
    event = shop.book()

    shop.visit()

    assert shop.server.entries["cal"][shop.link(event).pk.hex].fields["summary"] == summary


def test_a_pending_appointment_is_tentative(shop: Shop) -> None:
    from schedule.enums import Status
    from schedule.models import Event

    event = shop.book()
    Event.objects.filter(pk=event.pk).update(status=Status.PENDING)
    shop.visit()
    name = shop.link(event).pk.hex
    assert shop.server.entries["cal"][name].fields["status"] == "tentative"

    confirm(tenant=shop.tenant, event_id=event.pk, by=None)
    shop.visit()

    assert shop.server.entries["cal"][name].fields["status"] == "confirmed"
