"""Recording payments and refunds. Amounts are whole minor units of the payment's currency."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.errors import FieldError, Missing
from core.models import User
from core.topics import publish
from payments.enums import Method, TransactionStatus
from payments.errors import NotRefundable, RefundExceedsPayment
from payments.models import Refund, Transaction
from schedule.selectors.appointments import Appointment, get_appointment

REFUNDABLE_STATUSES = (TransactionStatus.SUCCEEDED, TransactionStatus.PARTIALLY_REFUNDED)


def record_payment(
    *,
    appointment_id: UUID,
    amount_cents: int,
    method: Method,
    by: User,
    now: datetime,
    currency: str | None = None,
    status: TransactionStatus = TransactionStatus.SUCCEEDED,
    note: str = "",
    occurred_at: datetime | None = None,
) -> Transaction:
    """Record that a customer paid, or tried to (`status` failed), for an appointment.

    Without a currency it is the appointment's, without a time it is now. Publishes `payment.recorded`.
    Raises FieldError for an appointment that does not exist, a status other than those two, and a time
    still to come.
    """
    if status not in (TransactionStatus.SUCCEEDED, TransactionStatus.FAILED):
        raise FieldError("status", "Record it as succeeded or failed; refunds are recorded later.")
    if occurred_at is not None and occurred_at > now:
        raise FieldError("occurred_at", "This moment is still to come. Use one that has passed.")
    with transaction.atomic():
        appointment = _appointment(appointment_id)
        payment = Transaction.objects.create(
            appointment_id=appointment.id,
            amount_cents=amount_cents,
            currency=currency or appointment.currency,
            method=method,
            status=status,
            note=note,
            occurred_at=occurred_at or now,
            created_at=now,
            recorded_by=by,
        )
        publish(
            "payment.recorded",
            {
                "transaction_id": str(payment.pk),
                "appointment_id": str(payment.appointment_id),
                "amount_cents": payment.amount_cents,
                "currency": payment.currency,
                "method": payment.method,
                "status": payment.status,
                "occurred_at": payment.occurred_at.isoformat(),
            },
        )
    return payment


def refund_payment(
    *,
    transaction_id: UUID,
    by: User,
    now: datetime,
    amount_cents: int | None = None,
    reason: str = "",
) -> Transaction:
    """Give back `amount_cents` of a payment, or all that is left of it; return the payment as it stands then.

    The payment's row is locked until the refund is committed, so that refunds at the same time never add up
    to more than was paid. Publishes `payment.refunded`. Raises Missing for a payment that does not exist,
    NotRefundable for one that failed or has nothing left, and RefundExceedsPayment (with what is left) for
    too much.
    """
    with transaction.atomic():
        payment = Transaction.objects.select_for_update().filter(pk=transaction_id).first()
        if payment is None:
            raise Missing("There is no payment with this id.")
        remaining_cents = _refundable_cents(payment)
        refunded_cents = remaining_cents if amount_cents is None else amount_cents
        if refunded_cents > remaining_cents:
            raise RefundExceedsPayment(
                f"Only {remaining_cents} cents of this payment are left to refund.",
                remaining_cents=remaining_cents,
            )
        refund = Refund.objects.create(
            transaction=payment, amount_cents=refunded_cents, reason=reason, occurred_at=now, recorded_by=by
        )
        payment.refunded_cents += refunded_cents
        payment.status = (
            TransactionStatus.REFUNDED
            if payment.refunded_cents == payment.amount_cents
            else TransactionStatus.PARTIALLY_REFUNDED
        )
        payment.save(update_fields=["refunded_cents", "status", "updated_at"])
        publish(
            "payment.refunded",
            {
                "transaction_id": str(payment.pk),
                "refund_id": str(refund.pk),
                "appointment_id": str(payment.appointment_id),
                "amount_cents": refund.amount_cents,
                "refunded_cents": payment.refunded_cents,
                "currency": payment.currency,
                "status": payment.status,
                "occurred_at": refund.occurred_at.isoformat(),
            },
        )
    return payment


def _appointment(appointment_id: UUID) -> Appointment:
    try:
        return get_appointment(appointment_id)
    except Missing as error:
        raise FieldError("appointment", error.detail) from error


def _refundable_cents(payment: Transaction) -> int:
    if payment.status not in REFUNDABLE_STATUSES:
        raise NotRefundable(f"A payment that is {payment.status} cannot be refunded.", status=payment.status)
    return payment.amount_cents - payment.refunded_cents
