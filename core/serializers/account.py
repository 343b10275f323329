"""Members, invitations and tokens."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from core.models import ApiToken, Invitation, Membership, Role, Scope
from core.serializers.session import MAX_PASSWORD_LENGTH


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A member of the business."""

    email = serializers.EmailField(source="user.email", read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)
    user = serializers.IntegerField(source="user_id", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "user", "email", "name", "role", "is_active", "created_at")


class MemberChange(serializers.Serializer[Any]):
    """What can be changed about a member."""

    role = serializers.ChoiceField(choices=Role.choices, required=False)
    is_active = serializers.BooleanField(required=False)


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation to join the business."""

    email = serializers.EmailField(max_length=254)

    class Meta:
        model = Invitation
        fields = ("id", "email", "role", "created_at", "expires_at")
        read_only_fields = ("id", "created_at", "expires_at")


class InvitationPreview(serializers.Serializer[Any]):
    """What the invited person sees before accepting."""

    business = serializers.CharField()
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)
    has_account = serializers.BooleanField(help_text="Whether the password of an existing account is asked for.")


class InvitationSecret(serializers.Serializer[Any]):
    """The secret of an invitation's link."""

    token = serializers.CharField(max_length=100)


class InvitationAcceptance(InvitationSecret):
    """Joining a business: a new password, or the one of an existing account."""

    name = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)
    password = serializers.CharField(max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False)


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token without its secret."""

    user = serializers.EmailField(source="user.email", read_only=True)
    kind = serializers.SerializerMethodField()

    class Meta:
        model = ApiToken
        fields = ("id", "kind", "name", "prefix", "scope", "user", "created_at", "expires_at", "last_used_at")

    def get_kind(self, token: ApiToken) -> str:
        """Return `sign_in` or `named`."""
        return "sign_in" if token.is_sign_in else "named"


class ApiTokenRequest(serializers.Serializer[Any]):
    """A new named token."""

    name = serializers.CharField(max_length=100)
    scope = serializers.ChoiceField(choices=Scope.choices, default=Scope.READ)
    expires_at = serializers.DateTimeField(required=False, allow_null=True, default=None)

    def validate_expires_at(self, value: datetime | None) -> datetime | None:
        """Return `value`; raises ValidationError for a moment that has passed."""
        if value is not None and value <= timezone.now():
            raise serializers.ValidationError("This moment has passed. Use a later one, or null for no end.")
        return value


class ApiTokenCreated(ApiTokenSerializer):
    """A new token with its secret, shown this once."""

    token = serializers.CharField(read_only=True)

    class Meta(ApiTokenSerializer.Meta):
        fields = (*ApiTokenSerializer.Meta.fields, "token")  # type: ignore[assignment]  # one field longer
