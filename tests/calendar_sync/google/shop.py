"""A business with one resource whose calendar lies at Google, and what is read from that calendar."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from calendar_sync.enums import ProviderKey
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import Copy, Pulled, Reading
from calendar_sync.providers.google.session import GoogleSession
from calendar_sync.services.syncing import sync
from core.models import Tenant
from schedule.enums import BookingSource
from schedule.models import Event, Resource, Service, TimeOff
from schedule.selectors.conflicts import Span
from schedule.services import book
from tests.calendar_sync.fakes.google import TOKEN, FakeGoogle
from tests.calendar_sync.fakes.google_store import ITSELF
from tests.calendar_sync.ics.texts import spans
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, open_around_the_clock

HOUR = timedelta(hours=1)
NOON = (timezone.now() + timedelta(days=30)).replace(hour=12, minute=0, second=0, microsecond=0)
ZONE = "America/New_York"
YEAR = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
LINK = UUID("0190b3c0-0000-7000-8000-000000000001")


@dataclass
class OneToken:
    """A token that is good for ever, or was never good."""

    token: str = TOKEN

    def current(self) -> str:
        """Return the token."""
        return self.token

    def renewed(self, refused: str) -> str:
        """Return the same token."""
        return self.token


def session_at(google: FakeGoogle, *, business: str = "") -> GoogleSession:
    """Open a session."""
    return GoogleSession(tokens=OneToken(), base_url=google.base_url, business=business)


def read(session: GoogleSession, *, window: Span = YEAR, token: str = "", tentative_blocks: bool = True) -> Pulled:
    """Read the calendar, all of it or what changed since `token`."""
    return session.pull(Reading(ITSELF, window, ZONE, token=token, tentative_blocks=tentative_blocks))


def busy(pulled: Pulled) -> list[str]:
    """Return the busy time that was read as texts like `02-26 14:00/15:00` in UTC."""
    return spans([(span.start_at, span.end_at) for item in pulled.items for span in item.busy])


def warnings(pulled: Pulled) -> set[str]:
    """Return every warning."""
    return {warning for item in pulled.items for warning in item.warnings}


def copy(**fields: Any) -> Copy:
    """Return a copy of an appointment."""
    usual: dict[str, Any] = {
        "uid": LINK.hex,
        "marker": LINK,
        "business": "acme",
        "start_at": NOON,
        "end_at": NOON + HOUR,
        "summary": "Cut · Ada Lovelace",
        "description": "+1 555 0100",
    }
    return Copy(**{**usual, **fields})


@dataclass
class GoogleShop:
    """What a test acts upon. `now` is the time visits are made at; `visit()` makes one."""

    tenant: Tenant
    google: FakeGoogle
    resource: Resource
    service: Service
    calendar: ExternalCalendar
    now: datetime = field(default_factory=timezone.now)

    def visit(self) -> bool:
        """Visit the calendar, whether it is due or not; later visits are later."""
        self.now = max(self.now, timezone.now()) + timedelta(seconds=1)
        return sync(tenant=self.tenant, connection_id=self.calendar.connection_id, clock=lambda: self.now)

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

    def written(self, at: datetime = NOON) -> Event:
        """Return an appointment that has its entry."""
        event = self.book(at)
        self.visit()
        return event

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

    def meeting(self, name: str, start: int, end: int, **fields: Any) -> None:
        """Put an entry of somebody else's into the calendar, in hours from noon."""
        self.google.add(name, hours(start), hours(end), **fields)


def hours(number: int) -> str:
    """Return so many hours from noon as Google says it."""
    return (NOON + number * HOUR).isoformat()


def writes(shop: GoogleShop) -> list[str]:
    """Return the requests that wrote, in order."""
    return [one.name.rpartition(".")[2] for one in shop.google.seen if one.http_method != "GET"]


def start_there(shop: GoogleShop) -> int:
    """Return when the one entry in the calendar starts, in hours from noon."""
    [event] = shop.google.present()
    return (datetime.fromisoformat(event["start"]["dateTime"]) - NOON) // HOUR


def make_google_shop(tenant: Tenant, google: FakeGoogle, monkeypatch: pytest.MonkeyPatch) -> GoogleShop:
    """Return a shop whose connection is due."""
    monkeypatch.setattr(
        "calendar_sync.services.syncing.open_session",
        lambda *_, **__: session_at(google, business=tenant.schema_name),
    )
    anna = ResourceFactory.create(name="Anna")
    open_around_the_clock()
    connection = CalendarConnection(
        provider=ProviderKey.GOOGLE,
        resource=anna,
        account_label=ITSELF,
        account_key=key_of(ITSELF),
        next_attempt_at=timezone.now(),
    )
    connection.save()
    calendar = ExternalCalendar.objects.create(
        connection=connection,
        remote_id=ITSELF,
        remote_key=key_of(ITSELF),
        time_zone=ZONE,
        read_busy=True,
        write_target=True,
    )
    return GoogleShop(tenant, google, anna, ServiceFactory.create(name="Cut", resources=[anna]), calendar)
