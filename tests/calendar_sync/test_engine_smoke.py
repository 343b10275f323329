"""End to end with a real server: an appointment appears, moves and vanishes; busy time comes back."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection, EventLink, SyncRun
from calendar_sync.services.syncing import sync
from core.models import Tenant
from schedule.enums import BookingSource
from schedule.models import TimeOff
from schedule.services import book, cancel, reschedule
from tests.calendar_sync.accounts import connected
from tests.calendar_sync.servers import CalDavServer
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, open_around_the_clock

IN_A_WEEK = (timezone.now() + timedelta(days=7)).replace(hour=12, minute=0, second=0, microsecond=0)


def test_there_and_back(tenant: Tenant, server: CalDavServer) -> None:
    anna = ResourceFactory.create()
    open_around_the_clock()
    calendar = connected(tenant, server, server.make_calendar("smoke"), resource=anna)
    visit = partial(sync, tenant=tenant, connection_id=calendar.connection_id)
    event = book(
        tenant=tenant,
        service_id=ServiceFactory.create(resources=[anna]).pk,
        customer_id=CustomerFactory.create().pk,
        start_at=IN_A_WEEK,
        by=None,
        source=BookingSource.STAFF,
    )

    assert visit()
    connection = CalendarConnection.objects.get()
    assert (connection.state, connection.state_detail) == (ConnectionState.ACTIVE, "")
    link = EventLink.objects.get()
    assert server.names(calendar.remote_id) == [f"{link.pk.hex}.ics"]
    assert TimeOff.objects.filter(origin=calendar.origin).count() == 0

    reschedule(tenant=tenant, event_id=event.pk, start_at=IN_A_WEEK + timedelta(hours=3), by=None)
    assert visit()
    _, text = server.request("GET", f"{calendar.remote_id}{link.pk.hex}.ics")
    assert f"DTSTART:{(IN_A_WEEK + timedelta(hours=3)):%Y%m%dT%H%M%SZ}" in text.decode()

    server.request(
        "PUT",
        f"{calendar.remote_id}dentist.ics",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20260101T000000Z\r\n"
        + f"DTSTART:{IN_A_WEEK:%Y%m%dT%H%M%SZ}\r\nDTEND:{IN_A_WEEK + timedelta(hours=1):%Y%m%dT%H%M%SZ}\r\n".encode()
        + b"SUMMARY:secret\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        Content_Type="text/calendar",
    )
    assert visit()
    [off] = TimeOff.objects.filter(origin=calendar.origin)
    assert (off.start_at, off.end_at, off.resource_id, off.reason) == (
        IN_A_WEEK,
        IN_A_WEEK + timedelta(hours=1),
        anna.pk,
        "",
    )

    cancel(tenant=tenant, event_id=event.pk, by=None)
    assert visit()
    assert server.names(calendar.remote_id) == ["dentist.ics"]
    assert [run.outcome for run in SyncRun.objects.order_by("pk")] == ["done"] * 4
