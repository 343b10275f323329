"""A business with one resource whose calendar lies in the fake Microsoft 365 mailbox."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from calendar_sync.enums import Code, ProviderKey
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import AuthLost, Reading
from calendar_sync.providers.microsoft.session import MicrosoftSession
from calendar_sync.services.syncing import sync
from core.models import Tenant
from schedule.enums import BookingSource
from schedule.models import Event, Resource, Service, TimeOff
from schedule.selectors.conflicts import Span
from schedule.services import book
from tests.calendar_sync.fakes.graph_mailbox import Event as Stored
from tests.calendar_sync.fakes.graph_mailbox import Json, Mailbox
from tests.calendar_sync.fakes.microsoft import FakeGraph
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, open_around_the_clock

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOON = (timezone.now() + timedelta(days=30)).replace(hour=12, minute=0, second=0, microsecond=0)


class FixedTokens:
    """Access tokens from a list: each that is refused is followed by the next."""

    def __init__(self, *tokens: str) -> None:
        self.left = list(tokens) or ["access-1"]

    def current(self) -> str:
        """Return the present token."""
        return self.left[0]

    def renewed(self, refused: str) -> str:
        """Return the next token. Raises AuthLost after the last."""
        if self.left[0] == refused:
            del self.left[0]
        if not self.left:
            self.left = [refused]
            raise AuthLost(Code.AUTH_FAILED, "No more.")
        return self.left[0]


@dataclass
class Office:
    """What a test acts upon. `now` is the time visits are made at; `visit()` makes one."""

    tenant: Tenant
    graph: FakeGraph
    resource: Resource
    service: Service
    calendar: ExternalCalendar
    now: datetime = field(default_factory=timezone.now)

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox behind the service."""
        return self.graph.mailbox

    @property
    def connection(self) -> CalendarConnection:
        """The connection as it is stored now."""
        return CalendarConnection.objects.get(pk=self.calendar.connection_id)

    def visit(self, *, after: timedelta = timedelta(seconds=1), at: datetime | None = None) -> bool:
        """Visit the calendar, whether it is due or not; later visits are later, unless one is to be `at` a time."""
        self.now = at or max(self.now, timezone.now()) + after
        return sync(tenant=self.tenant, connection_id=self.calendar.connection_id, clock=lambda: self.now)

    def book(self, at: datetime = NOON) -> Event:
        """Book the resource."""
        return book(
            tenant=self.tenant,
            service_id=self.service.pk,
            customer_id=CustomerFactory.create(name="Ada Lovelace", email="ada@example.org").pk,
            start_at=at,
            by=None,
            source=BookingSource.STAFF,
        )

    def link(self, event: Event) -> EventLink:
        """The copy of an appointment."""
        return EventLink.objects.get(event_id=event.pk)

    def entry(self, event: Event) -> Stored:
        """The appointment's entry in the mailbox."""
        return self.mailbox.events[self.link(event).remote_id]

    def meet(self, start: datetime, end: datetime, **properties: Any) -> Stored:
        """Put somebody else's event into the calendar."""
        return self.mailbox.put(self.calendar.remote_id, {"start": utc(start), "end": utc(end), **properties})

    def spans(self) -> list[tuple[datetime, datetime]]:
        """Busy time of the calendar."""
        rows = TimeOff.objects.filter(origin=self.calendar.origin).order_by("start_at", "end_at")
        return [(row.start_at, row.end_at) for row in rows]

    def busy(self) -> list[tuple[int, int]]:
        """Busy time of the calendar, in hours from noon."""
        return [((start - NOON) // HOUR, (end - NOON) // HOUR) for start, end in self.spans()]

    def set(self, **settings: object) -> None:
        """Change the calendar's settings."""
        ExternalCalendar.objects.filter(pk=self.calendar.pk).update(**settings)


def utc(at: datetime) -> Json:
    """Return an instant as a dateTimeTimeZone in UTC."""
    return clock(at.astimezone(UTC).replace(tzinfo=None), "UTC")


def clock(at: datetime, zone: str) -> Json:
    """Return a reading of the clock as a dateTimeTimeZone."""
    return {"dateTime": at.isoformat(), "timeZone": zone}


def hours(start: int, end: int) -> tuple[datetime, datetime]:
    """Return two instants in hours from noon."""
    return NOON + start * HOUR, NOON + end * HOUR


def opener(graph: FakeGraph) -> Callable[..., MicrosoftSession]:
    """Return what opens sessions at the service."""
    return lambda *_, **__: session_at(graph)


def session_at(graph: FakeGraph, *tokens: str) -> MicrosoftSession:
    """Return a session at the service."""
    return MicrosoftSession(tokens=FixedTokens(*tokens), base_url=graph.url)


def reading(graph: FakeGraph, calendar: str, **given: Any) -> Reading:
    """Return a reading of a calendar for a year around now."""
    now = timezone.now()
    defaults: Json = {"window": Span(now - DAY, now + 400 * DAY), "time_zone": "America/New_York"}
    return Reading(remote_id=calendar, **(defaults | given))


def make_office(tenant: Tenant, graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return an office whose connection is due."""
    monkeypatch.setattr("calendar_sync.services.syncing.open_session", opener(graph))
    path = graph.mailbox.add_calendar("Calendar")
    anna = ResourceFactory.create(name="Anna")
    open_around_the_clock()
    connection = CalendarConnection.objects.create(
        provider=ProviderKey.MICROSOFT,
        resource=anna,
        account_label="anna@contoso.example",
        account_key=key_of("user-1"),
        next_attempt_at=timezone.now(),
    )
    calendar = ExternalCalendar.objects.create(
        connection=connection, remote_id=path, remote_key=key_of(path), read_busy=True, write_target=True
    )
    return Office(tenant, graph, anna, ServiceFactory.create(name="Cut", resources=[anna]), calendar)
