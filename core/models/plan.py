"""Subscription plans: what a tenant may do and how much of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.installed import registry
from core.quota_rules import normalise_limit


class PlanQuerySet(models.QuerySet["SubscriptionPlan"]):
    """Plans as a set."""

    def on_sale(self) -> "PlanQuerySet":
        """Return the plans a tenant can choose by itself, cheapest first."""
        return self.filter(is_active=True, is_public=True).order_by("price_cents", "sort_order", "pk")


class SubscriptionPlan(models.Model):
    """A plan. `permissions` maps feature keys to JSON booleans, `limits` maps quota keys to whole numbers.

    A limit of null or -1 means unlimited, 0 means none. A key that is missing from `permissions` falls back to the
    feature's default; one missing from `limits` is unlimited.
    """

    code = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    price_cents = models.PositiveIntegerField(default=0, help_text="Price of one month, in cents.")
    sort_order = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField(default=True, help_text="Tenants can see and choose it.")
    is_active = models.BooleanField(default=True, help_text="Archived plans stay with the tenants that have them.")
    permissions = models.JSONField(default=dict, blank=True)
    limits = models.JSONField(default=dict, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "subscription plan"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise ValidationError naming the key of a permission or limit that cannot be meant."""
        self._refuse({"permissions": self._permission_problems(), "limits": self._limit_problems()})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; raises ValidationError naming the key of a limit that cannot be meant."""
        self._refuse({"permissions": self._shape_problems(), "limits": self._limit_problems()})
        super().save(*args, **kwargs)

    @staticmethod
    def _refuse(problems: dict[str, list[str]]) -> None:
        found = {field: texts for field, texts in problems.items() if texts}
        if found:
            raise ValidationError(found)

    def _shape_problems(self) -> list[str]:
        if isinstance(self.permissions, dict):
            return []
        return ['Must be a JSON object such as {"advanced_analytics": true}.']

    def _permission_problems(self) -> list[str]:
        return self._shape_problems() or [
            f"{key!r} must be true or false, not {value!r}."
            for key, value in self.permissions.items()
            if not isinstance(value, bool)
        ]

    def _limit_problems(self) -> list[str]:
        if not isinstance(self.limits, dict):
            return ['Must be a JSON object such as {"max_resources": 5}.']
        problems = [f"{key!r} is not a quota." for key in self.limits if key not in registry().quotas]
        for key, value in self.limits.items():
            try:
                normalise_limit(value)
            except ValueError:
                problems.append(f"{key!r} must be null, -1 or a whole number of 0 or more, not {value!r}.")
        return problems
