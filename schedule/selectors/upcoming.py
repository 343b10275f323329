"""Appointments that are still to come."""

from datetime import datetime
from uuid import UUID

from schedule.enums import Status
from schedule.models import Event


def upcoming_event_ids(*, resource_id: int | None, now: datetime) -> list[UUID]:
    """Return the ids of appointments not yet over and not cancelled, of one resource or of all, earliest first."""
    events = Event.objects.filter(end_at__gt=now).exclude(status=Status.CANCELLED)
    if resource_id is not None:
        events = events.filter(participants__resource_id=resource_id)
    return list(events.order_by("start_at", "pk").values_list("pk", flat=True))
