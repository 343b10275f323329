"""What analytics promises, in ten tests: who gets in, and what the numbers say. More of them are in tests/analytics."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.enums import Status
from tests.factories.payments import TransactionFactory
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory

BASE = "/api/analytics/analytics"
ENDPOINTS = ("dashboard", "appointments", "revenue")
NOON = datetime(2026, 3, 20, 16, 0, tzinfo=UTC)
"""A Friday, noon in Acme's New York."""


@pytest.fixture(autouse=True)
def noon() -> Any:
    """Let the numbers be asked for at one fixed moment."""
    with patch("analytics.views.current_time", return_value=NOON):
        yield


def locked(key: str, name: str, plan: str, upgrade: dict[str, str] | None, code: str) -> dict[str, Any]:
    """Return the refusal of a feature."""
    text = "Your current plan does not include {}. Please upgrade your subscription to access this feature."
    return {
        "detail": text.format(name),
        "code": code,
        "feature": {"key": key, "name": name},
        "plan": plan,
        "upgrade": upgrade,
    }


def override(tenant: Tenant, **values: bool) -> None:
    """Set overrides of the business."""
    Tenant.objects.filter(pk=tenant.pk).update(**values)


class TestAnalyticsPermissions:
    """Who gets in, and what the answers look like."""

    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_analytics_requires_authentication(self, anonymous: APIClient, endpoint: str) -> None:
        """Nobody is told anything, not even which plan the business has."""
        response = anonymous.get(f"{BASE}/{endpoint}/")

        assert (response.status_code, response.json()) == (
            401,
            {"detail": "Authentication credentials were not provided.", "code": "not_authenticated"},
        )
        assert response.headers["WWW-Authenticate"] == "Token"

    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_analytics_denied_without_permission(self, owner: APIClient, put_on_plan: Any, endpoint: str) -> None:
        """A plan without the feature is refused in the words of the contract, with the plan that would help."""
        put_on_plan("free")

        response = owner.get(f"{BASE}/{endpoint}/")

        upgrade = {
            "plan": "professional",
            "name": "Professional",
            "url": "/settings/plan?feature=advanced_analytics",
        }
        assert (response.status_code, response.json()) == (
            403,
            locked("advanced_analytics", "Advanced Analytics", "free", upgrade, "feature_not_in_plan"),
        )

    @pytest.mark.parametrize("endpoint", ENDPOINTS)
    def test_analytics_allowed_with_permission(self, owner: APIClient, put_on_plan: Any, endpoint: str) -> None:
        """A plan with the feature is let in."""
        put_on_plan("professional")

        response = owner.get(f"{BASE}/{endpoint}/")

        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")

    def test_dashboard_endpoint_structure(self, owner: APIClient) -> None:
        """Every key is there when there is nothing to count."""
        response = owner.get(f"{BASE}/dashboard/")

        assert response.json() == {
            "total_appointments_this_month": 0,
            "total_appointments_all_time": 0,
            "active_resources_count": 0,
            "active_services_count": 0,
            "upcoming_appointments_count": 0,
            "average_appointment_duration_minutes": 0.0,
            "peak_booking_day": None,
            "peak_booking_hour": None,
            "period": {"start_date": "2026-03-01T00:00:00-05:00", "end_date": "2026-03-31T23:59:59-04:00"},
        }

    def test_appointments_endpoint_with_filters(self, owner: APIClient) -> None:
        """Filters combine; what they leave out is counted nowhere."""
        anna, ben = ResourceFactory.create_batch(2)
        cut, colour = ServiceFactory.create_batch(2)
        EventFactory.create(service=cut, resources=[anna], start_at=NOON, status=Status.COMPLETED)
        EventFactory.create(service=cut, resources=[ben], start_at=NOON, status=Status.COMPLETED)
        EventFactory.create(service=cut, resources=[anna], start_at=NOON - timedelta(days=1))
        EventFactory.create(
            service=colour, resources=[anna], start_at=NOON - timedelta(days=2), status=Status.COMPLETED
        )
        EventFactory.create(service=cut, resources=[anna], start_at=NOON - timedelta(days=3), status=Status.COMPLETED)

        response = owner.get(f"{BASE}/appointments/?days=3&status=completed&service_id={cut.pk}&resource_id={anna.pk}")

        none = {"pending": 0, "confirmed": 0, "completed": 0, "cancelled": 0, "no_show": 0}
        assert response.json() == {
            "total": 1,
            "by_status": {**none, "completed": 1},
            "by_service": [{"service_id": cut.pk, "service_name": cut.name, "count": 1}],
            "by_resource": [{"resource_id": anna.pk, "resource_name": anna.name, "count": 1}],
            "daily_breakdown": [
                {"date": "2026-03-18", "count": 0, "status_breakdown": none},
                {"date": "2026-03-19", "count": 0, "status_breakdown": none},
                {"date": "2026-03-20", "count": 1, "status_breakdown": {**none, "completed": 1}},
            ],
            "booking_trend_percent": 0.0,
            "cancellation_rate_percent": 0.0,
            "no_show_rate_percent": 0.0,
            "period_days": 3,
        }

    def test_revenue_requires_payments_permission(self, owner: APIClient, tenant: Tenant) -> None:
        """Analytics alone does not open the revenue; the refusal names payments."""
        override(tenant, can_accept_payments=False)

        response = owner.get(f"{BASE}/revenue/")

        assert (response.status_code, response.json()) == (
            403,
            locked("can_accept_payments", "Payment Processing", "professional", None, "feature_revoked"),
        )

    @pytest.mark.parametrize(
        ("analytics", "payments", "seen"),
        [
            (True, True, {"dashboard": 200, "appointments": 200, "revenue": 200}),
            (True, False, {"dashboard": 200, "appointments": 200, "revenue": 403}),
            (False, True, {"dashboard": 403, "appointments": 403, "revenue": 403}),
            (False, False, {"dashboard": 403, "appointments": 403, "revenue": 403}),
        ],
    )
    def test_multiple_permission_check(
        self,
        owner: APIClient,
        tenant: Tenant,
        analytics: bool,
        payments: bool,
        seen: dict[str, int],
    ) -> None:
        """The revenue needs both features, the rest needs analytics alone; analytics is asked for first."""
        override(tenant, advanced_analytics=analytics, can_accept_payments=payments)

        responses = {endpoint: owner.get(f"{BASE}/{endpoint}/") for endpoint in ENDPOINTS}

        assert {endpoint: response.status_code for endpoint, response in responses.items()} == seen
        if seen["revenue"] == 403:
            missing = "can_accept_payments" if analytics else "advanced_analytics"
            assert responses["revenue"].json()["feature"]["key"] == missing


class TestAnalyticsData:
    """What the numbers say."""

    def test_dashboard_counts_appointments_correctly(self, owner: APIClient) -> None:
        """Month and all time count every status; upcoming, duration and peaks have their own rules."""
        cut = ServiceFactory.create(duration_minutes=30)
        ServiceFactory.create(is_active=False)
        ResourceFactory.create()
        ResourceFactory.create(is_active=False)
        monday = datetime(2026, 3, 23, 14, 0, tzinfo=UTC)
        for start_at, status, minutes in (
            (datetime(2026, 3, 1, 5, 0, tzinfo=UTC), Status.COMPLETED, 30),  # Sunday 00:00, the month begins
            (datetime(2026, 3, 1, 4, 59, tzinfo=UTC), Status.COMPLETED, 30),  # Saturday 23:59, the month before
            (datetime(2026, 4, 1, 3, 59, tzinfo=UTC), Status.CONFIRMED, 45),  # Tuesday 23:59, the month ends
            (datetime(2026, 4, 1, 4, 0, tzinfo=UTC), Status.PENDING, 60),  # Wednesday 00:00, the month after
            (monday, Status.CONFIRMED, 30),
            (monday + timedelta(hours=1), Status.CANCELLED, 600),
            (NOON, Status.CONFIRMED, 30),  # begins now: not to come any more
        ):
            EventFactory.create(
                service=cut, start_at=start_at, end_at=start_at + timedelta(minutes=minutes), status=status
            )

        response = owner.get(f"{BASE}/dashboard/")

        assert response.json() == {
            "total_appointments_this_month": 5,
            "total_appointments_all_time": 7,
            "active_resources_count": 1,
            "active_services_count": 1,
            "upcoming_appointments_count": 3,
            "average_appointment_duration_minutes": 37.5,
            "peak_booking_day": "Monday",
            "peak_booking_hour": 0,
            "period": {"start_date": "2026-03-01T00:00:00-05:00", "end_date": "2026-03-31T23:59:59-04:00"},
        }

    def test_appointments_counts_by_status(self, owner: APIClient) -> None:
        """Each status is counted on its day; the money follows the appointment's day, not the payment's."""
        cut = ServiceFactory.create()
        for number, status in enumerate(Status):
            for _ in range(number + 1):
                EventFactory.create(service=cut, start_at=NOON, status=status)
        paid = EventFactory.create(service=cut, start_at=NOON - timedelta(days=1), status=Status.COMPLETED)
        TransactionFactory.create(appointment=paid, amount_cents=5000, refunded_cents=1500, occurred_at=NOON)

        appointments = owner.get(f"{BASE}/appointments/?days=2").json()
        revenue = owner.get(f"{BASE}/revenue/?days=2").json()

        today = {"pending": 1, "confirmed": 2, "completed": 3, "cancelled": 4, "no_show": 5}
        yesterday = {"pending": 0, "confirmed": 0, "completed": 1, "cancelled": 0, "no_show": 0}
        assert (appointments["total"], appointments["by_status"]) == (16, {**today, "completed": 4})
        assert appointments["daily_breakdown"] == [
            {"date": "2026-03-19", "count": 1, "status_breakdown": yesterday},
            {"date": "2026-03-20", "count": 15, "status_breakdown": today},
        ]
        assert revenue["daily_breakdown"] == [
            {"date": "2026-03-19", "revenue_cents": 3500, "transaction_count": 1},
            {"date": "2026-03-20", "revenue_cents": 0, "transaction_count": 0},
        ]

    def test_cancellation_rate_calculation(self, owner: APIClient) -> None:
        """25 cancelled and 10 missed of 285 are 8.77 and 3.51 percent."""
        cut = ServiceFactory.create()
        booked = EventFactory.create(service=cut, start_at=NOON, status=Status.COMPLETED)
        for status, count in ((Status.COMPLETED, 249), (Status.CANCELLED, 25), (Status.NO_SHOW, 10)):
            EventFactory.create_batch(count, service=cut, customer=booked.customer, start_at=NOON, status=status)

        response = owner.get(f"{BASE}/appointments/").json()

        assert response["total"] == 285
        assert (response["cancellation_rate_percent"], response["no_show_rate_percent"]) == (8.77, 3.51)
