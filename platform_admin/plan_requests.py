"""Requests for plans in the back office: looked at, granted, declined."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from core.back_office import ReadOnlyAdmin
from core.errors import DomainError
from core.models import PlanRequest, User
from core.plan_requests import decline, grant

Decide = Callable[..., PlanRequest]


@admin.register(PlanRequest)
class PlanRequestAdmin(ReadOnlyAdmin):
    """What businesses ask for. Granting puts the business on the plan at once."""

    list_display = ("tenant", "present_plan", "plan", "feature", "state", "requested_by", "created_at", "decided_by")
    list_filter = ("state", "plan", "created_at")
    list_select_related = ("tenant__plan", "plan", "requested_by", "decided_by")
    search_fields = ("tenant__name", "tenant__schema_name", "requested_by__email", "note")
    ordering = ("-created_at", "-pk")
    actions = ("grant", "decline")

    @admin.display(description="present plan")
    def present_plan(self, request: PlanRequest) -> str:
        """Return the plan the business has now."""
        return str(request.tenant.plan or "–")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Tell whether the caller may change requests; that is what the two actions do."""
        return isinstance(request.user, User) and request.user.has_perm("core.change_planrequest")

    @admin.action(description="Grant: put the business on the plan", permissions=["decide"])
    def grant(self, request: HttpRequest, queryset: QuerySet[PlanRequest]) -> None:
        """Grant each of the chosen requests."""
        self._decide_each(request, queryset, grant, "granted")

    @admin.action(description="Decline", permissions=["decide"])
    def decline(self, request: HttpRequest, queryset: QuerySet[PlanRequest]) -> None:
        """Decline each of the chosen requests."""
        self._decide_each(request, queryset, decline, "declined")

    def _decide_each(self, request: HttpRequest, queryset: QuerySet[PlanRequest], decide: Decide, done: str) -> None:
        by: Any = request.user
        for chosen in queryset.select_related("tenant", "plan").order_by("created_at", "pk"):
            try:
                decide(request=chosen, by=by)
            except DomainError as refusal:
                self.message_user(request, f"{chosen.tenant}: {refusal.detail}", messages.ERROR)
            else:
                self.message_user(request, f"{chosen.tenant}: {chosen.plan} {done}.", messages.SUCCESS)
