"""What every change of an appointment leaves behind: a row of history and a fact for other apps."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.errors import Missing, StaleWrite
from core.models import Tenant, User
from core.request_context import current_request_facts
from core.topics import publish
from schedule.enums import HistoryKind, Status
from schedule.errors import WrongStatus
from schedule.models import Event, EventHistory


def locked_event(event_id: UUID, *, expected_version: int | None) -> Event:
    """Return the appointment with its service, locked until the end of the transaction.

    Raises Missing when there is none, StaleWrite when its version is not the expected one (None expects none).
    """
    event = (
        Event.objects.select_for_update(no_key=True, of=("self",)).select_related("service").filter(pk=event_id).first()
    )
    if event is None:
        raise Missing("There is no such appointment.")
    if expected_version is not None and event.version != expected_version:
        raise StaleWrite(
            "The appointment has changed since you read it. Read it again, then repeat the change.",
            version=event.version,
        )
    return event


def require_status(event: Event, allowed: Collection[Status], *, act: str) -> None:
    """Raise WrongStatus, with what was to be done to the appointment, unless its status is among the allowed ones."""
    if Status(event.status) not in allowed:
        raise WrongStatus(status=event.status, allowed=[status.value for status in allowed], act=act)


def save_change(event: Event, *, at: datetime, fields: Sequence[str]) -> None:
    """Store `fields` of a locked appointment as its next version."""
    event.version += 1
    event.updated_at = at
    event.save(update_fields=[*fields, "version", "updated_at"])


def record(
    event: Event,
    kind: HistoryKind,
    *,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Add a row to the appointment's history. `before` and `after` hold the keys that changed, JSON-ready."""
    EventHistory.objects.create(
        event=event,
        kind=kind,
        by=by,
        impersonator_id=current_request_facts().impersonator_id,
        at=at,
        before=dict(before),
        after=dict(after),
    )


def tell(
    topic: str,
    event: Event,
    *,
    tenant: Tenant,
    by: User | None,
    at: datetime,
    resource_ids: Sequence[int],
    **more: Any,
) -> None:
    """Publish what happened: ids, times in UTC and states, nothing personal. `more` is JSON-ready."""
    publish(
        topic,
        {
            "tenant": tenant.schema_name,
            "appointment_id": str(event.pk),
            "service_id": event.service_id,
            "customer_id": str(event.customer_id),
            "resource_ids": sorted(resource_ids),
            **times_of(event),
            "status": str(event.status),
            "source": str(event.source),
            "version": event.version,
            "by": by.pk if by is not None else None,
            "at": at.astimezone(UTC).isoformat(),
            **more,
        },
    )


def times_of(event: Event) -> dict[str, str]:
    """Return the start and end of an appointment in UTC, ISO 8601."""
    return {
        "start_at": event.start_at.astimezone(UTC).isoformat(),
        "end_at": event.end_at.astimezone(UTC).isoformat(),
    }


def resource_ids_of(event: Event) -> list[int]:
    """Return the ids of the resources that take part, in order."""
    return list(event.participants.order_by("resource_id").values_list("resource_id", flat=True))
