"""What the page of a business offers of its life: a new one, and an end."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.errors import DomainError
from core.models import Tenant
from platform_admin.lifecycle.deleting import Choices, open_deletion_of
from platform_admin.lifecycle.forms import DeletionForm, add_refusal
from platform_admin.lifecycle.models import TenantDeletion
from platform_admin.lifecycle.pages import acting_user
from platform_admin.lifecycle.people import members_of, people_of_nowhere_else
from platform_admin.lifecycle.tasks import order_deletion

ADD = "platform_admin.add_tenantbuild"
DELETE = "platform_admin.add_tenantdeletion"


class WithLifecycle(admin.ModelAdmin[Any]):
    """Adding a business orders one; deleting a business asks for it to be deleted. Neither happens in the request."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may order businesses."""
        return request.user.has_perm(ADD)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may ask for businesses to be deleted."""
        return request.user.has_perm(DELETE)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer no deletion of several at once."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the order of a new business."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:platform_admin_tenantbuild_add"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say on the page of a business that it is to be deleted."""
        if request.method == "GET" and object_id.isdecimal() and self.has_view_or_change_permission(request):
            waiting = open_deletion_of(int(object_id))
            if waiting is not None:
                self.message_user(request, _notice(waiting), messages.WARNING)
        return super().change_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say what would be lost, and ask for the schema name to be typed."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal():
            return HttpResponse(status=404)
        tenant = get_object_or_404(Tenant.objects.select_related("plan"), pk=object_id)
        waiting = open_deletion_of(tenant.pk)
        if waiting is not None:
            return _to_deletion(waiting.pk)
        form = DeletionForm(tenant, request.POST or None)
        if request.method == "POST" and form.is_valid():
            chosen = dict(form.cleaned_data)
            confirmation, reason = chosen.pop("confirmation"), chosen.pop("reason")
            try:
                deletion = order_deletion(
                    tenant=tenant,
                    confirmation=confirmation,
                    reason=reason,
                    choices=Choices(**chosen),
                    by=acting_user(request),
                    now=timezone.now(),
                )
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                return _to_deletion(deletion.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Delete {tenant.name}",
            "tenant": tenant,
            "form": form,
            "member_count": len(members_of(tenant)),
            "leaving_count": people_of_nowhere_else(tenant).count(),
        }
        return TemplateResponse(request, "platform_admin/lifecycle/delete.html", context)


def _notice(deletion: TenantDeletion) -> str:
    page = reverse("admin:platform_admin_tenantdeletion_change", args=[deletion.pk])
    when = f"{deletion.due_at:%Y-%m-%d %H:%M}"
    return format_html('This business <a href="{}">is to be deleted</a> on {} UTC.', page, when)


def _to_deletion(number: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:platform_admin_tenantdeletion_change", args=[number]))
