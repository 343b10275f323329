"""Asking for tokens: an authorization code or a refresh token against an access token (RFC 6749, sections 4.1.3, 6)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.answers import failure_of, throttled
from calendar_sync.providers.base import AuthLost, Passing
from core.http import Answer, Limits, OutgoingClient, OutgoingFailed

FORM = "application/x-www-form-urlencoded"
LIMITS = Limits(body_bytes=1024 * 1024, seconds=15)
USUAL_LIFETIME = timedelta(hours=1)
RENEWED_BEFORE = timedelta(seconds=60)
"""A token this close to its end is not used: it could end on its way."""

NEED_A_PERSON = frozenset({"invalid_grant", "interaction_required", "consent_required", "login_required"})
NOT_LET_IN = "The account does not let us in any more. Connect it again."


@dataclass(frozen=True)
class Grant:
    """What a provider lets us do with an account; without `refresh_token` no longer than until `expires_at`."""

    access_token: str = field(repr=False)
    expires_at: datetime
    refresh_token: str = field(default="", repr=False)
    scopes: tuple[str, ...] = ()

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether the access token will be good for another minute."""
        return bool(self.access_token) and now < self.expires_at - RENEWED_BEFORE

    def succeeded_by(self, renewed: "Grant") -> "Grant":
        """Return the grant after a renewal; providers that do not rotate refresh tokens do not repeat them."""
        return replace(renewed, refresh_token=renewed.refresh_token or self.refresh_token)

    def as_secrets(self) -> dict[str, str]:
        """Return what a connection keeps sealed."""
        return {
            "access_token": self.access_token,
            "expires_at": self.expires_at.isoformat(),
            "refresh_token": self.refresh_token,
        }

    @classmethod
    def from_secrets(cls, secrets: Mapping[str, str]) -> Self:
        """Return the grant a connection keeps; a used-up one where it keeps none."""
        ended = datetime.fromtimestamp(0, UTC).isoformat()
        return cls(
            access_token=secrets.get("access_token", ""),
            expires_at=datetime.fromisoformat(secrets.get("expires_at", ended)),
            refresh_token=secrets.get("refresh_token", ""),
        )


def ask_for_grant(url: str, form: Mapping[str, str]) -> Grant:
    """Send a token request. Raises AuthLost where only a person can help, Throttled, Passing."""
    answer = post_form(url, form)
    data = _object_in(answer)
    token, kind = data.get("access_token"), str(data.get("token_type", "Bearer"))
    if answer.status != 200:
        raise _refusal(answer, str(data.get("error", "")))
    if not isinstance(token, str) or not token or kind.lower() != "bearer":
        raise Passing(Code.BAD_ANSWER, "The server answers a request for access with something else.")
    return Grant(
        access_token=token,
        expires_at=timezone.now() + _lifetime(data.get("expires_in")),
        refresh_token=str(data.get("refresh_token") or ""),
        scopes=tuple(str(data.get("scope") or "").split()),
    )


def post_form(url: str, form: Mapping[str, str]) -> Answer:
    """Send a form and return the answer, whatever its status. Raises Throttled, Passing, Permanent."""
    headers = {"content-type": FORM, "accept": "application/json"}
    try:
        with OutgoingClient(limits=LIMITS, connections=1) as client:
            answer = client.send("POST", url, headers=headers, content=urlencode(form).encode(), follow=False)
    except OutgoingFailed as failure:
        raise failure_of(failure) from None
    if answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers):
        raise throttled(answer)
    if answer.status >= 500:
        raise Passing(Code.BAD_ANSWER, f"The server failed (status {answer.status}).")
    return answer


def _refusal(answer: Answer, error: str) -> AuthLost | Passing:
    if error in NEED_A_PERSON:
        return AuthLost(Code.NEEDS_REAUTH, NOT_LET_IN)
    # What else is refused is this installation, not the account: its owner could do nothing, and it may be put right.
    return Passing(Code.BAD_ANSWER, f"The server refuses to renew the access (status {answer.status}).")


def _lifetime(seconds: object) -> timedelta:
    try:
        return timedelta(seconds=max(0, min(int(str(seconds)), 86_400)))
    except ValueError:
        return USUAL_LIFETIME


def _object_in(answer: Answer) -> Mapping[str, Any]:
    try:
        data = json.loads(answer.body) if answer.body else {}
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
