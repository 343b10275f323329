"""Signing in."""

from typing import Any

from rest_framework import serializers

from core.models import Membership, Role

MAX_PASSWORD_LENGTH = 256


class AuthTokenRequest(serializers.Serializer[Any]):
    """Credentials for a token."""

    username = serializers.CharField(max_length=254, help_text="The e-mail address.")
    password = serializers.CharField(max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False)
    tenant = serializers.CharField(
        max_length=48,
        required=False,
        default="",
        allow_blank=True,
        help_text="Subdomain of the business; needed on the platform's address by whoever belongs to several.",
    )


class AuthTokenAnswer(serializers.Serializer[Any]):
    """A token; it is shown this once."""

    token = serializers.CharField()
    tenant = serializers.CharField(help_text="Subdomain of the business the token works in.")
    expires_at = serializers.DateTimeField()


class SignInRequest(serializers.Serializer[Any]):
    """Credentials for a session."""

    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False)


class SessionUser(serializers.Serializer[Any]):
    """The person signed in."""

    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


def user_body(membership: Membership) -> dict[str, Any]:
    """Return the body of SessionUser."""
    person = membership.user
    return {"id": person.pk, "email": person.email, "name": person.name, "role": membership.role}


class PersonChange(serializers.Serializer[Any]):
    """What people can change about themselves."""

    name = serializers.CharField(max_length=150, required=False)


class PasswordChange(serializers.Serializer[Any]):
    """A new password, and the present one."""

    current_password = serializers.CharField(max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False)
    new_password = serializers.CharField(max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False)


class SessionBusiness(serializers.Serializer[Any]):
    """The business of this host."""

    name = serializers.CharField()
    timezone = serializers.CharField()
    currency = serializers.CharField()
    accent = serializers.CharField(allow_null=True, help_text="Its own color, #rrggbb; null for the platform's.")


class SessionImpersonation(serializers.Serializer[Any]):
    """Somebody of the platform's support acts in the user's place."""

    by = serializers.CharField()
    reason = serializers.CharField()
    ends_at = serializers.DateTimeField()


class SessionAnswer(serializers.Serializer[Any]):
    """Who is signed in where; `user` is null for nobody, `impersonation` for people acting as themselves."""

    user = SessionUser(allow_null=True)
    business = SessionBusiness()
    impersonation = SessionImpersonation(allow_null=True)


class Business(serializers.Serializer[Any]):
    """One of a person's businesses."""

    name = serializers.CharField()
    url = serializers.URLField()
    role = serializers.ChoiceField(choices=Role.choices)
    handoff = serializers.CharField(
        help_text="Begins one session at `url` within a minute: POST it to /api/session/handoff/ there."
    )


class HandoffRequest(serializers.Serializer[Any]):
    """A one-time right to begin a session."""

    token = serializers.CharField(max_length=100)


class BusinessesAnswer(serializers.Serializer[Any]):
    """Where a person can go on."""

    businesses = Business(many=True)
