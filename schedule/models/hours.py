"""When the business and its resources work. Wall-clock minutes count from midnight of the resource's zone."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now as current_time

from schedule.enums import TimeOffSource
from schedule.models.catalogue import MINUTES_PER_DAY, Resource


class WorkingHours(models.Model):
    """One weekly interval; several may share a weekday. Without a resource it is the business's own.

    A resource with any interval of its own does not use the business's.
    """

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, null=True, blank=True, related_name="working_hours"
    )
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday (ISO 8601 weekday less one).")
    opens_minute = models.PositiveSmallIntegerField()
    closes_minute = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="working_hours_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="working_hours_interval",
                condition=Q(opens_minute__lt=F("closes_minute"), closes_minute__lte=MINUTES_PER_DAY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens_minute}–{self.closes_minute}"


class DateOverride(models.Model):
    """Other hours on one date: an interval, or closed all day (both minutes NULL).

    A resource's own override comes before the business's, and either before the weekly hours.
    """

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, null=True, blank=True, related_name="date_overrides"
    )
    date = models.DateField()
    opens_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_minute = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="date_override_interval_or_closed",
                condition=Q(opens_minute__isnull=True, closes_minute__isnull=True)
                | Q(
                    opens_minute__isnull=False,
                    closes_minute__isnull=False,
                    opens_minute__lt=F("closes_minute"),
                    closes_minute__lte=MINUTES_PER_DAY,
                ),
            ),
        ]
        indexes = [models.Index(name="date_override_by_date", fields=["date"])]

    def __str__(self) -> str:
        return f"{self.date}: {self.opens_minute}–{self.closes_minute}"


class TimeOff(models.Model):
    """Time in which a resource (or, without one, everybody) is not available, [start_at, end_at).

    Busy time of a connected calendar has that calendar's id as `origin` and belongs to its item `external_id`; it is
    written by `schedule.services.busy` alone.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, null=True, blank=True, related_name="time_off")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=16, choices=TimeOffSource, default=TimeOffSource.MANUAL)
    origin = models.CharField(max_length=64, blank=True)
    external_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=current_time, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="time_off_ends_after_start", condition=Q(start_at__lt=F("end_at"))),
            models.UniqueConstraint(
                name="time_off_external_once",
                fields=["origin", "external_id", "start_at", "end_at"],
                condition=~Q(origin=""),
            ),
            models.CheckConstraint(
                name="time_off_of_calendar_has_origin",
                condition=Q(source=TimeOffSource.MANUAL, origin="")
                | (Q(source=TimeOffSource.CALENDAR) & ~Q(origin="")),
            ),
        ]
        indexes = [models.Index(name="time_off_by_resource", fields=["resource", "end_at"])]

    def __str__(self) -> str:
        return f"{self.start_at:%Y-%m-%d %H:%M} – {self.end_at:%Y-%m-%d %H:%M}"
