"""From a consent to busy time and back to a notice, with both providers' fakes behind one consent."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from subprocess import CalledProcessError
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection, Farewell
from calendar_sync.services.farewells import bid
from core.active import current_tenant
from core.models import Signpost
from schedule.models import TimeOff
from tests.background import NotedTasks
from tests.calendar_sync.clients import StayingClient
from tests.calendar_sync.consent.doorstep import doorstep
from tests.calendar_sync.consent.journey import Journey
from tests.calendar_sync.fakes.discovery import Call, Contract
from tests.calendar_sync.fakes.google import FakeGoogle
from tests.calendar_sync.fakes.google_store import ITSELF
from tests.calendar_sync.fakes.google_tools import document
from tests.calendar_sync.fakes.microsoft import FakeGraph, fake_graph
from tests.calendar_sync.fakes.oauth import OAuthFake
from tests.factories.schedule import ResourceFactory

NOON = (datetime.now(UTC) + timedelta(days=30)).replace(hour=12, minute=0, second=0, microsecond=0)
HOUR = timedelta(hours=1)


class Google(FakeGoogle):
    """Google's calendars, which also tell whose they are."""

    def answer(self, call: Call, query: Mapping[str, str], headers: Mapping[str, str], body: Any) -> Any:
        """Carry out a request."""
        if call.name == "calendar.calendarList.get":
            assert call.values == {"calendarId": "primary"}
            return self.store.calendars[ITSELF].listed
        return super().answer(call, query, headers, body)


@pytest.fixture
def google(provider: OAuthFake, settings: Settings) -> Iterator[FakeGoogle]:
    """Google's calendars behind the consent."""
    try:
        contract = Contract(document())
    except (CalledProcessError, OSError) as reason:
        pytest.skip(f"Google's description of its interface cannot be had: {reason}")
    with Google(contract).running() as fake:
        good: Any = provider
        fake.tokens = good
        settings.GOOGLE_CALENDAR_URL = fake.base_url
        settings.OUTGOING_ALLOWED_HOSTS = (*settings.OUTGOING_ALLOWED_HOSTS, f"127.0.0.1:{fake.port}")
        yield fake


@pytest.fixture
def graph(provider: OAuthFake, settings: Settings) -> Iterator[FakeGraph]:
    """Microsoft's calendars behind the consent."""
    with fake_graph() as fake:
        good: Any = provider
        fake.tokens = good
        settings.MICROSOFT_GRAPH_URL = fake.url
        settings.OUTGOING_ALLOWED_HOSTS = (*settings.OUTGOING_ALLOWED_HOSTS, f"127.0.0.1:{fake.port}")
        yield fake


@pytest.fixture(autouse=True)
def _reachable(settings: Settings) -> Iterator[None]:
    """Notices can arrive."""
    with doorstep() as port:
        settings.PUBLIC_PORT, settings.CALENDAR_HOOKS = port, True
        yield


def busy() -> list[tuple[datetime, datetime]]:
    """Return the busy time of calendars."""
    return list(TimeOff.objects.exclude(origin="").order_by("start_at").values_list("start_at", "end_at"))


def journey(name: str, provider: OAuthFake, owner: StayingClient, passer_by: StayingClient, port: int) -> Journey:
    """Return the way of the owner, whose platform listens on another port than usual."""
    provider.redirect = f"http://localhost:{port}/api/calendar-sync/oauth/{{}}/callback/"
    return Journey(provider, owner, passer_by, name=name, body={"resource": ResourceFactory.create().pk})


def test_the_whole_way_of_google(
    google: FakeGoogle,
    provider: OAuthFake,
    owner: StayingClient,
    passer_by: StayingClient,
    queue: NotedTasks,
    settings: Settings,
) -> None:
    google.add("lunch", NOON.isoformat(), (NOON + HOUR).isoformat())

    journey("google", provider, owner, passer_by, settings.PUBLIC_PORT).go()
    queue.run()

    connection = CalendarConnection.objects.get()
    assert (connection.state, busy()) == (ConnectionState.ACTIVE, [(NOON, NOON + HOUR)])
    assert Signpost.objects.filter(purpose="calendar_sync.watch/google").count() == 1
    [channel] = google.channels.values()
    google.edit("lunch", start=(NOON + HOUR).isoformat(), end=(NOON + 2 * HOUR).isoformat())
    provider.expire_access()
    told = {"X-Goog-Channel-ID": channel.name, "X-Goog-Channel-Token": channel.token, "X-Goog-Resource-State": "exists"}
    assert passer_by.post("/api/calendar-sync/hooks/google/", headers=told).status_code == 200
    queue.run()
    assert busy() == [(NOON + HOUR, NOON + 2 * HOUR)]
    assert provider.asked["refresh_token"] == 1

    owner.delete(f"/api/calendar-sync/connections/{connection.pk}/")
    say_farewell()

    assert (google.channels, provider.revoked) == ({}, ["anna@example.com"])
    assert not Signpost.objects.filter(used_at=None).exists()


def test_the_whole_way_of_microsoft(
    graph: FakeGraph,
    provider: OAuthFake,
    owner: StayingClient,
    passer_by: StayingClient,
    queue: NotedTasks,
    settings: Settings,
) -> None:
    graph.mailbox.add_calendar("Calendar")

    journey("microsoft", provider, owner, passer_by, settings.PUBLIC_PORT).go()
    queue.run()

    connection = CalendarConnection.objects.get()
    assert (connection.state, connection.account_label) == (ConnectionState.ACTIVE, "anna@contoso.example")
    [subscription] = graph.subscriptions.values()
    assert subscription["notificationUrl"].endswith("/api/calendar-sync/hooks/microsoft/")
    provider.expire_access()
    notice = {"subscriptionId": subscription["id"], "clientState": subscription["clientState"]}
    CalendarConnection.objects.update(told_at=None)
    heard = passer_by.post("/api/calendar-sync/hooks/microsoft/", {"value": [notice]}, format="json")
    assert (heard.status_code, queue.run()) == (202, ["sync_connection"])
    connection.refresh_from_db()
    assert (connection.state, provider.asked["refresh_token"]) == (ConnectionState.ACTIVE, 1)

    owner.delete(f"/api/calendar-sync/connections/{connection.pk}/")
    say_farewell()

    assert graph.subscriptions == {}
    assert graph.complaints == []


def say_farewell() -> None:
    """Do what a worker does once nobody is on the way back from a consent page any more."""
    later = timezone.now() + timedelta(minutes=20)
    assert bid(tenant=current_tenant(), farewell_id=Farewell.objects.get().pk, now=later)
