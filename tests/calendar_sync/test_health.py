"""Connections that fail: when they are tried again, what is kept, and who is told."""

from datetime import timedelta

import pytest

from calendar_sync.enums import Code, ConnectionState, PausedBy
from calendar_sync.models import CalendarConnection, SyncRun
from calendar_sync.providers.base import AuthLost, Passing, Permanent, ProviderFailure, Throttled
from calendar_sync.services.health import pause_after
from core.leases import claim
from core.models import Tenant
from core.topics import publish
from tests.calendar_sync.fakes.memory import Stored
from tests.calendar_sync.shop import HOUR, NOON, Shop, span


def fail(shop: Shop, failure: ProviderFailure) -> None:
    """Let every request fail, and visit."""

    def before(*_: str) -> None:
        raise failure

    shop.server.before = before
    shop.visit()


def allow(shop: Shop, allowed: bool | None) -> None:
    """Override the plan, or leave it to the plan."""
    shop.tenant.can_use_calendar_sync = allowed
    Tenant.objects.filter(pk=shop.tenant.pk).update(can_use_calendar_sync=allowed)


def test_case_32_lost_access_stops_everything_and_keeps_what_is_known(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, object]] = []
    monkeypatch.setattr("calendar_sync.services.health.publish", lambda topic, fact: told.append({topic: fact}))
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    shop.visit()
    worked_at = shop.connection.last_success_at

    fail(shop, AuthLost(Code.AUTH_FAILED, "Password refused."))
    calls = len(shop.server.calls)
    for _ in range(3):
        assert not shop.visit()

    connection = shop.connection
    assert (connection.state, connection.state_code, connection.state_detail) == (
        ConnectionState.NEEDS_REAUTH,
        "auth_failed",
        "Password refused.",
    )
    assert (connection.next_attempt_at, connection.stale_since) == (None, worked_at)
    assert len(shop.server.calls) == calls
    assert shop.busy() == [(0, 1)]
    assert told == [{"calendar.connection_failed": {"connection_id": str(connection.pk), "code": "auth_failed"}}]


def test_case_34_a_server_that_asks_to_wait_is_left_alone(shop: Shop) -> None:
    event = shop.book()
    until = shop.now + timedelta(seconds=120)
    fail(shop, Throttled("Wait.", until=until))

    connection = shop.connection
    assert (connection.state, connection.quiet_until, connection.next_attempt_at) == (
        ConnectionState.RATE_LIMITED,
        until,
        until,
    )
    shop.book(event.start_at + timedelta(hours=2))
    assert shop.connection.next_attempt_at == until


def test_passing_failures_are_tried_again_ever_later(shop: Shop) -> None:
    pauses = []
    for _ in range(3):
        fail(shop, Passing(Code.TIMEOUT, "Slow."))
        next_at = shop.connection.next_attempt_at
        assert next_at is not None
        pauses.append((next_at - shop.now).total_seconds())
        assert shop.connection.state == ConnectionState.DEGRADED

    assert [low <= pause <= high for pause, (low, high) in zip(pauses, [(12, 18), (24, 36), (48, 72)], strict=True)]
    shop.server.before = lambda *_: None
    shop.visit()
    assert (shop.connection.failures, shop.connection.stale_since) == (0, None)


def test_pauses_end_at_a_quarter_of_an_hour() -> None:
    assert timedelta(minutes=12) <= pause_after(500) <= timedelta(minutes=18)


def test_case_35_what_no_repetition_mends_is_an_error(shop: Shop) -> None:
    fail(shop, Permanent(Code.MISSING_SCOPE, "May not read."))

    assert (shop.connection.state, shop.connection.state_code, shop.connection.next_attempt_at) == (
        ConnectionState.ERROR,
        "missing_scope",
        None,
    )
    assert SyncRun.objects.get().outcome == "failed"


def test_case_59_a_lost_plan_pauses_and_a_regained_one_resumes(shop: Shop) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    event = shop.book(NOON + 5 * HOUR)
    shop.visit()
    allow(shop, False)

    shop.visit()
    assert (shop.connection.state, shop.connection.paused_by) == (ConnectionState.PAUSED, PausedBy.PLAN)
    assert shop.busy() == [(0, 1)]
    calls = len(shop.server.calls)
    assert not shop.visit()
    assert len(shop.server.calls) == calls

    allow(shop, None)
    publish("work.sweep_due", {"at": shop.now.isoformat()})
    assert shop.visit()

    assert shop.connection.state == ConnectionState.ACTIVE
    assert (shop.busy(), len(shop.server.entries["cal"])) == ([(0, 1)], 2)
    assert shop.link(event).state == "synced"


def test_case_60_a_connection_somebody_has_is_not_visited(shop: Shop) -> None:
    now = shop.now + timedelta(seconds=1)
    assert claim(CalendarConnection.objects.all(), pk=shop.calendar.connection_id, now=now) is not None

    assert not shop.visit()
    assert shop.server.calls == []

    shop.now += timedelta(minutes=5)
    assert shop.visit()
