"""What can be asked for, and what is refused."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.enums import Status
from tests.factories.payments import TransactionFactory
from tests.factories.schedule import EventFactory, ResourceFactory

BASE = "/api/analytics/analytics"
WINDOWS = ("appointments", "revenue")
NOW = datetime(2026, 3, 20, 16, 0, tzinfo=UTC)

BAD_DAYS = (
    "",
    "0",
    "-1",
    "+1",
    "3661",
    "1.0",
    "1e2",
    "1_0",
    "%201",
    "1%20",
    "1%0A",
    "0x10",
    "%D9%A3",
    "%C2%B2",
    "thirty",
    "null",
    "%00",
    "9" * 30,
    "9" * 5000,
    "1,2",
    "1%27%20OR%201=1--",
)
BAD_IDS = ("a", "1.0", "1_0", "+1", "--1", "%201", "1%20", "%D9%A3", "null", "%00", "1%00", "1,2", "[1]", "9" * 5000)
BAD_STATUSES = ("Confirmed", "done", "confirmed,cancelled", "%00", "%20confirmed", "None")


@pytest.fixture(autouse=True)
def noon() -> Any:
    """Let the numbers be asked for at one fixed moment."""
    with patch("analytics.views.current_time", return_value=NOW):
        yield


@pytest.fixture
def completed(tenant: Tenant) -> Any:
    """A paid appointment of today, with one resource."""
    payment = TransactionFactory.create(
        appointment=EventFactory.create(start_at=NOW, status=Status.COMPLETED, resources=[ResourceFactory.create()])
    )
    return payment.appointment


@pytest.mark.parametrize(
    ("endpoint", "parameter", "value"),
    [
        *((endpoint, "days", value) for endpoint in WINDOWS for value in BAD_DAYS),
        *((endpoint, "service_id", value) for endpoint in WINDOWS for value in BAD_IDS),
        *(("appointments", "resource_id", value) for value in BAD_IDS),
        *(("appointments", "status", value) for value in BAD_STATUSES),
    ],
)
def test_what_cannot_be_used_is_named(owner: APIClient, endpoint: str, parameter: str, value: str) -> None:
    response = owner.get(f"{BASE}/{endpoint}/?{parameter}={value}")

    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert list(response.json()["errors"]) == [parameter]
    assert response.json()["detail"].startswith(f"{parameter}: ")


def test_everything_that_is_wrong_is_named(owner: APIClient) -> None:
    response = owner.get(f"{BASE}/appointments/?days=0&status=x&service_id=y&resource_id=z")

    assert list(response.json()["errors"]) == ["days", "service_id", "status", "resource_id"]


@pytest.mark.parametrize("endpoint", WINDOWS)
@pytest.mark.parametrize(
    ("query", "days"),
    [("", 30), ("days=1", 1), ("days=007", 7), ("days=3660", 3660), ("days=x&days=2", 2), ("DAYS=5", 30)],
)
def test_the_window_ends_today(owner: APIClient, endpoint: str, query: str, days: int) -> None:
    shown = owner.get(f"{BASE}/{endpoint}/?{query}").json()

    assert (shown["period_days"], len(shown["daily_breakdown"])) == (days, days)
    assert shown["daily_breakdown"][-1]["date"] == "2026-03-20"


def test_the_last_of_repeated_parameters_counts(owner: APIClient) -> None:
    assert owner.get(f"{BASE}/appointments/?days=2&days=x").status_code == 400
    assert owner.get(f"{BASE}/appointments/?status=x&status=completed").status_code == 200


@pytest.mark.parametrize("query", ["", "status=&service_id=&resource_id=", "colour=red&page=x&format=csv&ordering=-id"])
def test_empty_and_unknown_parameters_are_ignored(owner: APIClient, completed: Any, query: str) -> None:
    assert owner.get(f"{BASE}/appointments/?{query}").json()["total"] == 1
    assert owner.get(f"{BASE}/revenue/?{query}").json()["transaction_count"] == 1


@pytest.mark.parametrize("unknown", ["0", "-1", "999999999", str(2**63 - 1), str(2**63), str(-(2**63) - 1), "9" * 100])
def test_an_unknown_id_matches_nothing(owner: APIClient, completed: Any, unknown: str) -> None:
    none = {"pending": 0, "confirmed": 0, "completed": 0, "cancelled": 0, "no_show": 0}
    nothing = {
        "total": 0,
        "by_status": none,
        "by_service": [],
        "by_resource": [],
        "daily_breakdown": [{"date": "2026-03-20", "count": 0, "status_breakdown": none}],
        "booking_trend_percent": None,
        "cancellation_rate_percent": 0.0,
        "no_show_rate_percent": 0.0,
        "period_days": 1,
    }

    of_service = owner.get(f"{BASE}/appointments/?days=1&service_id={unknown}")
    of_resource = owner.get(f"{BASE}/appointments/?days=1&resource_id={unknown}")
    revenue = owner.get(f"{BASE}/revenue/?days=1&service_id={unknown}")

    assert (of_service.json(), of_resource.json()) == (nothing, nothing)
    assert revenue.json() == {
        "total_revenue_cents": 0,
        "transaction_count": 0,
        "average_transaction_value_cents": 0,
        "by_service": [],
        "daily_breakdown": [{"date": "2026-03-20", "revenue_cents": 0, "transaction_count": 0}],
        "period_days": 1,
        "currency": "USD",
        "other_currencies": [],
    }
