"""`/api/appointments/`: booking, actions, changes, and who may."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.enums import Status
from schedule.models import Customer, Event, Resource, Service
from tests.factories.schedule import (
    CustomerFactory,
    EventFactory,
    ResourceFactory,
    ServiceResourceFactory,
)
from tests.fixtures import PutOnPlan
from tests.schedule.calls import UNKNOWN_ID, URL, patch, post

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def started(massage: Service, customer: Customer) -> Event:
    """An appointment of an hour ago."""
    return EventFactory.create(service=massage, customer=customer, start_at=datetime.now(UTC) - HOUR)


class TestBooking:
    def test_the_shape(
        self, staff: APIClient, wish: dict[str, Any], massage: Service, customer: Customer, anna: Resource
    ) -> None:
        response = post(staff, URL, {**wish, "notes": "Window seat"})

        body = response.json()
        start_at = datetime.fromisoformat(wish["start_at"])
        assert response.status_code == 201
        assert response.headers["ETag"] == '"1"'
        assert (body.pop("created_at"), len(body.pop("id"))) == (body.pop("updated_at"), 36)
        assert body == {
            "service": massage.pk,
            "service_name": "Massage",
            "customer": str(customer.pk),
            "customer_name": "Clara",
            "resources": [anna.pk],
            "start_at": start_at.isoformat(),
            "end_at": (start_at + HOUR).isoformat(),
            "status": "confirmed",
            "price_cents": 5000,
            "currency": "USD",
            "notes": "Window seat",
            "source": "api",
            "cancelled_at": None,
            "completed_at": None,
            "version": 1,
        }

    def test_instants_carry_the_offset_of_the_business_whatever_was_sent(
        self, staff: APIClient, wish: dict[str, Any]
    ) -> None:
        sent = datetime.fromisoformat(wish["start_at"])
        body = post(staff, URL, {**wish, "start_at": sent.astimezone(UTC).isoformat()}).json()

        assert body["start_at"] == sent.isoformat()

    def test_a_start_without_an_offset_is_local(self, staff: APIClient, wish: dict[str, Any]) -> None:
        body = post(staff, URL, {**wish, "start_at": wish["start_at"][:16]}).json()

        assert body["start_at"] == wish["start_at"]

    def test_a_local_time_that_happens_twice_is_the_first(self, staff: APIClient, wish: dict[str, Any]) -> None:
        body = post(staff, URL, {**wish, "start_at": "2030-11-03T01:30:00", "allow_outside_hours": True}).json()

        assert body["start_at"] == "2030-11-03T01:30:00-04:00"

    def test_a_session_books_as_staff(self, staff: APIClient, wish: dict[str, Any], tenant: Tenant) -> None:
        browser = APIClient(SERVER_NAME="acme.localhost")
        browser.force_login(tenant.memberships.get(role="staff").user, "django.contrib.auth.backends.ModelBackend")
        session = browser.session
        session["tenant_id"] = tenant.pk
        session.save()

        assert post(browser, URL, wish).json()["source"] == "staff"

    def test_a_taken_time(
        self, staff: APIClient, wish: dict[str, Any], event: Event, anna: Resource, ten_at: datetime
    ) -> None:
        response = post(staff, URL, {**wish, "resources": [anna.pk]})

        alternatives = [(ten_at + timedelta(minutes=minutes)).isoformat() for minutes in (60, 75, 90)]
        assert response.status_code == 409
        assert response.json() == {
            "detail": f"This time is already taken. The next free start is {alternatives[0]}.",
            "code": "slot_taken",
            "conflicts": [
                {
                    "appointment_id": str(event.pk),
                    "resource_id": anna.pk,
                    "start_at": ten_at.isoformat(),
                    "end_at": (ten_at + HOUR).isoformat(),
                }
            ],
            "alternatives": alternatives,
        }

    def test_a_broken_rule_is_named(self, staff: APIClient, wish: dict[str, Any], ten_at: datetime) -> None:
        early = (ten_at - 5 * HOUR).isoformat()

        refused = post(staff, URL, {**wish, "start_at": early})
        allowed = post(staff, URL, {**wish, "start_at": early, "allow_outside_hours": True})

        assert (refused.status_code, refused.json()["code"]) == (400, "closed")
        assert list(refused.json()["errors"]) == ["start_at"]
        assert (allowed.status_code, allowed.json()["start_at"]) == (201, early)

    def test_at_the_limit(self, staff: APIClient, wish: dict[str, Any], tenant: Tenant) -> None:
        Tenant.objects.filter(pk=tenant.pk).update(max_appointments=0)

        response = post(staff, URL, wish)

        assert (response.status_code, response.json()["code"]) == (403, "quota_exceeded")

    def test_every_plan_can_book(self, staff: APIClient, wish: dict[str, Any], put_on_plan: PutOnPlan) -> None:
        put_on_plan("free")

        assert post(staff, URL, wish).status_code == 201


class TestWho:
    PATHS = ("", "reschedule/", "cancel/", "complete/", "no-show/", "confirm/", "reopen/", "history/")

    def test_nobody(self, anonymous: APIClient, event: Event, wish: dict[str, Any]) -> None:
        answers = [anonymous.get(f"{URL}{event.pk}/{path}").status_code for path in self.PATHS]
        answers += [post(anonymous, f"{URL}{event.pk}/{path}").status_code for path in self.PATHS]
        answers += [anonymous.get(URL).status_code, post(anonymous, URL, wish).status_code]

        assert set(answers) == {401}

    def test_everybody_in_the_business(
        self, staff: APIClient, manager: APIClient, owner: APIClient, event: Event
    ) -> None:
        answers = [client.get(f"{URL}{event.pk}/").status_code for client in (staff, manager, owner)]

        assert answers == [200, 200, 200]

    def test_a_stranger_finds_nothing(self, stranger: APIClient, event: Event) -> None:
        answers = [stranger.get(f"{URL}{event.pk}/").status_code, stranger.get(f"{URL}{event.pk}/history/").status_code]
        answers += [
            post(stranger, f"{URL}{event.pk}/{path}/", {"start_at": "2030-06-03T09:00:00Z"}).status_code
            for path in ("reschedule", "cancel", "complete", "no-show", "confirm", "reopen")
        ]
        answers.append(patch(stranger, event, {"notes": "x"}).status_code)

        assert answers == [404] * 9
        assert stranger.get(URL).json()["count"] == 0

    def test_nothing_is_deleted_or_replaced(self, owner: APIClient, event: Event) -> None:
        answers = [owner.delete(f"{URL}{event.pk}/").status_code, owner.put(f"{URL}{event.pk}/", {}).status_code]

        assert answers == [405, 405]

    @pytest.mark.parametrize("pk", ["1", "x", "00000000", UNKNOWN_ID])
    def test_an_unknown_id(self, staff: APIClient, pk: str) -> None:
        assert [staff.get(f"{URL}{pk}/").status_code, post(staff, f"{URL}{pk}/cancel/").status_code] == [404, 404]


class TestActions:
    def test_reschedule(self, staff: APIClient, event: Event, ten_at: datetime) -> None:
        response = post(staff, f"{URL}{event.pk}/reschedule/", {"start_at": (ten_at + HOUR).isoformat()})

        body = response.json()
        assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
        assert (body["id"], body["start_at"], body["version"]) == (str(event.pk), (ten_at + HOUR).isoformat(), 2)

    def test_reschedule_to_other_resources(self, staff: APIClient, event: Event, massage: Service) -> None:
        bert = ResourceFactory.create()
        ServiceResourceFactory.create(service=massage, resource=bert)

        response = post(
            staff,
            f"{URL}{event.pk}/reschedule/",
            {"start_at": event.start_at.isoformat(), "resources": [bert.pk]},
        )

        assert response.json()["resources"] == [bert.pk]

    def test_cancel_frees_the_time(self, staff: APIClient, event: Event, wish: dict[str, Any]) -> None:
        response = post(staff, f"{URL}{event.pk}/cancel/", {"reason": "Ill"})

        body = response.json()
        assert (response.status_code, body["status"], body["version"]) == (200, "cancelled", 2)
        assert body["cancelled_at"] == body["updated_at"]
        assert post(staff, URL, wish).status_code == 201

    def test_confirm_then_complete(self, staff: APIClient, started: Event, tenant: Tenant) -> None:
        Event.objects.filter(pk=started.pk).update(status=Status.PENDING)

        bodies = [post(staff, f"{URL}{started.pk}/{path}/").json() for path in ("confirm", "complete")]

        assert [(body["status"], body["version"]) for body in bodies] == [("confirmed", 2), ("completed", 3)]
        assert bodies[1]["completed_at"] == bodies[1]["updated_at"]

    def test_no_show(self, staff: APIClient, started: Event) -> None:
        assert post(staff, f"{URL}{started.pk}/no-show/").json()["status"] == "no_show"

    @pytest.mark.parametrize("path", ["complete", "no-show"])
    def test_too_early(self, staff: APIClient, event: Event, path: str) -> None:
        response = post(staff, f"{URL}{event.pk}/{path}/")

        assert (response.status_code, response.json()["code"]) == (409, "not_started")

    @pytest.mark.parametrize("path", ["confirm", "cancel", "complete", "no-show", "reschedule"])
    def test_what_is_cancelled_stays_cancelled(
        self, staff: APIClient, started: Event, ten_at: datetime, path: str
    ) -> None:
        Event.objects.filter(pk=started.pk).update(status=Status.CANCELLED, cancelled_at=started.start_at)

        response = post(staff, f"{URL}{started.pk}/{path}/", {"start_at": ten_at.isoformat()})

        assert (response.status_code, response.json()["code"]) == (409, "wrong_status")
        assert response.json()["status"] == "cancelled"
        assert "is cancelled" in response.json()["detail"]

    def test_a_suspended_business_can_still_cancel(self, staff: APIClient, event: Event, tenant: Tenant) -> None:
        Tenant.objects.filter(pk=tenant.pk).update(suspended_at=datetime.now(UTC))

        assert post(staff, f"{URL}{event.pk}/cancel/").status_code == 200


class TestChanging:
    def test_notes_and_customer(self, staff: APIClient, event: Event) -> None:
        other = CustomerFactory.create(name="Dora")

        response = patch(staff, event, {"notes": "Window seat", "customer": str(other.pk)})

        body = response.json()
        assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
        assert (body["notes"], body["customer"], body["customer_name"]) == ("Window seat", str(other.pk), "Dora")

    @pytest.mark.parametrize(
        ("field", "action"),
        [
            ("start_at", "reschedule"),
            ("end_at", "reschedule"),
            ("resources", "reschedule"),
            ("status", "complete"),
            ("service", "cancel"),
            ("price_cents", "cannot be changed"),
            ("nonsense", "cannot be changed"),
        ],
    )
    def test_other_fields_name_what_to_use(self, staff: APIClient, event: Event, field: str, action: str) -> None:
        response = patch(staff, event, {"notes": "Window seat", field: "x"})

        assert response.status_code == 400
        assert list(response.json()["errors"]) == [field]
        assert action in response.json()["errors"][field][0]

    def test_a_customer_that_does_not_exist(self, staff: APIClient, event: Event) -> None:
        response = patch(staff, event, {"customer": str(uuid4())})

        assert (response.status_code, list(response.json()["errors"])) == (400, ["customer"])


def test_history(staff: APIClient, wish: dict[str, Any], tenant: Tenant, ten_at: datetime) -> None:
    pk = post(staff, URL, wish).json()["id"]
    post(staff, f"{URL}{pk}/reschedule/", {"start_at": (ten_at + HOUR).isoformat()})
    post(staff, f"{URL}{pk}/cancel/", {"reason": "Ill"})

    body = staff.get(f"{URL}{pk}/history/").json()

    member = tenant.memberships.get(role="staff").user
    assert body["count"] == 3
    assert [entry["kind"] for entry in body["results"]] == ["created", "rescheduled", "cancelled"]
    assert {(entry["by"], entry["by_name"]) for entry in body["results"]} == {(member.pk, "staff@acme.example")}
    assert set(body["results"][0]) == {"kind", "at", "by", "by_name", "support_name", "before", "after"}
    assert (body["results"][2]["before"], body["results"][2]["after"]) == (
        {"status": "confirmed"},
        {"status": "cancelled", "reason": "Ill"},
    )
