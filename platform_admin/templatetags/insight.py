"""The dashboard on the first page of the back office."""

from typing import Any

from django import template
from django.utils import timezone

from platform_admin.insight.dashboard import Dashboard, dashboard

register = template.Library()

SPANS = (30, 90)


@register.simple_tag(takes_context=True)
def platform_dashboard(context: dict[str, Any]) -> Dashboard | None:
    """Return how the platform fares, over `?days=30` or `?days=90`; None for whoever may not see it."""
    request = context["request"]
    if not request.user.has_perm("platform_admin.view_insight"):
        return None
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(span) for span in SPANS} else SPANS[0]
    return dashboard(days=days, now=timezone.now())
