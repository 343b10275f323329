"""Signing in."""

from typing import Any

from rest_framework import serializers

from core.models import Role

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


class SessionBusiness(serializers.Serializer[Any]):
    """The business of this host."""

    name = serializers.CharField()
    timezone = serializers.CharField()
    currency = serializers.CharField()


class SessionAnswer(serializers.Serializer[Any]):
    """Who is signed in where; `user` is null for nobody."""

    user = SessionUser(allow_null=True)
    business = SessionBusiness()


class Business(serializers.Serializer[Any]):
    """One of a person's businesses."""

    name = serializers.CharField()
    url = serializers.URLField()


class BusinessesAnswer(serializers.Serializer[Any]):
    """Where a person can go on."""

    businesses = Business(many=True)
