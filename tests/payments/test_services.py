"""Recording payments and refunds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError, FieldError, Missing
from core.models import Tenant, User
from payments.enums import Method, TransactionStatus
from payments.errors import NotRefundable, RefundExceedsPayment
from payments.models import Refund, Transaction
from payments.services import record_payment, refund_payment
from tests.factories.payments import TransactionFactory
from tests.factories.schedule import EventFactory, ServiceFactory

NOW = datetime(2026, 3, 20, 16, 0, tzinfo=UTC)


@pytest.fixture
def cashier(tenant: Tenant) -> User:
    """The person who records."""
    return User.objects.create_user("cashier@acme.example")


@contextmanager
def facts_told() -> Iterator[list[tuple[str, Mapping[str, Any]]]]:
    """Collect what is published meanwhile."""
    told: list[tuple[str, Mapping[str, Any]]] = []
    with patch("payments.services.publish", side_effect=lambda topic, fact: told.append((topic, dict(fact)))):
        yield told


class TestRecordPayment:
    """A payment is a row and a fact."""

    def test_takes_currency_and_time_from_the_circumstances(self, cashier: User) -> None:
        appointment = EventFactory.create(service=ServiceFactory.create(currency="EUR"))

        with facts_told() as told:
            payment = record_payment(
                appointment_id=appointment.pk, amount_cents=4500, method=Method.CARD, by=cashier, now=NOW
            )

        stored = Transaction.objects.values().get()
        assert stored == {
            "id": payment.pk,
            "appointment_id": appointment.pk,
            "amount_cents": 4500,
            "refunded_cents": 0,
            "currency": "EUR",
            "method": "card",
            "status": "succeeded",
            "note": "",
            "occurred_at": NOW,
            "created_at": NOW,
            "updated_at": stored["updated_at"],
            "recorded_by_id": cashier.pk,
        }
        assert told == [
            (
                "payment.recorded",
                {
                    "transaction_id": str(payment.pk),
                    "appointment_id": str(appointment.pk),
                    "amount_cents": 4500,
                    "currency": "EUR",
                    "method": "card",
                    "status": "succeeded",
                    "occurred_at": "2026-03-20T16:00:00+00:00",
                },
            )
        ]

    def test_keeps_what_is_given(self, cashier: User) -> None:
        earlier = NOW - timedelta(days=3)

        payment = record_payment(
            appointment_id=EventFactory.create().pk,
            amount_cents=1,
            method=Method.CASH,
            by=cashier,
            now=NOW,
            currency="CHF",
            status=TransactionStatus.FAILED,
            note="card declined",
            occurred_at=earlier,
        )

        payment.refresh_from_db()
        assert (payment.currency, payment.status, payment.note, payment.occurred_at, payment.created_at) == (
            "CHF",
            "failed",
            "card declined",
            earlier,
            NOW,
        )

    @pytest.mark.parametrize("status", [TransactionStatus.REFUNDED, TransactionStatus.PARTIALLY_REFUNDED])
    def test_is_not_recorded_as_refunded(self, cashier: User, status: TransactionStatus) -> None:
        with pytest.raises(FieldError) as refusal:
            record_payment(
                appointment_id=EventFactory.create().pk,
                amount_cents=1,
                method=Method.CASH,
                by=cashier,
                now=NOW,
                status=status,
            )

        assert list(refusal.value.extra["errors"]) == ["status"]

    def test_may_happen_now_but_not_later(self, cashier: User) -> None:
        record = partial(
            record_payment,
            appointment_id=EventFactory.create().pk,
            amount_cents=1,
            method=Method.CASH,
            by=cashier,
            now=NOW,
        )

        record(occurred_at=NOW)
        with pytest.raises(FieldError) as refusal:
            record(occurred_at=NOW + timedelta(microseconds=1))

        assert list(refusal.value.extra["errors"]) == ["occurred_at"]
        assert Transaction.objects.count() == 1

    def test_needs_an_appointment(self, cashier: User) -> None:
        with pytest.raises(FieldError) as refusal, facts_told() as told:
            record_payment(appointment_id=uuid4(), amount_cents=1, method=Method.CASH, by=cashier, now=NOW)

        assert (list(refusal.value.extra["errors"]), told) == (["appointment"], [])

    def test_is_undone_when_a_receiver_fails(self, cashier: User) -> None:
        appointment_id = EventFactory.create().pk

        with patch("payments.services.publish", side_effect=RuntimeError), pytest.raises(RuntimeError):
            record_payment(appointment_id=appointment_id, amount_cents=1, method=Method.CASH, by=cashier, now=NOW)

        assert not Transaction.objects.exists()


class TestRefundPayment:
    """Money given back never exceeds what was paid."""

    def test_in_part_then_the_rest(self, cashier: User) -> None:
        payment = TransactionFactory.create(amount_cents=5000)

        with facts_told() as told:
            first = refund_payment(
                transaction_id=payment.pk, by=cashier, now=NOW, amount_cents=1500, reason="Came late"
            )
            after_first = (first.status, first.refunded_cents)
            second = refund_payment(transaction_id=payment.pk, by=cashier, now=NOW)

        assert after_first == ("partially_refunded", 1500)
        assert (second.status, second.refunded_cents) == ("refunded", 5000)
        assert list(
            Refund.objects.order_by("pk").values_list("amount_cents", "reason", "occurred_at", "recorded_by")
        ) == [
            (1500, "Came late", NOW, cashier.pk),
            (3500, "", NOW, cashier.pk),
        ]
        refund_ids = [str(pk) for pk in Refund.objects.order_by("pk").values_list("pk", flat=True)]
        common = {
            "transaction_id": str(payment.pk),
            "appointment_id": str(payment.appointment_id),
            "currency": "USD",
            "occurred_at": "2026-03-20T16:00:00+00:00",
        }
        assert told == [
            (
                "payment.refunded",
                {
                    **common,
                    "refund_id": refund_ids[0],
                    "amount_cents": 1500,
                    "refunded_cents": 1500,
                    "status": "partially_refunded",
                },
            ),
            (
                "payment.refunded",
                {
                    **common,
                    "refund_id": refund_ids[1],
                    "amount_cents": 3500,
                    "refunded_cents": 5000,
                    "status": "refunded",
                },
            ),
        ]

    def test_too_much_is_refused_with_what_is_left(self, cashier: User) -> None:
        payment = TransactionFactory.create(amount_cents=5000, refunded_cents=1500)

        with pytest.raises(RefundExceedsPayment) as refusal:
            refund_payment(transaction_id=payment.pk, by=cashier, now=NOW, amount_cents=3501)

        assert refusal.value.body == {
            "detail": "Only 3500 cents of this payment are left to refund.",
            "code": "refund_exceeds_payment",
            "remaining_cents": 3500,
        }
        payment.refresh_from_db()
        assert (payment.refunded_cents, Refund.objects.count()) == (1500, 0)

    @pytest.mark.parametrize("status", [TransactionStatus.FAILED, TransactionStatus.REFUNDED])
    def test_nothing_to_give_back(self, cashier: User, status: TransactionStatus) -> None:
        refunded_cents = 5000 if status == TransactionStatus.REFUNDED else 0
        payment = TransactionFactory.create(amount_cents=5000, refunded_cents=refunded_cents, status=status)

        with pytest.raises(NotRefundable) as refusal:
            refund_payment(transaction_id=payment.pk, by=cashier, now=NOW, amount_cents=1)

        assert refusal.value.body == {
            "detail": f"A payment that is {status.value} cannot be refunded.",
            "code": "not_refundable",
            "status": status.value,
        }

    def test_of_no_payment(self, cashier: User) -> None:
        with pytest.raises(Missing):
            refund_payment(transaction_id=uuid4(), by=cashier, now=NOW)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(amount_cents=st.integers(1, 2_147_483_647), shares=st.lists(st.floats(0, 1.2), max_size=6))
def test_refunds_add_up(cashier: User, amount_cents: int, shares: list[float]) -> None:
    """Whatever is asked for, what is given back is the sum of what was granted and never more than was paid."""
    payment = TransactionFactory.create(amount_cents=amount_cents)
    left = amount_cents
    for share in shares:
        wish = max(int(amount_cents * share), 1)
        outcome = refused_with(payment, wish, by=cashier)
        assert outcome == (NotRefundable if left == 0 else RefundExceedsPayment if wish > left else None)
        left -= wish if outcome is None else 0

    payment.refresh_from_db()
    assert payment.refunded_cents == amount_cents - left
    assert sum(payment.refunds.values_list("amount_cents", flat=True)) == payment.refunded_cents


def refused_with(payment: Transaction, amount_cents: int, *, by: User) -> type[DomainError] | None:
    """Refund; return the kind of the refusal, None for success."""
    try:
        refund_payment(transaction_id=payment.pk, by=by, now=NOW, amount_cents=amount_cents)
    except DomainError as refusal:
        return type(refusal)
    return None
