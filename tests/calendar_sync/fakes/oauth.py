"""The consent pages and token endpoints of Google and Microsoft, as a real server on loopback.

It is as strict as they are: an exact redirect address, PKCE S256 verified, codes that work once. Fakes of their
calendar interfaces ask `accepts` whether a bearer token is good.
"""

import hashlib
import json
import secrets
import threading
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any, Literal
from urllib.parse import parse_qs, quote, urlencode, urlsplit

Dialect = Literal["google", "microsoft"]
CLIENT_ID, CLIENT_SECRET = "client-of-the-test", "s3cret-of-the-client"
REDIRECT = "http://localhost:8000/api/calendar-sync/oauth/{}/callback/"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What the server says."""

    status: int
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Code:
    """A consent that was given and not exchanged yet."""

    dialect: Dialect
    challenge: str
    redirect_uri: str
    scopes: tuple[str, ...]
    account: str


@dataclass
class Granted:
    """What a refresh token stands for."""

    dialect: Dialect
    scopes: tuple[str, ...]
    account: str


@dataclass
class OAuthFake:
    """Accounts and what they have granted.

    `account` is who consents, `consents` whether, `granted` which of the scopes asked for (all, where None); `redirect`
    is the address that is registered. `faults` are answered by the token endpoint, one each, before it works again.
    `asked` counts requests: `authorize`, `authorization_code`, `refresh_token`, `revoke`, and `api` for everything
    below the calendar interfaces.
    """

    port: int = 0
    account: str = "anna@example.com"
    redirect: str = REDIRECT
    consents: bool = True
    granted: tuple[str, ...] | None = None
    lifetime: int = 3600
    faults: list[Answer] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    pages: list[dict[str, str]] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)
    refresh_tokens: dict[str, Granted] = field(default_factory=dict)
    access_tokens: dict[str, tuple[str, float]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, Any]:
        """The settings under which the product meets this server in place of the real ones."""
        return {
            "OUTGOING_ALLOWED_HOSTS": (f"127.0.0.1:{self.port}",),
            "GOOGLE_CLIENT_ID": CLIENT_ID,
            "GOOGLE_CLIENT_SECRET": CLIENT_SECRET,
            "GOOGLE_CONSENT_URL": f"{self.url}/google/authorize",
            "GOOGLE_TOKEN_URL": f"{self.url}/google/token",
            "GOOGLE_REVOKE_URL": f"{self.url}/google/revoke",
            "GOOGLE_CALENDAR_URL": f"{self.url}/calendar/v3",
            "MICROSOFT_CLIENT_ID": CLIENT_ID,
            "MICROSOFT_CLIENT_SECRET": CLIENT_SECRET,
            "MICROSOFT_LOGIN_URL": f"{self.url}/microsoft",
            "MICROSOFT_GRAPH_URL": f"{self.url}/graph/v1.0",
        }

    def accepts(self, token: str) -> bool:
        """Tell whether an access token is good now."""
        return self.owner_of(token) is not None

    def __contains__(self, token: object) -> bool:
        """Stand for the set of good tokens, which other fakes look into."""
        return isinstance(token, str) and self.accepts(token)

    def owner_of(self, token: str) -> str | None:
        """Return whose access token it is; None for one that is not good any more."""
        account, until = self.access_tokens.get(token, ("", 0.0))
        return account if until > monotonic() else None

    def grant(self, dialect: Dialect, *, scopes: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return tokens for the present account, as if it had consented."""
        refresh = f"rt-{secrets.token_hex(8)}"
        self.refresh_tokens[refresh] = Granted(dialect, scopes, self.account)
        return self._tokens(self.refresh_tokens[refresh], refresh)

    def expire_access(self) -> None:
        """Let every access token be refused from now on."""
        self.access_tokens.clear()

    def end_grants(self) -> None:
        """Do what people do who take an app's access away."""
        self.access_tokens.clear()
        self.refresh_tokens.clear()

    def open_page(self, address: str) -> tuple[int, str]:
        """Open a consent page as a browser does; return the status and where it leads on to."""
        parts = urlsplit(address)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", f"{parts.path}?{parts.query}")
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()

    def answer(self, method: str, path: str, given: dict[str, str], bearer: str) -> Answer:
        """Answer one request."""
        dialect: Dialect = "microsoft" if path.startswith("/microsoft/") else "google"
        with self._turn:
            match method, path:
                case "GET", "/google/authorize" | "/microsoft/authorize":
                    return self._authorize(dialect, given)
                case "POST", "/google/token" | "/microsoft/token":
                    return self._token(dialect, given)
                case "POST", "/google/revoke":
                    return self._revoke(given)
                case "GET", _:
                    return self._little(path, bearer)
        return Answer(404)

    def _authorize(self, dialect: Dialect, given: dict[str, str]) -> Answer:
        self.asked["authorize"] += 1
        self.pages.append(given)
        if given.get("client_id") != CLIENT_ID or given.get("redirect_uri") != self.redirect.format(dialect):
            return Answer(400, {"error": "redirect_uri_mismatch"})
        back = {"state": given.get("state", "")}
        wanted = tuple(given.get("scope", "").split())
        is_sound = (
            given.get("response_type") == "code"
            and given.get("code_challenge_method") == "S256"
            and len(given.get("code_challenge", "")) == 43
            and wanted
        )
        if not is_sound:
            back["error"] = "invalid_request"
        elif not self.consents:
            back["error"] = "access_denied"
        else:
            back["code"] = f"code-{secrets.token_hex(8)}"
            scopes = wanted if self.granted is None else tuple(one for one in wanted if one in self.granted)
            self.codes[back["code"]] = Code(
                dialect, given["code_challenge"], given["redirect_uri"], scopes, self.account
            )
        return Answer(302, headers={"Location": f"{given['redirect_uri']}?{urlencode(back)}"})

    def _token(self, dialect: Dialect, given: dict[str, str]) -> Answer:
        kind = given.get("grant_type", "")
        self.asked[kind] += 1
        if self.faults:
            return self.faults.pop(0)
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client"})
        if kind == "authorization_code":
            return self._exchange(dialect, given)
        refresh = given.get("refresh_token", "")
        granted = self.refresh_tokens.get(refresh)
        if kind != "refresh_token" or granted is None or granted.dialect != dialect:
            return Answer(400, {"error": "invalid_grant"})
        if dialect == "google":
            body = self._tokens(granted, refresh)
            del body["refresh_token"]
            return Answer(200, body)
        # Microsoft hands out another one each time; the one it replaces is refused, as a strict server may.
        del self.refresh_tokens[refresh]
        following = f"rt-{secrets.token_hex(8)}"
        self.refresh_tokens[following] = granted
        return Answer(200, self._tokens(granted, following))

    def _exchange(self, dialect: Dialect, given: dict[str, str]) -> Answer:
        code = self.codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if code is None or (code.dialect, code.challenge, code.redirect_uri) != (
            dialect,
            challenge,
            given.get("redirect_uri"),
        ):
            return Answer(400, {"error": "invalid_grant"})
        refresh = f"rt-{secrets.token_hex(8)}"
        granted = Granted(dialect, code.scopes, code.account)
        self.refresh_tokens[refresh] = granted
        body = self._tokens(granted, refresh)
        if dialect == "microsoft" and "offline_access" not in code.scopes:
            del body["refresh_token"]
        return Answer(200, body)

    def _tokens(self, granted: Granted, refresh: str) -> dict[str, Any]:
        access = f"at-{secrets.token_hex(8)}"
        self.access_tokens[access] = (granted.account, monotonic() + self.lifetime)
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.lifetime,
            "refresh_token": refresh,
            "scope": " ".join(_as_told(granted)),
        }

    def _revoke(self, given: dict[str, str]) -> Answer:
        self.asked["revoke"] += 1
        granted = self.refresh_tokens.pop(given.get("token", ""), None)
        if granted is None:
            return Answer(400, {"error": "invalid_token"})
        self.revoked.append(granted.account)
        return Answer(200, {})

    def _little(self, path: str, bearer: str) -> Answer:
        """Answer what is asked before there is anything to sync: whose account it is, one calendar, no entries."""
        account = self.owner_of(bearer)
        self.asked["api"] += 1
        if account is None:
            return Answer(401, {"error": {"code": 401, "message": "Invalid credentials"}})
        calendar = {"id": account, "summary": "Anna", "accessRole": "owner", "primary": True}
        known: dict[str, dict[str, Any]] = {
            "/calendar/v3/users/me/calendarList/primary": {"id": account},
            "/calendar/v3/users/me/calendarList": {"kind": "calendar#calendarList", "items": [calendar]},
            f"/calendar/v3/calendars/{quote(account, safe='')}/events": {
                "kind": "calendar#events",
                "items": [],
                "nextSyncToken": "token",
            },
            "/graph/v1.0/me": {"id": f"id-of-{account}", "mail": None, "userPrincipalName": account},
            "/graph/v1.0/me/calendars": {
                "value": [{"id": "AAMk", "name": "Calendar", "canEdit": True, "isDefaultCalendar": True}]
            },
        }
        return Answer(200, known[path]) if path in known else Answer(404, {"error": {"code": "notFound"}})


def _as_told(granted: Granted) -> list[str]:
    if granted.dialect == "google":
        return list(granted.scopes)
    # Microsoft names the resource and leaves out what is no permission.
    return [f"https://graph.microsoft.com/{scope}" for scope in granted.scopes if scope != "offline_access"]


@contextmanager
def oauth_server() -> Iterator[OAuthFake]:
    """Run the server on a free port for as long as the block lasts."""
    fake = OAuthFake()

    class Handler(BaseHTTPRequestHandler):
        """Hands requests to the fake."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer."""
            self._answer("GET", urlsplit(self.path).query)

        def do_POST(self) -> None:
            """Answer."""
            self._answer("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

        def _answer(self, method: str, form: str) -> None:
            given = {name: values[0] for name, values in parse_qs(form).items()}
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            said = fake.answer(method, urlsplit(self.path).path, given, bearer)
            body = b"" if said.body is None else json.dumps(said.body).encode()
            self.send_response(said.status)
            for name, value in {"Content-Type": "application/json", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
