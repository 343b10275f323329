"""What there is to know about one customer's appointments."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from core.errors import Missing
from schedule.enums import BLOCKING_STATUSES, OPEN_STATUSES, Status
from schedule.models import Customer


@dataclass(frozen=True)
class CustomerFigures:
    """How many appointments stand where, and the starts of the first and last visit and of the next appointment.

    `appointments` are those of every status, `upcoming` the open ones still to start. A visit has started and was
    neither cancelled nor missed.
    """

    appointments: int
    upcoming: int
    completed: int
    cancelled: int
    no_shows: int
    first_at: datetime | None
    last_at: datetime | None
    next_at: datetime | None


def customer_figures(customer_id: UUID, *, now: datetime) -> CustomerFigures:
    """Return the figures of a customer at `now`. One query. Raises Missing when there is no such customer."""
    upcoming = Q(events__status__in=OPEN_STATUSES, events__start_at__gt=now)
    visit = Q(events__status__in=BLOCKING_STATUSES, events__start_at__lte=now)
    found = (
        Customer.objects.filter(pk=customer_id)
        .annotate(
            appointments=Count("events"),
            upcoming=Count("events", filter=upcoming),
            completed=Count("events", filter=Q(events__status=Status.COMPLETED)),
            cancelled=Count("events", filter=Q(events__status=Status.CANCELLED)),
            no_shows=Count("events", filter=Q(events__status=Status.NO_SHOW)),
            first_at=Min("events__start_at", filter=visit),
            last_at=Max("events__start_at", filter=visit),
            next_at=Min("events__start_at", filter=upcoming),
        )
        .values_list("appointments", "upcoming", "completed", "cancelled", "no_shows", "first_at", "last_at", "next_at")
        .first()
    )
    if found is None:
        raise Missing("There is no such customer.")
    return CustomerFigures(*found)
