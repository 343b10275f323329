"""`rotate_secrets`: after it, the old key can be thrown away."""

from datetime import timedelta
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from calendar_sync.models import CalendarConnection
from core.models import Signpost, Tenant
from core.sealed import Unreadable, seal, unseal
from tests.calendar_sync.shop import Shop

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def rotate() -> str:
    printed = StringIO()
    call_command("rotate_secrets", stdout=printed)
    return printed.getvalue()


def sealed_with(key: str, shop: Shop, settings: Settings) -> CalendarConnection:
    """Return the shop's connection with its secret under `key`."""
    settings.SECRETS_KEYS = (key,)
    connection = shop.connection
    connection.seal_secrets(schema=shop.tenant.schema_name, secrets={"password": "grün"})
    connection.save()
    return connection


def test_every_secret_moves_to_the_newest_key(shop: Shop, settings: Settings) -> None:
    sealed_with(OLD, shop, settings)
    Signpost.objects.create(
        purpose="test",
        digest="d",
        tenant=Tenant.objects.get(pk=shop.tenant.pk),
        sealed=seal({"a": "b"}, purpose="p"),
        expires_at=timezone.now() + timedelta(hours=1),
    )

    settings.SECRETS_KEYS = (NEW, OLD)
    assert rotate() == "2 secrets are under the newest key.\n"

    settings.SECRETS_KEYS = (NEW,)
    assert shop.connection.secrets(schema=shop.tenant.schema_name) == {"password": "grün"}
    assert unseal(Signpost.objects.get(digest="d").sealed, purpose="p") == {"a": "b"}


def test_case_58_a_secret_copied_to_another_row_stays_worthless(shop: Shop, settings: Settings) -> None:
    connection = sealed_with(OLD, shop, settings)
    other = CalendarConnection.objects.create(
        provider="caldav", account_key="other", sealed_secrets=connection.sealed_secrets
    )
    settings.SECRETS_KEYS = (NEW, OLD)

    rotate()

    other.refresh_from_db()
    with pytest.raises(Unreadable):
        other.secrets(schema=shop.tenant.schema_name)


def test_a_secret_that_no_key_opens_is_named_and_left(shop: Shop, settings: Settings) -> None:
    before = sealed_with(OLD, shop, settings).sealed_secrets
    settings.SECRETS_KEYS = (NEW,)

    with pytest.raises(CommandError, match=f"acme: calendar_sync.CalendarConnection {shop.connection.pk}"):
        rotate()

    assert shop.connection.sealed_secrets == before
