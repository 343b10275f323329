"""Who may record and refund payments, and whose they see."""

from typing import Any

import pytest
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.models import Tenant
from tests.factories.payments import TransactionFactory
from tests.fixtures import PutOnPlan
from tests.payments.shapes import PATH, UNKNOWN_ID

LOCKED = (
    "Your current plan does not include Payment Processing. Please upgrade your subscription to access this feature."
)


class TestGates:
    """Who may record and refund."""

    REQUESTS: tuple[tuple[str, str], ...] = (("get", PATH), ("post", PATH), ("post", f"{PATH}{UNKNOWN_ID}/refund/"))

    @pytest.mark.parametrize(("method", "path"), REQUESTS)
    def test_nobody(self, anonymous: APIClient, method: str, path: str) -> None:
        response = getattr(anonymous, method)(path)

        assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")

    @pytest.mark.parametrize(("method", "path"), REQUESTS)
    def test_a_stranger(self, stranger: APIClient, method: str, path: str) -> None:
        response = getattr(stranger, method)(path, SERVER_NAME="acme.localhost")

        assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")

    @pytest.mark.parametrize(("method", "path"), REQUESTS)
    def test_a_plan_without_payments(self, owner: APIClient, put_on_plan: PutOnPlan, method: str, path: str) -> None:
        put_on_plan("free")

        response = getattr(owner, method)(path)

        assert (response.status_code, response.json()) == (
            403,
            {
                "detail": LOCKED,
                "code": "feature_not_in_plan",
                "feature": {"key": "can_accept_payments", "name": "Payment Processing"},
                "plan": "free",
                "upgrade": {
                    "plan": "starter",
                    "name": "Starter",
                    "url": "/settings/plan?feature=can_accept_payments",
                },
            },
        )

    @pytest.mark.parametrize("client", ["staff", "manager", "owner"])
    def test_every_member(
        self, request: pytest.FixtureRequest, put_on_plan: PutOnPlan, body: dict[str, Any], client: str
    ) -> None:
        put_on_plan("starter")
        member: APIClient = request.getfixturevalue(client)

        recorded = member.post(PATH, body, format="json")
        refunded = member.post(f"{PATH}{recorded.json()['id']}/refund/", {}, format="json")

        assert (recorded.status_code, refunded.status_code) == (201, 200)
        assert refunded.json()["status"] == "refunded"

    def test_another_business_has_other_payments(self, stranger: APIClient, other_tenant: Tenant) -> None:
        mine = TransactionFactory.create()
        with tenant_context(other_tenant):
            theirs = TransactionFactory.create()

        listed = stranger.get(PATH).json()
        answers = [
            stranger.get(f"{PATH}{mine.pk}/"),
            stranger.post(f"{PATH}{mine.pk}/refund/", {}, format="json"),
            stranger.post(
                PATH, {"appointment": str(mine.appointment_id), "amount_cents": 1, "method": "cash"}, format="json"
            ),
        ]

        assert [row["id"] for row in listed["results"]] == [str(theirs.pk)]
        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
            (404, "not_found"),
            (404, "not_found"),
            (400, "invalid"),
        ]
        assert list(answers[2].json()["errors"]) == ["appointment"]

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_nothing_is_changed_or_deleted(self, owner: APIClient, method: str) -> None:
        payment = TransactionFactory.create()

        response = getattr(owner, method)(f"{PATH}{payment.pk}/", {}, format="json")

        assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
