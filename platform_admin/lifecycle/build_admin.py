"""New businesses in the back office: ordered with a form, followed while they are built."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from core.errors import Conflict, DomainError
from core.links import tenant_url
from core.tenants import schema_name_of
from platform_admin.lifecycle import building
from platform_admin.lifecycle.forms import BuildForm, add_refusal
from platform_admin.lifecycle.models import BuildStep, TenantBuild
from platform_admin.lifecycle.pages import REFRESH_SECONDS, Step, WorkAdmin, acting_user, number_in, steps_of
from platform_admin.lifecycle.schemas import migrations_applied
from platform_admin.lifecycle.tasks import build_on, order_business


@admin.register(TenantBuild)
class TenantBuildAdmin(WorkAdmin):
    """Businesses that were ordered here."""

    list_display = ("name", "subdomain", "plan", "state", "step", "created_at", "requested_by")
    list_filter = ("state",)
    list_select_related = ("plan", "requested_by")
    search_fields = ("name", "subdomain", "owner_email")
    ordering = ("-created_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever was given it orders businesses."""
        return request.user.has_perm("platform_admin.add_tenantbuild")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for what describes a business, and order it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BuildForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                build = order_business(by=acting_user(request), now=timezone.now(), **form.cleaned_data)
            except DomainError as refusal:
                add_refusal(form, refusal, otherwise="subdomain" if isinstance(refusal, Conflict) else None)
            else:
                return HttpResponseRedirect(reverse("admin:platform_admin_tenantbuild_change", args=[build.pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "New business",
            "form": form,
        }
        return TemplateResponse(request, "platform_admin/lifecycle/order.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show how far the building is; let somebody try again, discard, or invite the owner again."""
        build = _found(object_id)
        if not self.has_view_permission(request, build) and not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._decide(request, build)
            return HttpResponseRedirect(request.path)
        context = {
            **self.page_context(request, build),
            "steps": _steps(build),
            "refresh_seconds": REFRESH_SECONDS if build.is_open and not build.has_stopped else None,
            "address": tenant_url(build.tenant) if build.tenant else "",
            "needs_owner": build.tenant is not None and not building.has_owner(build.tenant),
        }
        return TemplateResponse(request, "platform_admin/lifecycle/build.html", context)

    def _decide(self, request: HttpRequest, build: TenantBuild) -> None:
        user, now = self.require_change(request), timezone.now()
        act = request.POST.get("act")
        if act == "retry":
            self.say(request, lambda: build_on(build=build, now=now), "It is tried again.")
        elif act == "discard":
            self.say(request, lambda: building.discard(build=build, by=user, now=now), f"{build} was discarded.")
        elif act == "invite":
            self.say(
                request,
                lambda: building.invite_again(build=build, by=user, now=now),
                f"Another invitation is on its way to {build.owner_email}.",
            )


def _found(object_id: str) -> TenantBuild:
    rows = TenantBuild.objects.select_related("plan", "tenant", "requested_by")
    return get_object_or_404(rows, pk=number_in(object_id))


def _steps(build: TenantBuild) -> list[Step]:
    steps = steps_of(BuildStep, build.step)
    if build.step != BuildStep.TABLES or not build.is_open:
        return steps
    applied, known = migrations_applied(schema_name_of(build.subdomain))
    return [
        Step(step.label, step.state, f"{applied} of {known} migrations" if step.state == "current" else "")
        for step in steps
    ]
