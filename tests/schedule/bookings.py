"""Booking in a test: at a fixed moment, with as little said as possible."""

from datetime import UTC, datetime
from typing import Any

from core.models import Tenant
from schedule.enums import BookingSource
from schedule.models import Customer, Event, Service
from schedule.services import book

NOW = datetime(2030, 6, 1, 12, 0, tzinfo=UTC)
MONDAY_NINE_AT = datetime(2030, 6, 3, 13, 0, tzinfo=UTC)
"""9 o'clock in New York, when Acme opens."""


def booked(
    tenant: Tenant, service: Service, customer: Customer, start_at: datetime = MONDAY_NINE_AT, **more: Any
) -> Event:
    """Book as of NOW; `more` are further arguments of `book`."""
    arguments: dict[str, Any] = {"by": None, "source": BookingSource.STAFF, "now": NOW, **more}
    return book(tenant=tenant, service_id=service.pk, customer_id=customer.pk, start_at=start_at, **arguments)
