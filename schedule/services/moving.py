"""Moving an appointment to another time or to other resources."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone

from core.models import Tenant, User
from schedule.enums import HistoryKind
from schedule.models import Event, Participant
from schedule.selectors.conflicts import Span
from schedule.services.history import locked_event, record, resource_ids_of, save_change, tell, times_of
from schedule.services.lifecycle import require_open
from schedule.services.placement import Wish, hold, participants_of, place


def reschedule(
    *,
    tenant: Tenant,
    event_id: UUID,
    start_at: datetime,
    resource_ids: Sequence[int] | None = None,
    by: User | None,
    expected_version: int | None = None,
    allow_outside_hours: bool = False,
    now: datetime | None = None,
) -> Event:
    """Move a pending or confirmed appointment; it stays the same one and keeps its duration, price and status.

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
        asked = present if resource_ids is None else list(resource_ids)
        if start_at == event.start_at and sorted(asked) == present:
            return event
        wish = Wish(
            tenant=tenant,
            service=event.service,
            booked=Span(start_at, start_at + (event.end_at - event.start_at)),
            now=now,
            resource_ids=asked,
            outside_hours_allowed=allow_outside_hours,
            excluding=event.pk,
            preferring=frozenset(present),
        )
        resources = hold(wish, also_locking=present)
        ids = [resource.pk for resource in resources]
        before = {**times_of(event), "resource_ids": present}
        event.start_at, event.end_at = wish.booked.start_at, wish.booked.end_at
        save_change(event, at=now, fields=("start_at", "end_at"))
        event.participants.all().delete()
        Participant.objects.bulk_create(participants_of(event, resources, wish.occupied))
        record(
            event,
            HistoryKind.RESCHEDULED,
            by=by,
            at=now,
            before=before,
            after={**times_of(event), "resource_ids": ids},
        )
        tell("appointment.rescheduled", event, tenant=tenant, by=by, at=now, resource_ids=ids, previous=before)
        return event

    return place(attempt)
