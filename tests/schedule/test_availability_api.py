"""`GET /api/schedule/availability/`. Acme works in New York, Monday to Friday from 9 to 17 o'clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant
from schedule.models import Resource, Service
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory

PATH = "/api/schedule/availability/"


def next_monday() -> date:
    """Return the Monday of the week after next."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=14 - today.weekday())


@pytest.fixture
def anna() -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def haircut(staff: APIClient, anna: Resource) -> Service:
    """Four hours by Anna, every four hours."""
    return ServiceFactory.create(resources=[anna], duration_minutes=240, slot_step_minutes=240)


def query(service: Service, first: date, last: date, **more: Any) -> dict[str, Any]:
    """Return the parameters of a request."""
    return {"service_id": service.pk, "from": first.isoformat(), "to": last.isoformat(), **more}


def test_every_day_with_its_slots(staff: APIClient, haircut: Service, anna: Resource) -> None:
    monday = next_monday()
    sunday = monday - timedelta(days=1)

    response = staff.get(PATH, query(haircut, sunday, monday))

    body = response.json()
    starts = [slot.pop("start") for slot in body["days"][1]["slots"]]
    ends = [slot.pop("end") for slot in body["days"][1]["slots"]]
    assert body == {
        "service_id": haircut.pk,
        "timezone": "America/New_York",
        "days": [
            {"date": sunday.isoformat(), "slots": []},
            {"date": monday.isoformat(), "slots": [{"resource_ids": [anna.pk]}, {"resource_ids": [anna.pk]}]},
        ],
    }
    assert [start[:16] for start in starts] == [f"{monday}T09:00", f"{monday}T13:00"]
    assert [end[:16] for end in ends] == [f"{monday}T13:00", f"{monday}T17:00"]
    assert {moment[19:] for moment in starts + ends} <= {"-05:00", "-04:00"}


def test_for_one_resource(staff: APIClient, haircut: Service, anna: Resource) -> None:
    monday = next_monday()
    other = ResourceFactory.create()

    days = [
        staff.get(PATH, query(haircut, monday, monday, resource_id=resource.pk)).json()["days"]
        for resource in (anna, other)
    ]

    assert [len(found["slots"]) for [found] in days] == [2, 0]


def test_an_inactive_service_has_empty_days(staff: APIClient, haircut: Service) -> None:
    Service.objects.update(is_active=False)
    monday = next_monday()

    response = staff.get(PATH, query(haircut, monday, monday))

    assert response.json()["days"] == [{"date": monday.isoformat(), "slots": []}]


def test_sixty_two_days_at_most(staff: APIClient, haircut: Service) -> None:
    monday = next_monday()

    longest = staff.get(PATH, query(haircut, monday, monday + timedelta(days=61)))
    too_long = staff.get(PATH, query(haircut, monday, monday + timedelta(days=62)))

    assert len(longest.json()["days"]) == 62
    assert (too_long.status_code, too_long.json()) == (
        400,
        {
            "detail": "to: Ask for at most 62 days at once.",
            "code": "invalid",
            "errors": {"to": ["Ask for at most 62 days at once."]},
        },
    )


def test_a_range_turned_round(staff: APIClient, haircut: Service) -> None:
    monday = next_monday()

    response = staff.get(PATH, query(haircut, monday, monday - timedelta(days=1)))

    assert (response.status_code, list(response.json()["errors"])) == (400, ["to"])


@pytest.mark.parametrize("name", ["service_id", "from", "to", "resource_id"])
@pytest.mark.parametrize(
    "value", [" ", "x", "0", "-1", "9" * 30, "1.5", "\x00", "2026-02-30", "1999-12-31", "9999-12-31"]
)
def test_a_parameter_that_cannot_be_used_is_named(staff: APIClient, haircut: Service, name: str, value: str) -> None:
    monday = next_monday()

    response = staff.get(PATH, query(haircut, monday, monday, **{name: value}))

    assert (response.status_code, list(response.json()["errors"])) == (400, [name])


@pytest.mark.parametrize("name", ["service_id", "from", "to"])
def test_a_parameter_that_is_missing_is_named(staff: APIClient, haircut: Service, name: str) -> None:
    parameters = query(haircut, next_monday(), next_monday())
    del parameters[name]

    response = staff.get(PATH, parameters)

    assert (response.status_code, response.json()["errors"]) == (400, {name: ["This field is required."]})


@pytest.mark.parametrize("name", ["service_id", "resource_id"])
def test_what_belongs_to_nobody_here(staff: APIClient, haircut: Service, name: str) -> None:
    response = staff.get(PATH, query(haircut, next_monday(), next_monday(), **{name: 10**12}))

    assert (response.status_code, response.json()["code"], list(response.json()["errors"])) == (
        400,
        "does_not_exist",
        [name],
    )


def test_a_stranger_sees_nothing_of_it(stranger: APIClient, haircut: Service) -> None:
    response = stranger.get(PATH, query(haircut, next_monday(), next_monday()))

    assert (response.status_code, list(response.json()["errors"])) == (400, ["service_id"])


def test_anonymous(anonymous: APIClient) -> None:
    assert anonymous.get(PATH).status_code == 401


def test_only_get(owner: APIClient) -> None:
    assert owner.post(PATH, {}, format="json").status_code == 405


def test_the_same_number_of_queries_however_much_there_is(tenant: Tenant, staff: APIClient) -> None:
    monday = next_monday()

    def queries(count: int, days: int) -> int:
        activate(tenant)
        resources = ResourceFactory.create_batch(count)
        service = ServiceFactory.create(resources=resources)
        for resource in resources:
            EventFactory.create(service=service, resources=[resource])
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(PATH, query(service, monday, monday + timedelta(days=days))).status_code == 200
        return len(captured)

    queries(1, 0)  # the first request of a token notes its use
    assert queries(1, 0) == queries(3, 30)
