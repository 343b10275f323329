"""The snapshot the dashboard draws its gates and navigation from."""

from typing import Any

from rest_framework import serializers


class UpgradeOffer(serializers.Serializer[Any]):
    """The cheapest plan on sale that would help."""

    plan = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField(help_text="Path of the plan page in the dashboard.")


class FeatureEntry(serializers.Serializer[Any]):
    """One feature."""

    name = serializers.CharField()
    allowed = serializers.BooleanField()
    source = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="override, suspended, plan or default"
    )
    upgrade = UpgradeOffer(allow_null=True)


class QuotaEntry(serializers.Serializer[Any]):
    """One quota; null limits mean unlimited."""

    name = serializers.CharField()
    limit = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField()
    remaining = serializers.IntegerField(allow_null=True)
    window = serializers.CharField(help_text="total or month")
    resets_at = serializers.DateTimeField(allow_null=True)
    state = serializers.CharField(help_text="unlimited, ok, near (80 % or more), reached or over")


class NavEntry(serializers.Serializer[Any]):
    """One entry of the navigation."""

    path = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of this name
    section = serializers.CharField()
    feature = serializers.CharField(allow_null=True)
    locked = serializers.BooleanField()


class PlanEntry(serializers.Serializer[Any]):
    """The tenant's plan."""

    code = serializers.CharField()
    name = serializers.CharField()


class EntitlementsAnswer(serializers.Serializer[Any]):
    """What the caller's business may do, and how much of it is left."""

    version = serializers.CharField(help_text="Changes whenever anything below does; also the ETag.")
    plan = PlanEntry(allow_null=True)
    suspended = serializers.BooleanField()
    features = serializers.DictField(child=FeatureEntry())
    quotas = serializers.DictField(child=QuotaEntry())
    nav = NavEntry(many=True)
