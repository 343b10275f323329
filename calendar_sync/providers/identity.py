"""Whose account a grant is for, asked with nothing but what was granted for calendars."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from calendar_sync.enums import Code
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import Account, AuthLost, Passing, Permanent
from calendar_sync.providers.grants import NOT_LET_IN, Grant
from calendar_sync.providers.rest import RestClient


class OneToken:
    """An access token that was just granted and is not renewed."""

    def __init__(self, grant: Grant) -> None:
        self._grant = grant

    def current(self) -> str:
        """Return the token."""
        return self._grant.access_token

    def renewed(self, refused: str) -> str:
        """Raise AuthLost: there is no other."""
        raise AuthLost(Code.AUTH_FAILED, NOT_LET_IN)


def google_account(grant: Grant) -> Account:
    """Return the account at Google; the id of the primary calendar is its e-mail address. Raises ProviderFailure."""
    found = _asked(grant, settings.GOOGLE_CALENDAR_URL, "users/me/calendarList/primary", {"fields": "id"})
    address = _text(found, "id")
    return Account(key=key_of(address.lower()), label=address, scopes=grant.scopes)


def microsoft_account(grant: Grant) -> Account:
    """Return the account at Microsoft, whose id outlives its addresses. Raises ProviderFailure."""
    found = _asked(grant, settings.MICROSOFT_GRAPH_URL, "me", {"$select": "id,mail,userPrincipalName"})
    label = found.get("mail") or found.get("userPrincipalName") or "Microsoft 365"
    return Account(key=key_of(_text(found, "id")), label=str(label)[:254], scopes=grant.scopes)


def _asked(grant: Grant, base_url: str, path: str, query: Mapping[str, str]) -> Mapping[str, Any]:
    client = RestClient(base_url=base_url, tokens=OneToken(grant), connections=1)
    try:
        answer = client.send("GET", path, query=query)
    finally:
        client.close()
    if answer.status == 200:
        return answer.data
    if answer.status == 403:
        raise Permanent(Code.MISSING_SCOPE, "The account does not let us see its calendars.")
    raise Permanent(Code.NO_CALENDARS, f"The account has no calendar (status {answer.status}).")


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise Passing(Code.BAD_ANSWER, "The server does not say whose account it is.")
    return value[:254]
