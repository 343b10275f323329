"""Our entries in other hands, and accounts that are lost and found, on real servers. Numbers are acceptance cases."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calendar_sync.enums import ConnectionState, LinkState, ProviderKey
from calendar_sync.models import CalendarConnection, EventLink
from calendar_sync.services.accounts import connect_typed
from calendar_sync.services.calendars import choose
from calendar_sync.services.pushing import WRITERS
from core.models import Membership
from schedule.enums import Status
from schedule.models import Event, EventHistory
from schedule.services import reschedule
from tests.calendar_sync.between import Said
from tests.calendar_sync.desk import UTC_TEXT, Desk, hours, shifted
from tests.calendar_sync.servers import PASSWORD, USER
from tests.calendar_sync.shop import HOUR, NOON
from tests.factories.schedule import EventFactory


def written(desk: Desk) -> Event:
    event = desk.book()
    desk.visit()
    return event


def move_there(desk: Desk, event: Event, by: int) -> None:
    """Move the entry as another client would, by so many hours."""
    desk.rewrite(desk.file(event), shifted(event.start_at, event.end_at, by=by))


def starts(desk: Desk, event: Event) -> tuple[int, bool]:
    """Return when the appointment starts, in hours from noon, and whether its entry says so too."""
    event.refresh_from_db()
    return (event.start_at - NOON) // HOUR, f"DTSTART:{event.start_at:{UTC_TEXT}}" in desk.text(desk.file(event))


def test_case_26_a_deleted_entry_comes_back_once_and_is_then_left_alone(desk: Desk) -> None:
    event = written(desk)
    desk.drop(desk.file(event))
    desk.visit()
    desk.visit()
    assert len(desk.names()) == 1

    desk.drop(desk.file(event))
    for _ in range(3):
        desk.visit()

    assert desk.names() == []
    assert (desk.link(event).state, Event.objects.get().status) == (LinkState.DETACHED, Status.CONFIRMED)


def test_case_27_a_deleted_entry_cancels_where_that_is_wanted(desk: Desk) -> None:
    desk.set(cancel_on_remote_delete=True)
    event = written(desk)
    desk.drop(desk.file(event))

    for _ in range(3):
        desk.visit()

    event.refresh_from_db()
    assert (event.status, desk.names()) == (Status.CANCELLED, [])
    assert EventHistory.objects.filter(event=event, kind="cancelled").count() == 1
    assert desk.link(event).state == LinkState.DELETED


def test_case_28_a_moved_entry_is_put_back(desk: Desk) -> None:
    event = written(desk)
    move_there(desk, event, 3)

    desk.visit()
    assert (desk.link(event).state, starts(desk, event)) == (LinkState.REMOTE_CHANGED, (0, False))
    desk.now += timedelta(minutes=6)
    desk.visit()
    desk.visit()

    assert (desk.link(event).state, starts(desk, event)) == (LinkState.SYNCED, (0, True))


@pytest.mark.parametrize("is_free", [True, False])
def test_case_28_a_moved_entry_moves_the_appointment_where_that_is_wanted(desk: Desk, is_free: bool) -> None:
    desk.set(move_on_remote_move=True)
    event = written(desk)
    if not is_free:
        EventFactory.create(start_at=NOON + 3 * HOUR, resources=[desk.resource])
    move_there(desk, event, 3)
    desk.listener.forget()

    desk.visit()
    desk.now += timedelta(minutes=6)
    desk.visit()

    assert starts(desk, event) == ((3, True) if is_free else (0, True))
    assert desk.listener.count("PUT") == (0 if is_free else 1)
    assert desk.link(event).state == LinkState.SYNCED


def connect_again(desk: Desk, by: Membership) -> CalendarConnection:
    """Type the account in."""
    return connect_typed(
        tenant=desk.tenant,
        by=by,
        provider=ProviderKey.CALDAV,
        url=f"http://127.0.0.1:{desk.listener.port}/",
        username=USER,
        password=PASSWORD,
        resource=desk.resource.pk,
        now=timezone.now(),
    )


def test_case_33_an_account_that_is_connected_again_is_the_same_connection(desk: Desk) -> None:
    event = written(desk)
    desk.put("dentist", *hours(5, 6))
    desk.visit()
    by = Membership.objects.get(tenant=desk.tenant, role="owner")
    first = connect_again(desk, by)
    found = first.calendars.get(remote_id=desk.path)
    CalendarConnection.objects.filter(pk=desk.calendar.connection_id).delete()
    choose(tenant=desk.tenant, calendar_id=found.pk, by=by, now=timezone.now(), read_busy=True, write_target=True)
    desk.calendar = found
    desk.visit()
    link, names = EventLink.objects.get(), desk.names()
    CalendarConnection.objects.update(state=ConnectionState.NEEDS_REAUTH, stale_since=desk.now)

    again = connect_again(desk, by)
    desk.visit()

    assert (again.pk, EventLink.objects.get().pk, desk.names()) == (first.pk, link.pk, names)
    assert (desk.connection.state, desk.connection.stale_since) == (ConnectionState.ACTIVE, None)
    assert event.pk == link.event_id


@pytest.mark.parametrize("asked", ["120", "Fri, 01 Jan 2100 00:00:00 GMT", ""])
def test_case_34_a_server_that_wants_to_be_left_alone_is(desk: Desk, asked: str) -> None:
    """What is on its way when the server says so cannot be called back; nothing else is sent."""
    desk.booked(20)
    headers = (("Retry-After", asked),) if asked else ()
    desk.listener.before = lambda method, _: Said(429, headers, b"") if method == "PUT" else None

    desk.visit()

    row = desk.connection
    assert (row.state, row.state_code) == (ConnectionState.RATE_LIMITED, "rate_limited")
    assert desk.listener.count("PUT") <= 2 * WRITERS
    assert desk.listener.count("REPORT") == 0
    assert row.quiet_until == row.next_attempt_at
    assert row.quiet_until is not None
    waits = {"120": 120, "": 60}.get(asked, 6 * 3600)
    assert abs(row.quiet_until - desk.now - timedelta(seconds=waits)) < timedelta(seconds=10)
    desk.book(NOON + 30 * HOUR)
    assert desk.connection.next_attempt_at == row.quiet_until
    desk.listener.forget()
    desk.now += timedelta(seconds=waits)
    desk.visit()

    assert (desk.connection.state, len(desk.names())) == (ConnectionState.ACTIVE, 21)


def test_a_password_that_is_not_taken_any_more_stops_everything(desk: Desk) -> None:
    if desk.server.kind == "xandikos":
        pytest.skip("Xandikos asks for no password without TLS")
    event = written(desk)
    desk.put("dentist", *hours(5, 6))
    desk.visit()
    connection = desk.connection
    connection.seal_secrets(schema=desk.tenant.schema_name, secrets={"username": USER, "password": "wrong"})
    connection.save()
    reschedule(tenant=desk.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)
    desk.listener.forget()

    visited = [desk.visit(), desk.visit()]

    assert visited == [True, False]
    assert (desk.connection.state, desk.connection.state_code) == (ConnectionState.NEEDS_REAUTH, "auth_failed")
    assert [status for _, _, status in desk.listener.asked] == [401, 401]
    assert (desk.busy(), desk.link(event).due_at is None) == ([(5, 6)], False)
