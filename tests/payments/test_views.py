"""Recording and refunding over the API."""

import json
from typing import Any

import pytest
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.models import Tenant, User
from payments.enums import TransactionStatus
from payments.models import Refund, Transaction
from payments.selectors.transactions import transactions
from tests.factories.payments import TransactionFactory
from tests.payments.shapes import NOW, PATH, UNKNOWN_ID, shown


class TestRecord:
    """`POST /api/payments/transactions/`."""

    def test_the_least(self, owner: APIClient, body: dict[str, Any], tenant: Tenant, at_noon: None) -> None:
        response = owner.post(PATH, body, format="json")

        with tenant_context(tenant):
            payment = transactions().get()
        assert (response.status_code, response.json()) == (201, shown(payment))
        assert (payment.currency, payment.status, payment.occurred_at) == ("USD", "succeeded", NOW)
        assert str(payment.recorded_by) == "owner@acme.example"

    def test_everything(self, owner: APIClient, body: dict[str, Any], tenant: Tenant, at_noon: None) -> None:
        everything = {
            **body,
            "currency": "EUR",
            "status": "failed",
            "note": "declined ✗",
            "occurred_at": "2026-03-19T09:30:00+01:00",
        }

        response = owner.post(PATH, everything, format="json")

        with tenant_context(tenant):
            payment = transactions().get()
        assert (response.status_code, response.json()) == (
            201,
            shown(payment, currency="EUR", status="failed", note="declined ✗", occurred_at="2026-03-19T04:30:00-04:00"),
        )

    def test_a_time_without_offset_is_local(self, owner: APIClient, body: dict[str, Any]) -> None:
        response = owner.post(PATH, {**body, "occurred_at": "2026-01-19T09:30:00"}, format="json")

        assert response.json()["occurred_at"] == "2026-01-19T09:30:00-05:00"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("appointment", None),
            ("appointment", ""),
            ("appointment", 7),
            ("appointment", "x"),
            ("appointment", UNKNOWN_ID),
            ("appointment", {"id": 1}),
            ("amount_cents", None),
            ("amount_cents", 0),
            ("amount_cents", -1),
            ("amount_cents", 1.5),
            ("amount_cents", True),
            ("amount_cents", 2_147_483_648),
            ("amount_cents", 10**400),
            ("amount_cents", "9" * 2000),
            ("amount_cents", []),
            ("currency", None),
            ("currency", ""),
            ("currency", "eur"),
            ("currency", "EURO"),
            ("currency", "ÄÖÜ"),
            ("currency", 978),
            ("method", None),
            ("method", "cheque"),
            ("method", ["cash"]),
            ("status", None),
            ("status", "refunded"),
            ("status", "partially_refunded"),
            ("status", "done"),
            ("note", None),
            ("note", "x" * 301),
            ("note", {}),
            ("occurred_at", None),
            ("occurred_at", "yesterday"),
            ("occurred_at", "2999-01-01T00:00:00Z"),
            ("occurred_at", "9999-12-31T23:59:59-14:00"),
            ("occurred_at", "0001-01-01T00:00:00+14:00"),
            ("occurred_at", "1999-12-31T00:00:00Z"),
            ("occurred_at", 1_700_000_000),
        ],
    )
    def test_what_cannot_be_used_is_named(
        self, owner: APIClient, body: dict[str, Any], field: str, value: object
    ) -> None:
        response = owner.post(PATH, {**body, field: value}, format="json")

        assert (response.status_code, response.json()["code"]) == (400, "invalid")
        assert list(response.json()["errors"]) == [field]

    def test_what_is_missing_is_named(self, owner: APIClient) -> None:
        response = owner.post(PATH, {}, format="json")

        assert response.status_code == 400
        assert list(response.json()["errors"]) == ["appointment", "amount_cents", "method"]

    @pytest.mark.parametrize("note", ["a\x00b", "\ud800"])
    def test_text_that_cannot_be_stored_is_refused(self, owner: APIClient, body: dict[str, Any], note: str) -> None:
        response = owner.post(PATH, json.dumps({**body, "note": note}), content_type="application/json")

        assert (response.status_code, response.json()["code"]) == (400, "malformed")
        assert response.json()["detail"].startswith("note: ")


class TestRefund:
    """`POST /api/payments/transactions/{id}/refund/`."""

    def test_in_part(self, staff: APIClient, tenant: Tenant, at_noon: None) -> None:
        payment = TransactionFactory.create(amount_cents=5000, occurred_at=NOW, created_at=NOW)

        response = staff.post(
            f"{PATH}{payment.pk}/refund/", {"amount_cents": 1500, "reason": "Came late"}, format="json"
        )

        with tenant_context(tenant):
            refund = Refund.objects.get()
            payment = transactions().get()
        assert (response.status_code, response.json()) == (
            200,
            shown(
                payment,
                refunds=[
                    {
                        "id": str(refund.pk),
                        "amount_cents": 1500,
                        "reason": "Came late",
                        "occurred_at": "2026-03-20T12:00:00-04:00",
                        "recorded_by": User.objects.get(email="staff@acme.example").pk,
                    }
                ],
            ),
        )

        assert (payment.status, payment.refunded_cents) == ("partially_refunded", 1500)

    def test_more_than_is_left(self, owner: APIClient) -> None:
        payment = TransactionFactory.create(amount_cents=5000, refunded_cents=3500)

        response = owner.post(f"{PATH}{payment.pk}/refund/", {"amount_cents": 1501}, format="json")

        assert (response.status_code, response.json()) == (
            409,
            {
                "detail": "Only 1500 cents of this payment are left to refund.",
                "code": "refund_exceeds_payment",
                "remaining_cents": 1500,
            },
        )

    @pytest.mark.parametrize("status", [TransactionStatus.FAILED, TransactionStatus.REFUNDED])
    def test_nothing_to_give_back(self, owner: APIClient, status: TransactionStatus) -> None:
        refunded_cents = 5000 if status == TransactionStatus.REFUNDED else 0
        payment = TransactionFactory.create(amount_cents=5000, refunded_cents=refunded_cents, status=status)

        response = owner.post(f"{PATH}{payment.pk}/refund/", {}, format="json")

        assert (response.status_code, response.json()["code"]) == (409, "not_refundable")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("amount_cents", 0),
            ("amount_cents", -5),
            ("amount_cents", None),
            ("amount_cents", "ten"),
            ("amount_cents", 10**30),
            ("reason", None),
            ("reason", "x" * 301),
            ("reason", []),
        ],
    )
    def test_what_cannot_be_used_is_named(self, owner: APIClient, field: str, value: object) -> None:
        payment = TransactionFactory.create()

        response = owner.post(f"{PATH}{payment.pk}/refund/", {field: value}, format="json")

        assert response.status_code == 400
        assert list(response.json()["errors"]) == [field]

    @pytest.mark.parametrize("payment_id", [UNKNOWN_ID, "1", "x%00y", "9" * 100])
    def test_of_no_payment(self, owner: APIClient, payment_id: str) -> None:
        response = owner.post(f"{PATH}{payment_id}/refund/", {}, format="json")

        assert (response.status_code, response.json()["code"]) == (404, "not_found")


class TestIdempotency:
    """The `Idempotency-Key` header of both."""

    def test_a_repeated_payment_is_recorded_once(self, owner: APIClient, body: dict[str, Any], tenant: Tenant) -> None:
        first = owner.post(PATH, body, format="json", headers={"Idempotency-Key": "a"})
        again = owner.post(PATH, body, format="json", headers={"Idempotency-Key": "a"})
        other = owner.post(PATH, {**body, "amount_cents": 1}, format="json", headers={"Idempotency-Key": "a"})

        assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
        assert again.json() == first.json()
        assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
        with tenant_context(tenant):
            assert Transaction.objects.count() == 1

    def test_a_repeated_refund_takes_effect_once(self, owner: APIClient) -> None:
        payment = TransactionFactory.create(amount_cents=5000)

        answers = [
            owner.post(f"{PATH}{payment.pk}/refund/", {}, format="json", headers={"Idempotency-Key": "a"})
            for _ in range(2)
        ]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[1].json() == answers[0].json()

    def test_a_refused_request_leaves_its_key_free(self, owner: APIClient) -> None:
        payment = TransactionFactory.create(amount_cents=5000)
        path, headers = f"{PATH}{payment.pk}/refund/", {"Idempotency-Key": "a"}

        refused = owner.post(path, {"amount_cents": 5001}, format="json", headers=headers)
        corrected = owner.post(path, {"amount_cents": 5000}, format="json", headers=headers)

        assert (refused.status_code, corrected.status_code) == (409, 200)

    @pytest.mark.parametrize("key", ["", "x" * 201, "ä"])
    def test_an_unusable_key_is_refused(self, owner: APIClient, body: dict[str, Any], key: str) -> None:
        response = owner.post(PATH, body, format="json", headers={"Idempotency-Key": key})

        assert response.status_code == 400
        assert list(response.json()["errors"]) == ["Idempotency-Key"]
