"""Refunds and repeated requests at the same moment, on committed rows of a business of their own."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone
from django_tenants.utils import tenant_context
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from core.errors import DomainError
from core.models import Membership, Role, Tenant
from core.tokens import issue_sign_in_token
from payments.models import Refund, Transaction
from payments.services import refund_payment
from tests.factories.payments import TransactionFactory
from tests.factories.schedule import EventFactory
from tests.schedule.committed import at_once, committed_tenant

PARALLEL = 8
PATH = "/api/payments/transactions/"


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database without a transaction around the test."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def shop(db: None) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    with committed_tenant("till") as tenant:
        yield tenant


@pytest.fixture
def till(shop: Tenant) -> Iterator[Tenant]:
    """The business, active, without payments."""
    with tenant_context(shop):
        Refund.objects.all().delete()
        Transaction.objects.all().delete()
        yield shop


def refunds_at_once(till: Tenant, payment: Transaction, amount_cents: int | None) -> list[tuple[str, Any]]:
    """Refund eight times at the same moment; return what became of each, refusals by code and extra."""
    owner = Membership.objects.get(tenant=till, role=Role.OWNER).user

    def refund() -> Transaction:
        return refund_payment(transaction_id=payment.pk, by=owner, now=timezone.now(), amount_cents=amount_cents)

    results = at_once(till, [refund] * PARALLEL)
    return sorted(
        ((result.code, result.extra) if isinstance(result, DomainError) else ("refunded", {}) for result in results),
        key=str,
    )


def test_parallel_refunds_never_exceed_the_payment(till: Tenant) -> None:
    """Eight refunds of 700 out of 5000: seven fit, whichever they are."""
    payment = TransactionFactory.create(amount_cents=5000)

    results = refunds_at_once(till, payment, 700)

    payment.refresh_from_db()
    assert results == [("refund_exceeds_payment", {"remaining_cents": 100}), *[("refunded", {})] * 7]
    assert (payment.status, payment.refunded_cents) == ("partially_refunded", 4900)
    assert list(payment.refunds.values_list("amount_cents", flat=True)) == [700] * 7


def test_parallel_refunds_of_the_rest_take_effect_once(till: Tenant) -> None:
    payment = TransactionFactory.create(amount_cents=5000)

    results = refunds_at_once(till, payment, None)

    assert results == [*[("not_refundable", {"status": "refunded"})] * 7, ("refunded", {})]
    assert list(Refund.objects.values_list("transaction", "amount_cents")) == [(payment.pk, 5000)]


def posts_at_once(till: Tenant, path: str, body: dict[str, Any]) -> list[Any]:
    """Send the same request eight times at the same moment, under one key."""
    token = issue_sign_in_token(membership=Membership.objects.get(tenant=till, role=Role.OWNER)).secret
    key = str(uuid4())

    def post() -> HttpResponse:
        client = APIClient(SERVER_NAME="till.localhost", HTTP_AUTHORIZATION=f"Token {token}")
        return client.post(path, body, format="json", headers={"Idempotency-Key": key})

    return list(at_once(till, [post] * PARALLEL))


def test_a_payment_sent_eight_times_under_one_key_is_recorded_once(till: Tenant) -> None:
    appointment = EventFactory.create()
    body = {"appointment": str(appointment.pk), "amount_cents": 300, "method": "cash"}

    responses = posts_at_once(till, PATH, body)

    with tenant_context(till):
        payment_id = Transaction.objects.get().pk
    assert [(response.status_code, response.json()["id"]) for response in responses] == [(201, str(payment_id))] * 8
    assert [response.headers.get("Idempotency-Replayed") for response in responses].count("true") == 7


def test_a_refund_sent_eight_times_under_one_key_takes_effect_once(till: Tenant) -> None:
    payment = TransactionFactory.create(amount_cents=5000)

    responses = posts_at_once(till, f"{PATH}{payment.pk}/refund/", {"amount_cents": 300})

    assert [(response.status_code, response.json()["refunded_cents"]) for response in responses] == [(200, 300)] * 8
    assert [response.headers.get("Idempotency-Replayed") for response in responses].count("true") == 7
    with tenant_context(till):
        assert list(Refund.objects.values_list("amount_cents", flat=True)) == [300]
