"""Requests to a provider's JSON interface with an access token, and what its refusals mean."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol
from urllib.parse import urlencode

from calendar_sync.enums import Code
from calendar_sync.providers.answers import failure_of, throttled
from calendar_sync.providers.base import AuthLost, Passing
from core.http import OutgoingClient, OutgoingFailed

JSON = "application/json"


class Tokens(Protocol):
    """Where access tokens come from; safe for several threads."""

    def current(self) -> str:
        """Return a token that has not expired. Raises AuthLost, Passing."""
        ...

    def renewed(self, refused: str) -> str:
        """Return another token than `refused`, which the server did not take. Raises AuthLost, Passing."""
        ...


@dataclass(frozen=True)
class RestAnswer:
    """What a provider said: `data` is the JSON object of its body, empty where it is none."""

    status: int
    headers: Mapping[str, str]
    data: Mapping[str, Any]


class RestClient:
    """Sends requests below one address with the tokens of one account. Close it."""

    def __init__(self, *, base_url: str, tokens: Tokens, connections: int = 4) -> None:
        self.requests = 0
        self._turn = Lock()
        self._base_url = base_url.rstrip("/")
        self._tokens = tokens
        self._client = OutgoingClient(connections=connections)

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> RestAnswer:
        """Send a request to a path below the address, or to a whole address below it that the provider gave.

        A token that is refused (401) is renewed once. Raises AuthLost, Throttled (429, or 503 with Retry-After),
        Passing (other 5xx, no answer), Permanent (an answer that is too large).
        """
        url = path if path.startswith(f"{self._base_url}/") else f"{self._base_url}/{path.lstrip('/')}"
        if query:
            url += ("&" if "?" in url else "?") + urlencode(query)
        token = self._tokens.current()
        answer = self._send_once(method, url, token, body, headers)
        if answer.status == 401:
            answer = self._send_once(method, url, self._tokens.renewed(token), body, headers)
        if answer.status == 401:
            raise AuthLost(Code.AUTH_FAILED, "The account does not let us in any more. Connect it again.")
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _send_once(
        self, method: str, url: str, token: str, body: Mapping[str, Any] | None, headers: Mapping[str, str] | None
    ) -> RestAnswer:
        with self._turn:
            self.requests += 1
        sent = {"accept": JSON, **(headers or {}), "authorization": f"Bearer {token}"}
        content = b""
        if body is not None:
            sent["content-type"] = JSON
            content = json.dumps(body, ensure_ascii=False).encode()
        try:
            answer = self._client.send(method, url, headers=sent, content=content, follow=False)
        except OutgoingFailed as failure:
            raise failure_of(failure) from None
        if answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers):
            raise throttled(answer)
        if answer.status >= 500:
            raise Passing(Code.BAD_ANSWER, f"The server failed (status {answer.status}).")
        return RestAnswer(answer.status, answer.headers, _object_in(answer.body))


def _object_in(body: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(body) if body else {}
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
