"""Taking back a cancellation, a completion or a no-show: all as before, and the guarantee holds."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from core import topics
from core.errors import DomainError, Missing, StaleWrite
from core.models import Tenant, User
from schedule.enums import CLOSED_STATUSES, HistoryKind, Status
from schedule.errors import RuleBroken, SlotTaken, TimePassed, WrongStatus
from schedule.models import Customer, Event, EventHistory, Participant, Resource, Service
from schedule.selectors.integrity import findings
from schedule.services import cancel, change_capacity, complete, mark_no_show, reopen, reschedule
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory, TimeOffFactory
from tests.schedule.bookings import MONDAY_NINE_AT as NINE_AT
from tests.schedule.bookings import NOW, booked

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ENDINGS: dict[str, tuple[Callable[..., Event], Status]] = {
    "cancel": (cancel, Status.CANCELLED),
    "complete": (complete, Status.COMPLETED),
    "mark_no_show": (mark_no_show, Status.NO_SHOW),
}


@pytest.fixture
def massage(anna: Resource) -> Service:
    return ServiceFactory.create(name="Massage", resources=[anna], buffer_before_minutes=5, buffer_after_minutes=10)


@pytest.fixture
def event(tenant: Tenant, massage: Service, customer: Customer) -> Event:
    """Anna's first appointment on Monday, booked as of NOW."""
    return booked(tenant, massage, customer)


def ended(tenant: Tenant, event: Event, verb: str) -> Event:
    """Bring an appointment to an end at its start."""
    return ENDINGS[verb][0](tenant=tenant, event_id=event.pk, by=None, now=event.start_at)


def reopened(tenant: Tenant, event: Event, **more: Any) -> Event:
    return reopen(tenant=tenant, event_id=event.pk, **{"by": None, "now": event.start_at, **more})


def rows_of(event: Event) -> list[tuple[Any, ...]]:
    return list(
        event.participants.order_by("resource_id").values_list("resource_id", "occupied", "blocks", "exclusive")
    )


@pytest.mark.parametrize("verb", ENDINGS)
@pytest.mark.parametrize("before", [Status.PENDING, Status.CONFIRMED])
def test_everything_is_as_before(
    tenant: Tenant, event: Event, verb: str, before: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts: list[Mapping[str, Any]] = []
    monkeypatch.setitem(topics._receivers, "appointment.reopened", [facts.append])
    Event.objects.update(status=before)
    user = User.objects.create_user("somebody@acme.example")
    rows = rows_of(event)
    Service.objects.update(buffer_before_minutes=30, price_cents=1)
    ended(tenant, event, verb)

    reopened(tenant, event, by=user, now=NINE_AT)

    found = Event.objects.get()
    assert (found.status, found.version, found.updated_at) == (before, 3, NINE_AT)
    assert (found.start_at, found.price_cents) == (NINE_AT, 5000)
    assert (found.cancelled_at, found.cancelled_by, found.completed_at) == (None, None, None)
    assert rows_of(found) == rows
    entry = EventHistory.objects.order_by("-pk")[0]
    ending = {"status": ENDINGS[verb][1].value}
    assert (entry.kind, entry.by, entry.at) == (HistoryKind.REOPENED, user, NINE_AT)
    assert (entry.before, entry.after) == (ending, {"status": before.value})
    assert [(fact["appointment_id"], fact["status"], fact["version"], fact["previous"]) for fact in facts] == [
        (str(event.pk), before.value, 3, ending)
    ]


@pytest.mark.parametrize("status", Status)
def test_only_what_has_ended_is_reopened(tenant: Tenant, status: Status) -> None:
    event = EventFactory.create(resources=[ResourceFactory.create()], start_at=NINE_AT, status=status)

    if status in CLOSED_STATUSES:
        assert reopened(tenant, event).status == Status.CONFIRMED
    else:
        with pytest.raises(WrongStatus) as refusal:
            reopened(tenant, event)
        assert refusal.value.extra == {"status": status.value, "allowed": ["cancelled", "completed", "no_show"]}
        assert (Event.objects.get().version, EventHistory.objects.count()) == (1, 0)


def test_the_last_ending_is_the_one_taken_back(tenant: Tenant, event: Event) -> None:
    Event.objects.update(status=Status.PENDING)
    ended(tenant, event, "cancel")
    reopened(tenant, event)
    Event.objects.update(status=Status.CONFIRMED)
    ended(tenant, event, "complete")

    assert reopened(tenant, event).status == Status.CONFIRMED


def test_a_stale_version_and_an_unknown_appointment(tenant: Tenant, event: Event) -> None:
    ended(tenant, event, "cancel")

    with pytest.raises(StaleWrite) as refusal:
        reopened(tenant, event, expected_version=1)
    with pytest.raises(Missing):
        reopen(tenant=tenant, event_id=uuid4(), by=None)

    assert refusal.value.extra == {"version": 2}
    assert reopened(tenant, event, expected_version=2).version == 3


@pytest.mark.parametrize(("verb", "is_refused"), [("cancel", True), ("complete", False), ("mark_no_show", False)])
def test_the_past(tenant: Tenant, event: Event, verb: str, is_refused: bool) -> None:
    ended(tenant, event, verb)
    late_at = NINE_AT + timedelta(days=40)

    if is_refused:
        with pytest.raises(TimePassed) as refusal:
            reopened(tenant, event, now=late_at)
        assert (refusal.value.status, refusal.value.code) == (400, "time_passed")
        assert Event.objects.get().status == Status.CANCELLED
    else:
        assert reopened(tenant, event, now=late_at).status == Status.CONFIRMED


@pytest.mark.parametrize("verb", ["cancel", "mark_no_show"])
def test_time_that_is_gone(tenant: Tenant, event: Event, massage: Service, customer: Customer, verb: str) -> None:
    ended(tenant, event, verb)
    other = booked(tenant, massage, customer, NINE_AT + 15 * MINUTE, now=NINE_AT + MINUTE)

    with pytest.raises(SlotTaken) as refusal:
        reopened(tenant, event)

    assert refusal.value.extra == {
        "conflicts": [
            {
                "appointment_id": str(other.pk),
                "resource_id": other.participants.get().resource_id,
                "start_at": "2030-06-03T09:15:00-04:00",
                "end_at": "2030-06-03T10:15:00-04:00",
            }
        ],
        "alternatives": [f"2030-06-03T{clock}:00-04:00" for clock in ("10:30", "10:45", "11:00")],
    }
    event.refresh_from_db()
    assert (event.status, event.version) == (ENDINGS[verb][1], 2)
    assert Participant.objects.get(event=event).blocks is False


def test_the_time_of_a_completed_one_was_never_given_back(
    tenant: Tenant, event: Event, massage: Service, customer: Customer
) -> None:
    ended(tenant, event, "complete")
    with pytest.raises(SlotTaken):
        booked(tenant, massage, customer, NINE_AT + 15 * MINUTE)

    assert reopened(tenant, event).status == Status.CONFIRMED


def test_hours_are_not_asked_again(tenant: Tenant, event: Event, anna: Resource) -> None:
    ended(tenant, event, "cancel")
    TimeOffFactory.create(resource=anna, start_at=NINE_AT - HOUR)
    Service.objects.update(is_active=False, min_notice_minutes=1440)

    assert reopened(tenant, event).status == Status.CONFIRMED


def test_nobody_is_given_work_who_was_switched_off(tenant: Tenant, event: Event, anna: Resource) -> None:
    ended(tenant, event, "cancel")
    Resource.objects.update(is_active=False)

    with pytest.raises(RuleBroken) as refusal:
        reopened(tenant, event)

    assert (refusal.value.code, refusal.value.extra["resource_id"]) == ("inactive_resource", anna.pk)


def test_what_took_place_with_somebody_who_left(tenant: Tenant, event: Event) -> None:
    ended(tenant, event, "mark_no_show")
    Resource.objects.update(is_active=False)

    assert reopened(tenant, event).status == Status.CONFIRMED


@pytest.mark.parametrize("capacity", [1, 2])
def test_the_capacity_is_the_present_one(
    tenant: Tenant, event: Event, anna: Resource, massage: Service, customer: Customer, capacity: int
) -> None:
    ended(tenant, event, "cancel")
    change_capacity(resource_id=anna.pk, max_concurrent_events=2, now=NOW)
    booked(tenant, massage, customer)
    change_capacity(resource_id=anna.pk, max_concurrent_events=capacity, now=NOW)

    if capacity == 2:
        reopened(tenant, event)
        assert [row[3] for row in rows_of(event)] == [False]
    else:
        with pytest.raises(SlotTaken):
            reopened(tenant, event)
    assert findings(tenant, now=NOW) == []


def test_one_without_resources(tenant: Tenant) -> None:
    event = EventFactory.create(start_at=NINE_AT, status=Status.CANCELLED)

    assert reopened(tenant, event).status == Status.CONFIRMED


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_nothing_is_served_twice(tenant: Tenant, customer: Customer, seed: int) -> None:
    """Random lives of a dozen appointments on two resources; a reopened one is what it was before its end."""
    dice = Random(seed)  # noqa: S311  # dice, not secrets
    resources = [ResourceFactory.create(max_concurrent_events=room) for room in (1, 2)]
    services = [
        ServiceFactory.create(resources=resources, duration_minutes=minutes, buffer_after_minutes=after)
        for minutes, after in ((30, 0), (60, 15))
    ]
    events: list[Event] = []
    state: dict[Any, Any] = {}
    refusals: set[str] = set()
    now = datetime(2030, 6, 3, 13, 30, tzinfo=UTC)
    for _ in range(60):
        start_at = now + 15 * MINUTE * dice.randrange(12)
        try:
            if not events or dice.random() < 0.25:
                chosen = [dice.choice(resources).pk] if dice.random() < 0.5 else []
                events.append(booked(tenant, dice.choice(services), customer, start_at, resource_ids=chosen, now=now))
                continue
            event = dice.choice(events)
            event.refresh_from_db()
            if event.status in CLOSED_STATUSES:
                reopened(tenant, event, now=now)
                event.refresh_from_db()
                assert (event.status, rows_of(event)) == state[event.pk]
            elif dice.random() < 0.4:
                reschedule(
                    tenant=tenant,
                    event_id=event.pk,
                    start_at=dice.choice([start_at, event.start_at]),
                    duration_minutes=dice.choice([None, 20, 75]),
                    by=None,
                    now=now,
                )
            else:
                state[event.pk] = (event.status, rows_of(event))
                ENDINGS[dice.choice(list(ENDINGS))][0](tenant=tenant, event_id=event.pk, by=None, now=now)
        except DomainError as refusal:
            refusals.add(refusal.code)
        assert findings(tenant, now=now) == []
    assert refusals <= {"slot_taken", "not_started", "time_passed", "past"}
