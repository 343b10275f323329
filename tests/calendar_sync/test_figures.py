"""What the platform is told about a business's connections."""

from datetime import UTC, datetime

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection
from calendar_sync.selectors.connections import count_failing
from core.models import Tenant


def test_connections_that_fail_are_counted(tenant: Tenant) -> None:
    for state in ConnectionState:
        CalendarConnection.objects.create(provider="ics", account_key=state, account_label=state, state=state)

    assert count_failing(tenant, datetime(2026, 11, 22, tzinfo=UTC)) == 3
