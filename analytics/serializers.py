"""Parameters and answers of analytics. The answers' names and shapes are a published contract."""

import re
from datetime import datetime
from typing import Any

from rest_framework import serializers

from schedule.enums import Status

MAX_DAYS = 3660


class IdField(serializers.IntegerField):
    """A whole number in ASCII digits; the field of the framework would also take `1_000`, `1.0` and ` 1 `."""

    pattern = re.compile(r"-?[0-9]+")

    def to_internal_value(self, data: Any) -> int:
        """Return the number. Raises ValidationError for anything else."""
        if not self.pattern.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class DaysField(IdField):
    """A whole number without a sign, from 1 to 3660."""

    pattern = re.compile(r"[0-9]+")

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=MAX_DAYS, **options)


class RevenueQuery(serializers.Serializer[Any]):
    """The window and the filter of the revenue."""

    days = DaysField(default=30, help_text="The last so many local dates, today included.")
    service_id = IdField(default=None, help_text="Appointments of this service only.")


class AppointmentsQuery(RevenueQuery):
    """The window and the filters of the appointments; filters combine."""

    status = serializers.ChoiceField(choices=Status.choices, default=None, help_text="This status only.")
    resource_id = IdField(default=None, help_text="Appointments this resource takes part in only.")


class LocalDateTimeField(serializers.DateTimeField):
    """A moment in the zone it is given in: ISO 8601 with that zone's offset, `Z` for none."""

    def to_representation(self, value: datetime) -> str:
        """Return the text."""
        return value.isoformat().replace("+00:00", "Z")


class PeriodSerializer(serializers.Serializer[Any]):
    """The first and the last second of the calendar month, in the business's zone."""

    start_date = LocalDateTimeField()
    end_date = LocalDateTimeField()


class DashboardSerializer(serializers.Serializer[Any]):
    """The business at this moment."""

    total_appointments_this_month = serializers.IntegerField(help_text="Starting in `period`; every status.")
    total_appointments_all_time = serializers.IntegerField(help_text="Of every status.")
    active_resources_count = serializers.IntegerField()
    active_services_count = serializers.IntegerField()
    upcoming_appointments_count = serializers.IntegerField(
        help_text="Pending or confirmed, and starting later than now."
    )
    average_appointment_duration_minutes = serializers.FloatField(
        help_text="Of all time, cancelled ones apart; two decimals, 0.0 of none."
    )
    peak_booking_day = serializers.CharField(
        allow_null=True,
        help_text="Weekday on which most appointments start, ever, cancelled ones apart; null of none.",
    )
    peak_booking_hour = serializers.IntegerField(
        allow_null=True,
        min_value=0,
        max_value=23,
        help_text="Hour in which most appointments start; null of none.",
    )
    period = PeriodSerializer()


class StatusCounts(serializers.Serializer[Any]):
    """How many appointments stand where; every status is present."""

    pending = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    completed = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    no_show = serializers.IntegerField()


class ServiceCountSerializer(serializers.Serializer[Any]):
    """How many appointments a service had."""

    service_id = serializers.IntegerField()
    service_name = serializers.CharField()
    count = serializers.IntegerField()


class ResourceCountSerializer(serializers.Serializer[Any]):
    """How many appointments a resource took part in."""

    resource_id = serializers.IntegerField()
    resource_name = serializers.CharField()
    count = serializers.IntegerField()


class DayOfAppointmentsSerializer(serializers.Serializer[Any]):
    """The appointments of one local date."""

    date = serializers.DateField()
    count = serializers.IntegerField()
    status_breakdown = StatusCounts()


class AppointmentStatisticsSerializer(serializers.Serializer[Any]):
    """The appointments that start in the window."""

    total = serializers.IntegerField(help_text="Of every status, or of the one asked for.")
    by_status = StatusCounts()
    by_service = ServiceCountSerializer(many=True, help_text="Most frequent first.")
    by_resource = ResourceCountSerializer(
        many=True, help_text="Most frequent first; an appointment with two resources counts for both."
    )
    daily_breakdown = DayOfAppointmentsSerializer(many=True, help_text="Every date of the window, zeros included.")
    booking_trend_percent = serializers.FloatField(
        allow_null=True, help_text="Against the window of equal length before; null when that was empty."
    )
    cancellation_rate_percent = serializers.FloatField(help_text="Cancelled, in percent of `total`.")
    no_show_rate_percent = serializers.FloatField(help_text="Missed, in percent of `total`.")
    period_days = serializers.IntegerField()


class ServiceRevenueSerializer(serializers.Serializer[Any]):
    """What a service earned."""

    service_id = serializers.IntegerField()
    service_name = serializers.CharField()
    revenue_cents = serializers.IntegerField()
    count = serializers.IntegerField(help_text="Payments.")


class DayOfRevenueSerializer(serializers.Serializer[Any]):
    """What the appointments of one local date earned."""

    date = serializers.DateField()
    revenue_cents = serializers.IntegerField()
    transaction_count = serializers.IntegerField()


class OtherCurrencySerializer(serializers.Serializer[Any]):
    """What was earned in another currency."""

    currency = serializers.CharField()
    total_revenue_cents = serializers.IntegerField()
    transaction_count = serializers.IntegerField()


class RevenueStatisticsSerializer(serializers.Serializer[Any]):
    """What the appointments of the window earned: payments less refunds, in the business's currency."""

    total_revenue_cents = serializers.IntegerField()
    transaction_count = serializers.IntegerField(help_text="Payments that were not refunded in full.")
    average_transaction_value_cents = serializers.IntegerField(help_text="Rounded half up; 0 of none.")
    by_service = ServiceRevenueSerializer(many=True, help_text="Highest revenue first.")
    daily_breakdown = DayOfRevenueSerializer(many=True, help_text="Every date, zeros included.")
    period_days = serializers.IntegerField()
    currency = serializers.CharField(help_text="The business's, ISO 4217.")
    other_currencies = OtherCurrencySerializer(many=True, help_text="Never added up with the rest.")
