"""Appointments, whose time they take, and what happened to them."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.timezone import now as current_time

from core.ids import uuid7
from schedule.enums import BookingSource, HistoryKind, Status
from schedule.models.catalogue import Customer, Resource, Service


class Event(models.Model):
    """An appointment: `service` for `customer` at [start_at, end_at), buffers not included.

    Price and currency are those of the moment it was booked. `version` grows with every change.
    Written by `schedule.services` alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="events")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="events")
    resources = models.ManyToManyField(Resource, through="Participant", related_name="events")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    status = models.CharField(max_length=16, choices=Status, default=Status.CONFIRMED)
    price_cents = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    source = models.CharField(max_length=16, choices=BookingSource, default=BookingSource.STAFF)
    notes = models.TextField(blank=True)
    created_at = models.DateTimeField(default=current_time)
    updated_at = models.DateTimeField(default=current_time)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    completed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="event_ends_after_start", condition=Q(start_at__lt=F("end_at"))),
            models.CheckConstraint(name="event_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="event_cancelled_has_time",
                condition=Q(status=Status.CANCELLED, cancelled_at__isnull=False) | ~Q(status=Status.CANCELLED),
            ),
        ]
        indexes = [
            models.Index(name="event_by_start", fields=["start_at"]),
            models.Index(name="event_by_created", fields=["created_at"]),
            models.Index(name="event_by_updated", fields=["updated_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.start_at:%Y-%m-%d %H:%M} {self.status}"


LONGEST_OCCUPATION = timedelta(days=3)
"""No participant occupies more: a day of service and half a day of buffer on either side fit well within.

It lets a search for overlaps look at the index between two ends instead of at everything still to come.
"""


class Participant(models.Model):
    """A resource's part in an appointment.

    `occupied` is the appointment's time with its buffers, half-open. `blocks` is true while the appointment's status
    takes time; `exclusive` is copied from a resource of capacity 1. Two rows that block and are exclusive can never
    overlap: the database refuses the second.
    """

    # Both keys lead an index below; a second one for each would only slow down booking.
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants", db_index=False)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="participants", db_index=False)
    occupied = DateTimeRangeField()
    blocks = models.BooleanField(default=True)
    exclusive = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="participant_once", fields=["event", "resource"]),
            models.CheckConstraint(
                name="participant_occupied_half_open",
                condition=Q(
                    occupied__isempty=False,
                    occupied__lower_inf=False,
                    occupied__upper_inf=False,
                    occupied__lower_inc=True,
                    occupied__upper_inc=False,
                ),
            ),
            models.CheckConstraint(
                name="participant_occupied_short",
                condition=Q(occupied__endswith__lte=F("occupied__startswith") + LONGEST_OCCUPATION),
            ),
            # Equality of the resource is written as overlap of one-point ranges: plain GiST has no operator class for
            # integers, and btree_gist is not available everywhere.
            ExclusionConstraint(
                name="participant_no_double_booking",
                expressions=[
                    (
                        Func(F("resource"), F("resource"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("occupied", RangeOperators.OVERLAPS),
                ],
                condition=Q(blocks=True, exclusive=True),
            ),
        ]
        indexes = [
            # Availability reads a month of a resource from this index alone, without visiting the table.
            models.Index(
                "resource",
                Func(F("occupied"), function="upper"),
                name="participant_by_resource",
                include=["occupied", "blocks"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} ← {self.resource_id}"


class EventHistory(models.Model):
    """One thing that happened to an appointment; rows are only ever added, in the transaction of the change."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="history")
    kind = models.CharField(max_length=16, choices=HistoryKind)
    at = models.DateTimeField(default=current_time)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    impersonator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Who of the platform's support acted in the place of `by`.",
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind}"


class IdempotencyKey(models.Model):
    """A request that must take effect once, with the answer it got. Written in the effect's own transaction."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body.")
    status_code = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(default=current_time)

    class Meta:
        constraints = [models.UniqueConstraint(name="idempotency_key_once", fields=["user", "key"])]

    def __str__(self) -> str:
        return self.key
