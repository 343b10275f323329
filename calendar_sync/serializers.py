"""Connections, calendars, copies and conflicts as JSON. No answer holds a secret."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calendar_sync.enums import ConnectionState, Privacy, ProviderKey
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar, Feed, SyncRun
from calendar_sync.places import place_of
from core.serializers.instants import LARGEST_ID, QueryInstantField

MOST_BUSY_DAYS = 62
OAUTH_PROVIDERS = (ProviderKey.GOOGLE, ProviderKey.MICROSOFT)
NEEDS_A_PERSON = (ConnectionState.NEEDS_REAUTH, ConnectionState.ERROR)


class ProviderSerializer(serializers.Serializer[Any]):
    """A kind of server: how an account is named, and addresses to start from."""

    key = serializers.ChoiceField(choices=ProviderKey.choices)
    name = serializers.CharField()
    auth = serializers.ChoiceField(choices=["oauth", "password", "url"])
    is_available = serializers.BooleanField(help_text="Whether this installation has what it needs to speak with it.")
    can_write = serializers.BooleanField()
    presets = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))


class CalendarSerializer(serializers.ModelSerializer[ExternalCalendar]):
    """A calendar of an account and what it is used for."""

    class Meta:
        model = ExternalCalendar
        fields = (
            "id",
            "name",
            "color",
            "time_zone",
            "is_writable",
            "read_busy",
            "write_target",
            "privacy",
            "tentative_blocks",
            "cancel_on_remote_delete",
            "move_on_remote_move",
            "invites_customers",
            "last_pulled_at",
            "missing_since",
        )
        read_only_fields = ("id", "name", "color", "time_zone", "is_writable", "last_pulled_at", "missing_since")


class CountsSerializer(serializers.Serializer[Any]):
    """How much belongs to a connection."""

    calendars = serializers.IntegerField()
    links = serializers.IntegerField()
    pending = serializers.IntegerField()
    failed = serializers.IntegerField()


class RunSerializer(serializers.ModelSerializer[SyncRun]):
    """A visit in which something happened."""

    class Meta:
        model = SyncRun
        fields = (
            "id",
            "kind",
            "outcome",
            "code",
            "detail",
            "started_at",
            "finished_at",
            "figures",
            "warnings",
        )


class ConnectionSerializer(serializers.ModelSerializer[CalendarConnection]):
    """A connected account, how it is, and its calendars."""

    resource = serializers.PrimaryKeyRelatedField[Any](read_only=True, allow_null=True)
    resource_name = serializers.SerializerMethodField(help_text="Whose time it is; empty for the business's.")
    reconnect_url = serializers.SerializerMethodField(help_text="Where a person makes it work again.")
    needs_action = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    calendars = CalendarSerializer(many=True, read_only=True)

    class Meta:
        model = CalendarConnection
        fields: tuple[str, ...] = (
            "id",
            "provider",
            "account_label",
            "resource",
            "resource_name",
            "state",
            "state_code",
            "state_detail",
            "paused_by",
            "needs_action",
            "reconnect_url",
            "scopes",
            "created_at",
            "last_success_at",
            "last_attempt_at",
            "next_attempt_at",
            "stale_since",
            "counts",
            "calendars",
        )

    def get_needs_action(self, connection: CalendarConnection) -> bool:
        """Whether only a person can make it work again."""
        return connection.state in NEEDS_A_PERSON

    def get_resource_name(self, connection: CalendarConnection) -> str:
        """Name whose time it is."""
        return connection.resource.name if connection.resource is not None else ""

    def get_reconnect_url(self, connection: CalendarConnection) -> str:
        """Lead to the connection in the dashboard."""
        return place_of(connection)

    def get_counts(self, connection: Any) -> dict[str, int]:
        """Count calendars, copies, and copies that wait or failed."""
        return {
            "calendars": len(connection.calendars.all()),
            "links": connection.link_count,
            "pending": connection.pending_count,
            "failed": connection.failed_count,
        }


class StatusSerializer(ConnectionSerializer):
    """A connection with the visits in which something happened last."""

    recent_runs = serializers.SerializerMethodField()

    class Meta(ConnectionSerializer.Meta):
        fields: tuple[str, ...] = (*ConnectionSerializer.Meta.fields, "recent_runs")

    @extend_schema_field(RunSerializer(many=True))
    def get_recent_runs(self, connection: CalendarConnection) -> Any:
        """Return the last five, newest first."""
        return RunSerializer(connection.runs.order_by("-started_at", "-pk")[:5], many=True).data


class ConnectRequest(serializers.Serializer[Any]):
    """An account to connect: CalDAV with an address, a user name and a password, or an address alone."""

    provider = serializers.ChoiceField(choices=ProviderKey.choices)
    url = serializers.CharField(max_length=2000, trim_whitespace=True)
    username = serializers.CharField(max_length=254, required=False, allow_blank=True, default="")
    password = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", trim_whitespace=False
    )
    resource = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="Whose time it is; without one, the business's."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for a user name and a password where they are needed; refuse what is connected elsewhere."""
        if attrs["provider"] not in {ProviderKey.CALDAV, ProviderKey.ICS}:
            raise serializers.ValidationError({"provider": ["Use its own consent page to connect this account."]})
        if attrs["provider"] == ProviderKey.CALDAV:
            missing = {name: ["Enter this."] for name in ("username", "password") if not attrs[name]}
            if missing:
                raise serializers.ValidationError(missing)
        return attrs


class ConsentRequest(serializers.Serializer[Any]):
    """An account to connect by way of its provider's consent page."""

    provider = serializers.ChoiceField(
        choices=[choice for choice in ProviderKey.choices if choice[0] in OAUTH_PROVIDERS]
    )
    resource = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="Whose time it is; without one, the business's."
    )
    connection = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="A connection to let in again; `resource` is then the connection's.",
    )
    return_path = serializers.CharField(
        required=False,
        max_length=200,
        default="/settings/calendar-sync",
        help_text="The page of the dashboard to come back to.",
    )


class ConsentAnswer(serializers.Serializer[Any]):
    """The consent page, and until when its answer is waited for."""

    authorize_url = serializers.CharField()
    expires_at = serializers.DateTimeField()


class ReconnectRequest(serializers.Serializer[Any]):
    """A new password."""

    username = serializers.CharField(max_length=254, required=False)
    password = serializers.CharField(max_length=500, trim_whitespace=False)


class CalendarChoices(serializers.Serializer[Any]):
    """What a calendar is used for; what is not named stays."""

    read_busy = serializers.BooleanField(required=False)
    write_target = serializers.BooleanField(required=False)
    privacy = serializers.ChoiceField(choices=Privacy.choices, required=False)
    tentative_blocks = serializers.BooleanField(required=False)
    cancel_on_remote_delete = serializers.BooleanField(required=False)
    move_on_remote_move = serializers.BooleanField(required=False)
    invites_customers = serializers.BooleanField(required=False)


class LinkSerializer(serializers.ModelSerializer[EventLink]):
    """The copy of an appointment in a calendar."""

    appointment = serializers.UUIDField(source="event_id", read_only=True)
    calendar = serializers.PrimaryKeyRelatedField[Any](read_only=True)
    calendar_name = serializers.CharField(source="calendar.name", read_only=True)
    connection = serializers.UUIDField(source="calendar.connection_id", read_only=True)
    service_name = serializers.CharField(source="event.service.name", read_only=True)
    customer_name = serializers.CharField(source="event.customer.name", read_only=True)
    appointment_start_at = serializers.DateTimeField(source="event.start_at", read_only=True)
    appointment_end_at = serializers.DateTimeField(source="event.end_at", read_only=True)
    remote_start_at = serializers.SerializerMethodField(help_text="Where somebody moved the entry to.")
    remote_end_at = serializers.SerializerMethodField()

    class Meta:
        model = EventLink
        fields = (
            "id",
            "appointment",
            "service_name",
            "customer_name",
            "appointment_start_at",
            "appointment_end_at",
            "connection",
            "calendar",
            "calendar_name",
            "state",
            "due_at",
            "synced_at",
            "remote_changed_at",
            "remote_start_at",
            "remote_end_at",
            "times_deleted_remotely",
            "problem_code",
            "problem",
        )

    def get_remote_start_at(self, link: EventLink) -> str | None:
        """Return the start somebody gave the entry, in ISO 8601; null where nobody changed it."""
        return _text(link.remote, "start_at")

    def get_remote_end_at(self, link: EventLink) -> str | None:
        """Return the end somebody gave the entry, in ISO 8601; null where nobody changed it."""
        return _text(link.remote, "end_at")


def _text(fields: Mapping[str, str], name: str) -> str | None:
    return fields.get(name)


class ConflictSerializer(serializers.Serializer[Any]):
    """An appointment in busy time of a calendar. What keeps the calendar's owner busy is nobody's business here."""

    appointment = serializers.UUIDField()
    service_name = serializers.CharField()
    customer_name = serializers.CharField()
    resource = serializers.IntegerField()
    resource_name = serializers.CharField()
    appointment_start_at = serializers.DateTimeField()
    appointment_end_at = serializers.DateTimeField()
    busy_start_at = serializers.DateTimeField()
    busy_end_at = serializers.DateTimeField()
    connection = serializers.UUIDField()
    calendar = serializers.UUIDField()
    calendar_name = serializers.CharField()


class BusyParameters(serializers.Serializer[Any]):
    """Whose busy time is asked for, and when. Needs `zone` in the context."""

    resource = serializers.IntegerField(required=False, default=None, min_value=1, max_value=LARGEST_ID)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add `from` and `to`, of which one is a word of the language."""
        return {
            **super().get_fields(),
            "from": QueryInstantField(help_text="ISO 8601; without an offset it is local time of the business."),
            "to": QueryInstantField(help_text=f"Not included; at most {MOST_BUSY_DAYS} days later."),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters. Raises ValidationError for a range that is turned round or too long."""
        if attrs["to"] <= attrs["from"]:
            raise serializers.ValidationError({"to": ["Use a time after from."]})
        if attrs["to"] - attrs["from"] > timedelta(days=MOST_BUSY_DAYS):
            raise serializers.ValidationError({"to": [f"Ask for at most {MOST_BUSY_DAYS} days at once."]})
        return attrs


class BusySerializer(serializers.Serializer[Any]):
    """A stretch of time that a connected calendar takes. What it is taken for is not known here."""

    resource = serializers.IntegerField(
        source="stretch.resource_id", allow_null=True, help_text="Whose time; null where it is everybody's."
    )
    start_at = serializers.DateTimeField(source="stretch.span.start_at")
    end_at = serializers.DateTimeField(source="stretch.span.end_at")
    connection = serializers.UUIDField(source="calendar.connection_id", default=None, allow_null=True)
    calendar = serializers.UUIDField(
        source="calendar.pk", default=None, allow_null=True, help_text="Null for calendars that are somebody else's."
    )
    calendar_name = serializers.CharField(source="calendar.name", default="")
    is_stale = serializers.BooleanField(help_text="Whether the calendar could not be read lately.")


class KeepRequest(serializers.Serializer[Any]):
    """The appointment to leave where it is."""

    appointment = serializers.UUIDField()


class FeedRequest(serializers.Serializer[Any]):
    """A feed to make: of one resource, or of the whole business."""

    resource = serializers.IntegerField(required=False, allow_null=True, default=None)
    privacy = serializers.ChoiceField(choices=Privacy.choices, default=Privacy.INITIALS)
    past_days = serializers.IntegerField(min_value=0, max_value=366, default=30)
    future_days = serializers.IntegerField(min_value=1, max_value=731, default=180)


class FeedSerializer(serializers.ModelSerializer[Feed]):
    """A feed without its address, of which only the first characters are kept."""

    resource = serializers.PrimaryKeyRelatedField[Any](read_only=True, allow_null=True)

    class Meta:
        model = Feed
        fields = (
            "id",
            "scope",
            "resource",
            "privacy",
            "past_days",
            "future_days",
            "prefix",
            "created_at",
            "rotated_at",
            "last_read_at",
        )


class FeedWithAddress(serializers.Serializer[Any]):
    """A feed with its address, told once."""

    id = serializers.UUIDField()
    scope = serializers.CharField()
    resource = serializers.IntegerField(allow_null=True)
    privacy = serializers.CharField()
    past_days = serializers.IntegerField()
    future_days = serializers.IntegerField()
    prefix = serializers.CharField()
    created_at = serializers.DateTimeField()
    rotated_at = serializers.DateTimeField(allow_null=True)
    last_read_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()
    webcal_url = serializers.CharField()
