"""Narrowing the list of businesses."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from platform_admin.selectors.tenants import inactive, with_overrides, with_quota_near, with_quota_over

Lookups = list[tuple[str, str]]


class StatusFilter(admin.SimpleListFilter):
    """Active or suspended."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        """Offer the two."""
        return [("active", "Active"), ("suspended", "Suspended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep one of them."""
        if self.value() in {"active", "suspended"}:
            return queryset.filter(suspended_at__isnull=self.value() == "active")
        return queryset


class QuotaFilter(admin.SimpleListFilter):
    """Over a limit, or near one."""

    title = "quotas"
    parameter_name = "quotas"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        """Offer the two."""
        return [("over", "Over a limit"), ("near", "At a limit or near it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep one of them, as last counted."""
        if self.value() == "over":
            return with_quota_over(queryset, timezone.now())
        return with_quota_near(queryset, timezone.now()) if self.value() == "near" else queryset


class ActivityFilter(admin.SimpleListFilter):
    """Whether anybody is there."""

    title = "activity"
    parameter_name = "activity"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        """Offer the silent ones."""
        return [("none", "None for 30 days")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the silent ones, as last counted."""
        return inactive(queryset, timezone.now()) if self.value() == "none" else queryset


class OverrideFilter(admin.SimpleListFilter):
    """Whether something was agreed apart from the plan."""

    title = "overrides"
    parameter_name = "overrides"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:
        """Offer both."""
        return [("some", "With overrides"), ("none", "Without")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep one of them."""
        if self.value() in {"some", "none"}:
            return with_overrides(queryset, have=self.value() == "some")
        return queryset
