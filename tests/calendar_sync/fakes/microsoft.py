"""Microsoft Graph v1.0 for calendars, on a loopback port: as strict as its documentation, and as slow as a test wants.

A request that the documentation does not know is answered 400 and noted in `complaints`, which has to be empty at the
end. Pages of the documentation are named in `graph_shapes`; the others are: api/event-delta, api/event-list-instances,
outlook-immutable-id, json-batching, throttling-limits, change-notifications-delivery-webhooks.
"""

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.calendar_sync.fakes.graph_events import Routes
from tests.calendar_sync.fakes.graph_mailbox import Json, Mailbox
from tests.calendar_sync.fakes.graph_notices import lifecycle_of, notice_of, shakes_hands, tell
from tests.calendar_sync.fakes.graph_shapes import complaints
from tests.calendar_sync.fakes.graph_talk import Asked, Refused, Reply

MOST_AT_ONCE = 4
PATIENCE_SECONDS = 10
VERSION = "/v1.0"
LONGEST_SUBSCRIPTION = timedelta(minutes=10_080)
PREFERRED = ('IdType="ImmutableId"', 'outlook.timezone="UTC"')
SCOPES = frozenset({"Calendars.ReadWrite", "User.Read", "offline_access"})


@dataclass
class Fault:
    """What goes wrong with requests of a method whose path contains `path`, `times` times after `spared` went well.

    `lost` carries the request out and hangs up without an answer.
    """

    method: str
    path: str
    status: int = 503
    code: str = "serviceNotAvailable"
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    spared: int = 0
    lost: bool = False


class Lost(Exception):
    """The connection is closed without an answer."""


@dataclass
class FakeGraph:
    """The service: one mailbox, who may come in, what was asked, what is to go wrong.

    `link_base` is where links to further pages lead, if not to the service itself. Requests are answered once
    `waits_for` of them have been there at the same time.
    """

    port: int = 0
    mailbox: Mailbox = field(default_factory=Mailbox)
    tokens: set[str] = field(default_factory=lambda: {"access-1"})
    scopes: frozenset[str] = SCOPES
    time_zone: str = "Eastern Standard Time"
    log: list[Asked] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    subscriptions: dict[str, Json] = field(default_factory=dict)
    wanted_preferences: tuple[str, ...] = PREFERRED
    link_base: str = ""
    latency_seconds: float = 0
    waits_for: int = 0
    most_at_once: int = 0
    _at_once: int = 0
    _told_up_to: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self._arrived = threading.Condition(self._lock)

    @property
    def url(self) -> str:
        """The address that stands for https://graph.microsoft.com/v1.0."""
        return f"http://127.0.0.1:{self.port}{VERSION}"

    def asked(self, method: str = "", path: str = "") -> list[Asked]:
        """Return the requests of a method whose path contains `path`."""
        return [one for one in self.log if method in {"", one.method} and path in one.path]

    def writes(self) -> list[str]:
        """Return the methods of the requests that write events, in order."""
        return [one.method for one in self.log if "/events" in one.path and one.method != "GET"]

    def answer(self, asked: Asked) -> Reply:
        """Answer a request as the service would. Raises Lost."""
        with self._arrived:
            self.log.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            is_too_many = self._at_once > MOST_AT_ONCE
            self._arrived.notify_all()
            self._arrived.wait_for(lambda: self.most_at_once >= self.waits_for, PATIENCE_SECONDS)
        try:
            if self.latency_seconds:
                time.sleep(self.latency_seconds)
            if is_too_many:
                return self._refused(
                    Refused(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
                )
            return self._answered(asked)
        finally:
            with self._lock:
                self._at_once -= 1

    def _answered(self, asked: Asked) -> Reply:
        with self._lock:
            if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
                return self._refused(Refused(401, "InvalidAuthenticationToken", "Access token has expired."))
            fault = self._fault(asked)
            if fault is not None and not fault.lost:
                return Reply(fault.status, {"error": {"code": fault.code, "message": fault.code}}, dict(fault.headers))
        reply = self._carried_out(asked)
        if fault is not None:
            raise Lost
        return reply

    def _carried_out(self, asked: Asked) -> Reply:
        try:
            if asked.parts[:1] == ("subscriptions",):
                return self._subscription(asked)
            with self._lock:
                return self._routed(asked)
        except Refused as refusal:
            return self._refused(refusal)

    def _routed(self, asked: Asked) -> Reply:
        match asked.method, asked.parts:
            case "GET", ("me",):
                return Reply(200, {"id": "user-1", "userPrincipalName": "anna@contoso.example", "displayName": "Anna"})
            case "GET", ("me", "mailboxSettings", "timeZone"):
                if "MailboxSettings.Read" not in self.scopes:
                    raise Refused(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
                return Reply(200, {"value": self.time_zone})
            case "POST", ("$batch",):
                return self._batch(asked)
        return Routes(self.mailbox, self.link_base or self.url, self.wanted_preferences).answer(asked)

    def _batch(self, asked: Asked) -> Reply:
        wanted = asked.body.get("requests")
        if not isinstance(wanted, list) or not 1 <= len(wanted) <= 20 or set(asked.body) != {"requests"}:
            raise Refused.wrong("a batch has one to twenty requests and nothing else")
        responses = []
        for one in wanted:
            if set(one) - {"id", "method", "url", "headers", "body", "dependsOn"} or not one["url"].startswith("/"):
                raise Refused.wrong(f"a request in a batch is strange: {one}")
            parts = urlsplit(one["url"])
            inner = Asked(
                one["method"],
                parts.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in one.get("headers", {}).items()},
                one.get("body") or {},
            )
            fault = self._fault(inner)
            if fault is not None:
                reply = Reply(fault.status, {"error": {"code": fault.code}}, dict(fault.headers))
            else:
                reply = self._carried_out(inner)
            responses.append({"id": one["id"], "status": reply.status, "headers": reply.headers, "body": reply.body})
        return Reply(200, {"responses": responses})

    def _fault(self, asked: Asked) -> Fault | None:
        for fault in self.faults:
            if not fault.times or fault.method not in {"", asked.method} or fault.path not in unquote(asked.path):
                continue
            if fault.spared:
                fault.spared -= 1
                continue
            fault.times -= 1
            return fault
        return None

    def _refused(self, refusal: Refused) -> Reply:
        if refusal.is_complaint:
            self.complaints.append(refusal.message)
        headers = {"Retry-After": "30"} if refusal.status == 429 else {}
        return Reply(refusal.status, {"error": {"code": refusal.code, "message": refusal.message}}, headers)

    def _subscription(self, asked: Asked) -> Reply:
        match asked.method, asked.parts[1:]:
            case "POST", ():
                return self._subscribe(dict(asked.body))
            case "DELETE", (name,):
                if self.subscriptions.pop(name, None) is None:
                    raise Refused(404, "ResourceNotFound", "The object was not found.")
                return Reply(204)
            case "GET", (name,) if name in self.subscriptions:
                return Reply(200, self.subscriptions[name])
        raise Refused.wrong(f"{asked.method} {asked.path} does not exist")

    def _subscribe(self, sent: Json) -> Reply:
        for complaint in complaints("subscription", sent, "create"):
            raise Refused.wrong(complaint)
        ends_at = datetime.fromisoformat(sent["expirationDateTime"])
        now = datetime.now(UTC)
        if not now < ends_at <= now + LONGEST_SUBSCRIPTION:
            raise Refused.wrong("a subscription to events ends within seven days")
        if set(sent["changeType"].split(",")) - {"created", "updated", "deleted"}:
            raise Refused.wrong("changeType is strange")
        if len(sent.get("clientState", "")) > 128:
            raise Refused.wrong("clientState has 128 characters at most")
        calendar = unquote(sent["resource"].strip("/")).removeprefix("me/calendars/").removesuffix("/events")
        if calendar not in self.mailbox.calendars:
            raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")
        for name in ("notificationUrl", "lifecycleNotificationUrl"):
            if name in sent and not shakes_hands(sent[name]):
                raise Refused(400, "InvalidRequest", "Subscription validation request failed.")
        name = f"00000000-0000-4000-8000-{next(self._numbers):012d}"
        self.subscriptions[name] = {**sent, "id": name, "applicationId": "fake", "creatorId": "user-1"}
        self._told_up_to = len(self.mailbox.journal)
        return Reply(201, self.subscriptions[name])

    def tell(self) -> list[int]:
        """Send notices of what has changed since the last time; return the statuses they were answered with."""
        changed = self.mailbox.journal[self._told_up_to :]
        self._told_up_to = len(self.mailbox.journal)
        statuses = []
        for one in list(self.subscriptions.values()):
            for calendar, name in changed:
                if calendar in unquote(one["resource"]):
                    kind = "updated" if name in self.mailbox.events else "deleted"
                    statuses.append(tell(one["notificationUrl"], notice_of(one, name, kind)))
        return statuses

    def tell_lifecycle(self, event: str) -> list[int]:
        """Send a lifecycle notice (reauthorizationRequired, subscriptionRemoved, missed) of every subscription."""
        return [
            tell(one["lifecycleNotificationUrl"], lifecycle_of(one, event)) for one in list(self.subscriptions.values())
        ]


@contextmanager
def fake_graph() -> Iterator[FakeGraph]:
    """Run the service on a free port; afterwards nobody may have asked for what there is not."""
    service = FakeGraph()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda asked: service.answer(asked)))
    server.daemon_threads = True
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert service.complaints == []


def _handler(answer: Callable[[Asked], Reply]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_one_request(self) -> None:
            """Answer one request; a connection that a test cuts is no news."""
            try:
                super().handle_one_request()
            except (ConnectionError, Lost):
                self.close_connection = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            sent = self.rfile.read(length)
            asked = Asked(
                self.command,
                parts.path.removeprefix(VERSION),
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                json.loads(sent) if sent else {},
            )
            reply = answer(asked)
            body = json.dumps(reply.body).encode() if reply.body is not None else b""
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def do_PATCH(self) -> None:
            self.do_GET()

        def do_PUT(self) -> None:
            self.do_GET()

        def do_DELETE(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    return Handler
