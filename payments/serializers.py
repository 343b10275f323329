"""Shapes of payments."""

from datetime import datetime, tzinfo
from typing import Any

from rest_framework import serializers

from core.permissions import current_tenant
from payments.enums import Method, TransactionStatus
from payments.models import Refund, Transaction

MAX_AMOUNT_CENTS = 2_147_483_647
"""The most the column holds."""

RECORDABLE_STATUSES = [
    (status.value, status.label) for status in (TransactionStatus.SUCCEEDED, TransactionStatus.FAILED)
]
EARLIEST_YEAR = 2000


class LocalDateTimeField(serializers.DateTimeField):
    """An instant. Without an offset it is local time of the business; it is shown with the business's offset."""

    def default_timezone(self) -> tzinfo:
        """Return the zone of the business."""
        return current_tenant().zone


class RefundSerializer(serializers.ModelSerializer[Refund]):
    """Money given back out of one payment."""

    occurred_at = LocalDateTimeField(read_only=True)

    class Meta:
        model = Refund
        fields = ("id", "amount_cents", "reason", "occurred_at", "recorded_by")
        read_only_fields = fields


class TransactionSerializer(serializers.ModelSerializer[Transaction]):
    """A payment with its refunds. `refunded_cents` is their sum."""

    appointment = serializers.UUIDField(source="appointment_id", read_only=True)
    occurred_at = LocalDateTimeField(read_only=True)
    created_at = LocalDateTimeField(read_only=True)
    updated_at = LocalDateTimeField(read_only=True)
    refunds = RefundSerializer(many=True, read_only=True)

    class Meta:
        model = Transaction
        fields = (
            "id",
            "appointment",
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
    """A payment to record."""

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
    occurred_at = LocalDateTimeField(required=False, help_text="Not in the future. Without it: now.")

    def validate_occurred_at(self, value: datetime) -> datetime:
        """Return `value`; raises ValidationError for one so long ago that it must be a mistake."""
        if value.year < EARLIEST_YEAR:
            raise serializers.ValidationError(f"Use a year from {EARLIEST_YEAR} on.")
        return value


class RefundRequest(serializers.Serializer[Any]):
    """A refund to record."""

    amount_cents = serializers.IntegerField(
        min_value=1, max_value=MAX_AMOUNT_CENTS, required=False, help_text="Without it: all that is left."
    )
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")
