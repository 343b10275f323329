"""Taking a connection apart, with or without our entries in its calendars."""

from datetime import datetime
from uuid import UUID

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection, EventLink
from calendar_sync.services.connecting import forget
from core.models import Membership, Tenant
from schedule.services.busy import forget_busy


def disconnect(*, tenant: Tenant, connection_id: UUID, by: Membership, removing_entries: bool, now: datetime) -> bool:
    """Remove a connection; tell whether it is gone already. With `removing_entries` a worker deletes them first.

    Busy time goes at once in either case.
    """
    links = EventLink.objects.filter(calendar__connection_id=connection_id).exclude(remote_id="")
    if not removing_entries or not links.exists():
        forget(tenant=tenant, connection_id=connection_id, by=by, now=now)
        return True
    connection = CalendarConnection.objects.get(pk=connection_id)
    for calendar in connection.calendars.all():
        forget_busy(origin=calendar.origin)
    connection.calendars.update(read_busy=False, write_target=False)
    links.update(due_at=now)
    CalendarConnection.objects.filter(pk=connection_id).update(
        state=ConnectionState.DISCONNECTING, next_attempt_at=now, lease_until=None, failures=0, quiet_until=None
    )
    return False
