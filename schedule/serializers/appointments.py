"""Bodies of the appointments API."""

from typing import Any

from rest_framework import serializers

from core.serializers.instants import LARGEST_ID, LocalDateTimeField, iso_in
from schedule.enums import BookingSource, HistoryKind, Status
from schedule.models import EventHistory
from schedule.models.catalogue import MINUTES_PER_DAY
from schedule.selectors.appointments import Appointment

MAX_RESOURCES = 20
MAX_NOTES = 5000
ELSEWHERE = {
    "start_at": "POST …/reschedule/ moves an appointment.",
    "end_at": "It follows from the start and `duration_minutes` of POST …/reschedule/.",
    "resources": "POST …/reschedule/ gives an appointment other resources.",
    "allow_outside_hours": "It belongs to POST …/reschedule/.",
    "status": "POST …/confirm/, …/complete/, …/cancel/, …/no-show/ or …/reopen/ changes it.",
    "cancelled_at": "POST …/cancel/ sets it.",
    "completed_at": "POST …/complete/ sets it.",
    "service": "It cannot be changed: POST …/cancel/ this appointment and book another.",
}
"""What to use instead of PATCH, by field."""


class AppointmentSerializer(serializers.Serializer[Appointment]):
    """An appointment. Instants carry the offset of the business's zone.

    Needs `zone` in the context. The fields describe the body; `to_representation` builds it without them, which is
    several times faster on a page of a list.
    """

    id = serializers.UUIDField()
    service = serializers.IntegerField()
    service_name = serializers.CharField()
    customer = serializers.UUIDField()
    customer_name = serializers.CharField()
    resources = serializers.ListField(child=serializers.IntegerField())
    start_at = serializers.DateTimeField()
    end_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=Status.choices)
    price_cents = serializers.IntegerField()
    currency = serializers.CharField()
    notes = serializers.CharField(allow_blank=True)
    source = serializers.ChoiceField(choices=BookingSource.choices)  # type: ignore[assignment]  # a field of the body
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    cancelled_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()

    def to_representation(self, instance: Appointment) -> dict[str, Any]:
        """Return the JSON-ready body."""
        zone = self.context["zone"]
        return {
            "id": str(instance.id),
            "service": instance.service,
            "service_name": instance.service_name,
            "customer": str(instance.customer),
            "customer_name": instance.customer_name,
            "resources": instance.resources,
            "start_at": iso_in(zone, instance.start_at),
            "end_at": iso_in(zone, instance.end_at),
            "status": instance.status,
            "price_cents": instance.price_cents,
            "currency": instance.currency,
            "notes": instance.notes,
            "source": instance.source,
            "created_at": iso_in(zone, instance.created_at),
            "updated_at": iso_in(zone, instance.updated_at),
            "cancelled_at": iso_in(zone, instance.cancelled_at),
            "completed_at": iso_in(zone, instance.completed_at),
            "version": instance.version,
        }


class _Resources(serializers.ListField):
    child = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_RESOURCES, **kwargs)


class AppointmentRequest(serializers.Serializer[Any]):
    """A wish for an appointment. Needs `zone` in the context."""

    service = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    customer = serializers.UUIDField()
    start_at = LocalDateTimeField(help_text="ISO 8601; without an offset it is local time of the business.")
    resources = _Resources(
        default=list, help_text="Empty: any that are able and free; also where the list leaves a requirement open."
    )
    notes = serializers.CharField(default="", allow_blank=True, max_length=MAX_NOTES)
    allow_outside_hours = serializers.BooleanField(
        default=False, help_text="Lifts opening hours, time off, notice and horizon; never the past or a capacity."
    )


class AppointmentChange(serializers.Serializer[Any]):
    """What can be changed in place."""

    notes = serializers.CharField(required=False, allow_blank=True, max_length=MAX_NOTES)
    customer = serializers.UUIDField(required=False)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return the changes. Raises ValidationError for any other field, naming what to use for it."""
        refused = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if refused:
            raise serializers.ValidationError(
                {name: [ELSEWHERE.get(name, "It cannot be changed.")] for name in refused}
            )
        changes: dict[str, Any] = super().to_internal_value(data)
        return changes


class RescheduleRequest(serializers.Serializer[Any]):
    """A wish to move an appointment. Needs `zone` in the context."""

    start_at = LocalDateTimeField(help_text="ISO 8601; without an offset it is local time of the business.")
    resources = _Resources(required=False, help_text="Missing: it stays with its resources. Empty: any.")
    duration_minutes = serializers.IntegerField(
        required=False, min_value=1, max_value=MINUTES_PER_DAY, help_text="Missing: it stays as long as it is."
    )
    allow_outside_hours = serializers.BooleanField(default=False)


class CancelRequest(serializers.Serializer[Any]):
    """Why an appointment is cancelled; kept in its history."""

    reason = serializers.CharField(default="", allow_blank=True, max_length=500)


class HistoryEntrySerializer(serializers.Serializer[EventHistory]):
    """One thing that happened to an appointment. `before` and `after` hold what changed."""

    kind = serializers.ChoiceField(choices=HistoryKind.choices)
    at = serializers.DateTimeField()
    by = serializers.IntegerField(allow_null=True)
    by_name = serializers.CharField(allow_null=True)
    support_name = serializers.CharField(
        allow_null=True, help_text="Who of the platform's support did it in their place."
    )
    before = serializers.DictField()
    after = serializers.DictField()

    def to_representation(self, instance: EventHistory) -> dict[str, Any]:
        """Return the JSON-ready body."""
        return {
            "kind": instance.kind,
            "at": iso_in(self.context["zone"], instance.at),
            "by": instance.by_id,
            "by_name": instance.by.label if instance.by is not None else None,
            "support_name": instance.impersonator.label if instance.impersonator is not None else None,
            "before": instance.before,
            "after": instance.after,
        }
