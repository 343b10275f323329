"""Moving an appointment: it stays itself, and the guarantee holds."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from core import topics
from core.errors import FieldError, Missing, StaleWrite
from core.models import Tenant
from schedule.enums import HistoryKind, Status
from schedule.errors import RuleBroken, SlotTaken, WrongStatus
from schedule.models import Event, EventHistory, Participant, Resource, Service
from schedule.services import reschedule
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory, ServiceResourceFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 6, 1, 12, 0, tzinfo=UTC)
NINE_AT = datetime(2030, 6, 3, 13, 0, tzinfo=UTC)
"""Monday, 9 o'clock in New York."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def massage(anna: Resource, bert: Resource) -> Service:
    return ServiceFactory.create(resources=[anna, bert], buffer_before_minutes=5, buffer_after_minutes=10)


@pytest.fixture
def event(massage: Service, anna: Resource) -> Event:
    """Anna's first appointment on Monday."""
    return EventFactory.create(service=massage, resources=[anna], start_at=NINE_AT, created_at=NOW - HOUR)


def moved(tenant: Tenant, event: Event, start_at: datetime, **more: Any) -> Event:
    arguments: dict[str, Any] = {"by": None, "now": NOW, **more}
    return reschedule(tenant=tenant, event_id=event.pk, start_at=start_at, **arguments)


def ids_of(event: Event) -> list[int]:
    return list(event.participants.order_by("resource_id").values_list("resource_id", flat=True))


def test_it_stays_the_same_appointment(
    tenant: Tenant, event: Event, anna: Resource, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts: list[Mapping[str, Any]] = []
    monkeypatch.setitem(topics._receivers, "appointment.rescheduled", [facts.append])
    Service.objects.update(price_cents=9999, duration_minutes=30)

    moved(tenant, event, NINE_AT + 3 * HOUR)

    found = Event.objects.get()
    assert (found.pk, found.version, found.updated_at, found.created_at) == (event.pk, 2, NOW, NOW - HOUR)
    assert (found.start_at, found.end_at) == (NINE_AT + 3 * HOUR, NINE_AT + 4 * HOUR)
    assert (found.price_cents, found.status) == (5000, Status.CONFIRMED)
    part = Participant.objects.get()
    assert (part.occupied.lower, part.occupied.upper) == (NINE_AT + 175 * MINUTE, NINE_AT + 250 * MINUTE)
    entry = EventHistory.objects.get()
    before = {
        "start_at": "2030-06-03T13:00:00+00:00",
        "end_at": "2030-06-03T14:00:00+00:00",
        "resource_ids": [anna.pk],
    }
    assert (entry.kind, entry.at, entry.before) == (HistoryKind.RESCHEDULED, NOW, before)
    assert entry.after == {
        "start_at": "2030-06-03T16:00:00+00:00",
        "end_at": "2030-06-03T17:00:00+00:00",
        "resource_ids": [anna.pk],
    }
    assert [(fact["start_at"], fact["version"], fact["previous"]) for fact in facts] == [
        ("2030-06-03T16:00:00+00:00", 2, before)
    ]


def test_it_does_not_stand_in_its_own_way(tenant: Tenant, event: Event) -> None:
    assert moved(tenant, event, NINE_AT + 15 * MINUTE).start_at == NINE_AT + 15 * MINUTE


def test_moving_to_where_it_is_changes_nothing(tenant: Tenant, event: Event, anna: Resource) -> None:
    moved(tenant, event, NINE_AT)
    moved(tenant, event, NINE_AT, resource_ids=[anna.pk])

    event.refresh_from_db()
    assert (event.version, EventHistory.objects.count()) == (1, 0)


def test_without_resources_it_stays_with_its_own_even_if_others_are_free(
    tenant: Tenant, event: Event, massage: Service, anna: Resource
) -> None:
    EventFactory.create(service=massage, resources=[anna], start_at=NINE_AT + 3 * HOUR)

    with pytest.raises(SlotTaken) as refusal:
        moved(tenant, event, NINE_AT + 3 * HOUR)

    event.refresh_from_db()
    assert (event.start_at, event.version) == (NINE_AT, 1)
    assert refusal.value.extra["alternatives"][0] == "2030-06-03T13:15:00-04:00"


def test_to_a_resource_at_the_same_time(tenant: Tenant, event: Event, bert: Resource) -> None:
    found = moved(tenant, event, NINE_AT, resource_ids=[bert.pk])

    assert (ids_of(found), found.version) == ([bert.pk], 2)


def test_an_empty_list_means_any_the_present_one_first(
    tenant: Tenant, event: Event, massage: Service, anna: Resource, bert: Resource
) -> None:
    EventFactory.create(service=massage, resources=[anna], start_at=NINE_AT + 5 * HOUR)
    kept = ids_of(moved(tenant, event, NINE_AT + 2 * HOUR, resource_ids=[]))
    given_away = ids_of(moved(tenant, event, NINE_AT + 5 * HOUR, resource_ids=[]))

    assert (kept, given_away) == ([anna.pk], [bert.pk])


def test_to_another_resource_in_the_same_room(tenant: Tenant, event: Event, massage: Service, bert: Resource) -> None:
    rooms = ResourceFactory.create_batch(2)
    for room in rooms:
        ServiceResourceFactory.create(service=massage, resource=room, requirement=1)
    moved(tenant, event, NINE_AT + HOUR, resource_ids=[rooms[1].pk])

    assert ids_of(moved(tenant, event, NINE_AT + HOUR, resource_ids=[bert.pk])) == [bert.pk, rooms[1].pk]


def test_a_requirement_the_service_has_gained_is_filled(
    tenant: Tenant, event: Event, massage: Service, anna: Resource
) -> None:
    room = ResourceFactory.create()
    ServiceResourceFactory.create(service=massage, resource=room, requirement=1)

    assert ids_of(moved(tenant, event, NINE_AT + HOUR)) == [anna.pk, room.pk]


@pytest.mark.parametrize(
    ("start_at", "rule", "is_liftable"),
    [(NOW - MINUTE, "past", False), (NINE_AT - HOUR, "closed", True)],
)
def test_the_rules_of_booking_hold(
    tenant: Tenant,
    event: Event,
    start_at: datetime,
    rule: str,
    is_liftable: bool,
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        moved(tenant, event, start_at)
    assert refusal.value.code == rule

    if is_liftable:
        assert moved(tenant, event, start_at, allow_outside_hours=True).start_at == start_at
    else:
        with pytest.raises(RuleBroken):
            moved(tenant, event, start_at, allow_outside_hours=True)


def test_a_resource_that_is_not_able_any_more_must_be_replaced(
    tenant: Tenant, event: Event, massage: Service, anna: Resource, bert: Resource
) -> None:
    massage.abilities.filter(resource=anna).delete()

    with pytest.raises(FieldError) as refusal:
        moved(tenant, event, NINE_AT + HOUR)

    assert (refusal.value.code, list(refusal.value.extra["errors"])) == ("not_able", ["resources"])
    assert ids_of(moved(tenant, event, NINE_AT + HOUR, resource_ids=[])) == [bert.pk]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW])
def test_what_is_over_stays_where_it_was(tenant: Tenant, event: Event, status: Status) -> None:
    Event.objects.update(status=status, cancelled_at=NOW)

    with pytest.raises(WrongStatus) as refusal:
        moved(tenant, event, NINE_AT + HOUR)

    assert refusal.value.extra == {"status": status.value, "allowed": ["confirmed", "pending"]}


def test_a_stale_version_and_an_unknown_appointment(tenant: Tenant, event: Event) -> None:
    with pytest.raises(StaleWrite):
        moved(tenant, event, NINE_AT + HOUR, expected_version=2)
    assert moved(tenant, event, NINE_AT + HOUR, expected_version=1).version == 2
    with pytest.raises(Missing):
        reschedule(tenant=tenant, event_id=uuid4(), start_at=NINE_AT, by=None, now=NOW)


def test_a_move_leaves_its_old_time_to_others(tenant: Tenant, event: Event, massage: Service, anna: Resource) -> None:
    other = EventFactory.create(service=massage, resources=[anna], start_at=NINE_AT + 4 * HOUR)
    moved(tenant, event, NINE_AT + 6 * HOUR)

    assert moved(tenant, other, NINE_AT).start_at == NINE_AT
