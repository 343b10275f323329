"""Connections with a grant, as tests need them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from calendar_sync.enums import ProviderKey
from calendar_sync.models import CalendarConnection, ExternalCalendar
from calendar_sync.models.external import key_of
from calendar_sync.providers.grants import Grant
from core.models import Tenant
from tests.calendar_sync.fakes.oauth import Dialect, OAuthFake


def connected(
    tenant: Tenant, provider: OAuthFake, *, name: Dialect = "google", expires_in: float = 3600, **fields: Any
) -> CalendarConnection:
    """Return a connection of the provider's present account that is due; its access token ends in some seconds."""
    tokens = provider.grant(name)
    connection = CalendarConnection(
        provider=ProviderKey(name),
        account_label=provider.account,
        account_key=key_of(provider.account),
        **{"next_attempt_at": timezone.now(), **fields},
    )
    grant = Grant(
        access_token=tokens["access_token"],
        expires_at=timezone.now() + timedelta(seconds=expires_in),
        refresh_token=tokens["refresh_token"],
    )
    connection.seal_secrets(schema=tenant.schema_name, secrets=grant.as_secrets())
    connection.save()
    return connection


def with_calendar(connection: CalendarConnection) -> ExternalCalendar:
    """Return the account's calendar, which is read."""
    name = connection.account_label
    return ExternalCalendar.objects.create(
        connection=connection, remote_id=name, remote_key=key_of(name), read_busy=True
    )


def secrets_of(connection: CalendarConnection, tenant: Tenant) -> dict[str, str]:
    """Return what is stored now."""
    return CalendarConnection.objects.get(pk=connection.pk).secrets(schema=tenant.schema_name)
