"""Reading appointments, one query for a page of them whatever its length."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from core.errors import Missing
from schedule.models import Event, EventHistory, Participant

COLUMNS = (
    "id",
    "service_id",
    "service__name",
    "customer_id",
    "customer__name",
    "resource_ids",
    "start_at",
    "end_at",
    "status",
    "price_cents",
    "currency",
    "notes",
    "source",
    "created_at",
    "updated_at",
    "cancelled_at",
    "completed_at",
    "version",
)


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment as it is shown. The fields are in the order of COLUMNS."""

    id: UUID
    service: int
    service_name: str
    customer: UUID
    customer_name: str
    resources: list[int]
    start_at: datetime
    end_at: datetime
    status: str
    price_cents: int
    currency: str
    notes: str
    source: str
    created_at: datetime
    updated_at: datetime
    cancelled_at: datetime | None
    completed_at: datetime | None
    version: int


def appointments() -> "QuerySet[Event, tuple[Any, ...]]":
    """Return all appointments as rows of COLUMNS, to be filtered, sorted and cut, then given to `from_rows`."""
    taking_part = Participant.objects.filter(event=OuterRef("pk")).order_by("resource_id")
    return Event.objects.annotate(resource_ids=ArraySubquery(taking_part.values("resource_id"))).values_list(*COLUMNS)


def from_rows(rows: Iterable[tuple[Any, ...]]) -> list[Appointment]:
    """Return the appointments of rows of COLUMNS."""
    return [Appointment(*row) for row in rows]


def get_appointment(event_id: UUID) -> Appointment:
    """Return one appointment. Raises Missing when there is none."""
    found = from_rows(appointments().filter(pk=event_id))
    if not found:
        raise Missing("There is no such appointment.")
    return found[0]


def history_of(event_id: UUID) -> QuerySet[EventHistory]:
    """Return what happened to an appointment, oldest first. Raises Missing when there is no such appointment."""
    if not Event.objects.filter(pk=event_id).exists():
        raise Missing("There is no such appointment.")
    return EventHistory.objects.filter(event_id=event_id).select_related("by", "impersonator").order_by("pk")
