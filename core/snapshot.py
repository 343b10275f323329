"""Everything a client needs to draw its gates: features, quotas and navigation of one member, in one object."""

import hashlib
import json
from typing import Any

from core.entitlements import cheapest_plan_with_room, feature_entry, upgrade_offer
from core.installed import registry
from core.models import Membership, SubscriptionPlan
from core.quotas import usage


def entitlements_snapshot(membership: Membership) -> dict[str, Any]:
    """Return `{version, plan, suspended, features, quotas, nav}`; runs in the tenant's schema.

    `version` is a digest of the rest and changes whenever anything does.
    """
    tenant = membership.tenant
    plans = list(SubscriptionPlan.objects.on_sale())
    features = {key: feature_entry(tenant, key, plans) for key in registry().features}
    body: dict[str, Any] = {
        "plan": {"code": tenant.plan.code, "name": tenant.plan.name} if tenant.plan else None,
        "suspended": tenant.is_suspended,
        "features": features,
        "quotas": {key: _quota_entry(membership, key, plans) for key in registry().quotas},
        "nav": [
            {
                "path": item.path,
                "label": item.label,
                "section": item.section,
                "feature": item.feature,
                "locked": item.feature is not None and not features[item.feature]["allowed"],
            }
            for item in registry().nav
            if membership.may_act_as(item.least_role)
        ],
    }
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    return {"version": digest[:32], **body}


def _quota_entry(membership: Membership, key: str, plans: list[SubscriptionPlan]) -> dict[str, Any]:
    tenant = membership.tenant
    standing = usage(tenant, key)
    larger = None
    if standing.limit is not None and not tenant.is_suspended:
        larger = cheapest_plan_with_room(tenant, key, standing.limit + 1, plans=plans)
    return {
        "name": standing.name,
        "limit": standing.limit,
        "used": standing.used,
        "remaining": standing.remaining,
        "window": standing.window,
        "resets_at": standing.resets_at.isoformat() if standing.resets_at else None,
        "state": standing.state,
        "upgrade": upgrade_offer(larger, f"quota={key}"),
    }
