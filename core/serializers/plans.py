"""Plans on sale, and asking for one of them."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from core.installed import registry
from core.models import PlanRequest, PlanRequestState, SubscriptionPlan
from core.quota_rules import normalise_limit
from core.serializers.entitlements import by_key

FEATURES = [(key, feature.name) for key, feature in registry().features.items()]


class PlanSerializer(serializers.Serializer[SubscriptionPlan]):
    """A plan as it is sold. Needs `plan_id`, the caller's own, in the context."""

    key = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    price_cents = serializers.IntegerField(help_text="Of one month.")
    currency = serializers.CharField(help_text="ISO 4217.")
    features = serializers.ListField(child=serializers.ChoiceField(choices=FEATURES), help_text="What it includes.")
    limits = by_key("PlanLimits", registry().quotas, lambda: serializers.IntegerField(allow_null=True))
    is_current = serializers.BooleanField(help_text="Whether it is the plan of the business.")

    def to_representation(self, instance: SubscriptionPlan) -> dict[str, Any]:
        """Return the JSON-ready body."""
        return {
            "key": instance.code,
            "name": instance.name,
            "description": instance.description,
            "price_cents": instance.price_cents,
            "currency": settings.PLAN_CURRENCY,
            "features": [key for key in registry().features if instance.permissions.get(key) is True],
            "limits": {key: normalise_limit(instance.limits.get(key)) for key in registry().quotas},
            "is_current": instance.pk == self.context["plan_id"],
        }


class PlanRequestRequest(serializers.Serializer[Any]):
    """A plan to ask for."""

    plan = serializers.CharField(max_length=50, help_text="Key of a plan on sale.")
    feature = serializers.ChoiceField(
        choices=FEATURES, default="", allow_blank=True, help_text="What it is about, if it is one feature."
    )
    note = serializers.CharField(max_length=1000, default="", allow_blank=True)


class PlanRequestSerializer(serializers.ModelSerializer[PlanRequest]):
    """What the business has asked for, and what became of it."""

    plan = serializers.CharField(source="plan.code", help_text="Key of the plan.")
    plan_name = serializers.CharField(source="plan.name")
    state = serializers.ChoiceField(choices=PlanRequestState.choices)
    requested_by = serializers.SerializerMethodField(help_text="Name or e-mail address; null for who is gone.")

    class Meta:
        model = PlanRequest
        fields = ("id", "plan", "plan_name", "feature", "note", "state", "requested_by", "created_at", "decided_at")
        read_only_fields = fields

    def get_requested_by(self, request: PlanRequest) -> str | None:
        """Return who asked."""
        person = request.requested_by
        return (person.name or person.email) if person is not None else None
