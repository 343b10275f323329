"""What people are asked by Google and Microsoft before their calendars are ours to read and write.

OAuth 2.0 with an authorization code and PKCE S256 (RFC 6749, RFC 7636), as RFC 9700 wants it: an exact redirect
address of its own for each provider, a state that is used once, no token in any address.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings

from calendar_sync.enums import Code, ProviderKey
from calendar_sync.providers.base import Account, AuthLost, Permanent
from calendar_sync.providers.grants import NOT_LET_IN, Grant, ask_for_grant, post_form
from calendar_sync.providers.identity import google_account, microsoft_account

GOOGLE_SCOPES = tuple(
    f"https://www.googleapis.com/auth/{name}"
    for name in ("calendar.calendarlist.readonly", "calendar.events.readonly", "calendar.events.owned")
)
MICROSOFT_SCOPES = ("offline_access", "User.Read", "Calendars.ReadWrite")
NOT_REPEATED = frozenset({"offline_access"})
"""Scopes that are granted by a refresh token and not named in the answer."""


@dataclass(frozen=True)
class Consent:
    """How one provider is asked. `extra` are parameters of its consent page beyond the standard's."""

    provider: ProviderKey
    client_id: str
    client_secret: str = field(repr=False)
    page_url: str
    token_url: str
    scopes: tuple[str, ...]
    revoke_url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def page(self, *, redirect_uri: str, state: str, verifier: str, account: str = "") -> str:
        """Return the address of the consent page; `account` is the e-mail address it should offer first."""
        asked = {
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join(self.scopes),
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
            **self.extra,
            **({"login_hint": account} if account else {}),
        }
        return f"{self.page_url}?{urlencode(asked)}"

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Grant:
        """Return what the code of a consent stands for. Raises ProviderFailure."""
        return self._ask(grant_type="authorization_code", code=code, code_verifier=verifier, redirect_uri=redirect_uri)

    def renew(self, refresh_token: str) -> Grant:
        """Return a grant with a new access token. Raises AuthLost, Throttled, Passing."""
        if not refresh_token:
            raise AuthLost(Code.NEEDS_REAUTH, NOT_LET_IN)
        return self._ask(grant_type="refresh_token", refresh_token=refresh_token)

    def revoke(self, token: str) -> None:
        """Give a grant back (RFC 7009), where the provider offers that; one it does not know is given back already.

        Everything this installation was granted for the account ends with it. Raises ProviderFailure.
        """
        if self.revoke_url and token:
            post_form(self.revoke_url, {"token": token})

    def missing(self, grant: Grant) -> tuple[str, ...]:
        """Return what was asked for and not granted."""
        granted = {_short(scope) for scope in grant.scopes}
        missing = [scope for scope in self.scopes if scope not in NOT_REPEATED and _short(scope) not in granted]
        return (*missing, *(() if grant.refresh_token else ("offline_access",)))

    def account(self, grant: Grant) -> Account:
        """Return whose grant it is. Raises ProviderFailure."""
        if self.provider == ProviderKey.GOOGLE:
            return google_account(grant)
        return microsoft_account(grant)

    def _ask(self, **form: str) -> Grant:
        own = {"client_id": self.client_id, "client_secret": self.client_secret}
        return ask_for_grant(self.token_url, {**form, **own})


def consent_of(provider: str) -> Consent:
    """Return how to ask for this provider's calendars. Raises Permanent where this installation cannot."""
    match provider:
        case ProviderKey.GOOGLE if settings.GOOGLE_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET:
            return Consent(
                provider=ProviderKey.GOOGLE,
                client_id=settings.GOOGLE_CLIENT_ID,
                client_secret=settings.GOOGLE_CLIENT_SECRET,
                page_url=settings.GOOGLE_CONSENT_URL,
                token_url=settings.GOOGLE_TOKEN_URL,
                revoke_url=settings.GOOGLE_REVOKE_URL,
                scopes=GOOGLE_SCOPES,
                # Without the second, Google leaves out the refresh token whenever the account was connected before.
                extra={"access_type": "offline", "prompt": "consent"},
            )
        case ProviderKey.MICROSOFT if settings.MICROSOFT_CLIENT_ID and settings.MICROSOFT_CLIENT_SECRET:
            return Consent(
                provider=ProviderKey.MICROSOFT,
                client_id=settings.MICROSOFT_CLIENT_ID,
                client_secret=settings.MICROSOFT_CLIENT_SECRET,
                page_url=f"{settings.MICROSOFT_LOGIN_URL}/authorize",
                token_url=f"{settings.MICROSOFT_LOGIN_URL}/token",
                scopes=MICROSOFT_SCOPES,
                extra={"response_mode": "query", "prompt": "select_account"},
            )
    raise Permanent(Code.NOT_FOUND, "This installation does not speak with this kind of server.")


def purpose_of(provider: ProviderKey) -> str:
    """Return what the signposts of consents that are awaited are for."""
    return f"calendar_sync.consent/{provider.value}"


def new_verifier() -> str:
    """Return a code verifier: 86 characters (RFC 7636, section 4.1, wants 43 to 128)."""
    return secrets.token_urlsafe(64)


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636, section 4.2)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _short(scope: str) -> str:
    """Return a scope as it can be compared: Microsoft answers with or without the resource in front of it."""
    return scope.rpartition("/")[2].lower()
