"""Connections to real servers, as tests need them."""

from django.utils import timezone

from calendar_sync.enums import ProviderKey
from calendar_sync.models import CalendarConnection, ExternalCalendar
from calendar_sync.models.external import key_of
from core.models import Tenant
from schedule.models import Resource
from tests.calendar_sync.servers import PASSWORD, USER, CalDavServer


def connected(
    tenant: Tenant, server: CalDavServer, path: str, *, resource: Resource | None, **settings: object
) -> ExternalCalendar:
    """Return a calendar of the server that is read and written, in a connection that is due."""
    connection = CalendarConnection(
        provider=ProviderKey.CALDAV,
        resource=resource,
        account_label=USER,
        account_key=key_of(f"{server.url}{USER}{path}"),
        base_url=server.url,
        next_attempt_at=timezone.now(),
    )
    connection.seal_secrets(schema=tenant.schema_name, secrets={"username": USER, "password": PASSWORD})
    connection.save()
    defaults = {"read_busy": True, "write_target": True} | settings
    return ExternalCalendar.objects.create(
        connection=connection, remote_id=path, remote_key=key_of(path), name="Work", **defaults
    )
