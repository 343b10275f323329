"""The snapshot the dashboard draws its gates and navigation from."""

from collections.abc import Callable, Iterable
from typing import Any

from rest_framework import serializers

from core.installed import registry


class UpgradeOffer(serializers.Serializer[Any]):
    """The cheapest plan on sale that would help."""

    plan = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField(help_text="Path of the plan page in the dashboard.")


class FeatureEntry(serializers.Serializer[Any]):
    """One feature."""

    name = serializers.CharField()
    summary = serializers.CharField(help_text="What it is for, in a sentence.")
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
    upgrade = UpgradeOffer(allow_null=True, help_text="The cheapest plan on sale with a higher limit.")


def by_key(
    name: str, keys: Iterable[str], entry: Callable[[], serializers.Field[Any, Any, Any, Any]]
) -> serializers.Serializer[Any]:
    """Return an object with one `entry` for each key, so that the types clients generate know the keys."""
    found: type[serializers.Serializer[Any]] = type(name, (serializers.Serializer,), {key: entry() for key in keys})
    return found()


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
    features = by_key("Features", registry().features, FeatureEntry)
    quotas = by_key("Quotas", registry().quotas, QuotaEntry)
    nav = NavEntry(many=True)
