"""Acting as a member of a business: asked for with a reason, on the member's page."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from core.back_office import ReadOnlyAdmin
from core.errors import DomainError
from core.impersonation import GRANT_LIFETIME, MAX_REASON, SESSION_LIFETIME, end, grant, may_impersonate
from core.links import tenant_url
from core.models import Membership, SupportAccess, User
from platform_admin.audited import AuditedAdmin
from platform_admin.pages import ObjectPages, signed_in_user


class ReasonForm(forms.Form):
    """Why somebody acts in another's place."""

    reason = forms.CharField(
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        help_text="The business's owners can read this.",
        error_messages={"required": "Say why."},
    )


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin, ObjectPages):
    """Who belongs where, and the way into their place."""

    audit_action = "membership"
    audited_fields = ("user_id", "tenant_id", "role", "is_active")
    change_form_template = "platform_admin/support/member.html"
    list_display = ("user", "tenant", "role", "is_active", "act_as")
    list_filter = ("role", "is_active")
    list_select_related = ("user", "tenant")
    search_fields = ("user__email", "user__name", "tenant__name", "tenant__schema_name")
    autocomplete_fields = ("user", "tenant")
    ordering = ("tenant__name", "user__email", "pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Members are deactivated: whatever they did keeps its name."""
        return False

    def has_impersonate_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the caller may act as members at all."""
        return isinstance(request.user, User) and may_impersonate(request.user)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Offer the way into members' places to whom it is open."""
        shown = super().get_list_display(request)
        return shown if self.has_impersonate_permission(request) else tuple(one for one in shown if one != "act_as")

    def get_urls(self) -> list[URLPattern]:
        """Add the page that asks why."""
        own = path(
            "<path:object_id>/act-as/", self.admin_site.admin_view(self.act_as_view), name="core_membership_act_as"
        )
        return [own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Tell the page whether to lead further."""
        context["may_impersonate"] = self.has_impersonate_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="support")
    def act_as(self, membership: Membership) -> str:
        """Link to the page that asks why."""
        if not membership.is_active or membership.user.is_staff:
            return "–"
        return format_html('<a href="{}">Act as …</a>', reverse("admin:core_membership_act_as", args=[membership.pk]))

    def act_as_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why, then lead to the business's own address."""
        member = self.object_for(request, object_id, may=self.has_impersonate_permission)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                secret = grant(by=signed_in_user(request), membership=member, reason=form.cleaned_data["reason"])
            except DomainError as refusal:
                form.add_error(None, refusal.detail)
            else:
                # Behind the #, so that neither a server's log nor the next page's Referer has it.
                address = f"{tenant_url(member.tenant, '/sign-in')}#support={secret}"
                response = self.page(
                    request,
                    "platform_admin/support/on_the_way.html",
                    member,
                    f"Acting as {member.user.label}",
                    address=address,
                    seconds=int(GRANT_LIFETIME.total_seconds()),
                )
                response["Referrer-Policy"] = "no-referrer"
                return response
        return self.page(
            request,
            "platform_admin/support/act_as.html",
            member,
            f"Act as {member.user.label}",
            form=form,
            minutes=int(SESSION_LIFETIME.total_seconds() // 60),
        )


@admin.register(SupportAccess)
class SupportAccessAdmin(ReadOnlyAdmin):
    """Who acted as whom, and why."""

    list_display = ("granted_at", "by_label", "person_label", "tenant", "reason", "started_at", "ends_at", "ended_at")
    list_select_related = ("tenant",)
    list_filter = ("granted_at",)
    search_fields = ("by_label", "person_label", "tenant__name", "tenant__schema_name", "reason")
    ordering = ("-granted_at", "-pk")
    exclude = ("digest",)
    actions = ("end_now",)

    def has_impersonate_permission(self, request: HttpRequest) -> bool:
        """Tell whether the caller may act as members, and so end it too."""
        return isinstance(request.user, User) and may_impersonate(request.user)

    @admin.action(description="End now", permissions=["impersonate"])
    def end_now(self, request: HttpRequest, queryset: Any) -> None:
        """End the chosen sessions with their next request."""
        for access in queryset.select_related("tenant", "by", "person"):
            end(access=access)
            self.message_user(request, f"{access}: ended.", messages.SUCCESS)
