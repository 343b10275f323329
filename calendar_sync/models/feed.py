"""Appointments as a calendar file that other programs subscribe to."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now as current_time

from calendar_sync.enums import FeedScope, Privacy
from core.ids import uuid7


class Feed(models.Model):
    """A feed under a secret address, of which only the SHA-256 is kept; a new address makes the old one nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.CharField(max_length=8, choices=FeedScope)
    resource = models.ForeignKey("schedule.Resource", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    privacy = models.CharField(max_length=8, choices=Privacy, default=Privacy.INITIALS)
    past_days = models.PositiveSmallIntegerField(default=30)
    future_days = models.PositiveSmallIntegerField(default=180)
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    created_by = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=current_time, editable=False)
    rotated_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="feed_of_resource_or_business",
                condition=Q(scope=FeedScope.RESOURCE, resource__isnull=False)
                | Q(scope=FeedScope.TENANT, resource__isnull=True),
            ),
            models.CheckConstraint(
                name="feed_days_bounded", condition=Q(past_days__lte=366, future_days__lte=731, future_days__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.prefix}…"
