"""Businesses, plans and keys as somebody types them. What is not known is refused with what is."""

from collections.abc import Iterable

from core.errors import Missing
from core.installed import registry
from core.models import SubscriptionPlan, Tenant

NAMES_SHOWN = 20


def named_business(schema_name: str) -> Tenant:
    """Return the business with this schema name, its plan and notes loaded. Raises Missing."""
    tenant = (
        Tenant.objects.select_related("plan").prefetch_related("override_notes").filter(schema_name=schema_name).first()
    )
    if tenant is None:
        known = Tenant.objects.order_by("schema_name").values_list("schema_name", flat=True)[: NAMES_SHOWN + 1]
        raise Missing(_refusal("business", schema_name, known))
    return tenant


def named_plan(code: str) -> SubscriptionPlan:
    """Return the plan with this code, archived ones included. Raises Missing."""
    plan = SubscriptionPlan.objects.filter(code=code).first()
    if plan is None:
        known = SubscriptionPlan.objects.filter(is_active=True).order_by("sort_order", "pk")
        raise Missing(_refusal("plan", code, known.values_list("code", flat=True)))
    return plan


def named_feature(key: str) -> str:
    """Return `key` when it is a feature of this installation. Raises Missing."""
    if key not in registry().features:
        raise Missing(_refusal("feature", key, registry().features))
    return key


def _refusal(kind: str, name: str, known: Iterable[str]) -> str:
    names = list(known)
    shown = ", ".join(names[:NAMES_SHOWN]) if kind == "business" else ", ".join(names)
    more = ", …" if kind == "business" and len(names) > NAMES_SHOWN else ""
    return f"There is no {kind} {name!r}. There are: {shown or 'none'}{more}."
