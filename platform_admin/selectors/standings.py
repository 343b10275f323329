"""How businesses stood when they were last counted."""

from core.impact import Counts
from core.models import SubscriptionPlan
from platform_admin.models import TenantStanding


def counts_of_plan(plan: SubscriptionPlan) -> Counts:
    """Return what the businesses on the plan used of each quota when they were last counted; one query."""
    standings = TenantStanding.objects.filter(tenant__plan_id=plan.pk, counted_at__isnull=False)
    return dict(standings.values_list("tenant_id", "usage"))
