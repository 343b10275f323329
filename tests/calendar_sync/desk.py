"""A business with one resource whose calendar lies on a real server, reached through a listener."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar
from calendar_sync.models.external import key_of
from calendar_sync.services.syncing import sync
from core.models import Tenant
from schedule.enums import BookingSource
from schedule.models import Event, Resource, Service, TimeOff
from schedule.services import book
from tests.calendar_sync.accounts import connected
from tests.calendar_sync.between import Between
from tests.calendar_sync.servers import CalDavServer
from tests.calendar_sync.shop import HOUR, NOON
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, open_around_the_clock

UTC_TEXT = "%Y%m%dT%H%M%SZ"


@dataclass
class Desk:
    """What a test acts upon. `server` is asked by the test itself; `listener` sees what we ask."""

    tenant: Tenant
    server: CalDavServer
    listener: Between
    resource: Resource
    service: Service
    calendar: ExternalCalendar
    now: datetime = field(default_factory=timezone.now)

    def visit(self, calendar: ExternalCalendar | None = None) -> bool:
        """Visit the calendar (or another), whether it is due or not; later visits are later."""
        self.now = max(self.now, timezone.now()) + timedelta(seconds=1)
        visited = calendar or self.calendar
        return sync(tenant=self.tenant, connection_id=visited.connection_id, clock=lambda: self.now)

    def book(self, at: datetime = NOON) -> Event:
        """Book the resource."""
        return book(
            tenant=self.tenant,
            service_id=self.service.pk,
            customer_id=CustomerFactory.create(name="Ada Lovelace", email="ada@example.com").pk,
            start_at=at,
            by=None,
            source=BookingSource.STAFF,
        )

    def booked(self, count: int) -> list[Event]:
        """Book so many hours in a row."""
        return [self.book(NOON + number * HOUR) for number in range(count)]

    @property
    def connection(self) -> CalendarConnection:
        """The connection as it is stored now."""
        return CalendarConnection.objects.get(pk=self.calendar.connection_id)

    @property
    def path(self) -> str:
        """The calendar's path on the server."""
        return self.calendar.remote_id

    def set(self, **settings: object) -> None:
        """Change the calendar's row."""
        ExternalCalendar.objects.filter(pk=self.calendar.pk).update(**settings)

    def link(self, event: Event) -> EventLink:
        """The copy of an appointment in this calendar."""
        return EventLink.objects.get(event_id=event.pk, calendar=self.calendar)

    def file(self, event: Event) -> str:
        """The path of an appointment's entry."""
        return self.link(event).remote_id

    def text(self, path: str) -> str:
        """Return an entry as the server has it, unfolded."""
        status, said = self.server.request("GET", path)
        assert status == 200, (status, said)
        return said.decode().replace("\r\n", "\n").replace("\n ", "")

    def names(self) -> list[str]:
        """The names of the entries on the server."""
        return self.server.names(self.path)

    def put(self, name: str, *lines: str, path: str = "") -> str:
        """Write an entry as another client would; return its path. Lines without BEGIN are those of one event."""
        where = f"{path or self.path}{name}.ics"
        content = entry(f"{name}-{self.calendar.pk.hex}", *lines) if "BEGIN:VEVENT" not in lines else list(lines)
        status, said = self.server.request("PUT", where, calendar_of(content), Content_Type="text/calendar")
        assert status in {200, 201, 204}, (status, said)
        return where

    def rewrite(self, path: str, changes: Mapping[str, str]) -> None:
        """Change an entry's text as another client would: what is a key becomes its value."""
        text = self.text(path)
        for old, new in changes.items():
            assert old in text, text
            text = text.replace(old, new)
        changed = text.replace("\n", "\r\n").encode()
        status, said = self.server.request("PUT", path, changed, Content_Type="text/calendar")
        assert status in {200, 201, 204}, (status, said)

    def drop(self, path: str) -> None:
        """Delete an entry, or a calendar, as another client would."""
        status, said = self.server.request("DELETE", path)
        assert status in {200, 204}, (status, said)

    def busy(self, calendar: ExternalCalendar | None = None) -> list[tuple[float, float]]:
        """Busy time of the calendar, in hours from noon."""
        rows = TimeOff.objects.filter(origin=(calendar or self.calendar).origin).order_by("start_at", "end_at")
        return [((row.start_at - NOON) / HOUR, (row.end_at - NOON) / HOUR) for row in rows]

    def another(self, **settings: object) -> ExternalCalendar:
        """Return another calendar of the same account under a connection of another resource."""
        return self._connected(ResourceFactory.create(), **settings)

    def _connected(self, resource: Resource, **settings: object) -> ExternalCalendar:
        seen = replace(self.server, port=self.listener.port)
        return connected(self.tenant, seen, self.server.make_calendar(uuid4().hex[:12]), resource=resource, **settings)


def make_desk(tenant: Tenant, server: CalDavServer, listener: Between) -> Desk:
    """Return a desk whose connection is due and whose calendar is empty."""
    anna = ResourceFactory.create(name="Anna")
    open_around_the_clock()
    service = ServiceFactory.create(name="Cut", resources=[anna])
    desk = Desk(tenant, server, listener, anna, service, ExternalCalendar(remote_key=key_of("")))
    desk.calendar = desk._connected(anna)
    return desk


def hours(start: float, end: float) -> tuple[str, str]:
    """Return the lines of a time in hours from noon."""
    return f"DTSTART:{NOON + start * HOUR:{UTC_TEXT}}", f"DTEND:{NOON + end * HOUR:{UTC_TEXT}}"


def shifted(start_at: datetime, end_at: datetime, *, by: int) -> dict[str, str]:
    """Return what to rewrite in an entry to move it by so many hours."""
    return {
        f"{name}:{at:{UTC_TEXT}}": f"{name}:{at + by * HOUR:{UTC_TEXT}}"
        for name, at in (("DTSTART", start_at), ("DTEND", end_at))
    }


def entry(uid: str, *lines: str) -> list[str]:
    """Return the lines of an event."""
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"]


def calendar_of(lines: list[str]) -> bytes:
    """Return the lines as a calendar."""
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Else//EN", *lines, "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()
