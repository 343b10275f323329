"""From a stored connection to an open session."""

from calendar_sync.enums import Code, ProviderKey
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import AuthLost, Permanent, Session
from calendar_sync.providers.caldav.session import CalDavSession
from calendar_sync.providers.ics import IcsSession
from core.models import Tenant
from core.sealed import Unreadable


def open_session(connection: CalendarConnection, *, tenant: Tenant) -> Session:
    """Open a session with the connection's secrets; close it. Raises ProviderFailure."""
    try:
        secrets = connection.secrets(schema=tenant.schema_name)
    except Unreadable:
        raise AuthLost(Code.UNREADABLE_SECRET, "The stored password cannot be read any more. Connect again.") from None
    if connection.provider == ProviderKey.CALDAV:
        return CalDavSession(base_url=connection.base_url, username=secrets["username"], password=secrets["password"])
    if connection.provider == ProviderKey.ICS:
        return IcsSession(url=secrets["url"])
    raise Permanent(Code.NOT_FOUND, "This installation does not speak with this kind of server.")
