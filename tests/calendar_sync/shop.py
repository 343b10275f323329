"""A business with one resource whose calendar lies on a server in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from calendar_sync.enums import ProviderKey
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar
from calendar_sync.models.external import key_of
from calendar_sync.services.syncing import sync
from core.models import Tenant
from schedule.enums import BookingSource
from schedule.models import Event, Resource, Service, TimeOff
from schedule.selectors.conflicts import Span
from schedule.services import book
from tests.calendar_sync.fakes.memory import MemoryServer, MemorySession
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, open_around_the_clock

HOUR = timedelta(hours=1)
NOON = (timezone.now() + timedelta(days=30)).replace(hour=12, minute=0, second=0, microsecond=0)


@dataclass
class Shop:
    """What a test acts upon. `now` is the time visits are made at; `visit()` makes one."""

    tenant: Tenant
    server: MemoryServer
    resource: Resource
    service: Service
    calendar: ExternalCalendar
    now: datetime = field(default_factory=timezone.now)

    def visit(self) -> bool:
        """Visit the calendar, whether it is due or not, at `now`; later visits are later."""
        self.now = max(self.now, timezone.now()) + timedelta(seconds=1)
        return sync(tenant=self.tenant, connection_id=self.calendar.connection_id, clock=lambda: self.now)

    def book(self, at: datetime = NOON) -> Event:
        """Book the resource."""
        return book(
            tenant=self.tenant,
            service_id=self.service.pk,
            customer_id=CustomerFactory.create(name="Ada Lovelace").pk,
            start_at=at,
            by=None,
            source=BookingSource.STAFF,
        )

    @property
    def connection(self) -> CalendarConnection:
        """The connection as it is stored now."""
        return CalendarConnection.objects.get(pk=self.calendar.connection_id)

    def link(self, event: Event) -> EventLink:
        """The copy of an appointment."""
        return EventLink.objects.get(event_id=event.pk)

    def busy(self) -> list[tuple[int, int]]:
        """Busy time of the calendar, in hours from noon."""
        rows = TimeOff.objects.filter(origin=self.calendar.origin).order_by("start_at", "end_at")
        return [((row.start_at - NOON) // HOUR, (row.end_at - NOON) // HOUR) for row in rows]

    def set(self, **settings: object) -> None:
        """Change the calendar's settings."""
        ExternalCalendar.objects.filter(pk=self.calendar.pk).update(**settings)


def span(start: int, end: int) -> Span:
    """Return a span in hours from noon."""
    return Span(NOON + start * HOUR, NOON + end * HOUR)


def make_shop(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Return a shop whose connection is due."""
    server = MemoryServer()
    monkeypatch.setattr("calendar_sync.services.syncing.open_session", opener(server))
    anna = ResourceFactory.create(name="Anna")
    open_around_the_clock()
    connection = CalendarConnection(
        provider=ProviderKey.CALDAV,
        resource=anna,
        account_label="anna",
        account_key=key_of("anna"),
        next_attempt_at=timezone.now(),
    )
    connection.seal_secrets(schema=tenant.schema_name, secrets={"username": "anna", "password": "x"})
    connection.save()
    calendar = ExternalCalendar.objects.create(
        connection=connection, remote_id="cal", remote_key=key_of("cal"), read_busy=True, write_target=True
    )
    return Shop(tenant, server, anna, ServiceFactory.create(name="Cut", resources=[anna]), calendar)


def opener(server: MemoryServer) -> Callable[..., MemorySession]:
    """Return what opens sessions at the server."""
    return lambda *_, **__: MemorySession(server)
