"""Where servers tell of changes: only who holds a channel's secret is heard, and all it does is to wake a visit."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from calendar_sync.enums import ConnectionState, ProviderKey
from calendar_sync.models import CalendarConnection
from core.models import Signpost, Tenant
from tests.background import NotedTasks
from tests.calendar_sync.clients import StayingClient
from tests.calendar_sync.fakes.watched import Channel, Promises, watched
from tests.calendar_sync.shop import Shop

GOOGLE, MICROSOFT = "/api/calendar-sync/hooks/google/", "/api/calendar-sync/hooks/microsoft/"
SECOND = timedelta(seconds=1)


@pytest.fixture
def server(tenant: Tenant) -> StayingClient:
    """A server of a provider, at the platform's address."""
    client = StayingClient(SERVER_NAME="localhost")
    client.tenant = tenant
    return client


@pytest.fixture
def promises(shop: Shop, monkeypatch: pytest.MonkeyPatch, settings: Settings, queue: NotedTasks) -> Promises:
    """What the shop's server promised; it was visited a while ago, and nothing is queued."""
    settings.CALENDAR_HOOKS = True
    found = watched(shop, monkeypatch)
    shop.visit()
    CalendarConnection.objects.update(told_at=None, next_attempt_at=timezone.now() + timedelta(minutes=5))
    queue.lose()
    cache.clear()
    return found


def tell(server: StayingClient, channel: Channel, **changed: str) -> int:
    """Tell of a change as Google does: headers and no body; return the status."""
    headers = {
        "X-Goog-Channel-ID": channel.name,
        "X-Goog-Channel-Token": channel.secret,
        "X-Goog-Resource-State": "exists",
        "X-Goog-Message-Number": "2",
        "X-Goog-Resource-ID": "o3hgv1538sdjfh",
        **{f"X-Goog-{name.replace('_', '-')}": value for name, value in changed.items()},
    }
    return int(server.post(GOOGLE, headers=headers).status_code)


def is_due(shop: Shop) -> bool:
    """Tell whether the connection would be visited now."""
    at = shop.connection.next_attempt_at
    return at is not None and at <= timezone.now()


def test_a_notice_makes_the_connection_due_and_wakes_a_worker(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    assert tell(server, promises.made[0]) == 200

    assert (queue.names, queue.arguments[0][0]) == (["sync_connection"], [str(shop.connection.pk)])
    assert is_due(shop)


def test_case_56_the_first_message_of_a_channel_is_no_change(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    assert tell(server, promises.made[0], Resource_State="sync", Message_Number="1") == 200

    assert (queue.names, is_due(shop)) == ([], False)


@pytest.mark.parametrize(
    "changed",
    [
        {"Channel_Token": "another"},
        {"Channel_Token": ""},
        {"Channel_ID": "another"},
        {"Channel_ID": ""},
        {"Channel_ID": "ünknown"},
    ],
    ids=str,
)
def test_case_56_who_does_not_know_the_channel_is_not_heard(
    changed: dict[str, str], shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    assert tell(server, promises.made[0], **changed) == 404

    assert (queue.names, is_due(shop)) == ([], False)


def test_case_56_a_channel_that_has_ended_is_not_heard(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    Signpost.objects.update(expires_at=timezone.now() - SECOND)

    assert tell(server, promises.made[0]) == 404
    assert queue.names == []


def test_case_56_a_notice_that_comes_twice_makes_one_pull(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    shop.server.calls.clear()

    told = [tell(server, promises.made[0]), tell(server, promises.made[0])]
    queue.run()
    told.append(tell(server, promises.made[0]))
    queue.run()

    assert told == [200, 200, 200]
    assert [name for name, _ in shop.server.calls] == ["pull"]
    assert not is_due(shop)


def test_case_56_notices_that_come_together_make_one_pull(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    for number in range(2, 7):
        tell(server, promises.made[0], Message_Number=str(number))

    assert queue.names == ["sync_connection"]


def test_a_change_after_the_visit_is_not_lost(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    tell(server, promises.made[0])
    queue.run()

    tell(server, promises.made[0], Message_Number="3")

    at = shop.connection.next_attempt_at
    assert queue.names == []
    assert at is not None
    assert timedelta() < at - timezone.now() <= 10 * SECOND


def test_a_change_during_the_visit_is_not_lost(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    def meanwhile(called: str, _: str) -> None:
        if called == "pull":
            shop.server.before = lambda *_: None
            tell(server, promises.made[0])

    shop.server.before = meanwhile
    shop.visit()

    at = shop.connection.next_attempt_at
    assert at is not None
    assert at <= shop.now


@pytest.mark.parametrize("state", [ConnectionState.NEEDS_REAUTH, ConnectionState.PAUSED, ConnectionState.DISCONNECTING])
def test_a_connection_at_rest_stays_at_rest(
    state: ConnectionState, shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    CalendarConnection.objects.update(state=state, next_attempt_at=None)

    assert tell(server, promises.made[0]) == 200

    assert (queue.names, shop.connection.next_attempt_at) == ([], None)


def test_a_server_that_wants_to_be_left_alone_is_left_alone(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    until = timezone.now() + timedelta(minutes=2)
    CalendarConnection.objects.update(quiet_until=until, next_attempt_at=until)

    assert tell(server, promises.made[0]) == 200

    assert (queue.names, shop.connection.next_attempt_at) == ([], until)


def test_case_58_a_notice_reaches_the_business_its_secret_was_made_for(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks, other_tenant: Tenant
) -> None:
    Signpost.objects.update(tenant=other_tenant)

    # Sealed for a calendar of the first business, it opens for none of the other's.
    assert tell(server, promises.made[0]) == 404
    assert (queue.names, is_due(shop)) == ([], False)


def test_a_calendar_that_went_is_not_heard_of(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    CalendarConnection.objects.all().delete()

    assert tell(server, promises.made[0]) == 404
    assert queue.names == []


def test_a_suspended_business_is_not_woken(
    shop: Shop, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    Tenant.objects.filter(pk=shop.tenant.pk).update(suspended_at=timezone.now())

    assert tell(server, promises.made[0]) == 200
    assert queue.names == []


def test_the_business_is_left_again(shop: Shop, promises: Promises, server: StayingClient) -> None:
    tell(server, promises.made[0])

    nothing = server.get("/api/customers/")

    assert (nothing.status_code, nothing.json()["code"]) == (401, "not_authenticated")


@pytest.fixture
def graph(shop: Shop, promises: Promises) -> Channel:
    """The shop's channel, as one of Microsoft's."""
    CalendarConnection.objects.update(provider=ProviderKey.MICROSOFT)
    Signpost.objects.update(purpose="calendar_sync.watch/microsoft")
    return promises.made[0]


def notice(channel: Channel, **fields: Any) -> dict[str, Any]:
    """Return a notice of Graph's."""
    return {
        "subscriptionId": "reference-1",
        "clientState": channel.secret,
        "changeType": "updated",
        "resource": "Users/user-1/Events/AAMk",
        "tenantId": "tenant-1",
        **fields,
    }


def send(server: StayingClient, *notices: dict[str, Any]) -> int:
    """Send notices as Graph does; return the status."""
    return int(server.post(MICROSOFT, {"value": list(notices)}, format="json").status_code)


def test_graphs_token_is_echoed_as_plain_text(server: StayingClient) -> None:
    token = "Validation: <b>Testing</b> reachability ü & more"

    answer = server.post(
        f"{MICROSOFT}?validationToken=Validation%3A%20%3Cb%3ETesting%3C%2Fb%3E%20reachability%20%C3%BC%20%26%20more"
    )

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.decode() == token
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_graphs_notices_wake_one_visit(shop: Shop, graph: Channel, server: StayingClient, queue: NotedTasks) -> None:
    assert send(server, notice(graph), notice(graph), notice(graph, changeType="deleted")) == 202

    assert (queue.names, is_due(shop)) == (["sync_connection"], True)


@pytest.mark.parametrize("state", ["another", "", None, 7, {"$ne": ""}], ids=str)
def test_case_56_graphs_notices_with_another_state_are_not_heard(
    state: object, shop: Shop, graph: Channel, server: StayingClient, queue: NotedTasks
) -> None:
    assert send(server, notice(graph, clientState=state)) == 404

    assert (queue.names, is_due(shop)) == ([], False)


def test_a_known_notice_among_unknown_ones_is_heard(graph: Channel, server: StayingClient, queue: NotedTasks) -> None:
    assert send(server, notice(graph, clientState="another"), notice(graph)) == 202

    assert queue.names == ["sync_connection"]


@pytest.mark.parametrize("event", ["reauthorizationRequired", "subscriptionRemoved"])
def test_a_subscription_about_to_end_is_made_anew(
    event: str, shop: Shop, graph: Channel, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    assert send(server, notice(graph, changeType=None, lifecycleEvent=event)) == 202
    shop.now = timezone.now() + timedelta(minutes=2)
    shop.visit()

    assert (len(promises.made), promises.ended) == (2, ["reference-1"])
    assert queue.names == ["sync_connection"]


def test_missed_notices_lead_to_a_visit(
    shop: Shop, graph: Channel, promises: Promises, server: StayingClient, queue: NotedTasks
) -> None:
    assert send(server, notice(graph, changeType=None, lifecycleEvent="missed")) == 202
    shop.visit()

    assert (queue.names, len(promises.made)) == (["sync_connection"], 1)


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"value": 1}', '{"value": []}', '{"value": [1]}'], ids=repr)
@pytest.mark.usefixtures("tenant")
def test_what_is_no_notice_breaks_nothing(body: str, server: StayingClient) -> None:
    answer = server.generic("POST", MICROSOFT, body, content_type="application/json")

    assert (answer.status_code, "code" in answer.json()) in {(400, True), (404, True)}


@pytest.mark.usefixtures("tenant")
def test_hooks_are_no_place_for_readers(server: StayingClient) -> None:
    assert [server.get(path).status_code for path in (GOOGLE, MICROSOFT)] == [405, 405]
