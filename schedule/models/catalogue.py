"""What can be booked, and by whom."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.timezone import now as current_time

from core.ids import uuid7
from core.time_zones import validate_time_zone
from schedule.enums import ResourceType

MINUTES_PER_DAY = 1440
MAX_ADVANCE_DAYS = 1095
MAX_PRICE_CENTS = 100_000_000
MAX_CAPACITY = 1000


class Resource(models.Model):
    """A person, room or piece of equipment whose time is booked.

    `max_concurrent_events` is how many appointments it can serve at the same moment (its capacity).
    `capacity_changed_at` is when that number was last changed: what ended before was booked under another.
    """

    name = models.CharField(max_length=100)
    type = models.CharField(max_length=16, choices=ResourceType, default=ResourceType.STAFF)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    timezone = models.CharField(
        max_length=64, blank=True, validators=[validate_time_zone], help_text="Empty: the business's zone."
    )
    max_concurrent_events = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_CAPACITY)]
    )
    capacity_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(default=True)
    color = models.CharField(
        max_length=7,
        default="#5b6cff",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Use a colour such as #5b6cff.")],
    )
    created_at = models.DateTimeField(default=current_time, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="resource_capacity_positive", condition=models.Q(max_concurrent_events__gte=1)),
            models.CheckConstraint(
                name="resource_type_known", condition=models.Q(type__in=["staff", "room", "equipment"])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """Something a customer books. Buffers are kept free before and after each appointment."""

    name = models.CharField(max_length=100)
    description = models.TextField(blank=True, max_length=5000)
    duration_minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MINUTES_PER_DAY)]
    )
    buffer_before_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(720)])
    buffer_after_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(720)])
    price_cents = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(MAX_PRICE_CENTS)])
    currency = models.CharField(
        max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$", "Use an ISO 4217 code such as EUR.")]
    )
    min_notice_minutes = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(MINUTES_PER_DAY * 90)])
    max_advance_days = models.PositiveSmallIntegerField(
        default=365, validators=[MinValueValidator(1), MaxValueValidator(MAX_ADVANCE_DAYS)]
    )
    slot_step_minutes = models.PositiveSmallIntegerField(
        default=15, validators=[MinValueValidator(5), MaxValueValidator(MINUTES_PER_DAY)]
    )
    is_active = models.BooleanField(default=True)
    resources = models.ManyToManyField(Resource, through="ServiceResource", related_name="services")
    created_at = models.DateTimeField(default=current_time, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="service_duration_allowed",
                condition=models.Q(duration_minutes__gte=1, duration_minutes__lte=MINUTES_PER_DAY),
            ),
            models.CheckConstraint(name="service_step_positive", condition=models.Q(slot_step_minutes__gte=5)),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceResource(models.Model):
    """A resource able to perform a service.

    An appointment takes one resource out of each `requirement` (0, 1, …): a treatment that needs a therapist and a room
    lists the therapists under one number and the rooms under another.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="abilities")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="abilities")
    requirement = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="service_resource_once", fields=["service", "resource"]),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} ← {self.resource_id}"


class Customer(models.Model):
    """A person the business serves. A customer is not a login."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    notes = models.TextField(blank=True, max_length=5000)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, size=20)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=current_time, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(name="customer_by_name", fields=["name"])]

    def __str__(self) -> str:
        return self.name


class DeletedRow(models.Model):
    """What is left of a deleted row: enough for a copy made earlier to forget it. `dataset` is the dataset's key."""

    dataset = models.CharField(max_length=32)
    row_id = models.CharField(max_length=36)
    deleted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="deleted_row_once", fields=["dataset", "row_id"])]

    def __str__(self) -> str:
        return f"{self.dataset} {self.row_id}"
