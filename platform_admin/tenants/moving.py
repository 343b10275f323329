"""The page that puts a business on another plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.errors import Conflict, Missing
from core.impact import impact_of_change
from core.models import SubscriptionPlan, Tenant
from core.tenants import change_plan
from platform_admin.pages import ObjectPages, signed_in_user, typed
from platform_admin.tenants.overview import open_request


def move_page(pages: ObjectPages, request: HttpRequest, tenant: Tenant) -> HttpResponse:
    """Offer the plans; show what the chosen one would do; put the business on it when that was confirmed."""
    if request.method == "POST":
        return pages.act(request, tenant, lambda: _move(request, tenant))
    code = typed(request.GET, "plan")
    chosen = _usable_plans().filter(code=code).first()
    if code and chosen is None:
        pages.message_user(request, f"There is no plan {code!r} that can be given.", messages.ERROR)
    is_other = chosen is not None and chosen.pk != tenant.plan_id
    context: dict[str, Any] = {
        "plans": _usable_plans(),
        "chosen": chosen,
        "impact": impact_of_change(tenant=tenant, plan=chosen, now=timezone.now()) if chosen and is_other else None,
        "open_request": open_request(tenant),
    }
    return pages.page(request, "platform_admin/tenants/change_plan.html", tenant, "Change plan", **context)


def _move(request: HttpRequest, tenant: Tenant) -> str:
    plan = SubscriptionPlan.objects.filter(code=typed(request.POST, "plan")).first()
    if plan is None:
        raise Missing("There is no such plan.")
    if request.POST.get("from", "") != str(tenant.plan_id or ""):
        raise Conflict(f"{tenant.name} was put on the plan {tenant.plan} by somebody else meanwhile. Look again.")
    if not change_plan(tenant=tenant, plan=plan, by=signed_in_user(request)):
        return f"{tenant.name} was already on the plan {plan.name}."
    return f"{tenant.name} is now on the plan {plan.name}."


def _usable_plans() -> Any:
    return SubscriptionPlan.objects.filter(is_active=True).order_by("sort_order", "price_cents", "pk")
