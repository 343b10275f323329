"""`GET /api/customers/{id}/figures/`: one customer in eight figures."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.enums import Status
from schedule.models import Customer
from schedule.selectors.customers import CustomerFigures, customer_figures
from tests.factories.schedule import CustomerFactory, EventFactory
from tests.schedule.calls import UNKNOWN_ID

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def path_of(customer: Customer) -> str:
    return f"/api/customers/{customer.pk}/figures/"


def eventful(customer: Customer, now: datetime) -> None:
    """Every status, before and after `now`; and somebody else's."""
    for days, status in (
        (-9, Status.CANCELLED),
        (-8, Status.NO_SHOW),
        (-7, Status.COMPLETED),
        (-5, Status.COMPLETED),
        (-3, Status.CONFIRMED),
        (-2, Status.NO_SHOW),
        (2, Status.CANCELLED),
        (3, Status.PENDING),
        (4, Status.CONFIRMED),
    ):
        EventFactory.create(customer=customer, start_at=now + days * DAY, status=status)
    EventFactory.create(customer=CustomerFactory.create(), start_at=now + DAY)


def test_the_figures(tenant: Tenant, customer: Customer) -> None:
    now = datetime(2030, 6, 20, 12, tzinfo=tenant.zone)
    eventful(customer, now)

    with CaptureQueriesContext(connection) as captured:
        found = customer_figures(customer.pk, now=now)

    assert len([query for query in captured if not query["sql"].startswith("SET search_path")]) == 1
    assert found == CustomerFigures(
        appointments=9,
        upcoming=2,
        completed=2,
        cancelled=2,
        no_shows=2,
        first_at=now - 7 * DAY,
        last_at=now - 3 * DAY,
        next_at=now + 3 * DAY,
    )


def test_one_that_starts_now_is_a_visit(tenant: Tenant, customer: Customer) -> None:
    now = datetime(2030, 6, 20, 12, tzinfo=tenant.zone)
    EventFactory.create(customer=customer, start_at=now)

    found = customer_figures(customer.pk, now=now)

    assert (found.upcoming, found.first_at, found.last_at, found.next_at) == (0, now, now, None)


@pytest.mark.parametrize("role", ["staff", "manager", "owner"])
def test_the_shape(role: str, customer: Customer, tenant: Tenant, request: pytest.FixtureRequest) -> None:
    client: APIClient = request.getfixturevalue(role)
    now = timezone.now().replace(microsecond=0)
    eventful(customer, now)

    response = client.get(path_of(customer))

    def shown(days: int) -> str:
        return (now + days * DAY).astimezone(tenant.zone).isoformat()

    assert (response.status_code, response.json()) == (
        200,
        {
            "appointments": 9,
            "upcoming": 2,
            "completed": 2,
            "cancelled": 2,
            "no_shows": 2,
            "first_at": shown(-7),
            "last_at": shown(-3),
            "next_at": shown(3),
        },
    )


def test_somebody_new(staff: APIClient, customer: Customer) -> None:
    assert staff.get(path_of(customer)).json() == {
        **dict.fromkeys(("appointments", "upcoming", "completed", "cancelled", "no_shows"), 0),
        **dict.fromkeys(("first_at", "last_at", "next_at")),
    }


def test_who_finds_nothing(anonymous: APIClient, stranger: APIClient, staff: APIClient, customer: Customer) -> None:
    assert anonymous.get(path_of(customer)).status_code == 401
    assert [
        client.get(path).status_code
        for client, path in (
            (stranger, path_of(customer)),
            (staff, f"/api/customers/{UNKNOWN_ID}/figures/"),
            (staff, "/api/customers/1/figures/"),
        )
    ] == [404, 404, 404]
