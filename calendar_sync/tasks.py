"""Calendar sync in the background."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from calendar_sync.models import CalendarConnection, Farewell, Notice
from calendar_sync.services import farewells, noticing
from calendar_sync.services.syncing import sync
from core.active import current_tenant
from core.leases import wake
from core.tasks import LONG_QUEUE, tenant_task


@tenant_task(queue=LONG_QUEUE)
def sync_connection(number: str) -> None:
    """Visit the connection with this id, unless it is at rest or somebody has it."""
    sync(tenant=current_tenant(), connection_id=UUID(number))


@tenant_task()
def send_notice(number: str) -> None:
    """Send the letter with this id if that is still to be done."""
    noticing.send(tenant=current_tenant(), notice_id=UUID(number))


@tenant_task()
def bid_farewell(number: str) -> None:
    """Do at a server what is left to do after an account was disconnected, if that is still to be done."""
    farewells.bid(tenant=current_tenant(), farewell_id=UUID(number), now=timezone.now())


def wake_due(now: datetime) -> None:
    """Queue the active business's connections, letters and farewells that are due and that no worker has."""
    wake(CalendarConnection.objects.all(), lambda connection: sync_connection.enqueue(str(connection.pk)), now=now)
    wake(Notice.objects.all(), lambda notice: send_notice.enqueue(str(notice.pk)), now=now)
    wake(Farewell.objects.all(), lambda farewell: bid_farewell.enqueue(str(farewell.pk)), now=now)
