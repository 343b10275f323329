"""Payments and refunds, recorded by hand. Amounts are whole minor units of an ISO 4217 currency."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now as current_time

from core.ids import uuid7
from payments.enums import Method, TransactionStatus


class Transaction(models.Model):
    """One payment for an appointment. `refunded_cents` is the sum of its refunds; written by `payments.services`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    appointment = models.ForeignKey("schedule.Event", on_delete=models.PROTECT, related_name="transactions")
    amount_cents = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    refunded_cents = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=16, choices=Method)
    status = models.CharField(max_length=24, choices=TransactionStatus, default=TransactionStatus.SUCCEEDED)
    note = models.CharField(max_length=300, blank=True)
    occurred_at = models.DateTimeField(default=current_time)
    created_at = models.DateTimeField(default=current_time, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="transaction_amount_positive", condition=Q(amount_cents__gte=1)),
            models.CheckConstraint(
                name="transaction_refund_within_amount", condition=Q(refunded_cents__lte=F("amount_cents"))
            ),
            models.CheckConstraint(
                name="transaction_status_fits_refund",
                condition=Q(status__in=[TransactionStatus.SUCCEEDED, TransactionStatus.FAILED], refunded_cents=0)
                | Q(
                    status=TransactionStatus.PARTIALLY_REFUNDED,
                    refunded_cents__gt=0,
                    refunded_cents__lt=F("amount_cents"),
                )
                | Q(status=TransactionStatus.REFUNDED, refunded_cents=F("amount_cents")),
            ),
        ]
        indexes = [models.Index(name="transaction_by_occurred", fields=["occurred_at"])]

    def __str__(self) -> str:
        return f"{self.amount_cents} {self.currency} {self.status}"


class Refund(models.Model):
    """Money given back out of one payment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="refunds")
    amount_cents = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    reason = models.CharField(max_length=300, blank=True)
    occurred_at = models.DateTimeField(default=current_time)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="refund_amount_positive", condition=Q(amount_cents__gte=1))]

    def __str__(self) -> str:
        return f"{self.amount_cents} of {self.transaction_id}"
