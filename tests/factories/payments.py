"""Rows of payments, made in the schema of the active tenant; they bypass the services."""
# mypy: disable-error-code="no-untyped-call"

from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from payments.enums import Method, TransactionStatus
from payments.models import Refund, Transaction
from tests.factories.schedule import EventFactory


def _status_of(row: Transaction) -> TransactionStatus:
    if row.refunded_cents == 0:
        return TransactionStatus.SUCCEEDED
    if row.refunded_cents == row.amount_cents:
        return TransactionStatus.REFUNDED
    return TransactionStatus.PARTIALLY_REFUNDED


class TransactionFactory(DjangoModelFactory[Transaction]):
    """50.00 paid by card. `refunded_cents` sets the fitting status; the refunds themselves are made apart."""

    class Meta:
        model = Transaction

    appointment = SubFactory(EventFactory)
    amount_cents = 5000
    refunded_cents = 0
    currency = LazyAttribute(lambda row: row.appointment.currency)
    method = Method.CARD
    status = LazyAttribute(_status_of)


class RefundFactory(DjangoModelFactory[Refund]):
    """10.00 given back; the payment's own sum is not touched."""

    class Meta:
        model = Refund

    transaction = SubFactory(TransactionFactory, amount_cents=5000, refunded_cents=1000)
    amount_cents = 1000
    reason = "Came late"
