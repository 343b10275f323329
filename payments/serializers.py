"""Shapes of payments."""

from typing import Any

from rest_framework import serializers

from core.serializers.instants import LocalDateTimeField
from payments.enums import Method, TransactionStatus
from payments.models import Refund, Transaction

MAX_AMOUNT_CENTS = 2_147_483_647
"""The most the column holds."""

RECORDABLE_STATUSES = [
    (status.value, status.label) for status in (TransactionStatus.SUCCEEDED, TransactionStatus.FAILED)
]


class RefundSerializer(serializers.ModelSerializer[Refund]):
    """Money given back out of one payment. Needs `zone` in the context."""

    occurred_at = LocalDateTimeField(read_only=True)

    class Meta:
        model = Refund
        fields = ("id", "amount_cents", "reason", "occurred_at", "recorded_by")
        read_only_fields = fields


class TransactionSerializer(serializers.ModelSerializer[Transaction]):
    """A payment with its refunds, and whose it is. `refunded_cents` is their sum. Needs `zone` in the context."""

    appointment = serializers.UUIDField(source="appointment_id", read_only=True)
    appointment_start_at = LocalDateTimeField(source="appointment.start_at", read_only=True)
    customer = serializers.UUIDField(source="appointment.customer_id", read_only=True)
    customer_name = serializers.CharField(source="appointment.customer.name", read_only=True)
    service_name = serializers.CharField(source="appointment.service.name", read_only=True)
    occurred_at = LocalDateTimeField(read_only=True)
    created_at = LocalDateTimeField(read_only=True)
    updated_at = LocalDateTimeField(read_only=True)
    refunds = RefundSerializer(many=True, read_only=True)

    class Meta:
        model = Transaction
        fields = (
            "id",
            "appointment",
            "appointment_start_at",
            "customer",
            "customer_name",
            "service_name",
            "amount_cents",
            "refunded_cents",
            "currency",
            "method",
            "status",
            "note",
            "occurred_at",
            "created_at",
            "updated_at",
            "recorded_by",
            "refunds",
        )
        read_only_fields = fields


class PaymentRequest(serializers.Serializer[Any]):
    """A payment to record. Needs `zone` in the context."""

    appointment = serializers.UUIDField()
    amount_cents = serializers.IntegerField(min_value=1, max_value=MAX_AMOUNT_CENTS)
    currency = serializers.RegexField(
        r"^[A-Z]{3}$",
        required=False,
        error_messages={"invalid": "Use an ISO 4217 code in upper case, such as EUR."},
        help_text="ISO 4217, upper case. Without it: the appointment's.",
    )
    method = serializers.ChoiceField(choices=Method.choices)
    status = serializers.ChoiceField(choices=RECORDABLE_STATUSES, default=TransactionStatus.SUCCEEDED.value)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    occurred_at = LocalDateTimeField(
        required=False,
        help_text="ISO 8601, not in the future; without an offset it is local time of the business. Without it: now.",
    )


class RefundRequest(serializers.Serializer[Any]):
    """A refund to record."""

    amount_cents = serializers.IntegerField(
        min_value=1, max_value=MAX_AMOUNT_CENTS, required=False, help_text="Without it: all that is left."
    )
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")
