"""What the owners of a business see of support, and their say in it."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from core.models import SupportAccess


class SupportAccessSerializer(serializers.Serializer[SupportAccess]):
    """One visit of support. `ended_at` is null while it goes on."""

    id = serializers.IntegerField()
    by = serializers.CharField(source="by_label", help_text="Who of the platform's staff.")
    acted_as = serializers.CharField(source="person_label", help_text="In whose place.")
    reason = serializers.CharField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.SerializerMethodField()
    ends_at = serializers.DateTimeField(help_text="When it ends by itself.")

    def get_ended_at(self, access: SupportAccess) -> str | None:
        """Return when the visit was over."""
        over = access.over_at(timezone.now())
        return serializers.DateTimeField().to_representation(over) if over is not None else None


class SupportSetting(serializers.Serializer[Any]):
    """Whether support may act as members of the business."""

    support_access_allowed = serializers.BooleanField()
