"""What a business asks the platform for: another plan."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now as current_time

from core.ids import uuid7
from core.models.plan import SubscriptionPlan


class PlanRequestState(models.TextChoices):
    """How far a request has come."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class PlanRequest(models.Model):
    """A business asks for a plan, perhaps because of one feature. Written by `core.plan_requests` alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey("core.Tenant", on_delete=models.CASCADE, related_name="plan_requests")
    plan = models.ForeignKey(SubscriptionPlan, on_delete=models.PROTECT, related_name="+")
    feature = models.CharField(max_length=64, blank=True, help_text="Key of the feature it is about, if any.")
    note = models.TextField(max_length=1000, blank=True)
    requested_by = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=16, choices=PlanRequestState, default=PlanRequestState.OPEN)
    created_at = models.DateTimeField(default=current_time, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_request_open_once", fields=["tenant"], condition=Q(state=PlanRequestState.OPEN)
            ),
            models.CheckConstraint(name="plan_request_state_known", condition=Q(state__in=PlanRequestState.values)),
            models.CheckConstraint(
                name="plan_request_decided_has_time",
                condition=Q(state=PlanRequestState.OPEN, decided_at__isnull=True)
                | (~Q(state=PlanRequestState.OPEN) & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.plan} ({self.state})"
