"""What becomes of an appointment: every transition, allowed or not."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from core import topics
from core.errors import DomainError, FieldError, Missing, StaleWrite
from core.models import Tenant, User
from schedule.enums import HistoryKind, Status
from schedule.errors import NotStarted, WrongStatus
from schedule.models import Event, EventHistory, Participant
from schedule.services import cancel, complete, confirm, edit, mark_no_show
from tests.factories.schedule import CustomerFactory, EventFactory, ResourceFactory

pytestmark = pytest.mark.django_db

START_AT = datetime(2030, 6, 3, 13, 0, tzinfo=UTC)
BEFORE = START_AT - timedelta(microseconds=1)
VERBS: dict[str, tuple[Callable[..., Event], Status, set[Status]]] = {
    "confirm": (confirm, Status.CONFIRMED, {Status.PENDING}),
    "cancel": (cancel, Status.CANCELLED, {Status.PENDING, Status.CONFIRMED}),
    "complete": (complete, Status.COMPLETED, {Status.PENDING, Status.CONFIRMED}),
    "mark_no_show": (mark_no_show, Status.NO_SHOW, {Status.PENDING, Status.CONFIRMED}),
}
"""What each verb makes of an appointment, and of which."""


def make(status: Status = Status.CONFIRMED) -> Event:
    return EventFactory.create(resources=[ResourceFactory.create()], start_at=START_AT, status=status)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", Status)
def test_every_transition(tenant: Tenant, status: Status, verb: str) -> None:
    act, result, allowed = VERBS[verb]
    event = make(status)

    if status in allowed:
        act(tenant=tenant, event_id=event.pk, by=None, now=START_AT)
        event.refresh_from_db()
        assert (event.status, event.version, event.updated_at) == (result, 2, START_AT)
    else:
        with pytest.raises(WrongStatus) as refusal:
            act(tenant=tenant, event_id=event.pk, by=None, now=START_AT)
        assert (refusal.value.status, refusal.value.code) == (409, "wrong_status")
        assert refusal.value.extra == {
            "status": status.value,
            "allowed": sorted(possible.value for possible in allowed),
        }
        event.refresh_from_db()
        assert (event.status, event.version, EventHistory.objects.count()) == (status, 1, 0)


@pytest.mark.parametrize(
    ("verb", "blocks", "topic", "kind"),
    [
        ("confirm", True, "appointment.confirmed", HistoryKind.CONFIRMED),
        ("cancel", False, "appointment.cancelled", HistoryKind.CANCELLED),
        ("complete", True, "appointment.completed", HistoryKind.COMPLETED),
        ("mark_no_show", False, "appointment.no_show", HistoryKind.NO_SHOW),
    ],
)
def test_what_a_transition_leaves_behind(
    tenant: Tenant,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    blocks: bool,
    topic: str,
    kind: HistoryKind,
) -> None:
    facts: list[Mapping[str, Any]] = []
    monkeypatch.setitem(topics._receivers, topic, [facts.append])
    event = make(Status.PENDING)
    user = User.objects.create_user("somebody@acme.example")
    act, result, _ = VERBS[verb]

    act(tenant=tenant, event_id=event.pk, by=user, now=START_AT)

    assert Participant.objects.get().blocks is blocks
    entry = EventHistory.objects.get()
    assert (entry.kind, entry.by, entry.at) == (kind, user, START_AT)
    assert (entry.before, entry.after) == ({"status": "pending"}, {"status": result.value})
    assert [(fact["appointment_id"], fact["status"], fact["version"], fact["previous"]) for fact in facts] == [
        (str(event.pk), result.value, 2, {"status": "pending"})
    ]


def test_who_cancelled_when_and_why(tenant: Tenant) -> None:
    event = make()
    user = User.objects.create_user("somebody@acme.example")

    cancel(tenant=tenant, event_id=event.pk, by=user, reason="Ill", now=BEFORE)

    event.refresh_from_db()
    assert (event.cancelled_by, event.cancelled_at) == (user, BEFORE)
    assert EventHistory.objects.get().after == {"status": "cancelled", "reason": "Ill"}


def test_when_it_was_completed(tenant: Tenant) -> None:
    event = make()
    complete(tenant=tenant, event_id=event.pk, by=None, now=START_AT)

    event.refresh_from_db()
    assert event.completed_at == START_AT


@pytest.mark.parametrize("verb", ["complete", "mark_no_show"])
def test_nobody_knows_before_the_start(tenant: Tenant, verb: str) -> None:
    event = make()

    with pytest.raises(NotStarted) as refusal:
        VERBS[verb][0](tenant=tenant, event_id=event.pk, by=None, now=BEFORE)

    event.refresh_from_db()
    assert (refusal.value.status, refusal.value.code) == (409, "not_started")
    assert (event.status, event.version) == (Status.CONFIRMED, 1)


@pytest.mark.parametrize("verb", VERBS)
def test_a_stale_version_and_an_unknown_appointment(tenant: Tenant, verb: str) -> None:
    event = make(Status.PENDING)
    act = VERBS[verb][0]

    with pytest.raises(StaleWrite) as refusal:
        act(tenant=tenant, event_id=event.pk, by=None, expected_version=7, now=START_AT)
    with pytest.raises(Missing):
        act(tenant=tenant, event_id=uuid4(), by=None, now=START_AT)

    assert (refusal.value.status, refusal.value.extra) == (412, {"version": 1})
    assert act(tenant=tenant, event_id=event.pk, by=None, expected_version=1, now=START_AT).version == 2


class TestEdit:
    def test_notes_and_customer(self, tenant: Tenant) -> None:
        event = make()
        old, new = event.customer, CustomerFactory.create()

        edit(
            tenant=tenant,
            event_id=event.pk,
            by=None,
            notes="Window seat",
            customer_id=new.pk,
            expected_version=1,
            now=START_AT,
        )

        event.refresh_from_db()
        assert (event.notes, event.customer, event.version) == ("Window seat", new, 2)
        entry = EventHistory.objects.get()
        assert (entry.kind, entry.before, entry.after) == (
            HistoryKind.EDITED,
            {"notes": "", "customer_id": str(old.pk)},
            {"notes": "Window seat", "customer_id": str(new.pk)},
        )

    def test_saying_what_is_so_changes_nothing(self, tenant: Tenant) -> None:
        event = make()

        edit(tenant=tenant, event_id=event.pk, by=None, notes="", customer_id=event.customer_id, now=START_AT)
        edit(tenant=tenant, event_id=event.pk, by=None, now=START_AT)

        event.refresh_from_db()
        assert (event.version, EventHistory.objects.count()) == (1, 0)

    @pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW])
    def test_what_is_over_keeps_its_customer_but_takes_notes(self, tenant: Tenant, status: Status) -> None:
        event = make(status)

        with pytest.raises(WrongStatus):
            edit(tenant=tenant, event_id=event.pk, by=None, customer_id=CustomerFactory.create().pk, now=START_AT)

        assert (
            edit(tenant=tenant, event_id=event.pk, by=None, notes="Paid in cash", now=START_AT).notes == "Paid in cash"
        )

    def test_a_customer_that_cannot_be_used(self, tenant: Tenant) -> None:
        event = make()
        codes = []
        for customer_id in (uuid4(), CustomerFactory.create(is_active=False).pk):
            with pytest.raises(FieldError) as refusal:
                edit(tenant=tenant, event_id=event.pk, by=None, customer_id=customer_id, now=START_AT)
            codes.append((refusal.value.code, list(refusal.value.extra["errors"])))

        assert codes == [("does_not_exist", ["customer"]), ("inactive_customer", ["customer"])]

    def test_a_stale_version(self, tenant: Tenant) -> None:
        with pytest.raises(DomainError) as refusal:
            edit(tenant=tenant, event_id=make().pk, by=None, notes="Late", expected_version=3, now=START_AT)

        assert refusal.value.code == "stale_version"
