"""Making an appointment: who takes part, which rules hold, what is written."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django_tenants.utils import tenant_context

from core import topics
from core.errors import FieldError
from core.models import Tenant, User
from core.quotas import QuotaExceeded
from schedule.enums import BookingSource, HistoryKind, ResourceType, Status
from schedule.errors import RuleBroken, SlotTaken
from schedule.models import Customer, Event, EventHistory, Participant, Resource, Service
from schedule.services import book
from tests.factories.schedule import (
    CustomerFactory,
    EventFactory,
    ResourceFactory,
    ServiceFactory,
    ServiceResourceFactory,
    TimeOffFactory,
)
from tests.schedule.bookings import MONDAY_NINE_AT, NOW, booked

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def massage(anna: Resource, bert: Resource) -> Service:
    """An hour for 50 dollars that Anna and Bert give."""
    return ServiceFactory.create(name="Massage", resources=[anna, bert])


def resources_of(event: Event) -> list[Resource]:
    return list(event.resources.order_by("pk"))


class TestWhatIsWritten:
    def test_everything_at_once(
        self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        facts: list[Mapping[str, Any]] = []
        monkeypatch.setitem(topics._receivers, "appointment.booked", [facts.append])
        Service.objects.update(buffer_before_minutes=5, buffer_after_minutes=10)
        user = User.objects.create_user("somebody@acme.example")

        event = booked(
            tenant, massage, customer, resource_ids=[anna.pk], notes="Window seat", by=user, source=BookingSource.API
        )

        event.refresh_from_db()
        end_at = MONDAY_NINE_AT + HOUR
        assert {
            name: getattr(event, name) for name in ("start_at", "end_at", "status", "price_cents", "currency", "source")
        } == {
            "start_at": MONDAY_NINE_AT,
            "end_at": end_at,
            "status": Status.CONFIRMED,
            "price_cents": 5000,
            "currency": "USD",
            "source": BookingSource.API,
        }
        assert (event.notes, event.version, event.created_at, event.updated_at) == ("Window seat", 1, NOW, NOW)
        part = event.participants.get()
        assert (part.resource, part.blocks, part.exclusive) == (anna, True, True)
        assert (part.occupied.lower, part.occupied.upper) == (MONDAY_NINE_AT - 5 * MINUTE, end_at + 10 * MINUTE)
        entry = EventHistory.objects.get()
        assert (entry.event, entry.kind, entry.at, entry.by) == (event, HistoryKind.CREATED, NOW, user)
        assert (entry.before, entry.after) == (
            {},
            {
                "start_at": "2030-06-03T13:00:00+00:00",
                "end_at": "2030-06-03T14:00:00+00:00",
                "status": "confirmed",
                "service_id": massage.pk,
                "customer_id": str(customer.pk),
                "resource_ids": [anna.pk],
                "price_cents": 5000,
                "currency": "USD",
                "source": "api",
            },
        )
        assert facts == [
            {
                "tenant": "acme",
                "appointment_id": str(event.pk),
                "service_id": massage.pk,
                "customer_id": str(customer.pk),
                "resource_ids": [anna.pk],
                "start_at": "2030-06-03T13:00:00+00:00",
                "end_at": "2030-06-03T14:00:00+00:00",
                "status": "confirmed",
                "source": "api",
                "version": 1,
                "by": user.pk,
                "at": "2030-06-01T12:00:00+00:00",
            }
        ]

    def test_nothing_when_a_receiver_fails(
        self, tenant: Tenant, massage: Service, customer: Customer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_fact: Mapping[str, Any]) -> None:
            raise LookupError("no outbox")

        monkeypatch.setitem(topics._receivers, "appointment.booked", [fail])

        with pytest.raises(LookupError):
            booked(tenant, massage, customer)

        assert (Event.objects.count(), Participant.objects.count(), EventHistory.objects.count()) == (0, 0, 0)

    def test_a_pending_appointment_takes_its_time(self, tenant: Tenant, massage: Service, customer: Customer) -> None:
        event = booked(tenant, massage, customer, status=Status.PENDING)

        assert (event.status, event.participants.get().blocks) == (Status.PENDING, True)

    def test_an_appointment_cannot_begin_as_cancelled(
        self, tenant: Tenant, massage: Service, customer: Customer
    ) -> None:
        with pytest.raises(ValueError, match="cannot begin as cancelled"):
            booked(tenant, massage, customer, status=Status.CANCELLED)


class TestChoice:
    def test_the_lowest_id_among_equals(
        self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer
    ) -> None:
        assert resources_of(booked(tenant, massage, customer)) == [anna]

    def test_the_one_with_the_least_to_do_that_local_day(
        self, tenant: Tenant, anna: Resource, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        # Bert has more to do, but on Sunday evening in New York, which is Monday in UTC.
        EventFactory.create(service=massage, resources=[bert], start_at=MONDAY_NINE_AT - 11 * HOUR)
        EventFactory.create(service=massage, resources=[bert], start_at=MONDAY_NINE_AT - 12 * HOUR)
        EventFactory.create(service=massage, resources=[anna], start_at=MONDAY_NINE_AT + 5 * HOUR)

        assert resources_of(booked(tenant, massage, customer)) == [bert]

    def test_cancelled_appointments_are_nothing_to_do(
        self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer
    ) -> None:
        EventFactory.create(
            service=massage, resources=[anna], start_at=MONDAY_NINE_AT + 5 * HOUR, status=Status.CANCELLED
        )

        assert resources_of(booked(tenant, massage, customer)) == [anna]

    def test_one_that_is_free(
        self, tenant: Tenant, anna: Resource, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        EventFactory.create(service=massage, resources=[anna], start_at=MONDAY_NINE_AT - 59 * MINUTE)

        assert resources_of(booked(tenant, massage, customer)) == [bert]

    def test_one_that_works(
        self, tenant: Tenant, anna: Resource, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        TimeOffFactory.create(resource=anna, start_at=MONDAY_NINE_AT)

        assert resources_of(booked(tenant, massage, customer)) == [bert]

    def test_one_that_is_active(
        self, tenant: Tenant, anna: Resource, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        Resource.objects.filter(pk=anna.pk).update(is_active=False)

        assert resources_of(booked(tenant, massage, customer)) == [bert]

    def test_one_out_of_each_requirement(
        self, tenant: Tenant, anna: Resource, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        rooms = ResourceFactory.create_batch(2, type=ResourceType.ROOM)
        for room in rooms:
            ServiceResourceFactory.create(service=massage, resource=room, requirement=1)
        EventFactory.create(resources=[rooms[0]], start_at=MONDAY_NINE_AT)

        assert resources_of(booked(tenant, massage, customer)) == [anna, rooms[1]]

    def test_what_is_given_fills_its_requirement_and_the_rest_is_chosen(
        self, tenant: Tenant, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        room = ResourceFactory.create(type=ResourceType.ROOM)
        ServiceResourceFactory.create(service=massage, resource=room, requirement=1)

        assert resources_of(booked(tenant, massage, customer, resource_ids=[bert.pk])) == [bert, room]

    def test_busy_and_off_between_them_is_taken_not_forbidden(
        self, tenant: Tenant, anna: Resource, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        TimeOffFactory.create(resource=anna, start_at=MONDAY_NINE_AT)
        EventFactory.create(service=massage, resources=[bert], start_at=MONDAY_NINE_AT)

        with pytest.raises(SlotTaken) as refusal:
            booked(tenant, massage, customer)

        assert [conflict["resource_id"] for conflict in refusal.value.extra["conflicts"]] == [bert.pk]


class TestBadResources:
    def refusal(self, tenant: Tenant, service: Service, customer: Customer, *ids: int) -> tuple[str, dict[str, Any]]:
        with pytest.raises(FieldError) as caught:
            booked(tenant, service, customer, resource_ids=ids)
        return caught.value.code, caught.value.extra["errors"]

    def test_unknown(self, tenant: Tenant, massage: Service, customer: Customer) -> None:
        code, errors = self.refusal(tenant, massage, customer, 2**62)

        assert (code, errors) == ("does_not_exist", {"resources": [f"There is no resource {2**62}."]})

    def test_another_tenants(self, tenant: Tenant, other_tenant: Tenant, massage: Service, customer: Customer) -> None:
        with tenant_context(other_tenant):
            foreign = ResourceFactory.create()

        assert self.refusal(tenant, massage, customer, foreign.pk)[0] == "does_not_exist"

    def test_inactive(self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer) -> None:
        Resource.objects.filter(pk=anna.pk).update(is_active=False)

        code, errors = self.refusal(tenant, massage, customer, anna.pk)

        assert (code, list(errors)) == ("inactive_resource", ["resources"])

    def test_not_able(self, tenant: Tenant, massage: Service, customer: Customer) -> None:
        code, errors = self.refusal(tenant, massage, customer, ResourceFactory.create().pk)

        assert (code, list(errors)) == ("not_able", ["resources"])

    def test_two_for_one_requirement(
        self, tenant: Tenant, anna: Resource, bert: Resource, massage: Service, customer: Customer
    ) -> None:
        code, errors = self.refusal(tenant, massage, customer, anna.pk, bert.pk)

        assert (code, list(errors)) == ("invalid", ["resources"])

    def test_the_same_twice(self, tenant: Tenant, anna: Resource, massage: Service, customer: Customer) -> None:
        assert list(self.refusal(tenant, massage, customer, anna.pk, anna.pk)[1]) == ["resources"]

    def test_nobody_able(self, tenant: Tenant, customer: Customer) -> None:
        code, errors = self.refusal(tenant, ServiceFactory.create(), customer)

        assert (code, list(errors)) == ("no_resource", ["service"])

    def test_nobody_active_for_one_requirement(self, tenant: Tenant, massage: Service, customer: Customer) -> None:
        room = ResourceFactory.create(is_active=False)
        ServiceResourceFactory.create(service=massage, resource=room, requirement=1)

        code, errors = self.refusal(tenant, massage, customer)

        assert (code, list(errors)) == ("no_resource", ["service"])


class TestRules:
    def refused_as(self, tenant: Tenant, service: Service, customer: Customer, start_at: datetime, **more: Any) -> Any:
        with pytest.raises(RuleBroken) as caught:
            booked(tenant, service, customer, start_at, **more)
        return caught.value.code, list(caught.value.extra["errors"])

    def test_past_is_never_lifted(self, tenant: Tenant, massage: Service, customer: Customer) -> None:
        for allowed in (False, True):
            found = self.refused_as(tenant, massage, customer, NOW - MINUTE, allow_outside_hours=allowed)
            assert found == ("past", ["start_at"])

    def test_inactive_service_is_never_lifted(self, tenant: Tenant, massage: Service, customer: Customer) -> None:
        Service.objects.update(is_active=False)

        for allowed in (False, True):
            found = self.refused_as(tenant, massage, customer, MONDAY_NINE_AT, allow_outside_hours=allowed)
            assert found == ("inactive_service", ["service"])

    @pytest.mark.parametrize(
        ("rule", "settings", "start_at"),
        [
            ("closed", {}, MONDAY_NINE_AT - HOUR),
            ("closed", {}, MONDAY_NINE_AT + 7 * HOUR + MINUTE),
            ("notice", {"min_notice_minutes": 3 * 1440}, MONDAY_NINE_AT),
            ("horizon", {"max_advance_days": 1}, MONDAY_NINE_AT),
            ("time_off", {}, MONDAY_NINE_AT + 3 * HOUR),
        ],
    )
    def test_what_staff_may_lift(
        self,
        tenant: Tenant,
        anna: Resource,
        massage: Service,
        customer: Customer,
        rule: str,
        settings: dict[str, int],
        start_at: datetime,
    ) -> None:
        Service.objects.update(**settings)
        TimeOffFactory.create(resource=anna, start_at=MONDAY_NINE_AT + 3 * HOUR)
        TimeOffFactory.create(resource=None, start_at=MONDAY_NINE_AT + 3 * HOUR)

        for ids in ([anna.pk], []):
            assert self.refused_as(tenant, massage, customer, start_at, resource_ids=ids) == (rule, ["start_at"])
        assert booked(tenant, massage, customer, start_at, allow_outside_hours=True).start_at == start_at

    def test_unknown_and_inactive_customers_and_services(
        self, tenant: Tenant, massage: Service, customer: Customer
    ) -> None:
        gone = CustomerFactory.create(is_active=False)
        found = []
        for service_id, customer_id in ((massage.pk, uuid4()), (massage.pk, gone.pk), (2**62, customer.pk)):
            with pytest.raises(FieldError) as caught:
                book(
                    tenant=tenant,
                    service_id=service_id,
                    customer_id=customer_id,
                    start_at=MONDAY_NINE_AT,
                    by=None,
                    source=BookingSource.STAFF,
                    now=NOW,
                )
            found.append((caught.value.code, list(caught.value.extra["errors"])))

        assert found == [
            ("does_not_exist", ["customer"]),
            ("inactive_customer", ["customer"]),
            ("does_not_exist", ["service"]),
        ]

    def test_the_quota(self, tenant: Tenant, massage: Service, customer: Customer) -> None:
        tenant.max_appointments = 0

        with pytest.raises(QuotaExceeded):
            booked(tenant, massage, customer)

        assert (Event.objects.count(), Participant.objects.count()) == (0, 0)
