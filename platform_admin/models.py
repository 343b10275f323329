"""The back office's view of plans, whose table belongs to core, and what it has counted in each business."""

from django.db import models

from core.models import SubscriptionPlan as CorePlan
from core.models import Tenant
from platform_admin.insight.models import DayOfBusiness as DayOfBusiness
from platform_admin.insight.models import Refusal as Refusal
from platform_admin.lifecycle.models import TenantBuild as TenantBuild
from platform_admin.lifecycle.models import TenantDeletion as TenantDeletion


class SubscriptionPlan(CorePlan):
    """A plan, as the back office manages it."""

    class Meta:
        proxy = True
        verbose_name = "subscription plan"


class TenantStanding(models.Model):
    """How a business stood when it was last counted, so that lists need not look into every schema.

    `usage` maps quota keys and `figures` the keys of `Manifest.figures` to whole numbers. `last_activity_at` is when
    one of its own people last did something. `problem` says why the last attempt to count failed; the numbers are then
    those of the one before.
    """

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    usage = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    last_activity_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(name="standing_by_activity", fields=["last_activity_at"])]

    def __str__(self) -> str:
        return f"{self.tenant}: {self.usage}"
