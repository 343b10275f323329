"""The stories in the database. The businesses are made once for this file and dropped after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django_tenants.utils import schema_exists, tenant_context
from pytest_django.plugin import DjangoDbBlocker

from core.models import Membership, Tenant, User
from core.quotas import usage
from demo import building
from demo.building import Made, make_business, make_platform_admin
from demo.businesses import BARBER, SALON
from demo.loading import Report, store
from demo.logins import PASSWORD
from demo.simulation import tell
from demo.story import Story
from payments.models import Refund, Transaction
from schedule.enums import BookingSource, HistoryKind
from schedule.models import (
    Customer,
    DateOverride,
    Event,
    EventHistory,
    Participant,
    Resource,
    Service,
    ServiceResource,
    TimeOff,
    WorkingHours,
)
from schedule.selectors.availability import free_slots
from schedule.selectors.conflicts import crowds
from schedule.services import book
from tests.demo.stories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

SCALE = 0.02


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


def drop(tenant: Tenant) -> None:
    """Remove a business with its schema."""
    tenant.delete(force_drop=True)  # type: ignore[no-untyped-call]  # django-tenants ships no types


def store_and_fail(story: Story, *, users: Mapping[str, User], report: Report) -> None:
    """Store everything, then break."""
    store(story, users=users, report=report)
    raise RuntimeError("killed")


@dataclass(frozen=True)
class Making:
    """What came of making a small salon, and the barber after a first attempt that failed at its very end."""

    salon: Made | None
    left_by_failure: tuple[bool, bool, bool]
    barber: Made | None


@pytest.fixture(scope="module", autouse=True)
def making(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Making]:
    """Both businesses, committed."""
    with django_db_blocker.unblock():
        salon = make_business(SALON, now=NOW, report=silent, scale=SCALE)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(building, "store", store_and_fail)
            with pytest.raises(RuntimeError, match="killed"):
                make_business(BARBER, now=NOW, report=silent)
        left = (
            schema_exists("starter"),
            Tenant.objects.filter(schema_name="starter").exists(),
            User.objects.filter(email="owner@starter.example").exists(),
        )
        User.objects.create_user("staff@starter.example", "a password of their own")
        yield Making(salon, left, make_business(BARBER, now=NOW, report=silent))
        for tenant in Tenant.objects.filter(schema_name__in=["demo", "starter"]):
            drop(tenant)
        emails = [member.email for business in (SALON, BARBER) for member in business.members]
        User.objects.filter(email__in=emails)._raw_delete("default")


@pytest.fixture
def salon() -> Iterator[Tenant]:
    """The small salon, active."""
    tenant = Tenant.objects.select_related("plan").get(schema_name="demo")
    with tenant_context(tenant):
        yield tenant


@pytest.fixture
def barber() -> Iterator[Tenant]:
    """The barber shop, active."""
    tenant = Tenant.objects.select_related("plan").get(schema_name="starter")
    with tenant_context(tenant):
        yield tenant


def test_what_was_made_is_what_is_there(making: Making, salon: Tenant) -> None:
    assert making.salon == Made(
        resources=Resource.objects.count(),
        services=Service.objects.count(),
        customers=Customer.objects.count(),
        appointments=Event.objects.count(),
        payments=Transaction.objects.count(),
    )
    assert making.salon.appointments > 150


def test_the_business_itself(salon: Tenant) -> None:
    story = tell(SALON, now=NOW, scale=SCALE)

    assert (salon.name, salon.timezone, salon.currency, salon.plan.code if salon.plan else None) == (
        "Willow & Sage Salon",
        "America/New_York",
        "USD",
        "professional",
    )
    assert salon.created_at == story.opened_at
    assert [(domain.domain, domain.is_primary) for domain in salon.domains.all()] == [("demo.localhost", True)]


def test_everybody_can_sign_in(salon: Tenant) -> None:
    members = Membership.objects.filter(tenant=salon, is_active=True).select_related("user").order_by("pk")

    assert [(member.user.email, member.user.name, member.role) for member in members] == [
        ("owner@demo.example", "Grace Sullivan", "owner"),
        ("test@example.com", "Test Owner", "owner"),
        ("manager@demo.example", "Helen Park", "manager"),
        ("staff@demo.example", "Maya Thompson", "staff"),
    ]
    assert all(member.user.check_password(PASSWORD) for member in members)
    assert Resource.objects.get(user__email="staff@demo.example").name == "Maya Thompson"


def test_the_rows_are_the_story(salon: Tenant) -> None:
    story = tell(SALON, now=NOW, scale=SCALE)

    assert [
        (
            event.id,
            event.service.name,
            event.customer_id,
            event.status,
            (event.start_at, event.end_at),
            event.price_cents,
            event.currency,
            event.created_at,
            event.updated_at,
            event.version,
        )
        for event in Event.objects.select_related("service").order_by("created_at")
    ] == [
        (
            one.id,
            one.service.name,
            one.person.id,
            one.status,
            one.times(SALON),
            one.price_cents,
            "USD",
            one.created_at,
            one.updated_at,
            len(one.steps),
        )
        for one in story.appointments
    ]


def test_cancelled_and_completed_appointments_carry_their_times(salon: Tenant) -> None:
    for event in Event.objects.all():
        last = event.history.order_by("-at", "-pk").first()
        assert last is not None
        assert event.cancelled_at == (last.at if event.status == "cancelled" else None)
        assert event.cancelled_by_id == (last.by_id if event.status == "cancelled" else None)
        assert event.completed_at == (last.at if event.status == "completed" else None)


def test_participants_occupy_the_buffers_and_block_as_the_status_says(salon: Tenant) -> None:
    for participant in Participant.objects.select_related("event__service", "resource"):
        event, service = participant.event, participant.event.service
        assert participant.occupied.lower == event.start_at - timedelta(minutes=service.buffer_before_minutes)
        assert participant.occupied.upper == event.end_at + timedelta(minutes=service.buffer_after_minutes)
        assert (participant.occupied.lower_inc, participant.occupied.upper_inc) == (True, False)
        assert participant.blocks == (event.status in ("pending", "confirmed", "completed"))
        assert participant.exclusive == (participant.resource.max_concurrent_events == 1)


@pytest.mark.parametrize("subdomain", ["demo", "starter"])
def test_nothing_is_over_capacity(subdomain: str) -> None:
    with tenant_context(Tenant.objects.get(schema_name=subdomain)):
        assert crowds() == []


def test_the_history_reads_as_if_the_services_had_written_it(salon: Tenant) -> None:
    slot_day = NOW.date() + timedelta(days=15)
    service = Service.objects.get(name="Men's Cut")
    (day,) = free_slots(tenant=salon, service=service, from_date=slot_day, to_date=slot_day, now=NOW)
    customer = Customer.objects.filter(is_active=True).earliest("created_at")
    by = User.objects.get(email="owner@demo.example")
    booked = book(
        tenant=salon,
        service_id=service.pk,
        customer_id=customer.pk,
        start_at=day.slots[0].start,
        by=by,
        source=BookingSource.STAFF,
        now=NOW,
    )
    written = EventHistory.objects.get(event=booked)

    for row in EventHistory.objects.filter(kind=HistoryKind.CREATED):
        assert row.before == written.before
        assert {key: type(value) for key, value in row.after.items()} == {
            key: type(value) for key, value in written.after.items()
        }
    for row in EventHistory.objects.filter(kind=HistoryKind.RESCHEDULED):
        assert row.before.keys() == row.after.keys() == {"start_at", "end_at", "resource_ids"}
        assert row.before != row.after
    changes = {
        (row.kind, *row.before.values(), *row.after.values())
        for row in EventHistory.objects.exclude(kind__in=[HistoryKind.CREATED, HistoryKind.RESCHEDULED])
    }
    assert changes <= {
        ("confirmed", "pending", "confirmed"),
        ("cancelled", "confirmed", "cancelled"),
        ("completed", "confirmed", "completed"),
        ("no_show", "confirmed", "no_show"),
    }


def test_hours_replace_the_usual_ones(salon: Tenant) -> None:
    business_hours = WorkingHours.objects.filter(resource=None).order_by("weekday")
    maya = WorkingHours.objects.filter(resource__name="Maya Thompson").order_by("weekday", "opens_minute")

    assert [(row.weekday, row.opens_minute, row.closes_minute) for row in business_hours] == [
        (0, 540, 1080),
        (1, 540, 1080),
        (2, 540, 1080),
        (3, 540, 1200),
        (4, 540, 1200),
        (5, 480, 1020),
        (6, 600, 960),
    ]
    assert [(row.weekday, row.opens_minute) for row in maya][:2] == [(1, 540), (1, 780)]
    assert DateOverride.objects.filter(date="2026-11-26", opens_minute=None).count() == 1
    assert TimeOff.objects.filter(reason="Vacation", start_at__gt=NOW - timedelta(days=300)).exists()


def test_a_service_may_need_somebody_and_a_room(salon: Tenant) -> None:
    abilities = ServiceResource.objects.filter(service__name="Full Color").order_by("requirement", "resource_id")

    assert [(ability.requirement, ability.resource.name) for ability in abilities.select_related("resource")] == [
        (0, "Maya Thompson"),
        (0, "Olivia Chen"),
        (0, "Sofia Ramirez"),
        (1, "Color Bar"),
    ]


def test_nothing_looks_changed_after_it_was(salon: Tenant) -> None:
    refunded = {refund.transaction_id: refund.occurred_at for refund in Refund.objects.all()}

    for model in (Customer, Resource, Service, TimeOff):
        assert all(row.updated_at == row.created_at for row in model._default_manager.all())
    for payment in Transaction.objects.all():
        assert payment.updated_at == refunded.get(payment.pk, payment.created_at)
        assert payment.refunded_cents == sum(refund.amount_cents for refund in payment.refunds.all())


def test_slots_are_free_on_weekdays_ahead(salon: Tenant) -> None:
    service = Service.objects.order_by("pk")[0]
    monday = NOW.date() + timedelta(days=15)
    days = free_slots(tenant=salon, service=service, from_date=monday, to_date=monday + timedelta(days=4), now=NOW)

    assert all(day.slots for day in days)


def test_the_barber_stands_near_every_limit(barber: Tenant) -> None:
    standing = {
        key: (usage(barber, key, now=NOW).used, usage(barber, key, now=NOW).limit, usage(barber, key, now=NOW).state)
        for key in ("max_resources", "max_users", "max_services", "max_appointments")
    }

    assert standing == {
        "max_resources": (3, 3, "reached"),
        "max_users": (2, 2, "reached"),
        "max_services": (4, 5, "near"),
        "max_appointments": (86, 100, "near"),
    }


def test_a_business_that_is_there_is_left_alone() -> None:
    before = Tenant.objects.count()

    assert make_business(SALON, now=NOW, report=silent) is None
    assert Tenant.objects.count() == before


def test_a_failure_leaves_nothing_and_the_next_run_makes_it_whole(making: Making, barber: Tenant) -> None:
    assert making.left_by_failure == (False, False, False)
    assert making.barber == Made(resources=3, services=4, customers=70, appointments=Event.objects.count(), payments=0)


def test_somebody_who_is_there_already_keeps_their_password(barber: Tenant) -> None:
    somebody = User.objects.get(email="staff@starter.example")

    assert somebody.check_password("a password of their own")
    assert somebody.memberships.get().role == "staff"


def test_the_platform_admin_is_made_once() -> None:
    make_platform_admin()
    make_platform_admin()

    admin = User.objects.get(email="admin@platform.example")
    assert (admin.is_staff, admin.is_superuser, admin.check_password(PASSWORD)) == (True, True, True)
    assert not Membership.objects.filter(user=admin).exists()
