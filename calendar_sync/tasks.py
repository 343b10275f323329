"""Calendar sync in the background."""

from datetime import datetime
from uuid import UUID

from calendar_sync.models import CalendarConnection
from calendar_sync.services.syncing import sync
from core.active import current_tenant
from core.leases import wake
from core.tasks import LONG_QUEUE, tenant_task


@tenant_task(queue=LONG_QUEUE)
def sync_connection(number: str) -> None:
    """Visit the connection with this id, unless it is at rest or somebody has it."""
    sync(tenant=current_tenant(), connection_id=UUID(number))


def wake_due(now: datetime) -> None:
    """Queue the active business's connections that are due and that no worker has."""
    wake(CalendarConnection.objects.all(), lambda connection: sync_connection.enqueue(str(connection.pk)), now=now)
