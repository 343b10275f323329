"""Reading payments over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.models import Tenant
from payments.enums import Method, TransactionStatus
from payments.models import Transaction
from tests.factories.payments import RefundFactory, TransactionFactory
from tests.payments.shapes import NOW, PATH, shown


class TestRead:
    """The list and a single payment."""

    def test_one(self, staff: APIClient) -> None:
        payment = TransactionFactory.create(occurred_at=NOW, created_at=NOW, refunded_cents=3000)
        later = RefundFactory.create(transaction=payment, amount_cents=1000, occurred_at=NOW, reason="b")
        earlier = RefundFactory.create(
            transaction=payment, amount_cents=2000, occurred_at=NOW.replace(hour=4), reason="a"
        )

        response = staff.get(f"{PATH}{payment.pk}/")

        assert response.json() == shown(
            payment,
            refunds=[
                {
                    "id": str(earlier.pk),
                    "amount_cents": 2000,
                    "reason": "a",
                    "occurred_at": "2026-03-20T00:00:00-04:00",
                    "recorded_by": None,
                },
                {
                    "id": str(later.pk),
                    "amount_cents": 1000,
                    "reason": "b",
                    "occurred_at": "2026-03-20T12:00:00-04:00",
                    "recorded_by": None,
                },
            ],
        )

    def test_newest_first_in_pages(self, staff: APIClient) -> None:
        payments = [TransactionFactory.create(occurred_at=NOW.replace(hour=hour)) for hour in (9, 11, 10)]

        page = staff.get(PATH, {"page_size": 2}).json()

        assert (page["count"], [row["id"] for row in page["results"]]) == (
            3,
            [str(payments[1].pk), str(payments[2].pk)],
        )

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("method=cash", "a"),
            ("status=failed", "b"),
            ("occurred_after=2026-03-20T16:00:00Z", "bc"),
            ("occurred_after=2026-03-20T12:00:00", "bc"),
            ("occurred_before=2026-03-20T16:00:00Z", "a"),
            ("occurred_after=2026-03-20T15:00:00Z&occurred_before=2026-03-20T17:00:00Z", "ab"),
            ("search=gift", "c"),
            ("ordering=amount_cents", "cba"),
            ("ordering=-amount_cents", "abc"),
            ("ordering=occurred_at", "abc"),
            ("appointment=00000000-0000-7000-8000-000000000000", ""),
        ],
    )
    def test_filters(self, staff: APIClient, query: str, found: str) -> None:
        TransactionFactory.create(note="a", amount_cents=3, method=Method.CASH, occurred_at=NOW.replace(hour=15))
        TransactionFactory.create(note="b", amount_cents=2, status=TransactionStatus.FAILED, occurred_at=NOW)
        TransactionFactory.create(note="c Gift card", amount_cents=1, occurred_at=NOW.replace(hour=17))

        response = staff.get(f"{PATH}?{query}")

        notes = [row["note"][0] for row in response.json()["results"]]
        assert (notes if "ordering" in query else sorted(notes)) == list(found)

    def test_of_one_appointment(self, staff: APIClient) -> None:
        _, wanted = TransactionFactory.create_batch(2)

        response = staff.get(PATH, {"appointment": str(wanted.appointment_id)})

        assert [row["id"] for row in response.json()["results"]] == [str(wanted.pk)]

    def test_of_one_customer(self, staff: APIClient) -> None:
        _, wanted = TransactionFactory.create_batch(2)
        customer = wanted.appointment.customer

        of_customer = staff.get(PATH, {"customer": str(customer.pk)})
        by_name = staff.get(PATH, {"search": customer.name})

        assert [row["customer_name"] for row in of_customer.json()["results"]] == [customer.name]
        assert str(wanted.pk) in [row["id"] for row in by_name.json()["results"]]

    @pytest.mark.parametrize(
        ("parameter", "value"),
        [
            ("appointment", "1"),
            ("customer", "1"),
            ("appointment", "x\x00"),
            ("method", "cheque"),
            ("method", "cash\x00"),
            ("status", "done"),
            ("occurred_after", "yesterday"),
            ("occurred_after", "2026-99-01T00:00:00Z"),
            ("occurred_before", "\x00"),
            ("ordering", "note"),
            ("ordering", "appointment__notes"),
            ("page", "0"),
            ("page_size", "201"),
        ],
    )
    def test_what_cannot_be_used_is_named(self, staff: APIClient, parameter: str, value: str) -> None:
        response = staff.get(PATH, {parameter: value})

        assert response.status_code == 400
        assert list(response.json()["errors"]) == [parameter]

    @pytest.mark.parametrize(
        "moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00%2B14:00"]
    )
    def test_the_ends_of_time(self, staff: APIClient, moment: str) -> None:
        response = staff.get(f"{PATH}?occurred_after={moment}")

        assert response.status_code in {200, 400}

    def test_a_search_that_cannot_be_stored_is_refused(self, staff: APIClient) -> None:
        assert staff.get(PATH, {"search": "a\x00"}).status_code == 400

    def test_the_number_of_queries_does_not_grow(self, staff: APIClient, tenant: Tenant) -> None:
        def queries(rows: int) -> int:
            with tenant_context(tenant):
                for payment in TransactionFactory.create_batch(rows - Transaction.objects.count(), refunded_cents=1000):
                    RefundFactory.create_batch(2, transaction=payment, amount_cents=500)
            with CaptureQueriesContext(connection) as captured:
                response = staff.get(PATH)
            assert response.json()["count"] == rows
            return len(captured)

        staff.get(PATH)

        assert queries(1) == queries(3)
