"""Appointments for readers that only want to know when, what and who."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from schedule.enums import Status
from schedule.models import Event


@dataclass(frozen=True, slots=True)
class FedAppointment:
    """An appointment without its relations. Notes are the team's."""

    id: UUID
    service: str
    customer: str
    phone: str
    start_at: datetime
    end_at: datetime
    status: str
    notes: str
    updated_at: datetime
    version: int


def fed_appointments(
    *, resource_id: int | None, from_at: datetime, until_at: datetime, cancelled_since: datetime, most: int
) -> list[FedAppointment]:
    """Return appointments that touch [from_at, until_at), earliest first; cancelled ones if that was lately.

    One query.
    """
    events = Event.objects.filter(
        Q(cancelled_at__gte=cancelled_since) | ~Q(status=Status.CANCELLED), end_at__gt=from_at, start_at__lt=until_at
    )
    if resource_id is not None:
        events = events.filter(participants__resource_id=resource_id)
    rows = events.order_by("start_at", "pk").values_list(
        "pk",
        "service__name",
        "customer__name",
        "customer__phone",
        "start_at",
        "end_at",
        "status",
        "notes",
        "updated_at",
        "version",
    )
    return [FedAppointment(*row) for row in rows[:most]]
