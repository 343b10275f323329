"""What a change of a plan, or to another plan, would do. Nothing is written here."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError

from core.installed import registry
from core.models import SubscriptionPlan, Tenant
from core.quota_rules import normalise_limit, state_of
from core.quotas import count_inside

Counts = Mapping[int, Mapping[str, int]]
"""What businesses use of each quota, by their number, as last counted."""


@dataclass(frozen=True)
class OverLimit:
    """A business that would have more than it may. `is_exact` tells a count of now from an earlier one."""

    tenant: Tenant
    limit: int
    used: int
    is_exact: bool


@dataclass
class FeatureImpact:
    """One feature of a plan that changes, and for whom. The others of the plan's businesses do not notice."""

    key: str
    name: str
    gain: list[Tenant] = field(default_factory=list)
    lose: list[Tenant] = field(default_factory=list)
    with_override: int = 0
    suspended: int = 0


@dataclass
class QuotaImpact:
    """One limit of a plan that changes. `uncounted` businesses were not counted yet, so that nobody knows."""

    key: str
    name: str
    before: int | None
    after: int | None
    over: list[OverLimit] = field(default_factory=list)
    with_override: int = 0
    uncounted: int = 0


@dataclass(frozen=True)
class PlanImpact:
    """What new terms of a plan would do to the `tenant_count` businesses that have it."""

    tenant_count: int
    features: tuple[FeatureImpact, ...]
    quotas: tuple[QuotaImpact, ...]

    @property
    def harms(self) -> bool:
        """Whether some business loses a feature or would be over a limit."""
        return any(one.lose for one in self.features) or any(one.over for one in self.quotas)


@dataclass(frozen=True)
class QuotaMove:
    """One quota of one business before and after it changes plans; `used` is None where it could not be counted."""

    key: str
    name: str
    before: int | None
    after: int | None
    used: int | None
    is_own: bool

    @property
    def state(self) -> str:
        """How it would stand: `unlimited`, `ok`, `near`, `reached`, `over`; `unknown` without a count."""
        return "unknown" if self.used is None else state_of(self.after, self.used)


@dataclass(frozen=True)
class ChangeImpact:
    """What another plan would do to one business. Features are given by name."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    quotas: tuple[QuotaMove, ...]

    @property
    def exceeded(self) -> tuple[QuotaMove, ...]:
        """The quotas that would be over their limit."""
        return tuple(quota for quota in self.quotas if quota.state == "over")


def impact_of_plan(
    *,
    plan: SubscriptionPlan,
    permissions: Mapping[str, object],
    limits: Mapping[str, object],
    counts: Counts,
    now: datetime,
    count_at_most: int = 50,
) -> PlanImpact:
    """Tell what the new terms would do to the businesses on `plan`, which holds the present ones.

    Overrides in force and suspensions are taken into account. `counts` is what was counted some time ago; the
    `count_at_most` businesses nearest to a lowered limit, and those not counted yet, are counted anew.
    """
    changed = SubscriptionPlan(permissions=dict(permissions), limits=dict(limits))
    features = [
        FeatureImpact(key, _feature_name(key))
        for key in {**plan.permissions, **permissions}
        if (plan.permissions.get(key) is True) != (permissions.get(key) is True)
    ]
    quotas = [
        QuotaImpact(key, quota.name, normalise_limit(plan.limits.get(key)), normalise_limit(limits.get(key)))
        for key, quota in registry().quotas.items()
        if normalise_limit(plan.limits.get(key)) != normalise_limit(limits.get(key))
    ]
    tenants = list(Tenant.objects.filter(plan_id=plan.pk).prefetch_related("override_notes").order_by("name", "pk"))
    for tenant in tenants:
        before, after = _as_if_on(tenant, plan), _as_if_on(tenant, changed)
        for feature in features:
            _note_feature(feature, before, after, now)
        for quota in quotas:
            quota.with_override += tenant.has_own_limit(quota.key, now=now)
    _note_over(quotas, tenants, counts, now, count_at_most)
    return PlanImpact(len(tenants), tuple(features), tuple(quotas))


def impact_of_change(*, tenant: Tenant, plan: SubscriptionPlan, now: datetime) -> ChangeImpact:
    """Tell what putting `tenant` on `plan` would do; its usage is counted now."""
    moved = _as_if_on(tenant, plan)
    keys = tuple(dict.fromkeys([*registry().features, *plan.permissions, *_permissions_of(tenant)]))
    had, has = ({key for key in keys if one.decide(key, now=now).allowed} for one in (tenant, moved))
    used = _counted(tenant, tuple(registry().quotas), now) or {}
    return ChangeImpact(
        gained=tuple(_feature_name(key) for key in keys if key in has - had),
        lost=tuple(_feature_name(key) for key in keys if key in had - has),
        quotas=tuple(
            QuotaMove(
                key=key,
                name=quota.name,
                before=tenant.limit_of(key, now=now),
                after=moved.limit_of(key, now=now),
                used=used.get(key),
                is_own=tenant.has_own_limit(key, now=now),
            )
            for key, quota in registry().quotas.items()
        ),
    )


def _note_feature(feature: FeatureImpact, before: Tenant, after: Tenant, now: datetime) -> None:
    had, has = (tenant.decide(feature.key, now=now).allowed for tenant in (before, after))
    if has and not had:
        feature.gain.append(after)
    elif had and not has:
        feature.lose.append(after)
    elif after.is_suspended:
        feature.suspended += 1
    else:
        feature.with_override += 1


def _note_over(
    quotas: list[QuotaImpact], tenants: list[Tenant], counts: Counts, now: datetime, count_at_most: int
) -> None:
    """Fill in who would be over a lowered limit."""
    lowered = {
        quota.key: quota.after
        for quota in quotas
        if quota.after is not None and (quota.before is None or quota.after < quota.before)
    }
    affected = [tenant for tenant in tenants if any(not tenant.has_own_limit(key, now=now) for key in lowered)]
    affected.sort(key=lambda tenant: _nearness(counts.get(tenant.pk), lowered), reverse=True)
    exact = {tenant.pk: _counted(tenant, tuple(lowered), now) for tenant in affected[:count_at_most]}
    for quota in quotas:
        for tenant in affected if quota.key in lowered else ():
            if tenant.has_own_limit(quota.key, now=now):
                continue
            counted = exact.get(tenant.pk)
            used = (counted if counted is not None else counts.get(tenant.pk, {})).get(quota.key)
            limit = lowered[quota.key]
            if used is None:
                quota.uncounted += 1
            elif used > limit:
                quota.over.append(OverLimit(tenant, limit, used, is_exact=counted is not None))


def _nearness(counted: Mapping[str, int] | None, limits: Mapping[str, int]) -> float:
    """Return the largest share of a limit that is used; what was never counted comes before everything else."""
    if counted is None:
        return float("inf")
    return max((counted.get(key, 0) / (limit or 0.5) for key, limit in limits.items()), default=0.0)


def _counted(tenant: Tenant, keys: Iterable[str], now: datetime) -> dict[str, int] | None:
    try:
        return count_inside(tenant, now=now, keys=keys)
    except DatabaseError:  # its schema is being made, or was damaged: the page must say what else it knows
        return None


def _permissions_of(tenant: Tenant) -> Mapping[str, object]:
    return tenant.plan.permissions if tenant.plan is not None else {}


def _as_if_on(tenant: Tenant, plan: SubscriptionPlan) -> Tenant:
    """Return the business as if it had `plan`; to be asked and never to be saved."""
    twin = copy(tenant)
    twin.plan = plan
    return twin


def _feature_name(key: str) -> str:
    feature = registry().features.get(key)
    return feature.name if feature else key
