"""Making an appointment."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from core import quotas
from core.errors import FieldError
from core.models import Tenant, User
from schedule.enums import OPEN_STATUSES, BookingSource, HistoryKind, Status
from schedule.models import Customer, Event, Participant, Service
from schedule.selectors.conflicts import Span
from schedule.services.history import record, tell, times_of
from schedule.services.placement import Wish, hold, participants_of, place


def book(
    *,
    tenant: Tenant,
    service_id: int,
    customer_id: UUID,
    start_at: datetime,
    by: User | None,
    source: BookingSource,
    resource_ids: Sequence[int] = (),
    notes: str = "",
    allow_outside_hours: bool = False,
    status: Status = Status.CONFIRMED,
    now: datetime | None = None,
) -> Event:
    """Make an appointment on `resource_ids` and, where these leave a requirement open, on any able and free resource.

    `start_at` is aware; the duration, price and currency are the service's. `status` is pending or confirmed.
    `allow_outside_hours` lifts opening hours, time off, notice and horizon, never the past or a capacity.
    Raises FieldError for what does not exist or cannot be used, RuleBroken, SlotTaken, QuotaExceeded.
    """
    if status not in OPEN_STATUSES:
        raise ValueError(f"an appointment cannot begin as {status}")
    now = now or timezone.now()
    start_at = start_at.astimezone(UTC)

    def attempt() -> Event:
        service = _service(service_id)
        customer = active_customer(customer_id)
        wish = Wish(
            tenant=tenant,
            service=service,
            booked=Span(start_at, start_at + timedelta(minutes=service.duration_minutes)),
            now=now,
            resource_ids=tuple(resource_ids),
            outside_hours_allowed=allow_outside_hours,
        )
        resources = hold(wish)
        quotas.reserve(tenant, "max_appointments")
        event = _insert(wish, customer, status=status, source=source, notes=notes)
        Participant.objects.bulk_create(participants_of(event, resources, wish.occupied))
        _tell_of(event, [resource.pk for resource in resources], tenant=tenant, by=by)
        return event

    return place(attempt)


def active_customer(customer_id: UUID) -> Customer:
    """Return the customer. Raises FieldError when there is none or it is not active."""
    customer = Customer.objects.filter(pk=customer_id).first()
    if customer is None:
        raise FieldError("customer", "There is no such customer.", code="does_not_exist")
    if not customer.is_active:
        raise FieldError("customer", "This customer is not active.", code="inactive_customer")
    return customer


def _service(service_id: int) -> Service:
    service = Service.objects.filter(pk=service_id).first()
    if service is None:
        raise FieldError("service", "There is no such service.", code="does_not_exist")
    return service


def _insert(wish: Wish, customer: Customer, *, status: Status, source: BookingSource, notes: str) -> Event:
    return Event.objects.create(
        service=wish.service,
        customer=customer,
        start_at=wish.booked.start_at,
        end_at=wish.booked.end_at,
        status=status,
        price_cents=wish.service.price_cents,
        currency=wish.service.currency,
        source=source,
        notes=notes,
        created_at=wish.now,
        updated_at=wish.now,
    )


def _tell_of(event: Event, resource_ids: Sequence[int], *, tenant: Tenant, by: User | None) -> None:
    created = {
        **times_of(event),
        "status": str(event.status),
        "service_id": event.service_id,
        "customer_id": str(event.customer_id),
        "resource_ids": list(resource_ids),
        "price_cents": event.price_cents,
        "currency": event.currency,
        "source": str(event.source),
    }
    record(event, HistoryKind.CREATED, by=by, at=event.created_at, before={}, after=created)
    tell("appointment.booked", event, tenant=tenant, by=by, at=event.created_at, resource_ids=resource_ids)
