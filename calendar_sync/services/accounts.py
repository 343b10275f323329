"""Accounts that are named by typing: an address, a user name, a password."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from calendar_sync.enums import ProviderKey
from calendar_sync.errors import UseConsent
from calendar_sync.models import CalendarConnection
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import Account
from calendar_sync.services.connecting import connect, keep_calendars, make_due, probe
from core.audit import record
from core.errors import Forbidden
from core.http import check_url
from core.models import Membership, Role, Tenant
from schedule.selectors.catalogue import resource_named


def connect_typed(
    *,
    tenant: Tenant,
    by: Membership,
    provider: str,
    url: str,
    username: str,
    password: str,
    resource: int | None,
    now: datetime,
) -> CalendarConnection:
    """Connect a CalDAV account, or an address that answers with a calendar.

    Raises UrlNotAllowed, FieldError, Forbidden, NotConnected, AlreadyConnected.
    """
    require_own(by, resource)
    if provider == ProviderKey.ICS:
        address = url.replace("webcal://", "https://", 1)
        target = check_url(address, plain_http=True)
        # The address is the secret; its host is what people recognise.
        account = Account(key=key_of(target.url), label=target.host)
        secrets = {"url": target.url}
    else:
        target = check_url(url)
        account = Account(
            key=key_of(f"{target.host}:{target.port}/{username.lower()}{urlsplit(target.url).path}"),
            label=username,
            base_url=target.url,
        )
        secrets = {"username": username, "password": password}
    return connect(
        tenant=tenant,
        by=by,
        provider=ProviderKey(provider),
        resource_id=resource,
        account=account,
        secrets=secrets,
        now=now,
    )


def reconnect(
    *, tenant: Tenant, connection_id: UUID, by: Membership, password: str, now: datetime, username: str = ""
) -> None:
    """Give an account another password, after the server took it. Raises NotConnected, UseConsent."""
    connection = CalendarConnection.objects.get(pk=connection_id)
    if connection.provider not in {ProviderKey.CALDAV, ProviderKey.ICS}:
        raise UseConsent
    secrets = connection.secrets(schema=tenant.schema_name)
    secrets = {**secrets, "password": password, **({"username": username} if username else {})}
    connection.seal_secrets(schema=tenant.schema_name, secrets=secrets)
    found = probe(connection, tenant=tenant)
    with transaction.atomic():
        make_due(connection, now=now)
        connection.save()
        keep_calendars(connection=connection, found=found)
        record("calendar_reconnected", tenant=tenant, actor=by.user, object_label=str(connection))


def refresh(*, tenant: Tenant, connection_id: UUID) -> None:
    """Ask the server for its calendars and add those that are new. Raises NotConnected."""
    connection = CalendarConnection.objects.get(pk=connection_id)
    found = probe(connection, tenant=tenant)
    with transaction.atomic():
        keep_calendars(connection=connection, found=found)


def require_own(by: Membership, resource_id: int | None) -> None:
    """Raise Forbidden unless the resource is the person, or the person is a manager; FieldError where there is none."""
    resource = resource_named(resource_id, field="resource") if resource_id is not None else None
    is_own = resource is not None and resource.user_id == by.user_id
    if not is_own and not by.may_act_as(Role.MANAGER):
        raise Forbidden("You can connect your own calendars. Ask a manager for others.", code="role_required")
