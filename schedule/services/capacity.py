"""How many appointments a resource can serve at once."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from core.errors import FieldError, Missing
from schedule.errors import CapacityOverlaps
from schedule.models import Participant, Resource
from schedule.models.catalogue import MAX_CAPACITY
from schedule.selectors.conflicts import Crowd, crowds

MAX_OVERLAPS_NAMED = 20


def change_capacity(*, resource_id: int, max_concurrent_events: int, now: datetime | None = None) -> Resource:
    """Let a resource serve `max_concurrent_events` appointments at once, from now on.

    Holds the resource's lock, so no booking comes between the look at what is booked and the change. Rows that are not
    over get the `exclusive` mark of the new capacity; those of the past keep that of their time.
    Raises Missing, FieldError, or CapacityOverlaps naming what is booked at the same moment.
    """
    if not 1 <= max_concurrent_events <= MAX_CAPACITY:
        raise FieldError("max_concurrent_events", f"Use a whole number from 1 to {MAX_CAPACITY}.")
    now = now or timezone.now()
    with transaction.atomic():
        resource = Resource.objects.select_for_update(no_key=True).filter(pk=resource_id).first()
        if resource is None:
            raise Missing("There is no such resource.")
        if resource.max_concurrent_events == max_concurrent_events:
            return resource
        found = crowds(resource_id=resource_id, capacity=max_concurrent_events, since=now)
        if found:
            raise _overlaps(found, max_concurrent_events)
        resource.max_concurrent_events = max_concurrent_events
        resource.capacity_changed_at = now
        resource.save(update_fields=["max_concurrent_events", "capacity_changed_at", "updated_at"])
        Participant.objects.filter(resource_id=resource_id, occupied__endswith__gt=now).update(
            exclusive=max_concurrent_events == 1
        )
    return resource


def _overlaps(found: list[Crowd], capacity: int) -> CapacityOverlaps:
    deepest = max(crowd.depth for crowd in found)
    return CapacityOverlaps(
        f"Up to {deepest} appointments are booked at the same moment. Move or cancel some before lowering the "
        f"capacity to {capacity}.",
        overlaps=[
            {
                "start_at": crowd.span.start_at.astimezone(UTC).isoformat(),
                "end_at": crowd.span.end_at.astimezone(UTC).isoformat(),
                "depth": crowd.depth,
                "appointment_ids": [str(number) for number in crowd.event_ids],
            }
            for crowd in found[:MAX_OVERLAPS_NAMED]
        ],
    )
