"""The back office's view of plans. The table belongs to core."""

from core.models import SubscriptionPlan as CorePlan


class SubscriptionPlan(CorePlan):
    """A plan, as the back office manages it."""

    class Meta:
        proxy = True
        verbose_name = "subscription plan"
