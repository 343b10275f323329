"""`manage.py audit_schedule`: silent on sound data, loud on each kind of broken promise."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django_tenants.utils import tenant_context
from psycopg2.extras import DateTimeTZRange

from core.models import Tenant
from schedule.enums import BookingSource, Status
from schedule.models import Event, Participant, Resource, Service
from schedule.services import book, cancel, change_capacity, reschedule
from tests.factories.schedule import CustomerFactory, EventFactory, ResourceFactory, ServiceFactory

pytestmark = pytest.mark.django_db

START_AT = datetime(2030, 6, 3, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def audit(**options: Any) -> tuple[int, list[dict[str, str]]]:
    """Return the exit status and the findings."""
    printed = StringIO()
    status = 0
    try:
        call_command("audit_schedule", json=True, stdout=printed, **options)
    except SystemExit as stop:
        status = int(str(stop.code))
    return status, json.loads(printed.getvalue())


def crowd(resource: Resource, *offsets: int) -> list[Event]:
    """Book the resource at these hours, whatever its capacity."""
    service = ServiceFactory.create()
    events = [EventFactory.create(service=service, start_at=START_AT + number * HOUR) for number in offsets]
    for event in events:
        Participant.objects.create(
            event=event,
            resource=resource,
            occupied=(event.start_at, event.end_at),
            exclusive=resource.max_concurrent_events == 1,
        )
    return events


def test_what_the_services_write_is_sound(tenant: Tenant, other_tenant: Tenant) -> None:
    anna = ResourceFactory.create()
    service = ServiceFactory.create(resources=[anna], buffer_before_minutes=10, buffer_after_minutes=10)
    arguments: dict[str, Any] = {"tenant": tenant, "by": None, "now": START_AT - HOUR}
    wish: dict[str, Any] = {
        "service_id": service.pk,
        "customer_id": CustomerFactory.create().pk,
        "source": BookingSource.STAFF,
    }
    first, second = (book(**arguments, **wish, start_at=START_AT + number * HOUR) for number in (0, 4))
    reschedule(**arguments, event_id=first.pk, start_at=START_AT + 2 * HOUR)
    cancel(**arguments, event_id=second.pk)
    change_capacity(resource_id=anna.pk, max_concurrent_events=3, now=START_AT - HOUR)
    book(**arguments, **wish, start_at=START_AT + 2 * HOUR)
    Service.objects.update(buffer_before_minutes=0, buffer_after_minutes=60)

    assert audit() == (0, [])
    assert audit(schema="acme") == (0, [])


def test_an_overlap_beyond_the_capacity(tenant: Tenant) -> None:
    room = ResourceFactory.create(max_concurrent_events=2)
    first, second, third, _neighbour = crowd(room, 0, 0, 0, 1)

    status, found = audit(schema="acme")

    ids = ", ".join(sorted(str(event.pk) for event in (first, second, third)))
    assert status == 1
    assert found == [
        {
            "schema": "acme",
            "kind": "overlap",
            "subject": f"resource {room.pk}",
            "detail": "3 appointments with room for 2 from 2030-06-03T13:00:00+00:00 "
            f"to 2030-06-03T14:00:00+00:00: {ids}",
        }
    ]


def test_what_was_booked_under_a_larger_capacity_is_not_an_overlap(tenant: Tenant) -> None:
    room = ResourceFactory.create(max_concurrent_events=2)
    crowd(room, 0, 0)

    change_capacity(resource_id=room.pk, max_concurrent_events=1, now=START_AT + HOUR)

    assert audit(schema="acme") == (0, [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"blocks": False}, "blocks does not fit the status confirmed"),
        ({"exclusive": False}, "exclusive does not fit the capacity 1"),
        (
            {"occupied": DateTimeTZRange(START_AT, START_AT + HOUR / 2, "[)")},
            "occupied does not hold the appointment",
        ),
        (
            {"occupied": DateTimeTZRange(START_AT + HOUR, START_AT + 2 * HOUR, "[)"), "blocks": False},
            "occupied does not hold the appointment; blocks does not fit the status confirmed",
        ),
    ],
)
def test_a_participant_that_does_not_fit(tenant: Tenant, change: dict[str, Any], fault: str) -> None:
    resource = ResourceFactory.create()
    event = EventFactory.create(resources=[resource], start_at=START_AT)
    Participant.objects.update(**change)

    assert audit(schema="acme") == (
        1,
        [
            {
                "schema": "acme",
                "kind": "participant",
                "subject": f"appointment {event.pk}, resource {resource.pk}",
                "detail": fault,
            }
        ],
    )


def test_a_cancelled_appointment_that_still_takes_time(tenant: Tenant) -> None:
    EventFactory.create(resources=[ResourceFactory.create()], start_at=START_AT)
    Event.objects.update(status=Status.CANCELLED, cancelled_at=START_AT)

    assert [finding["detail"] for finding in audit()[1]] == ["blocks does not fit the status cancelled"]


def test_overdrawn_quotas(tenant: Tenant) -> None:
    service = ServiceFactory.create()
    ResourceFactory.create_batch(2)
    EventFactory.create_batch(3, service=service)
    Tenant.objects.filter(pk=tenant.pk).update(max_appointments=2, max_resources=1, max_services=0, max_users=0)

    status, found = audit(schema="acme")

    assert status == 1
    assert [(finding["kind"], finding["subject"], finding["detail"]) for finding in found] == [
        ("quota", "max_users", "1 used, 0 admitted"),
        ("quota", "max_resources", "2 used, 1 admitted"),
        ("quota", "max_services", "1 used, 0 admitted"),
        ("quota", "max_appointments", "3 used, 2 admitted"),
    ]


def test_all_tenants_are_looked_at_and_one_can_be_chosen(tenant: Tenant, other_tenant: Tenant) -> None:
    with tenant_context(other_tenant):
        crowd(ResourceFactory.create(max_concurrent_events=2), 0, 0, 0)

    assert [finding["schema"] for finding in audit()[1]] == ["bravo"]
    assert audit(schema="acme") == (0, [])


def test_the_table(tenant: Tenant) -> None:
    EventFactory.create(resources=[ResourceFactory.create()], start_at=START_AT)
    Participant.objects.update(exclusive=False)
    printed = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("audit_schedule", schema="acme", stdout=printed)

    lines = printed.getvalue().splitlines()
    assert stop.value.code == 1
    assert lines[0].split() == ["schema", "kind", "subject", "detail"]
    assert lines[1].startswith("acme    participant  appointment ")
    assert lines[2] == "1 found in 1 schema."


def test_an_unknown_schema(tenant: Tenant) -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("audit_schedule", schema="nobody", stdout=StringIO())


def test_the_database_itself_refuses_occupied_times_that_no_audit_could_judge(tenant: Tenant) -> None:
    event = EventFactory.create(start_at=START_AT)
    resource = ResourceFactory.create()
    bad = [
        DateTimeTZRange(START_AT, None, "[)"),
        DateTimeTZRange(START_AT, START_AT + HOUR, "[]"),
        DateTimeTZRange(START_AT, START_AT, "[)"),
        DateTimeTZRange(START_AT, START_AT + timedelta(days=4), "[)"),
    ]
    for occupied in bad:
        with pytest.raises(IntegrityError, match="participant_occupied"), transaction.atomic():
            Participant.objects.create(event=event, resource=resource, occupied=occupied, exclusive=True)
