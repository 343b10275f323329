"""Everything a client needs to draw its gates: features, quotas and navigation of one member, in one object."""

import hashlib
import json
from typing import Any

from core.entitlements import feature_entry
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
        "quotas": {key: _quota_entry(membership, key) for key in registry().quotas},
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


def _quota_entry(membership: Membership, key: str) -> dict[str, Any]:
    standing = usage(membership.tenant, key)
    return {
        "name": standing.name,
        "limit": standing.limit,
        "used": standing.used,
        "remaining": standing.remaining,
        "window": standing.window,
        "resets_at": standing.resets_at.isoformat() if standing.resets_at else None,
        "state": standing.state,
    }
