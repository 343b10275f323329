"""Payments as the API shows them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from payments.models import Transaction

PATH = "/api/payments/transactions/"
NOW = datetime(2026, 3, 20, 16, 0, tzinfo=UTC)
"""Noon in Acme's New York."""
UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"


ZONE = ZoneInfo("America/New_York")


def shown(payment: Transaction, **other: Any) -> dict[str, Any]:
    """Return a payment of NOW as Acme is shown it, with `other` values where they differ."""
    return {
        "id": str(payment.pk),
        "appointment": str(payment.appointment_id),
        "appointment_start_at": payment.appointment.start_at.astimezone(ZONE).isoformat(),
        "customer": str(payment.appointment.customer_id),
        "customer_name": payment.appointment.customer.name,
        "service_name": payment.appointment.service.name,
        "amount_cents": payment.amount_cents,
        "refunded_cents": payment.refunded_cents,
        "currency": payment.currency,
        "method": payment.method,
        "status": payment.status,
        "note": payment.note,
        "occurred_at": "2026-03-20T12:00:00-04:00",
        "created_at": "2026-03-20T12:00:00-04:00",
        "updated_at": payment.updated_at.astimezone(ZONE).isoformat(),
        "recorded_by": payment.recorded_by_id,
        "refunds": [],
        **other,
    }
