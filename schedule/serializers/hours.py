"""Bodies of working hours, date overrides and time off."""

import re
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.serializers.instants import FIRST_YEAR, LARGEST_ID, LAST_YEAR, LocalDateTimeField
from schedule.models import DateOverride, TimeOff, WorkingHours
from schedule.models.catalogue import MINUTES_PER_DAY
from schedule.services.hours import Interval

MAX_INTERVALS_OF_A_DAY = 24
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", "example": "09:00"})
class ClockField(serializers.Field[int, Any, str, Any]):
    """A time of day as `HH:MM`, kept as minutes from midnight; `24:00` ends a day."""

    def to_internal_value(self, data: Any) -> int:
        """Return the minutes. Raises ValidationError for anything but `HH:MM`."""
        if not isinstance(data, str) or CLOCK.fullmatch(data) is None:
            raise serializers.ValidationError("Use a time of day such as 09:00; 24:00 is the end of the day.")
        hours, minutes = data.split(":")
        return int(hours) * 60 + int(minutes)

    def to_representation(self, value: int) -> str:
        """Return `HH:MM`."""
        return f"{value // 60:02d}:{value % 60:02d}"


class OpeningField(ClockField):
    """A time of day at which something begins: before midnight."""

    def to_internal_value(self, data: Any) -> int:
        """Return the minutes. Raises ValidationError for anything but `HH:MM` before 24:00."""
        minutes = super().to_internal_value(data)
        if minutes == MINUTES_PER_DAY:
            raise serializers.ValidationError("A day begins at 00:00; 24:00 can only end it.")
        return minutes


class CalendarDateField(serializers.DateField):
    """A date in the years this product plans for."""

    def to_internal_value(self, value: Any) -> date:
        """Return the date. Raises ValidationError for one far out of range."""
        found = super().to_internal_value(value)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise serializers.ValidationError(f"Use a year from {FIRST_YEAR} to {LAST_YEAR}.")
        return found


def _owner() -> serializers.IntegerField:
    return serializers.IntegerField(
        source="resource_id",
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="null: the whole business.",
    )


class WorkingHoursSerializer(serializers.ModelSerializer[WorkingHours]):
    """One weekly interval in local time. A resource with any of its own does not use the business's."""

    resource = _owner()
    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="0 is Monday.")
    opens = OpeningField(source="opens_minute")
    closes = ClockField(source="closes_minute")

    class Meta:
        model = WorkingHours
        fields = ("id", "resource", "weekday", "opens", "closes")


class IntervalSerializer(serializers.Serializer[Any]):
    """From when to when."""

    opens = OpeningField()
    closes = ClockField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the interval. Raises ValidationError unless it ends after it begins."""
        if attrs["opens"] >= attrs["closes"]:
            raise serializers.ValidationError({"closes": ["Use a time later than opens."]})
        return attrs


class DayHoursSerializer(serializers.Serializer[Any]):
    """The intervals of a weekday; none when it is closed."""

    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="0 is Monday.")
    intervals = serializers.ListField(child=IntervalSerializer(), max_length=MAX_INTERVALS_OF_A_DAY)


class WeekSerializer(serializers.Serializer[Any]):
    """All weekly hours of a resource, or of the business. Weekdays left out are closed."""

    resource = serializers.IntegerField(
        allow_null=True, min_value=1, max_value=LARGEST_ID, help_text="null: the whole business."
    )
    days = serializers.ListField(child=DayHoursSerializer(), max_length=7)

    def validate_days(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the days. Raises ValidationError for a weekday that comes twice."""
        weekdays = [day["weekday"] for day in value]
        if len(set(weekdays)) < len(weekdays):
            raise serializers.ValidationError("Each weekday may come once.")
        return value

    def intervals(self) -> list[Interval]:
        """Return the validated days as intervals."""
        return [
            Interval(day["weekday"], interval["opens"], interval["closes"])
            for day in self.validated_data["days"]
            for interval in day["intervals"]
        ]


class WeekParameters(serializers.Serializer[Any]):
    """Whose week."""

    resource = serializers.IntegerField(
        required=False,
        default=None,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="Without it: the whole business.",
    )


class DateOverrideSerializer(serializers.ModelSerializer[DateOverride]):
    """Other hours on one date; without `opens` and `closes` it is closed."""

    resource = _owner()
    date = CalendarDateField()
    opens = OpeningField(source="opens_minute", required=False, allow_null=True)
    closes = ClockField(source="closes_minute", required=False, allow_null=True)

    class Meta:
        model = DateOverride
        fields = ("id", "resource", "date", "opens", "closes")


class TimeOffSerializer(serializers.ModelSerializer[TimeOff]):
    """Time in which a resource, or everybody, is not available. Needs `zone` in the context."""

    resource = _owner()
    start_at = LocalDateTimeField(help_text="ISO 8601; without an offset it is local time of the business.")
    end_at = LocalDateTimeField(help_text="ISO 8601, later than start_at.")
    created_at = LocalDateTimeField(read_only=True)
    updated_at = LocalDateTimeField(read_only=True)

    class Meta:
        model = TimeOff
        fields = ("id", "resource", "start_at", "end_at", "reason", "source", "created_at", "updated_at")
        read_only_fields = ("source",)
