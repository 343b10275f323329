"""`POST /api/appointments/{id}/reopen/`, and what reads appointments afterwards; resizing over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.models import Customer, Event, Resource, Service
from tests.factories.schedule import EventFactory
from tests.schedule.calls import URL, post

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def started(massage: Service, customer: Customer) -> Event:
    """An appointment of an hour ago."""
    return EventFactory.create(service=massage, customer=customer, start_at=datetime.now(UTC) - HOUR)


@pytest.mark.parametrize("role", ["staff", "manager", "owner"])
def test_a_cancellation_is_taken_back(role: str, event: Event, request: pytest.FixtureRequest) -> None:
    client: APIClient = request.getfixturevalue(role)
    path = f"{URL}{event.pk}/"
    before = client.get(path).json()
    cancelled = post(client, f"{path}cancel/")

    response = post(client, f"{path}reopen/", None, **{"If-Match": cancelled.headers["ETag"]})

    body = response.json()
    assert (response.status_code, response.headers["ETag"]) == (200, '"3"')
    assert body == {**before, "version": 3, "updated_at": body["updated_at"]}
    assert body["updated_at"] > cancelled.json()["updated_at"]
    assert client.get(path).json() == body


def test_the_history_tells_it(staff: APIClient, event: Event, tenant: Tenant) -> None:
    post(staff, f"{URL}{event.pk}/cancel/", {"reason": "Ill"})
    post(staff, f"{URL}{event.pk}/reopen/")

    entry = staff.get(f"{URL}{event.pk}/history/").json()["results"][-1]

    member = tenant.memberships.get(role="staff").user
    assert (entry["kind"], entry["by"]) == ("reopened", member.pk)
    assert (entry["before"], entry["after"]) == ({"status": "cancelled"}, {"status": "confirmed"})


@pytest.mark.parametrize("path", ["complete", "no-show"])
def test_the_past_is_corrected(staff: APIClient, started: Event, path: str) -> None:
    post(staff, f"{URL}{started.pk}/{path}/")

    body = post(staff, f"{URL}{started.pk}/reopen/").json()

    assert (body["status"], body["completed_at"], body["version"]) == ("confirmed", None, 3)


def test_a_cancelled_one_of_the_past(staff: APIClient, started: Event) -> None:
    post(staff, f"{URL}{started.pk}/cancel/")

    response = post(staff, f"{URL}{started.pk}/reopen/")

    assert (response.status_code, response.json()) == (
        400,
        {
            "detail": "The appointment was cancelled and its time has passed. Book another one.",
            "code": "time_passed",
        },
    )


def test_somebody_else_has_the_time(
    staff: APIClient, event: Event, wish: dict[str, Any], anna: Resource, ten_at: datetime
) -> None:
    post(staff, f"{URL}{event.pk}/cancel/")
    other = post(staff, URL, wish).json()

    response = post(staff, f"{URL}{event.pk}/reopen/")

    assert (response.status_code, response.json()) == (
        409,
        {
            "detail": f"This time is already taken. The next free start is {(ten_at + HOUR).isoformat()}.",
            "code": "slot_taken",
            "conflicts": [
                {
                    "appointment_id": other["id"],
                    "resource_id": anna.pk,
                    "start_at": ten_at.isoformat(),
                    "end_at": (ten_at + HOUR).isoformat(),
                }
            ],
            "alternatives": [(ten_at + timedelta(minutes=minutes)).isoformat() for minutes in (60, 75, 90)],
        },
    )


def test_what_is_open_is_not_reopened(staff: APIClient, event: Event) -> None:
    response = post(staff, f"{URL}{event.pk}/reopen/")

    assert (response.status_code, response.json()) == (
        409,
        {
            "detail": "The appointment is confirmed; only one that is cancelled or completed or no-show can be "
            "reopened.",
            "code": "wrong_status",
            "status": "confirmed",
            "allowed": ["cancelled", "completed", "no_show"],
        },
    )


def test_a_stale_version(staff: APIClient, event: Event) -> None:
    post(staff, f"{URL}{event.pk}/cancel/")

    response = post(staff, f"{URL}{event.pk}/reopen/", None, **{"If-Match": '"1"'})

    assert (response.status_code, response.json()["code"], response.json()["version"]) == (412, "stale_version", 2)


def test_nobody_and_a_stranger(anonymous: APIClient, stranger: APIClient, event: Event) -> None:
    assert [post(client, f"{URL}{event.pk}/reopen/").status_code for client in (anonymous, stranger)] == [401, 404]


def test_a_suspended_business_on_its_last_appointment_may(staff: APIClient, event: Event, tenant: Tenant) -> None:
    post(staff, f"{URL}{event.pk}/cancel/")
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=datetime.now(UTC), max_appointments=1)

    assert post(staff, f"{URL}{event.pk}/reopen/").status_code == 200


def test_the_figures_count_it_again(owner: APIClient, event: Event) -> None:
    def figures() -> tuple[int, int]:
        body = owner.get("/api/analytics/analytics/dashboard/").json()
        return body["upcoming_appointments_count"], body["total_appointments_all_time"]

    found = [figures()]
    for path in ("cancel", "reopen"):
        post(owner, f"{URL}{event.pk}/{path}/")
        found.append(figures())

    assert found == [(1, 1), (0, 1), (1, 1)]


class TestResizing:
    def test_longer(self, staff: APIClient, event: Event, ten_at: datetime) -> None:
        body = post(
            staff,
            f"{URL}{event.pk}/reschedule/",
            {"start_at": ten_at.isoformat(), "duration_minutes": 75},
        ).json()

        assert (body["start_at"], body["end_at"]) == (ten_at.isoformat(), (ten_at + 1.25 * HOUR).isoformat())
        assert (body["price_cents"], body["version"]) == (5000, 2)

    @pytest.mark.parametrize("minutes", [0, -5, 1441, 1.5, "x", None, [], 10**30])
    def test_lengths_that_cannot_be(self, staff: APIClient, event: Event, minutes: object) -> None:
        response = post(
            staff,
            f"{URL}{event.pk}/reschedule/",
            {"start_at": event.start_at.isoformat(), "duration_minutes": minutes},
        )

        assert (response.status_code, list(response.json()["errors"])) == (400, ["duration_minutes"])

    def test_patch_names_what_to_use(self, staff: APIClient, event: Event) -> None:
        response = staff.patch(f"{URL}{event.pk}/", {"end_at": event.end_at.isoformat()}, format="json")

        assert response.json()["errors"] == {
            "end_at": ["It follows from the start and `duration_minutes` of POST …/reschedule/."]
        }
