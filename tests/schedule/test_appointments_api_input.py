"""`/api/appointments/`: what is refused, naming the field."""

from datetime import timedelta
from typing import Any

import pytest
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.models import Event
from tests.factories.schedule import (
    CustomerFactory,
    ResourceFactory,
    ServiceFactory,
)
from tests.schedule.calls import URL, post

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


HOSTILE: list[tuple[str, Any]] = [
    ("service", ...),
    ("service", None),
    ("service", "massage"),
    ("service", True),
    ("service", 2**70),
    ("service", -1),
    ("service", 1.5),
    ("service", [1]),
    ("service", 2**62),
    ("customer", ...),
    ("customer", None),
    ("customer", 12),
    ("customer", 2**200),
    ("customer", "clara"),
    ("customer", {}),
    ("customer", "00000000-0000-7000-8000-000000000000"),
    ("start_at", ...),
    ("start_at", None),
    ("start_at", 1_900_000_000),
    ("start_at", "tomorrow"),
    ("start_at", ""),
    ("start_at", "2030-06-03"),
    ("start_at", "2030-02-30T09:00:00Z"),
    ("start_at", "0001-01-01T00:00:00+14:00"),
    ("start_at", "9999-12-31T23:59:59-12:00"),
    ("start_at", "2030-03-10T02:30:00"),
    ("start_at", "2020-01-01T09:00:00Z"),
    ("start_at", "2099-12-31T09:00:00Z"),
    ("start_at", "2030-06-03T09:00:00+99:99"),
    ("start_at", ["2030-06-03T09:00:00Z"]),
    ("resources", 1),
    ("resources", None),
    ("resources", ["anna"]),
    ("resources", [2**70]),
    ("resources", [2**62]),
    ("resources", [0]),
    ("resources", [[1]]),
    ("resources", list(range(1, 30))),
    ("notes", None),
    ("notes", {"text": "x"}),
    ("notes", "x" * 5001),
    ("allow_outside_hours", "perhaps"),
    ("allow_outside_hours", None),
    ("allow_outside_hours", {}),
]


class TestBadInput:
    @pytest.mark.parametrize(("field", "value"), HOSTILE, ids=lambda value: str(value)[:40])
    def test_booking(self, staff: APIClient, wish: dict[str, Any], field: str, value: Any) -> None:
        body = {**wish, field: value}
        if value is ...:
            del body[field]

        response = post(staff, URL, body)

        assert (response.status_code, list(response.json()["errors"])) == (400, [field])

    @pytest.mark.parametrize("field", ["notes", "start_at", "customer"])
    def test_nul_characters(self, staff: APIClient, wish: dict[str, Any], field: str) -> None:
        response = post(staff, URL, {**wish, field: "a\x00b"})

        assert response.status_code == 400
        assert field in response.json()["detail"]

    def test_ids_of_another_tenant(
        self, staff: APIClient, wish: dict[str, Any], tenant: Tenant, other_tenant: Tenant
    ) -> None:
        with tenant_context(other_tenant):
            anna = ResourceFactory.create()
            foreign = {
                "service": ServiceFactory.create(resources=[anna]).pk,
                "customer": str(CustomerFactory.create().pk),
                "resources": [anna.pk],
            }
        for field, value in foreign.items():
            response = post(staff, URL, {**wish, field: value})
            assert (response.status_code, list(response.json()["errors"])) == (400, [field])
            assert response.json()["code"] == "does_not_exist"

    @pytest.mark.parametrize("body", ["[]", "null", "{", '"x"'])
    @pytest.mark.parametrize("method", ["post", "patch"])
    def test_no_object(self, staff: APIClient, event: Event, method: str, body: str) -> None:
        path = URL if method == "post" else f"{URL}{event.pk}/"

        response = staff.generic(method.upper(), path, body, content_type="application/json")

        assert response.status_code == 400

    @pytest.mark.parametrize(
        ("body", "field"),
        [({}, "start_at"), ({"start_at": "2030-03-10T02:30"}, "start_at"), ({"resources": "x"}, "resources")],
    )
    def test_rescheduling(
        self, staff: APIClient, event: Event, wish: dict[str, Any], body: dict[str, Any], field: str
    ) -> None:
        response = post(staff, f"{URL}{event.pk}/reschedule/", body)

        assert response.status_code == 400
        assert field in response.json()["errors"]

    def test_a_reason_that_is_too_long(self, staff: APIClient, event: Event) -> None:
        response = post(staff, f"{URL}{event.pk}/cancel/", {"reason": "x" * 501})

        assert (response.status_code, list(response.json()["errors"])) == (400, ["reason"])
