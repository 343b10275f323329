"""The one answer to: may they, why, and which plan would unlock it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.entitlement_rules import Decision, Source
from core.errors import Forbidden
from core.installed import registry
from core.models import SubscriptionPlan, Tenant
from core.quota_rules import admits, normalise_limit

LOCKED_TEXT = "Your current plan does not include {name}. Please upgrade your subscription to access this feature."


@dataclass(frozen=True)
class Explanation:
    """A decision together with the cheapest plan on sale that would turn it into a yes (None if none would)."""

    decision: Decision
    unlocked_by: SubscriptionPlan | None


class FeatureLocked(Forbidden):
    """The tenant may not use a feature. The body names the feature, the plan it has and the plan it needs."""

    code = "feature_not_in_plan"


def explain(
    tenant: Tenant, key: str, *, now: datetime | None = None, plans: list[SubscriptionPlan] | None = None
) -> Explanation:
    """Return why the tenant may or may not use `key`.

    `plans` are those on sale, cheapest first, where the caller has them already; else they are queried if it may not.
    """
    decision = tenant.decide(key, now=now)
    if not _a_plan_would_help(tenant, decision):
        return Explanation(decision, unlocked_by=None)
    on_sale = list(SubscriptionPlan.objects.on_sale()) if plans is None else plans
    return Explanation(decision, unlocked_by=cheapest_plan_with_feature(on_sale, key))


def cheapest_plan_with_feature(plans: list[SubscriptionPlan], key: str) -> SubscriptionPlan | None:
    """Return the first of `plans` (cheapest first) that includes `key`."""
    return next((plan for plan in plans if plan.permissions.get(key) is True), None)


def cheapest_plan_with_room(
    tenant: Tenant, key: str, needed: int, *, plans: Iterable[SubscriptionPlan] | None = None
) -> SubscriptionPlan | None:
    """Return the cheapest plan on sale whose quota `key` admits `needed`; None when the tenant has its own limit.

    `plans` are those on sale, cheapest first, where the caller has them already.
    """
    if tenant.has_own_limit(key):
        return None
    on_sale = SubscriptionPlan.objects.on_sale() if plans is None else plans
    return next(
        (plan for plan in on_sale if admits(normalise_limit(plan.limits.get(key)), used=0, count=needed)),
        None,
    )


def upgrade_offer(plan: SubscriptionPlan | None, query: str) -> dict[str, str] | None:
    """Return `{plan, name, url}` pointing at the plan page, or None when no plan on sale would help."""
    if plan is None:
        return None
    return {"plan": plan.code, "name": plan.name, "url": f"/settings/plan?{query}"}


def feature_locked(tenant: Tenant, key: str) -> FeatureLocked:
    """Return the refusal of the feature `key`, ready to raise."""
    explanation = explain(tenant, key)
    feature = registry().features.get(key)
    name = feature.name if feature else key
    return FeatureLocked(
        LOCKED_TEXT.format(name=name),
        code=_refusal_code(explanation.decision),
        feature={"key": key, "name": name},
        plan=tenant.plan.code if tenant.plan else None,
        upgrade=upgrade_offer(explanation.unlocked_by, f"feature={key}"),
    )


def feature_entry(tenant: Tenant, key: str, plans: list[SubscriptionPlan]) -> dict[str, Any]:
    """Return one feature of the snapshot: `{name, summary, allowed, source, upgrade}`. `plans` are those on sale."""
    decision = tenant.decide(key)
    feature = registry().features[key]
    helps = _a_plan_would_help(tenant, decision)
    return {
        "name": feature.name,
        "summary": feature.summary,
        "allowed": decision.allowed,
        "source": decision.source.value,
        "upgrade": upgrade_offer(cheapest_plan_with_feature(plans, key), f"feature={key}") if helps else None,
    }


def _a_plan_would_help(tenant: Tenant, decision: Decision) -> bool:
    """Tell whether another plan could turn the decision; an override and a suspension are stronger than any."""
    return not decision.allowed and decision.source is not Source.OVERRIDE and not tenant.is_suspended


def _refusal_code(decision: Decision) -> str:
    if decision.source is Source.SUSPENDED:
        return "subscription_suspended"
    return "feature_revoked" if decision.source is Source.OVERRIDE else "feature_not_in_plan"
