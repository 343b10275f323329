"""Ending everybody's sessions and tokens at a business."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from core.back_office import open_to_all
from core.models import Tenant
from core.revocation import Revocation, revoke_of_business
from platform_admin.pages import signed_in_user
from platform_admin.support.people import RevocationForm


@open_to_all("the back office's site asks who it is")
def revoke(request: HttpRequest, pk: int, site: Any) -> HttpResponse:
    """Ask what is to end at the business, and end it."""
    by = signed_in_user(request)
    if not by.has_perm("core.revoke_access"):
        raise PermissionDenied
    tenant = get_object_or_404(Tenant, pk=pk)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        what = Revocation(**form.cleaned_data)
        revoked = revoke_of_business(tenant=tenant, what=what, by=by)
        sessions = "Its sessions have ended. " if what.sessions else ""
        messages.success(request, f"{tenant}: {sessions}{revoked} tokens were revoked.")
        return HttpResponseRedirect(reverse("admin:core_tenant_change", args=[tenant.pk]))
    context = {
        **site.each_context(request),
        "opts": Tenant._meta,
        "object": tenant,
        "title": f"End sessions and tokens of {tenant}?",
        "words": "Of everybody who works there. They can sign in again; tokens have to be made anew.",
        "submit": "End them",
        "form": form,
    }
    return TemplateResponse(request, "platform_admin/support/confirm.html", context)
