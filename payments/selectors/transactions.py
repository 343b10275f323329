"""Payments with their refunds."""

from django.db.models import Prefetch, QuerySet

from payments.models import Refund, Transaction


def transactions() -> QuerySet[Transaction]:
    """Return all payments with their appointments, the refunds loaded with one more query, oldest refund first."""
    return Transaction.objects.select_related("appointment__customer", "appointment__service").prefetch_related(
        Prefetch("refunds", queryset=Refund.objects.order_by("occurred_at", "pk"))
    )
