"""`sync_calendars` visits what it is told to, and says how it went."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from calendar_sync.enums import Code, ConnectionState
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import AuthLost
from core.models import Tenant
from tests.calendar_sync.fakes.memory import Stored
from tests.calendar_sync.shop import NOON, Shop, span


def run(**options: Any) -> tuple[int, str]:
    """Return the exit status and what was printed."""
    printed = StringIO()
    try:
        call_command("sync_calendars", stdout=printed, **options)
    except SystemExit as stop:
        return int(str(stop.code)), printed.getvalue()
    return 0, printed.getvalue()


def test_a_connection_is_visited_before_it_is_due(shop: Shop) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    CalendarConnection.objects.update(next_attempt_at=NOON)

    status, printed = run(schema="acme")

    assert (status, shop.busy()) == (0, [(0, 1)])
    assert printed.splitlines() == [
        f"acme  {shop.connection.pk}  anna (caldav)  active",
        "1 connection, 0 failed.",
    ]


def test_a_visit_that_fails_is_told_by_the_exit_status(shop: Shop) -> None:
    def before(*_: str) -> None:
        raise AuthLost(Code.AUTH_FAILED, "Password refused.")

    shop.server.before = before

    status, printed = run(connection=shop.connection.pk)

    assert status == 1
    assert "at rest: needs_reauth auth_failed" in printed
    assert run()[1].splitlines()[0].endswith("at rest: needs_reauth auth_failed")


def test_case_34_a_server_that_asks_to_wait_is_asked_by_name_alone(shop: Shop) -> None:
    later = timezone.now() + timedelta(hours=1)
    CalendarConnection.objects.update(state=ConnectionState.RATE_LIMITED, quiet_until=later, next_attempt_at=later)

    assert run()[0] == 0
    assert shop.server.calls == []
    assert run(connection=shop.connection.pk)[0] == 0
    assert shop.server.calls != []


def test_a_business_without_the_feature_is_left_alone(shop: Shop) -> None:
    Tenant.objects.filter(pk=shop.tenant.pk).update(can_use_calendar_sync=False)

    assert run() == (0, "0 connections, 0 failed.\n")
    assert shop.server.calls == []


@pytest.mark.parametrize("options", [{"schema": "nobody"}, {"connection": uuid4()}])
def test_what_does_not_exist_is_said(shop: Shop, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="There is no"):
        run(**options)
