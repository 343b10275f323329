"""The health of the installation as a page of the back office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.back_office import open_to_all
from platform_admin.insight.health import health, worst
from platform_admin.pages import signed_in_user


@open_to_all("the back office's site asks who it is, and the page for its permission")
@require_safe
def show(request: HttpRequest, site: Any) -> HttpResponse:
    """Look at every part and show it."""
    if not signed_in_user(request).has_perm("platform_admin.view_health"):
        raise PermissionDenied
    parts = health(now=timezone.now())
    context = {**site.each_context(request), "title": "Health", "parts": parts, "worst": worst(parts)}
    return TemplateResponse(request, "platform_admin/insight/health.html", context)
