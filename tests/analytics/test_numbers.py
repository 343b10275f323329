"""The three answers against the same numbers worked out row by row, over zones, clock changes, refunds, currencies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django_tenants.utils import tenant_context
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2.extras import DateTimeTZRange
from rest_framework.test import APIClient

from core.models import Tenant
from payments.enums import Method, TransactionStatus
from payments.models import Transaction
from schedule.enums import Status
from schedule.models import Customer, Event, Participant, Resource, Service
from tests.analytics import plain
from tests.analytics.plain import Booking, Business, Payment

BASE = "/api/analytics/analytics"

MOMENTS = (
    ("UTC", datetime(2026, 3, 1, 0, 0, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 9, 2, 30, tzinfo=UTC)),  # the evening after clocks went forward
    ("America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # inside the hour that happens twice
    ("Europe/Berlin", datetime(2026, 3, 29, 22, 30, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 15, 0, tzinfo=UTC)),  # this day began at 01:00
    ("Africa/Cairo", datetime(2026, 4, 24, 9, 0, tzinfo=UTC)),  # so did this one
    ("America/Havana", datetime(2026, 11, 1, 12, 0, tzinfo=UTC)),  # midnight happened twice
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, 15, tzinfo=UTC)),  # clocks move by half an hour
    ("Asia/Kathmandu", datetime(2026, 1, 31, 18, 14, tzinfo=UTC)),  # UTC+05:45, the last minute of January
    ("Pacific/Kiritimati", datetime(2026, 12, 31, 9, 59, tzinfo=UTC)),  # UTC+14, the year's last minute
    ("Pacific/Apia", datetime(2012, 1, 2, 12, 0, tzinfo=UTC)),  # had no 30 December 2011
)
MINUTES_NEAR_CHANGES = (0, 1, 29, 30, 59, 60, 61, 90, 119, 120, 150, 180, 1380, 1410, 1439)


@dataclass(frozen=True)
class Scene:
    """A business at a moment; services and resources by position until they have ids."""

    zone: str
    now: datetime
    bookings: tuple[Booking, ...]


@st.composite
def bookings(draw: st.DrawFn, zone: ZoneInfo, now: datetime) -> Booking:
    """Draw an appointment around now, preferably close to midnight or a change of the clocks."""
    day = now.astimezone(zone).date() + timedelta(days=draw(st.integers(-13, 3)))
    minute = draw(st.sampled_from(MINUTES_NEAR_CHANGES) | st.integers(0, 1439))
    wall_clock = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)
    start_at = wall_clock.replace(fold=draw(st.integers(0, 1))).astimezone(UTC)
    return Booking(
        service=draw(st.integers(0, 2)),
        resources=draw(st.frozensets(st.integers(0, 2), max_size=3)),
        start_at=draw(st.sampled_from((start_at, start_at, start_at, now))),
        minutes=draw(st.sampled_from((15, 45, 60, 95))),
        status=draw(st.sampled_from(plain.STATUSES)),
        payments=tuple(draw(st.lists(payments(), max_size=2))),
    )


@st.composite
def payments(draw: st.DrawFn) -> Payment:
    """Draw a payment: kept, refunded in part or whole, failed."""
    amount_cents = draw(st.integers(1, 10_000))
    failed = draw(st.integers(0, 4)) == 0
    refunded_cents = 0 if failed else draw(st.sampled_from((0, amount_cents)) | st.integers(0, amount_cents))
    return Payment(amount_cents, refunded_cents, draw(st.sampled_from(("EUR", "EUR", "USD", "CHF"))), failed)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Draw a moment in a zone and what is booked around it."""
    zone, now = draw(st.sampled_from(MOMENTS))
    return Scene(zone, now, tuple(draw(st.lists(bookings(ZoneInfo(zone), now), max_size=14))))


@contextmanager
def built(scene: Scene, tenant: Tenant) -> Iterator[Business]:
    """Store the scene in Acme, and take it away again afterwards."""
    with transaction.atomic():
        Tenant.objects.filter(pk=tenant.pk).update(timezone=scene.zone, currency="EUR")
        services = Service.objects.bulk_create(
            Service(name=f"Service {name}", duration_minutes=60, currency="EUR") for name in "ABC"
        )
        resources = Resource.objects.bulk_create(
            Resource(name=f"Resource {name}", max_concurrent_events=99) for name in "ABC"
        )
        customer = Customer.objects.create(name="Someone")
        for booking in scene.bookings:
            store(booking, services, resources, customer)
        yield Business(
            zone=ZoneInfo(scene.zone),
            currency="EUR",
            services={service.pk: service.name for service in services},
            resources={resource.pk: resource.name for resource in resources},
            bookings=[
                Booking(
                    services[booking.service].pk,
                    frozenset(resources[number].pk for number in booking.resources),
                    booking.start_at,
                    booking.minutes,
                    booking.status,
                    booking.payments,
                )
                for booking in scene.bookings
            ],
        )
        transaction.set_rollback(True)


def store(booking: Booking, services: list[Service], resources: list[Resource], customer: Customer) -> None:
    """Insert one appointment with its participants and payments."""
    end_at = booking.start_at + timedelta(minutes=booking.minutes)
    event = Event.objects.create(
        service=services[booking.service],
        customer=customer,
        start_at=booking.start_at,
        end_at=end_at,
        status=booking.status,
        price_cents=0,
        currency="EUR",
        cancelled_at=booking.start_at if booking.status == Status.CANCELLED else None,
    )
    Participant.objects.bulk_create(
        Participant(
            event=event,
            resource=resources[number],
            occupied=DateTimeTZRange(booking.start_at, end_at, "[)"),
            exclusive=False,
        )
        for number in booking.resources
    )
    Transaction.objects.bulk_create(
        Transaction(
            appointment=event,
            amount_cents=payment.amount_cents,
            refunded_cents=payment.refunded_cents,
            currency=payment.currency,
            method=Method.CASH,
            status=status_of(payment),
        )
        for payment in booking.payments
    )


def status_of(payment: Payment) -> TransactionStatus:
    """Return the status that fits what was given back."""
    if payment.failed:
        return TransactionStatus.FAILED
    if payment.refunded_cents == 0:
        return TransactionStatus.SUCCEEDED
    whole = payment.refunded_cents == payment.amount_cents
    return TransactionStatus.REFUNDED if whole else TransactionStatus.PARTIALLY_REFUNDED


def ask(client: APIClient, path: str, **parameters: Any) -> Any:
    """Return the body of an answer."""
    given = {name: value for name, value in parameters.items() if value is not None}
    response = client.get(f"{BASE}/{path}/", given)
    assert response.status_code == 200, response.content
    return response.json()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scene=scenes(),
    days=st.integers(1, 12),
    status=st.none() | st.sampled_from(plain.STATUSES),
    service=st.none() | st.integers(0, 2),
    resource=st.none() | st.integers(0, 2),
)
def test_every_number_is_right(
    tenant: Tenant,
    owner: APIClient,
    scene: Scene,
    days: int,
    status: str | None,
    service: int | None,
    resource: int | None,
) -> None:
    with (
        tenant_context(tenant),
        patch("analytics.views.current_time", return_value=scene.now),
        built(scene, tenant) as business,
    ):
        service_id = None if service is None else list(business.services)[service]
        resource_id = None if resource is None else list(business.resources)[resource]
        filters = {"status": status, "service_id": service_id, "resource_id": resource_id}

        shown_dashboard = ask(owner, "dashboard")
        shown_appointments = ask(owner, "appointments", days=days)
        shown_filtered = ask(owner, "appointments", days=days, **filters)
        shown_revenue = ask(owner, "revenue", days=days)
        shown_revenue_of_service = ask(owner, "revenue", days=days, service_id=service_id)

        del shown_dashboard["period"]
        assert shown_dashboard == {
            **plain.dashboard(business, scene.now),
            "active_services_count": 3,
            "active_resources_count": 3,
        }
        assert shown_appointments == plain.appointments(business, scene.now, days)
        assert shown_filtered == plain.appointments(business, scene.now, days, status, service_id, resource_id)
        assert shown_revenue == plain.revenue(business, scene.now, days)
        assert shown_revenue_of_service == plain.revenue(business, scene.now, days, service_id)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scene=scenes(), days=st.integers(1, 12))
def test_the_parts_add_up(tenant: Tenant, owner: APIClient, scene: Scene, days: int) -> None:
    with (
        tenant_context(tenant),
        patch("analytics.views.current_time", return_value=scene.now),
        built(scene, tenant),
    ):
        appointments = ask(owner, "appointments", days=days)
        revenue = ask(owner, "revenue", days=days)

    assert {
        sum(appointments["by_status"].values()),
        sum(row["count"] for row in appointments["by_service"]),
        sum(row["count"] for row in appointments["daily_breakdown"]),
        sum(sum(row["status_breakdown"].values()) for row in appointments["daily_breakdown"]),
    } == {appointments["total"]}
    for total, part in (("total_revenue_cents", "revenue_cents"), ("transaction_count", "transaction_count")):
        assert sum(row[part] for row in revenue["daily_breakdown"]) == revenue[total]
    assert sum(row["revenue_cents"] for row in revenue["by_service"]) == revenue["total_revenue_cents"]
    assert sum(row["count"] for row in revenue["by_service"]) == revenue["transaction_count"]
    assert len(appointments["daily_breakdown"]) == len(revenue["daily_breakdown"]) == days


@pytest.mark.parametrize(
    ("zone", "now", "period"),
    [
        ("UTC", datetime(2026, 2, 28, 23, 59, tzinfo=UTC), ("2026-02-01T00:00:00Z", "2026-02-28T23:59:59Z")),
        ("UTC", datetime(2024, 2, 1, tzinfo=UTC), ("2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z")),
        (
            "Asia/Kathmandu",
            datetime(2025, 12, 31, 18, 15, tzinfo=UTC),
            ("2026-01-01T00:00:00+05:45", "2026-01-31T23:59:59+05:45"),
        ),
        (
            "Europe/Berlin",
            datetime(2026, 10, 1, tzinfo=UTC),
            ("2026-10-01T00:00:00+02:00", "2026-10-31T23:59:59+01:00"),
        ),
        (
            "America/Asuncion",
            datetime(2017, 10, 1, 12, tzinfo=UTC),
            ("2017-10-01T01:00:00-03:00", "2017-10-31T23:59:59-03:00"),
        ),
    ],
)
def test_the_period_is_the_month_of_the_business(
    tenant: Tenant, owner: APIClient, zone: str, now: datetime, period: tuple[str, str]
) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(timezone=zone)

    with patch("analytics.views.current_time", return_value=now):
        shown = ask(owner, "dashboard")["period"]

    assert shown == {"start_date": period[0], "end_date": period[1]}
