"""Many businesses at once, for lists and for plans: rows without schemas, and how they stood when last counted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.models import SubscriptionPlan, Tenant
from platform_admin.models import TenantStanding


def businesses(count: int, *, plan: str = "starter", prefix: str = "many", **values: Any) -> list[Tenant]:
    """Add `count` businesses on a plan. They have no schema, so that nothing can be counted in them."""
    found = SubscriptionPlan.objects.get(code=plan)
    return Tenant.objects.bulk_create(
        Tenant(schema_name=f"{prefix}_{number:04}", name=f"{prefix.title()} {number:04}", plan=found, **values)
        for number in range(count)
    )


def counted(
    tenants: list[Tenant], usage: Mapping[str, int], *, at: datetime, last_activity_at: datetime | None = None
) -> None:
    """Let each have been counted with this usage."""
    TenantStanding.objects.bulk_create(
        TenantStanding(tenant=tenant, usage=dict(usage), counted_at=at, last_activity_at=last_activity_at)
        for tenant in tenants
    )
