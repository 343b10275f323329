"""From a stored connection to an open session."""

from django.conf import settings

from calendar_sync.enums import Code, ProviderKey
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import AuthLost, Permanent, Session
from calendar_sync.providers.caldav.session import CalDavSession
from calendar_sync.providers.consent import consent_of
from calendar_sync.providers.google.session import GoogleSession
from calendar_sync.providers.ics import IcsSession
from calendar_sync.providers.microsoft.session import MicrosoftSession
from calendar_sync.providers.rest import Tokens
from calendar_sync.providers.tokens import StoredTokens
from core.models import Tenant
from core.sealed import Unreadable


def open_session(connection: CalendarConnection, *, tenant: Tenant) -> Session:
    """Open a session with the connection's secrets; close it. Raises ProviderFailure.

    An access token that is used up is renewed here already, where the database is at hand.
    """
    try:
        secrets = connection.secrets(schema=tenant.schema_name)
    except Unreadable:
        raise AuthLost(Code.UNREADABLE_SECRET, "The stored password cannot be read any more. Connect again.") from None
    if connection.provider == ProviderKey.CALDAV:
        return CalDavSession(base_url=connection.base_url, username=secrets["username"], password=secrets["password"])
    if connection.provider == ProviderKey.ICS:
        return IcsSession(url=secrets["url"])
    tokens = StoredTokens(connection, tenant=tenant, consent=consent_of(connection.provider))
    tokens.current()
    return session_with(connection.provider, tokens, business=tenant.schema_name)


def session_with(provider: str, tokens: Tokens, *, business: str) -> Session:
    """Open a session of a provider that is reached with access tokens, for this business. Raises Permanent."""
    if provider == ProviderKey.GOOGLE:
        return GoogleSession(tokens=tokens, base_url=settings.GOOGLE_CALENDAR_URL, business=business)
    if provider == ProviderKey.MICROSOFT:
        return MicrosoftSession(tokens=tokens, base_url=settings.MICROSOFT_GRAPH_URL)
    raise Permanent(Code.NOT_FOUND, "This installation does not speak with this kind of server.")
