"""Answers shown in the API's documentation."""

from drf_spectacular.utils import OpenApiExample

STATUSES = {"pending": 0, "confirmed": 2, "completed": 1, "cancelled": 1, "no_show": 0}

DASHBOARD = OpenApiExample(
    "A month in December",
    value={
        "total_appointments_this_month": 42,
        "total_appointments_all_time": 1250,
        "active_resources_count": 5,
        "active_services_count": 3,
        "upcoming_appointments_count": 8,
        "average_appointment_duration_minutes": 45.5,
        "peak_booking_day": "Friday",
        "peak_booking_hour": 14,
        "period": {"start_date": "2026-12-01T00:00:00-05:00", "end_date": "2026-12-31T23:59:59-05:00"},
    },
    response_only=True,
)

APPOINTMENTS = OpenApiExample(
    "One day",
    value={
        "total": 4,
        "by_status": STATUSES,
        "by_service": [{"service_id": 1, "service_name": "Haircut", "count": 4}],
        "by_resource": [
            {"resource_id": 1, "resource_name": "Anna", "count": 3},
            {"resource_id": 2, "resource_name": "Ben", "count": 1},
        ],
        "daily_breakdown": [
            {
                "date": "2026-12-04",
                "count": 4,
                "status_breakdown": {
                    "pending": 0,
                    "confirmed": 2,
                    "completed": 1,
                    "cancelled": 1,
                    "no_show": 0,
                },
            }
        ],
        "booking_trend_percent": 33.33,
        "cancellation_rate_percent": 25.0,
        "no_show_rate_percent": 0.0,
        "period_days": 1,
    },
    response_only=True,
)

REVENUE = OpenApiExample(
    "One day",
    value={
        "total_revenue_cents": 12500,
        "transaction_count": 3,
        "average_transaction_value_cents": 4167,
        "by_service": [{"service_id": 1, "service_name": "Haircut", "revenue_cents": 12500, "count": 3}],
        "daily_breakdown": [{"date": "2026-12-04", "revenue_cents": 12500, "transaction_count": 3}],
        "period_days": 1,
        "currency": "USD",
        "other_currencies": [{"currency": "EUR", "total_revenue_cents": 4000, "transaction_count": 1}],
    },
    response_only=True,
)
