"""What calendar sync does when something happens elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from calendar_sync.services.forgetting import forget_the_past
from calendar_sync.services.health import resume_after_plan
from calendar_sync.services.linking import note_change
from calendar_sync.services.noticing import note_needed
from calendar_sync.services.syncing import FEATURE
from calendar_sync.tasks import send_notice, sync_connection, wake_due
from core.active import current_tenant
from core.topics import subscribe


@subscribe("appointment.booked")
@subscribe("appointment.confirmed")
@subscribe("appointment.rescheduled")
@subscribe("appointment.cancelled")
@subscribe("appointment.completed")
@subscribe("appointment.no_show")
@subscribe("appointment.edited")
@subscribe("appointment.reopened")
def write_to_calendars(fact: Mapping[str, Any]) -> None:
    """Note in the transaction of the change that calendars have to be told, and wake who tells them."""
    woken = note_change(event_id=UUID(fact["appointment_id"]), resource_ids=fact["resource_ids"], now=timezone.now())
    for connection in woken:
        sync_connection.enqueue(str(connection.pk))


@subscribe("work.sweep_due")
def take_up_due_work(fact: Mapping[str, Any]) -> None:
    """Queue connections whose time has come; those the plan had paused come back with the plan."""
    now = datetime.fromisoformat(fact["at"])
    if current_tenant().has_feature(FEATURE):
        resume_after_plan(now=now)
    wake_due(now)


@subscribe("calendar.connection_failed")
def write_a_letter(fact: Mapping[str, Any]) -> None:
    """Have a person told who can make the connection work again."""
    notice = note_needed(connection_id=UUID(fact["connection_id"]), code=fact["code"], now=timezone.now())
    send_notice.enqueue(str(notice.pk))


@subscribe("housekeeping.due")
def forget(fact: Mapping[str, Any]) -> None:
    """Remove records of long ago."""
    forget_the_past(now=datetime.fromisoformat(fact["at"]))
