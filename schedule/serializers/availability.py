"""Parameters and bodies of availability."""

from datetime import date, timedelta
from typing import Any

from rest_framework import serializers

from core.serializers.instants import LARGEST_ID, QueryInstantField
from schedule.enums import Rule
from schedule.serializers.hours import CalendarDateField

MAX_DAYS = 62


def _number(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LARGEST_ID, **options)


class AvailabilityParameters(serializers.Serializer[Any]):
    """Which free starts are asked for."""

    service_id = _number()
    resource_id = _number(required=False, default=None, help_text="Only starts this resource can take.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add `from` and `to`, of which one is a word of the language."""
        return {
            **super().get_fields(),
            "from": CalendarDateField(help_text="First local date, in the business's zone."),
            "to": CalendarDateField(help_text=f"Last local date, included; at most {MAX_DAYS} days in all."),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters. Raises ValidationError for a range that is turned round or too long."""
        first: date = attrs["from"]
        last: date = attrs["to"]
        if last < first:
            raise serializers.ValidationError({"to": ["Use a date that is not before from."]})
        if last - first >= timedelta(days=MAX_DAYS):
            raise serializers.ValidationError({"to": [f"Ask for at most {MAX_DAYS} days at once."]})
        return attrs


class ExplanationParameters(serializers.Serializer[Any]):
    """Which start is asked about. Needs `zone` in the context."""

    service_id = _number()
    resource_id = _number()
    start = QueryInstantField(help_text="ISO 8601; without an offset it is local time of the business.")


class SlotSerializer(serializers.Serializer[Any]):
    """A free start."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    resource_ids = serializers.ListField(child=serializers.IntegerField(), help_text="Able and free.")


class DaySerializer(serializers.Serializer[Any]):
    """A local date with its free starts."""

    date = serializers.DateField()
    slots = serializers.ListField(child=SlotSerializer())


class AvailabilitySerializer(serializers.Serializer[Any]):
    """Every date of the range with its free starts. Instants carry the zone's offset."""

    service_id = serializers.IntegerField()
    timezone = serializers.CharField()
    days = serializers.ListField(child=DaySerializer())


class ReasonSerializer(serializers.Serializer[Any]):
    """Why a start is not offered.

    `start` and `end` bound what stands in the way: the time off, the other appointment; of a notice its end, of a
    horizon its start, of a step the nearest starts before and after.
    """

    rule = serializers.ChoiceField(choices=Rule.choices)
    detail = serializers.CharField()
    start = serializers.DateTimeField(allow_null=True)
    end = serializers.DateTimeField(allow_null=True)


class ExplanationSerializer(serializers.Serializer[Any]):
    """Whether a start is offered, and if not, every reason."""

    service_id = serializers.IntegerField()
    resource_id = serializers.IntegerField()
    start = serializers.DateTimeField()
    available = serializers.BooleanField()
    reasons = serializers.ListField(child=ReasonSerializer())
