"""Everything the page of one business shows beside its form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from core.back_office import BUSINESS, InsideBusinessAdmin
from core.entitlements import Explanation, explain
from core.installed import registry
from core.models import AuditEntry, Membership, PlanRequest, PlanRequestState, SubscriptionPlan, Tenant
from core.overrides import override_keys
from core.quota_rules import state_of
from platform_admin.models import TenantStanding
from platform_admin.tenants.form import OverrideFields, TenantForm

MEMBERS_SHOWN = 100


@dataclass(frozen=True)
class FeatureLine:
    """One feature: what counts and why, and what may be overridden."""

    name: str
    summary: str
    key: str
    explanation: Explanation
    inputs: OverrideFields | None


@dataclass(frozen=True)
class QuotaLine:
    """One quota: what is used of what, and what may be overridden. `used` is None where it could not be counted."""

    name: str
    summary: str
    key: str
    limit: int | None
    used: int | None
    is_own: bool
    inputs: OverrideFields | None

    @property
    def state(self) -> str:
        """One of `unlimited`, `ok`, `near`, `reached`, `over`, `unknown`."""
        return "unknown" if self.used is None else state_of(self.limit, self.used)


@dataclass(frozen=True)
class AppLines:
    """What one app offers the business."""

    name: str
    features: list[FeatureLine]
    quotas: list[QuotaLine]


@dataclass(frozen=True)
class Link:
    """A way to something about the business on another page."""

    label: str
    url: str


def entitlements(
    tenant: Tenant, form: TenantForm, standing: TenantStanding | None, now: datetime
) -> Iterator[AppLines]:
    """Yield what the business may, app by app, with the inputs that change it."""
    plans = list(SubscriptionPlan.objects.on_sale())
    used = standing.usage if standing else {}
    inputs = {key: form.inputs(key) for key in override_keys()}
    for manifest in registry().manifests:
        features = [
            FeatureLine(
                one.name, one.summary, one.key, explain(tenant, one.key, now=now, plans=plans), inputs.get(one.key)
            )
            for one in manifest.features
        ]
        quotas = [
            QuotaLine(
                name=one.name,
                summary=one.summary,
                key=one.key,
                limit=tenant.limit_of(one.key, now=now),
                used=used.get(one.key),
                is_own=tenant.has_own_limit(one.key, now=now),
                inputs=inputs.get(one.key),
            )
            for one in manifest.quotas
        ]
        if features or quotas:
            yield AppLines(manifest.name, features, quotas)


def figures(standing: TenantStanding | None) -> list[tuple[str, int, bool]]:
    """Return `(name, number, is trouble)` of each figure that was counted."""
    counted = standing.figures if standing else {}
    return [
        (figure.name, counted[key], figure.is_trouble and counted[key] > 0)
        for key, figure in registry().figures.items()
        if key in counted
    ]


def members(tenant: Tenant) -> QuerySet[Membership]:
    """Return the first people of the business, those who may come in before those who may not."""
    found = Membership.objects.filter(tenant=tenant).select_related("user")
    return found.order_by("-is_active", "role", "user__email")[:MEMBERS_SHOWN]


def suspended_because(tenant: Tenant) -> AuditEntry | None:
    """Return the entry on the present suspension."""
    if not tenant.is_suspended:
        return None
    entries = AuditEntry.objects.filter(tenant=tenant, action="tenant.suspended").select_related("actor")
    return entries.order_by("-at", "-pk").first()


def open_request(tenant: Tenant) -> PlanRequest | None:
    """Return the business's wish for another plan, if it has one."""
    return (
        PlanRequest.objects.filter(tenant=tenant, state=PlanRequestState.OPEN)
        .select_related("plan", "requested_by")
        .first()
    )


def links(tenant: Tenant, request: HttpRequest, site: AdminSite) -> list[Link]:
    """Return the ways to what the caller may look at: the business's rows in public tables and in its schema."""
    found: list[Link] = []
    registered: dict[Any, Any] = site._registry
    for model, page in registered.items():
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        label = capfirst(model._meta.verbose_name_plural)
        if not page.has_view_or_change_permission(request):
            continue
        if isinstance(page, InsideBusinessAdmin):
            found.append(Link(label, f"{reverse(address)}?{BUSINESS}={tenant.schema_name}"))
        elif model._meta.label in {"core.AuditEntry", "core.Membership", "core.ApiToken", "core.PlanRequest"}:
            found.append(Link(label, f"{reverse(address)}?tenant__id__exact={tenant.pk}"))
    return found
