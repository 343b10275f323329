"""Taking back how an appointment ended: cancelled, completed or missed by mistake."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from core.models import Tenant, User
from schedule.enums import CLOSED_STATUSES, HistoryKind, Status
from schedule.errors import RuleBroken, TimePassed
from schedule.models import Event, EventHistory
from schedule.selectors.conflicts import Span
from schedule.selectors.rules import inactive_resource
from schedule.services.history import locked_event, record, require_status, resource_ids_of, save_change, tell
from schedule.services.placement import Wish, hold_again, lasting, place

ENDINGS = (HistoryKind.CANCELLED, HistoryKind.COMPLETED, HistoryKind.NO_SHOW)


def reopen(
    *,
    tenant: Tenant,
    event_id: UUID,
    by: User | None,
    expected_version: int | None = None,
    now: datetime | None = None,
) -> Event:
    """Give a cancelled, completed or missed appointment the status it had before that, at its time and price.

    Time that was given back is taken again, buffers as they were, only while it is free; rules of hours, notice and
    horizon are not asked again: the appointment was placed already. A cancelled one is not brought back once its start
    has passed, nor with a resource that is switched off. Raises Missing, StaleWrite, WrongStatus, TimePassed,
    RuleBroken, SlotTaken.
    """
    now = now or timezone.now()

    def attempt() -> Event:
        event = locked_event(event_id, expected_version=expected_version)
        require_status(event, CLOSED_STATUSES, act="reopened")
        if event.status == Status.CANCELLED and event.start_at < now:
            raise TimePassed("The appointment was cancelled and its time has passed. Book another one.")
        resource_ids = resource_ids_of(event)
        if event.status != Status.COMPLETED:
            _take_time_again(event, resource_ids, tenant=tenant, now=now)
        before = str(event.status)
        event.status = _status_before(event)
        event.cancelled_at = event.cancelled_by = event.completed_at = None
        save_change(event, at=now, fields=("status", "cancelled_at", "cancelled_by", "completed_at"))
        record(
            event, HistoryKind.REOPENED, by=by, at=now, before={"status": before}, after={"status": event.status.value}
        )
        tell(
            "appointment.reopened",
            event,
            tenant=tenant,
            by=by,
            at=now,
            resource_ids=resource_ids,
            previous={"status": before},
        )
        return event

    return place(attempt)


def _take_time_again(event: Event, resource_ids: list[int], *, tenant: Tenant, now: datetime) -> None:
    """Make a locked appointment take its resources' time as it did. Raises RuleBroken, NoneFree."""
    occupied = event.participants.values_list("occupied__startswith", "occupied__endswith").first()
    if occupied is None:
        return
    booked = Span(event.start_at, event.end_at)
    wish = Wish(
        tenant=tenant,
        service=lasting(event.service, booked.length),
        booked=booked,
        now=now,
        resource_ids=resource_ids,
        excluding=event.pk,
        as_before=Span(*occupied),
    )
    for resource in hold_again(wish):
        if event.status == Status.CANCELLED and not resource.is_active:
            rule = inactive_resource(resource.pk, resource)
            raise RuleBroken("resources", rule.detail, code=rule.rule.value, resource_id=resource.pk)
        event.participants.filter(resource=resource).update(blocks=True, exclusive=resource.max_concurrent_events == 1)


def _status_before(event: Event) -> Status:
    """Return the status its last ending took the place of; confirmed for one whose history does not tell."""
    ending = EventHistory.objects.filter(event=event, kind__in=ENDINGS).order_by("-pk").first()
    return Status(ending.before.get("status", Status.CONFIRMED)) if ending is not None else Status.CONFIRMED
