"""What an answer costs: the same few queries for one row and for hundreds."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.ids import uuid7
from core.models import Tenant
from payments.enums import Method
from payments.models import Transaction
from schedule.models import Event
from tests.factories.payments import TransactionFactory
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory

BASE = "/api/analytics/analytics"
NOW = datetime(2026, 3, 20, 16, 0, tzinfo=UTC)
OWN_TABLES = ("schedule_", "payments_")


def grow(tenant: Tenant, rows: int) -> None:
    """Add paid appointments on different days, services and resources until there are so many."""
    with tenant_context(tenant):
        services = ServiceFactory.create_batch(3)
        resources = ResourceFactory.create_batch(3, max_concurrent_events=1000)
        for number in range(Event.objects.count(), rows):
            event = EventFactory.create(
                service=services[number % 3],
                resources=resources[: number % 3],
                start_at=NOW - timedelta(hours=5 * number),
            )
            TransactionFactory.create(appointment=event, currency=("USD", "EUR")[number % 2])


def queries(client: APIClient, path: str) -> list[str]:
    """Return the statements of a request that read the business's rows."""
    with patch("analytics.views.current_time", return_value=NOW), CaptureQueriesContext(connection) as captured:
        response = client.get(f"{BASE}/{path}")
    assert response.status_code == 200
    return [query["sql"] for query in captured if any(table in query["sql"] for table in OWN_TABLES)]


@pytest.mark.parametrize(("path", "count"), [("dashboard/", 3), ("appointments/?days=90", 1), ("revenue/?days=90", 1)])
def test_the_number_of_queries_does_not_grow(owner: APIClient, tenant: Tenant, path: str, count: int) -> None:
    counted = []
    for rows in (1, 3, 300):
        grow(tenant, rows)
        counted.append(len(queries(owner, path)))

    assert counted == [count] * 3


@pytest.mark.parametrize("path", ["appointments/?days=3", "revenue/?days=3"])
def test_the_window_is_searched_by_index(owner: APIClient, tenant: Tenant, path: str) -> None:
    """Years of appointments do not make a short window dearer."""
    with tenant_context(tenant):
        fill(tenant)
    (statement,) = queries(owner, path)

    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "event_by_start" in plan


def fill(tenant: Tenant) -> None:
    """Add a paid appointment a day for five years, and let the planner know."""
    event = EventFactory.create(start_at=NOW)
    fields = {field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields}
    events = Event.objects.bulk_create(
        Event(**{**fields, "id": uuid7(), "start_at": start_at, "end_at": start_at + timedelta(hours=1)})
        for start_at in (NOW - timedelta(days=number) for number in range(1, 365 * 5))
    )
    Transaction.objects.bulk_create(
        Transaction(appointment=event, amount_cents=100, currency="USD", method=Method.CASH) for event in events
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE schedule_event, payments_transaction")
