"""What is done at a provider once an account was disconnected: watches end, and a grant nobody uses is given back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from calendar_sync.models import CalendarConnection, Farewell
from calendar_sync.providers.base import RemoteCalendar, Watch
from calendar_sync.receivers import take_up_due_work
from calendar_sync.services.farewells import bid
from calendar_sync.services.watching import keep_watched
from core.models import Signpost, Tenant
from tests.background import NotedTasks
from tests.calendar_sync.clients import StayingClient
from tests.calendar_sync.consent.journey import START
from tests.calendar_sync.consent.stored import connected, secrets_of, with_calendar
from tests.calendar_sync.fakes.oauth import Answer, Dialect, OAuthFake
from tests.factories.schedule import ResourceFactory

DAY = timedelta(days=1)


def disconnect(owner: StayingClient, connection: CalendarConnection) -> None:
    """Disconnect an account over HTTP."""
    answer = owner.delete(f"/api/calendar-sync/connections/{connection.pk}/")
    assert answer.status_code == 204, answer.content


def sweep(queue: NotedTasks) -> list[str]:
    """Do what a worker does within half a minute."""
    take_up_due_work({"at": timezone.now().isoformat()})
    return queue.run()


def test_case_60_a_grant_is_given_back_in_the_background(
    owner: StayingClient, tenant: Tenant, provider: OAuthFake, queue: NotedTasks
) -> None:
    connection = connected(tenant, provider)
    token = secrets_of(connection, tenant)["refresh_token"]

    disconnect(owner, connection)
    assert provider.asked == {}
    assert token not in Farewell.objects.get().sealed_secrets

    assert sweep(queue) == ["bid_farewell"]
    assert provider.revoked == ["anna@example.com"]
    assert not Farewell.objects.exists()
    assert sweep(queue) == []


def test_a_grant_that_another_connection_uses_is_kept(
    owner: StayingClient, tenant: Tenant, provider: OAuthFake, queue: NotedTasks
) -> None:
    connection = connected(tenant, provider)
    connected(tenant, provider, resource=ResourceFactory.create(), next_attempt_at=None)

    disconnect(owner, connection)
    sweep(queue)

    assert provider.asked["revoke"] == 0
    assert not Farewell.objects.exists()


def test_a_grant_that_another_business_uses_is_kept(
    owner: StayingClient, tenant: Tenant, other_tenant: Tenant, provider: OAuthFake, queue: NotedTasks
) -> None:
    connection = connected(tenant, provider)
    with tenant_context(other_tenant):
        connected(other_tenant, provider)

    disconnect(owner, connection)
    sweep(queue)

    assert provider.asked["revoke"] == 0


def test_a_grant_is_kept_while_somebody_is_on_the_way_back_to_it(
    owner: StayingClient, tenant: Tenant, provider: OAuthFake
) -> None:
    disconnect(owner, connected(tenant, provider))
    owner.post(START, {"provider": "google"}, format="json")
    farewell, now = Farewell.objects.get(), timezone.now()

    meanwhile = bid(tenant=tenant, farewell_id=farewell.pk, now=now)
    asked = provider.asked["revoke"]
    farewell.refresh_from_db()
    afterwards = bid(tenant=tenant, farewell_id=farewell.pk, now=now + timedelta(minutes=11))

    assert (meanwhile, asked, farewell.next_attempt_at) == (False, 0, now + timedelta(minutes=1))
    assert (afterwards, provider.revoked) == (True, ["anna@example.com"])


def test_microsoft_has_nothing_to_give_back(
    owner: StayingClient, tenant: Tenant, provider: OAuthFake, queue: NotedTasks
) -> None:
    disconnect(owner, connected(tenant, provider, name="microsoft"))

    assert sweep(queue) == ["bid_farewell"]
    assert provider.asked == {}
    assert not Farewell.objects.exists()


def test_a_provider_in_trouble_is_asked_again_for_three_days(
    tenant: Tenant, owner: StayingClient, provider: OAuthFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    disconnect(owner, connected(tenant, provider))
    farewell = Farewell.objects.get()
    monkeypatch.setattr(provider, "_revoke", lambda given: Answer(500))
    began = farewell.created_at

    first = bid(tenant=tenant, farewell_id=farewell.pk, now=began)
    farewell.refresh_from_db()
    last = bid(tenant=tenant, farewell_id=farewell.pk, now=began + 3 * DAY)

    assert (first, farewell.next_attempt_at) == (False, began + timedelta(seconds=30))
    assert last is True
    assert not Farewell.objects.exists()


def test_an_account_that_does_not_know_us_any_more_needs_no_farewell(
    owner: StayingClient, tenant: Tenant, provider: OAuthFake, queue: NotedTasks
) -> None:
    connection = connected(tenant, provider)
    provider.end_grants()

    disconnect(owner, connection)

    assert sweep(queue) == ["bid_farewell"]
    assert not Farewell.objects.exists()


def test_a_grant_copied_to_another_farewell_is_worth_nothing(
    owner: StayingClient, tenant: Tenant, provider: OAuthFake, queue: NotedTasks
) -> None:
    disconnect(owner, connected(tenant, provider))
    sealed = Farewell.objects.get().sealed_secrets
    Farewell.objects.all().delete()
    Farewell.objects.create(
        provider="google", account_key="x" * 64, sealed_secrets=sealed, next_attempt_at=timezone.now()
    )

    sweep(queue)

    assert provider.asked["revoke"] == 0
    assert not Farewell.objects.exists()


class Watched:
    """A session that tells of changes, and what became of that."""

    requests = 0

    def __init__(self) -> None:
        self.ended: list[tuple[str, str]] = []
        self.tokens: Any = None

    def calendars(self) -> Sequence[RemoteCalendar]:
        """Return none."""
        return ()

    def watch(self, calendar_id: str, *, address: str, channel: str, secret: str) -> Watch:
        """Promise to tell of changes."""
        return Watch("reference", timezone.now() + 7 * DAY)

    def unwatch(self, reference: str) -> None:
        """Note what was ended, and with which token."""
        self.ended.append((reference, self.tokens.current()))

    def close(self) -> None:
        """End the session."""


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_what_was_watched_is_watched_no_more(
    name: Dialect,
    owner: StayingClient,
    tenant: Tenant,
    provider: OAuthFake,
    queue: NotedTasks,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    settings.CALENDAR_HOOKS = True
    connection, session = connected(tenant, provider, name=name), Watched()
    with_calendar(connection)
    anything: Any = session
    keep_watched(tenant=tenant, connection=connection, session=anything, now=timezone.now())

    def opened(provider: str, tokens: Any, *, business: str) -> Any:
        session.tokens = tokens
        return session

    monkeypatch.setattr("calendar_sync.services.farewells.session_with", opened)
    access = secrets_of(connection, tenant)["access_token"]
    assert Signpost.objects.count() == 1

    disconnect(owner, connection)

    assert not Signpost.objects.exists()
    assert Farewell.objects.get().watches == ["reference"]
    sweep(queue)
    assert session.ended == [("reference", access)]
    assert provider.revoked == (["anna@example.com"] if name == "google" else [])
