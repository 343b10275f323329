"""Visits to a calendar at Google. The numbers are those of the acceptance cases."""

import logging
from datetime import timedelta
from math import ceil
from typing import Any

import pytest
from django.utils import timezone

from calendar_sync.enums import ConnectionState, LinkState
from calendar_sync.models import CalendarConnection, ExternalCalendar, RemoteItem, SyncRun
from calendar_sync.models.external import key_of
from calendar_sync.providers.google.events import event_id
from calendar_sync.services.syncing import sync
from schedule.models import TimeOff
from schedule.services import cancel, reschedule
from tests.calendar_sync.fakes.google_store import ITSELF
from tests.calendar_sync.google.shop import HOUR, NOON, GoogleShop, hours, start_there, writes
from tests.factories.schedule import ResourceFactory

READS = ["events.list"]


def fill(shop: GoogleShop, count: int) -> None:
    """Put meetings into the calendar, an hour each, every two hours from noon."""
    for number in range(count):
        shop.meeting(f"event{number}", 2 * number, 2 * number + 1)


def test_an_appointment_is_one_write_and_no_busy_time(shop: GoogleShop) -> None:
    event = shop.written()

    link = shop.link(event)
    assert (link.state, link.remote_id) == (LinkState.SYNCED, event_id(link.uid))
    assert shop.google.asked() == ["events.insert", "events.list"]
    shop.visit()
    assert shop.google.asked() == ["events.insert", *READS * 2]
    assert (shop.busy(), shop.connection.state) == ([], ConnectionState.ACTIVE)


def test_nothing_changed_is_one_request_and_no_record(shop: GoogleShop) -> None:
    fill(shop, 3)
    shop.google.add("often", hours(0), hours(1), zone="UTC", recurrence=["RRULE:FREQ=WEEKLY"])
    shop.visit()
    runs, before = SyncRun.objects.count(), list(TimeOff.objects.values("pk", "updated_at"))
    shop.google.seen.clear()

    shop.visit()

    assert shop.google.asked() == READS
    assert SyncRun.objects.count() == runs
    assert list(TimeOff.objects.values("pk", "updated_at")) == before


@pytest.mark.parametrize("count", [2500, 2501])
def test_everything_is_read_in_as_few_pages_as_google_allows(shop: GoogleShop, count: int) -> None:
    for number in range(count):
        shop.google.add(f"event{number}", "2020-01-01T09:00:00Z", "2020-01-01T10:00:00Z")

    shop.visit()

    assert shop.google.asked() == READS * ceil(count / 2500)
    assert RemoteItem.objects.count() == count


def test_one_change_of_an_appointment_is_one_write(shop: GoogleShop) -> None:
    event = shop.written()
    shop.google.seen.clear()
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    shop.visit()

    assert shop.google.asked() == ["events.patch", "events.list"]


def test_case_22_the_same_invitation_blocks_both_who_have_it(shop: GoogleShop) -> None:
    ben = ResourceFactory.create()
    shop.google.add_calendar("ben@example.com")
    second = CalendarConnection.objects.create(
        provider="google", resource=ben, account_key=key_of("ben"), next_attempt_at=timezone.now()
    )
    ExternalCalendar.objects.create(
        connection=second,
        remote_id="ben@example.com",
        remote_key=key_of("ben@example.com"),
        read_busy=True,
        write_target=False,
    )
    for calendar in (ITSELF, "ben@example.com"):
        shop.google.add("meeting", hours(0), hours(1), calendar=calendar)

    shop.visit()
    sync(tenant=shop.tenant, connection_id=second.pk)

    assert set(TimeOff.objects.values_list("resource_id", flat=True)) == {shop.resource.pk, ben.pk}


def test_case_23_an_answer_that_was_lost_does_not_double_the_entry(shop: GoogleShop) -> None:
    event = shop.book()
    shop.google.lose_answer("events.insert")
    shop.visit()
    assert (shop.connection.state, shop.link(event).due_at is None) == (ConnectionState.DEGRADED, False)

    shop.now += HOUR
    shop.visit()

    assert [one["id"] for one in shop.google.present()] == [shop.link(event).remote_id]
    assert (shop.link(event).state, shop.connection.state) == (LinkState.SYNCED, ConnectionState.ACTIVE)


def test_case_24_an_id_that_google_keeps_is_not_used_again(shop: GoogleShop) -> None:
    event = shop.book()
    name = event_id(shop.link(event).uid)
    shop.google.add(name, hours(0), hours(1))
    shop.google.drop(name)

    shop.visit()

    link = shop.link(event)
    assert (link.generation, link.state, link.remote_id) == (1, LinkState.SYNCED, event_id(link.uid))
    assert [one["id"] for one in shop.google.present()] == [link.remote_id]


def test_case_25_rescheduled_and_cancelled_it_is_the_same_entry(shop: GoogleShop) -> None:
    event = shop.written()
    name = shop.link(event).remote_id
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    shop.visit()
    assert (start_there(shop), shop.google.present()[0]["id"]) == (1, name)

    cancel(tenant=shop.tenant, event_id=event.pk, by=None)
    shop.visit()

    assert writes(shop) == ["insert", "patch", "delete"]
    assert (shop.google.present(), shop.link(event).state) == ([], LinkState.DELETED)


def test_case_25_deleting_what_is_gone_is_success(shop: GoogleShop) -> None:
    event = shop.written()
    cancel(tenant=shop.tenant, event_id=event.pk, by=None)
    shop.google.drop(shop.link(event).remote_id)

    shop.visit()

    assert shop.google.of("events.delete")[0].status == 410
    assert (shop.link(event).state, shop.connection.state) == (LinkState.DELETED, ConnectionState.ACTIVE)


def test_case_29_a_moved_entry_moves_its_busy_time(shop: GoogleShop) -> None:
    shop.meeting("meeting", 0, 1)
    shop.visit()
    shop.google.edit("meeting", start=hours(4), end=hours(5))

    shop.visit()

    assert shop.busy() == [(4, 5)]


def test_case_29_one_occurrence_that_was_moved_and_one_that_was_deleted(shop: GoogleShop) -> None:
    shop.google.add("daily", hours(0), hours(1), zone="UTC", recurrence=["RRULE:FREQ=DAILY;COUNT=4"])
    shop.visit()
    shop.google.change_occurrence("daily", hours(24), start=hours(26), end=hours(27))
    shop.visit()
    shop.google.change_occurrence("daily", hours(48), status="cancelled")

    shop.visit()

    assert shop.busy() == [(0, 1), (26, 27), (72, 73)]
    assert RemoteItem.objects.count() == 1


def test_case_30_what_somebody_added_stays(shop: GoogleShop) -> None:
    event = shop.written()
    alarm = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}
    shop.google.edit(shop.link(event).remote_id, reminders=alarm)
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    for _ in range(3):
        shop.visit()

    assert (start_there(shop), shop.google.present()[0]["reminders"]) == (1, alarm)
    assert [one.status for one in shop.google.of("events.patch")] == [412, 200]
    assert shop.link(event).state == LinkState.SYNCED


@pytest.mark.parametrize(("status", "reason"), [(429, "rateLimitExceeded"), (403, "userRateLimitExceeded")])
def test_case_34_google_is_left_alone_for_as_long_as_it_asks(shop: GoogleShop, status: int, reason: str) -> None:
    shop.google.fail(status, reason, Retry_After="120")
    shop.visit()

    connection = shop.connection
    assert (connection.state, connection.state_code) == (ConnectionState.RATE_LIMITED, "rate_limited")
    until = connection.next_attempt_at
    assert until is not None
    assert until == connection.quiet_until
    assert 100 < (until - timezone.now()).total_seconds() <= 120
    due = CalendarConnection.objects.asleep(until - timedelta(seconds=1), woken_before=until)
    assert not due.exists()
    shop.visit()
    assert shop.connection.state == ConnectionState.ACTIVE


def test_case_35_too_many_requests_are_fewer_after_a_pause(shop: GoogleShop) -> None:
    event = shop.book()
    shop.google.fail(403, "rateLimitExceeded", name="events.insert")
    shop.visit()
    connection = shop.connection
    assert (connection.state, connection.state_code) == (ConnectionState.DEGRADED, "rate_limited")
    assert shop.link(event).state == LinkState.PENDING

    shop.now += timedelta(minutes=1)
    shop.visit()

    assert (shop.connection.state, shop.link(event).state) == (ConnectionState.ACTIVE, LinkState.SYNCED)


def test_case_35_a_missing_permission_needs_a_person(shop: GoogleShop) -> None:
    shop.google.fail(403, "insufficientPermissions")

    shop.visit()

    connection = shop.connection
    assert (connection.state, connection.state_code) == (ConnectionState.ERROR, "missing_scope")
    assert connection.next_attempt_at is None


def test_case_36_a_refused_token_is_one_full_comparison(shop: GoogleShop) -> None:
    fill(shop, 6)
    shop.google.add("often", hours(100), hours(101), zone="UTC", recurrence=["RRULE:FREQ=DAILY;COUNT=2"])
    event = shop.written(NOON + HOUR)
    rows = set(TimeOff.objects.values_list("pk", flat=True))
    shop.google.drop("event5")
    shop.google.forget_tokens()
    shop.google.seen.clear()

    shop.visit()

    assert [one.status for one in shop.google.seen] == [410, 200]
    assert set(TimeOff.objects.values_list("pk", flat=True)) < rows
    assert shop.busy() == [*((2 * number, 2 * number + 1) for number in range(5)), (100, 101), (124, 125)]
    assert (shop.link(event).state, writes(shop)) == ("synced", [])


def test_many_series_that_changed_are_read_with_everything_else(shop: GoogleShop) -> None:
    for number in range(12):
        rule: dict[str, Any] = {"zone": "UTC", "recurrence": ["RRULE:FREQ=DAILY;COUNT=1"]}
        shop.google.add(f"series{number}", hours(2 * number), hours(2 * number + 1), **rule)
    shop.visit()
    for number in range(12):
        shop.google.edit(f"series{number}", end=hours(2 * number + 2))
    shop.google.seen.clear()

    shop.visit()

    assert shop.google.asked() == READS * 2
    assert shop.busy() == [(2 * number, 2 * number + 2) for number in range(12)]


def test_case_39_a_calendar_that_is_gone_keeps_its_busy_time(shop: GoogleShop) -> None:
    fill(shop, 3)
    shop.visit()
    kept = shop.google.store.calendars.pop(ITSELF)

    shop.visit()

    assert len(shop.busy()) == 3
    assert (shop.connection.state, shop.connection.state_code) == (ConnectionState.DEGRADED, "not_found")
    shop.google.store.calendars[ITSELF] = kept
    shop.visit()
    assert shop.connection.state == ConnectionState.ACTIVE


def test_case_40_what_others_events_are_about_is_nowhere(shop: GoogleShop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shop.meeting("meeting", 0, 1, summary="CANARY", description="CANARY", location="CANARY", visibility="private")
    rule: dict[str, Any] = {"zone": "UTC", "recurrence": ["RRULE:FREQ=NEVER"]}
    shop.google.add("series", hours(0), hours(1), summary="CANARY", **rule)

    shop.visit()

    rows = [list(model.objects.values()) for model in (TimeOff, RemoteItem, SyncRun, ExternalCalendar)]
    assert len(rows[0]) == 1
    assert "CANARY" not in f"{rows}{caplog.text}"


def test_case_41_a_customer_gets_no_mail_from_google(shop: GoogleShop) -> None:
    event = shop.written()
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    shop.visit()
    cancel(tenant=shop.tenant, event_id=event.pk, by=None)
    shop.visit()

    sent = [one for one in shop.google.seen if one.http_method != "GET"]
    assert [one.query["sendUpdates"] for one in sent] == ["none"] * 3
    assert "attendees" not in sent[0].body


def test_case_41_a_customer_is_invited_where_that_is_wanted(shop: GoogleShop) -> None:
    shop.set(invites_customers=True)

    shop.written()

    [sent] = shop.google.of("events.insert")
    assert (sent.query["sendUpdates"], sent.body["attendees"]) == ("all", [{"email": "ada@example.com"}])


def test_a_visit_while_google_is_slow_is_still_one_visit(shop: GoogleShop) -> None:
    for number in range(8):
        shop.book(NOON + number * HOUR)
    shop.google.latency = 0.05

    shop.visit()

    assert (len(shop.google.present()), shop.connection.state) == (8, ConnectionState.ACTIVE)
