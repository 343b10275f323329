"""Bodies of resources, services and customers."""

from collections import Counter
from itertools import chain, groupby
from typing import Any

from rest_framework import serializers

from core.serializers.instants import LARGEST_ID, LocalDateTimeField
from schedule.models import Customer, Resource, Service
from schedule.selectors.customers import CustomerFigures
from schedule.services.catalogue import ResourceGroups

MAX_ABLE = 500
MAX_GROUPS = 10
MAX_TAGS = 20
MAX_TAG = 40


class ResourceSerializer(serializers.ModelSerializer[Resource]):
    """A person, room or piece of equipment whose time is booked."""

    user = serializers.IntegerField(
        source="user_id",
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="The login of the person, if any: an active member of the business.",
    )

    class Meta:
        model = Resource
        fields = (
            "id",
            "name",
            "type",
            "max_concurrent_events",
            "is_active",
            "timezone",
            "color",
            "user",
            "created_at",
            "updated_at",
        )


class ResourceChangeParameters(serializers.Serializer[Any]):
    """How a change of a resource is meant."""

    force = serializers.BooleanField(
        default=False,
        help_text="Switch the resource off although appointments with it lie ahead; they stay as they are.",
    )


def _resource_id() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class AbleResourcesField(serializers.ListField):
    """Everyone able to perform a service, whatever their group."""

    def get_attribute(self, instance: Service) -> list[int]:
        """Return the ids in order."""
        return sorted(ability.resource_id for ability in instance.abilities.all())


class ResourceGroupsField(serializers.ListField):
    """The groups an appointment takes one resource each out of."""

    def get_attribute(self, instance: Service) -> list[list[int]]:
        """Return the ids of each group; the abilities come in the order of groups and resources."""
        return [
            [ability.resource_id for ability in group]
            for _, group in groupby(instance.abilities.all(), key=lambda ability: ability.requirement)
        ]


class ServiceSerializer(serializers.ModelSerializer[Service]):
    """Something a customer books. `resources` writes one group; for several, write `resource_groups`."""

    currency = serializers.RegexField(
        r"^[A-Z]{3}$",
        required=False,
        max_length=3,
        error_messages={"invalid": "Use an ISO 4217 code such as EUR."},
        help_text="ISO 4217; the business's unless given.",
    )
    resources = AbleResourcesField(
        child=_resource_id(),
        required=False,
        max_length=MAX_ABLE,
        help_text="Resources able to perform the service. Writing it makes them one group.",
    )
    resource_groups = ResourceGroupsField(
        child=serializers.ListField(child=_resource_id(), allow_empty=False, max_length=MAX_ABLE),
        required=False,
        max_length=MAX_GROUPS,
        help_text="The same resources in groups: an appointment takes one out of each, such as a therapist and a room.",
    )

    class Meta:
        model = Service
        fields = (
            "id",
            "name",
            "description",
            "duration_minutes",
            "buffer_before_minutes",
            "buffer_after_minutes",
            "price_cents",
            "currency",
            "min_notice_minutes",
            "max_advance_days",
            "slot_step_minutes",
            "is_active",
            "resources",
            "resource_groups",
            "created_at",
            "updated_at",
        )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Join `resources` and `resource_groups` into one. Raises ValidationError where they contradict."""
        listed: list[int] | None = attrs.pop("resources", None)
        groups: list[list[int]] | None = attrs.pop("resource_groups", None)
        if groups is not None:
            _refuse_twice("resource_groups", chain.from_iterable(groups))
            if listed is not None and set(listed) != set(chain.from_iterable(groups)):
                raise serializers.ValidationError(
                    {"resources": ["These are not the resources of resource_groups. Send one of the two."]}
                )
            attrs["able"] = ResourceGroups(groups, field="resource_groups")
        elif listed is not None:
            _refuse_twice("resources", listed)
            attrs["able"] = ResourceGroups([listed] if listed else [], field="resources")
        return attrs


def _refuse_twice(field: str, ids: Any) -> None:
    repeated = sorted(number for number, times in Counter(ids).items() if times > 1)
    if repeated:
        raise serializers.ValidationError({field: [f"Resource {repeated[0]} is listed twice."]})


class CustomerSerializer(serializers.ModelSerializer[Customer]):
    """A person the business serves."""

    tags = serializers.ListField(child=serializers.CharField(max_length=MAX_TAG), required=False, max_length=MAX_TAGS)

    class Meta:
        model = Customer
        fields = ("id", "name", "email", "phone", "notes", "tags", "is_active", "created_at", "updated_at")

    def validate_tags(self, value: list[str]) -> list[str]:
        """Return the tags without repetitions."""
        return list(dict.fromkeys(value))


class CustomerFiguresSerializer(serializers.Serializer[CustomerFigures]):
    """A customer in eight figures. Needs `zone` in the context."""

    appointments = serializers.IntegerField(help_text="Of every status.")
    upcoming = serializers.IntegerField(help_text="Pending or confirmed, and still to start.")
    completed = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    no_shows = serializers.IntegerField()
    first_at = LocalDateTimeField(allow_null=True, help_text="First visit: started, neither cancelled nor missed.")
    last_at = LocalDateTimeField(allow_null=True, help_text="Last visit.")
    next_at = LocalDateTimeField(allow_null=True, help_text="Next appointment still to start.")
