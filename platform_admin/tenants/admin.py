"""Businesses in the back office."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone

from core.models import Domain, Tenant
from core.overrides import set_override
from core.suspension import EFFECT, resume, suspend
from platform_admin.audited import AuditedAdmin
from platform_admin.lifecycle.of_tenants import WithLifecycle
from platform_admin.pages import ObjectPages, signed_in_user, typed
from platform_admin.services.standings import recount
from platform_admin.tenants import columns, overview
from platform_admin.tenants.filters import ActivityFilter, OverrideFilter, QuotaFilter, StatusFilter
from platform_admin.tenants.form import TenantForm
from platform_admin.tenants.moving import move_page


class DomainFormSet(BaseInlineFormSet[Any, Any, Any]):
    """The hosts of a business, of which one is primary."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name each field where it is: Django's table has headings alone."""
        super().add_fields(form, index)
        for name, label in (("domain", "Host"), ("is_primary", "Primary host"), ("DELETE", "Delete host")):
            if name in form.fields:
                form.fields[name].widget.attrs["aria-label"] = label

    def clean(self) -> None:
        """Refuse to leave a business without the one address that links lead to."""
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if any(one.get("domain") in settings.PLATFORM_DOMAINS for one in kept):
            raise ValidationError("A host of the platform itself cannot be a business's.")
        if not any(self.errors) and sum(bool(one.get("is_primary")) for one in kept) != 1:
            raise ValidationError("Choose exactly one primary host: links in e-mails lead there.")


class DomainInline(admin.TabularInline[Any, Any]):
    """Hosts of a business."""

    model = Domain
    formset = DomainFormSet
    extra = 0


@admin.register(Tenant)
class TenantAdmin(WithLifecycle, AuditedAdmin, ObjectPages):
    """Businesses: how they stand, what they may, and everything that is done about that."""

    form = TenantForm
    change_form_template = "platform_admin/tenants/form.html"
    change_list_template = "platform_admin/tenants/list.html"
    audit_action = "tenant"
    audited_fields = ("name", "timezone", "currency", "accent_color", "staff_can_see_analytics")
    fieldsets = ((None, {"fields": audited_fields}),)
    list_display = ("business", "plan", "status", "usage", "last_activity", "created")
    list_filter = ("plan", StatusFilter, QuotaFilter, ActivityFilter, OverrideFilter)
    list_per_page = 25
    show_full_result_count = False
    search_fields = ("name", "schema_name", "domains__domain", "memberships__user__email")
    ordering = ("name", "pk")
    inlines = (DomainInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenant]:
        """Return the businesses with what decides on their entitlements."""
        found: QuerySet[Tenant] = super().get_queryset(request)
        return found.select_related("plan", "standing").prefetch_related("override_notes")

    @admin.display(description="name", ordering="name")
    def business(self, tenant: Tenant) -> str:
        """Return its name, and the name of its schema below."""
        return columns.name_and_schema(tenant)

    @admin.display(description="created", ordering="created_at")
    def created(self, tenant: Tenant) -> str:
        """Return the day it was made on."""
        return f"{tenant.created_at:%Y-%m-%d}"

    @admin.display(description="status", ordering="suspended_at")
    def status(self, tenant: Tenant) -> str:
        """Tell whether it is suspended."""
        return columns.status(tenant)

    @admin.display(description="usage")
    def usage(self, tenant: Tenant) -> str:
        """Draw its fullest quotas."""
        return columns.usage_meters(tenant, timezone.now())

    @admin.display(description="last activity", ordering="standing__last_activity_at")
    def last_activity(self, tenant: Tenant) -> str:
        """Tell when its people did something."""
        return columns.activity(tenant, timezone.now())

    def get_urls(self) -> list[URLPattern]:
        """Add the pages beside the form."""
        return [
            self.own_path("change-plan", self.change_plan_view),
            self.own_path("suspend", self.suspend_view),
            self.own_path("resume", self.resume_view),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """Save the business and each override that was changed, with an audit entry for each."""
        super().save_model(request, obj, form, change)
        for one in form.changes if isinstance(form, TenantForm) else ():
            set_override(
                tenant=obj,
                key=one.key,
                value=one.value,
                reason=one.reason,
                expires_at=one.expires_at,
                by=signed_in_user(request),
            )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Show the form among what is known about the business, which is counted for it."""
        now = timezone.now()
        standing = recount(tenant=obj, now=now)
        context |= {
            "standing": standing,
            "apps": list(overview.entitlements(obj, context["adminform"].form, standing, now)),
            "figures": overview.figures(standing),
            "members": overview.members(obj),
            "suspension": overview.suspended_because(obj),
            "open_request": overview.open_request(obj),
            "links": overview.links(obj, request, self.admin_site),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def change_plan_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose another plan, see what that does, and do it."""
        return move_page(self, request, self.object_for(request, object_id, may=self.has_change_permission))

    def suspend_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what a suspension does, and do it with a reason."""
        return self._suspension_page(request, object_id, suspend, "Suspend", "is suspended")

    def resume_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what the end of a suspension does, and end it with a reason."""
        return self._suspension_page(request, object_id, resume, "Resume", "is active again")

    def _suspension_page(self, request: HttpRequest, object_id: str, act: Any, verb: str, done: str) -> HttpResponse:
        tenant = self.object_for(request, object_id, may=self.has_change_permission)
        if request.method == "POST":
            reason, by = typed(request.POST, "reason"), signed_in_user(request)

            def do() -> str:
                act(tenant=tenant, reason=reason, by=by)
                return f"{tenant.name} {done}."

            return self.act(request, tenant, do)
        return self.page(
            request,
            "platform_admin/tenants/suspension.html",
            tenant,
            f"{verb} {tenant.name}?",
            verb=verb,
            effect=EFFECT,
            is_suspending=act is suspend,
        )
