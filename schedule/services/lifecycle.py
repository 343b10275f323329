"""What becomes of an appointment: confirmed, edited, cancelled, completed, missed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.models import Tenant, User
from schedule.enums import BLOCKING_STATUSES, OPEN_STATUSES, HistoryKind, Status
from schedule.errors import NotStarted
from schedule.models import Event
from schedule.services.booking import active_customer
from schedule.services.history import locked_event, record, require_status, resource_ids_of, save_change, tell
from schedule.services.placement import lock_resources


def confirm(
    *,
    tenant: Tenant,
    event_id: UUID,
    by: User | None,
    expected_version: int | None = None,
    now: datetime | None = None,
) -> Event:
    """Confirm a pending appointment. Raises Missing, StaleWrite, WrongStatus."""
    now = now or timezone.now()
    with transaction.atomic():
        event = locked_event(event_id, expected_version=expected_version)
        require_status(event, [Status.PENDING], act="confirmed")
        _turn(event, Status.CONFIRMED, HistoryKind.CONFIRMED, tenant=tenant, by=by, at=now)
    return event


def cancel(
    *,
    tenant: Tenant,
    event_id: UUID,
    by: User | None,
    reason: str = "",
    expected_version: int | None = None,
    now: datetime | None = None,
) -> Event:
    """Cancel a pending or confirmed appointment; its time is free again. Raises Missing, StaleWrite, WrongStatus."""
    now = now or timezone.now()
    with transaction.atomic():
        event = locked_event(event_id, expected_version=expected_version)
        require_open(event, act="cancelled")
        event.cancelled_at, event.cancelled_by = now, by
        _turn(
            event,
            Status.CANCELLED,
            HistoryKind.CANCELLED,
            tenant=tenant,
            by=by,
            at=now,
            fields=("cancelled_at", "cancelled_by"),
            noted={"reason": reason} if reason else {},
        )
    return event


def complete(
    *,
    tenant: Tenant,
    event_id: UUID,
    by: User | None,
    expected_version: int | None = None,
    now: datetime | None = None,
) -> Event:
    """Note that an appointment took place. Raises Missing, StaleWrite, WrongStatus, NotStarted before its start."""
    now = now or timezone.now()
    with transaction.atomic():
        event = locked_event(event_id, expected_version=expected_version)
        require_open(event, act="completed")
        _require_started(event, now=now)
        event.completed_at = now
        _turn(
            event,
            Status.COMPLETED,
            HistoryKind.COMPLETED,
            tenant=tenant,
            by=by,
            at=now,
            fields=("completed_at",),
        )
    return event


def mark_no_show(
    *,
    tenant: Tenant,
    event_id: UUID,
    by: User | None,
    expected_version: int | None = None,
    now: datetime | None = None,
) -> Event:
    """Note that the customer did not come; what is left of the time is free again.

    Raises Missing, StaleWrite, WrongStatus, NotStarted before the start.
    """
    now = now or timezone.now()
    with transaction.atomic():
        event = locked_event(event_id, expected_version=expected_version)
        require_open(event, act="marked as no-show")
        _require_started(event, now=now)
        _turn(event, Status.NO_SHOW, HistoryKind.NO_SHOW, tenant=tenant, by=by, at=now)
    return event


def edit(
    *,
    tenant: Tenant,
    event_id: UUID,
    by: User | None,
    notes: str | None = None,
    customer_id: UUID | None = None,
    expected_version: int | None = None,
    now: datetime | None = None,
) -> Event:
    """Change the notes, in any status, or the customer, while the appointment is pending or confirmed.

    None leaves as is; saying what is so already changes nothing. Raises Missing, StaleWrite, WrongStatus, FieldError.
    """
    now = now or timezone.now()
    with transaction.atomic():
        event = locked_event(event_id, expected_version=expected_version)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        if notes is not None and notes != event.notes:
            before["notes"], after["notes"] = event.notes, notes
            event.notes = notes
        if customer_id is not None and customer_id != event.customer_id:
            require_open(event, act="given to another customer")
            before["customer_id"], after["customer_id"] = str(event.customer_id), str(customer_id)
            event.customer = active_customer(customer_id)
        if after:
            save_change(event, at=now, fields=tuple(after))
            record(event, HistoryKind.EDITED, by=by, at=now, before=before, after=after)
            tell("appointment.edited", event, tenant=tenant, by=by, at=now, resource_ids=resource_ids_of(event))
    return event


def require_open(event: Event, *, act: str) -> None:
    """Raise WrongStatus unless the appointment is pending or confirmed."""
    require_status(event, OPEN_STATUSES, act=act)


def _require_started(event: Event, *, now: datetime) -> None:
    if now < event.start_at:
        raise NotStarted(
            "The appointment has not started yet. Cancel or reschedule it, or wait for its start.",
            start_at=event.start_at.isoformat(),
        )


def _turn(
    event: Event,
    status: Status,
    kind: HistoryKind,
    *,
    tenant: Tenant,
    by: User | None,
    at: datetime,
    fields: tuple[str, ...] = (),
    noted: dict[str, Any] | None = None,
) -> None:
    """Give a locked appointment another status, its resources' time included, and say so."""
    before = str(event.status)
    event.status = status
    save_change(event, at=at, fields=("status", *fields))
    resource_ids = resource_ids_of(event)
    if status not in BLOCKING_STATUSES:
        lock_resources(resource_ids)
        event.participants.update(blocks=False)
    record(event, kind, by=by, at=at, before={"status": before}, after={"status": status.value, **(noted or {})})
    tell(
        f"appointment.{kind.value}",
        event,
        tenant=tenant,
        by=by,
        at=at,
        resource_ids=resource_ids,
        previous={"status": before},
    )
