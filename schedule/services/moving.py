"""Moving an appointment to another time or to other resources."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from core.models import Tenant, User
from schedule.enums import HistoryKind
from schedule.models import Event, Participant, Resource
from schedule.selectors.conflicts import Span
from schedule.services.history import locked_event, record, resource_ids_of, save_change, tell, times_of
from schedule.services.lifecycle import require_open
from schedule.services.placement import Wish, hold, lasting, participants_of, place


def reschedule(
    *,
    tenant: Tenant,
    event_id: UUID,
    start_at: datetime,
    resource_ids: Sequence[int] | None = None,
    duration_minutes: int | None = None,
    by: User | None,
    expected_version: int | None = None,
    allow_outside_hours: bool = False,
    now: datetime | None = None,
) -> Event:
    """Move a pending or confirmed appointment, or make it longer or shorter; it keeps its price and status.

    Without `duration_minutes` it stays as long as it is; one that only becomes longer or shorter may have begun.
    Without `resource_ids` it stays with its resources. With them they are used, and a requirement they leave open is
    filled by any able and free resource, a present one first. Moving to where it is changes nothing.
    Raises Missing, StaleWrite, WrongStatus, FieldError, RuleBroken, SlotTaken.
    """
    now = now or timezone.now()
    start_at = start_at.astimezone(UTC)

    def attempt() -> Event:
        event = locked_event(event_id, expected_version=expected_version)
        require_open(event, act="rescheduled")
        present = resource_ids_of(event)
        wish = _wish(
            event,
            tenant=tenant,
            booked=Span(start_at, start_at + _length(event, duration_minutes)),
            present=present,
            asked=present if resource_ids is None else list(resource_ids),
            outside_hours_allowed=allow_outside_hours,
            now=now,
        )
        if wish.keeps_start and wish.booked.end_at == event.end_at:
            return event
        resources = hold(wish, also_locking=present)
        before = {**times_of(event), "resource_ids": present}
        ids = _move(event, wish, resources)
        after = {**times_of(event), "resource_ids": ids}
        record(event, HistoryKind.RESCHEDULED, by=by, at=now, before=before, after=after)
        tell("appointment.rescheduled", event, tenant=tenant, by=by, at=now, resource_ids=ids, previous=before)
        return event

    return place(attempt)


def _length(event: Event, duration_minutes: int | None) -> timedelta:
    return event.end_at - event.start_at if duration_minutes is None else timedelta(minutes=duration_minutes)


def _wish(
    event: Event,
    *,
    tenant: Tenant,
    booked: Span,
    present: list[int],
    asked: list[int],
    outside_hours_allowed: bool,
    now: datetime,
) -> Wish:
    return Wish(
        tenant=tenant,
        service=lasting(event.service, booked.length),
        booked=booked,
        now=now,
        resource_ids=asked,
        outside_hours_allowed=outside_hours_allowed,
        excluding=event.pk,
        preferring=frozenset(present),
        keeps_start=booked.start_at == event.start_at and sorted(asked) == present,
    )


def _move(event: Event, wish: Wish, resources: Sequence[Resource]) -> list[int]:
    """Give a locked appointment the time of the wish and these resources; return their ids."""
    event.start_at, event.end_at = wish.booked.start_at, wish.booked.end_at
    save_change(event, at=wish.now, fields=("start_at", "end_at"))
    event.participants.all().delete()
    Participant.objects.bulk_create(participants_of(event, resources, wish.occupied))
    return [resource.pk for resource in resources]
