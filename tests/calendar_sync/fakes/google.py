"""Google Calendar on this machine: answers as Google's does, holds every request and answer against Google's own
description, and fails as it is told to.
"""

import json
import queue
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.calendar_sync.fakes.discovery import Call, Contract, mask_of, masked
from tests.calendar_sync.fakes.google_store import ITSELF, Event, GoogleCalendar, GoogleStore, Refusal, Unsupported

BASE = "/calendar/v3/"
TOKEN = "ya29.token"


@dataclass(frozen=True)
class Seen:
    """A request as it came, and the status it was answered with."""

    http_method: str
    name: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    status: int


@dataclass
class Fault:
    """An answer instead of the right one, as often as `left`; `name` is the method it is for, empty for all.

    Without a refusal the request is carried out and its answer lost.
    """

    name: str
    refusal: Refusal | None
    left: int

    def strike(self) -> None:
        """Happen once. Raises Refusal."""
        self.left -= 1
        if self.refusal is not None:
            raise self.refusal


@dataclass
class Channel:
    """Somebody who is told of changes of a calendar."""

    name: str
    calendar: str
    resource: str
    address: str
    token: str
    expiration: int
    told: int = 0


@dataclass(repr=False)
class FakeGoogle:
    """The server and what tests do with it. `violations` are breaches of the contract, by either side."""

    contract: Contract
    port: int = 0
    store: GoogleStore = field(default_factory=GoogleStore)
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    seen: list[Seen] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    latency: float = 0
    channels: dict[str, Channel] = field(default_factory=dict)
    notices: list[tuple[str, str, int]] = field(default_factory=list)
    turn: threading.RLock = field(default_factory=threading.RLock)
    _mail: "queue.Queue[tuple[Channel, str] | None]" = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        self.store.told = self._changed
        self.add_calendar(ITSELF, is_primary=True)

    @property
    def base_url(self) -> str:
        """Where the interface is."""
        return f"http://127.0.0.1:{self.port}{BASE}".rstrip("/")

    def add_calendar(self, name: str, **settings: Any) -> GoogleCalendar:
        """Add a calendar."""
        self.store.calendars[name] = GoogleCalendar(name, **settings)
        return self.store.calendars[name]

    def add(self, name: str, start: object, end: object, *, calendar: str = ITSELF, **fields: Any) -> Event:
        """Add an event, or write over one, as a person would. Times are texts with an offset; days are texts of a day.

        `zone` is the zone of both.
        """
        zone = fields.pop("zone", None)
        event = {"id": name, "summary": "Secret", "start": when(start, zone), "end": when(end, zone), **fields}
        with self.turn:
            return self.store.put(self.store.calendars[calendar], event)

    def edit(self, name: str, *, calendar: str = ITSELF, **fields: Any) -> Event:
        """Change fields of an event as a person would; None clears one."""
        with self.turn:
            place = self.store.calendars[calendar]
            nothing: Event = {"date": None, "dateTime": None, "timeZone": None}
            times: Event = {key: nothing | when(fields.pop(key), None) for key in ("start", "end") if key in fields}
            return self.store.change(place, name, {**fields, **times}, tag="", is_whole=False)

    def change_occurrence(self, series: str, original: str, *, calendar: str = ITSELF, **fields: Any) -> Event:
        """Change one occurrence of a series (of a master that may be unknown here) as a person would."""
        with self.turn:
            place = self.store.calendars[calendar]
            master: Event = {"iCalUID": f"{series}@google.com", **place.events.get(series, {})}
            suffix = "".join(letter for letter in original if letter.isalnum())
            zone = fields.pop("zone", master.get("start", {}).get("timeZone"))
            times: Event = {key: when(fields.pop(key), zone) for key in ("start", "end") if key in fields}
            inherited: Event = {
                key: value for key, value in master.items() if key not in {"recurrence", "etag", "updated"}
            }
            event: Event = {
                **inherited,
                "start": when(original, zone),
                **times,
                **fields,
                "id": f"{series}_{suffix}",
                "recurringEventId": series,
                "originalStartTime": when(original, zone),
            }
            return self.store.put(place, event)

    def drop(self, name: str, *, calendar: str = ITSELF) -> None:
        """Delete an event as a person would."""
        with self.turn:
            self.store.delete(self.store.calendars[calendar], name, tag="")

    def event(self, name: str, *, calendar: str = ITSELF) -> Event:
        """Return an event as it is kept."""
        return self.store.calendars[calendar].events[name]

    def present(self, *, calendar: str = ITSELF) -> list[Event]:
        """Return the events that were not deleted."""
        return [one for one in self.store.calendars[calendar].events.values() if one["status"] != "cancelled"]

    def forget_tokens(self, *, calendar: str = ITSELF) -> None:
        """Let every mark that was given be refused."""
        self.store.position += 1
        self.store.calendars[calendar].tokens_from = self.store.position

    def fail(self, status: int, reason: str, *, times: int = 1, name: str = "", **headers: str) -> None:
        """Answer the next requests with a refusal."""
        self.faults.append(Fault(name, Refusal(status, reason, **headers), times))

    def lose_answer(self, name: str) -> None:
        """Carry out the next request of a method and close the connection instead of answering."""
        self.faults.append(Fault(name, None, 1))

    def asked(self) -> list[str]:
        """Return the methods that were asked for, in order, without the interface's name."""
        return [one.name.removeprefix("calendar.") for one in self.seen]

    def of(self, name: str) -> list[Seen]:
        """Return the requests of a method, such as `events.insert`."""
        return [one for one in self.seen if one.name == f"calendar.{name}"]

    def await_notices(self) -> list[tuple[str, str, int]]:
        """Return the notices that were sent (channel, state, answer), once all of them are."""
        self._mail.join()
        return self.notices

    def let_in(self, headers: Mapping[str, str]) -> None:
        """Raise Refusal for a request without a token that is good."""
        if headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            raise Refusal(401, "authError", "Invalid Credentials")

    def answer(self, call: Call, query: Mapping[str, str], headers: Mapping[str, str], body: Any) -> Any:
        """Carry out a request and return the data of its answer. Raises Refusal, Unsupported."""
        if call.name == "calendar.calendarList.list":
            listed = [calendar.listed for calendar in self.store.calendars.values()]
            return {"kind": "calendar#calendarList", "etag": '"1"', "nextSyncToken": "c", "items": listed}
        if call.name == "calendar.channels.stop":
            return self._stop(body)
        calendar = self.store.calendar(call.values.get("calendarId", ""))
        name, tag = call.values.get("eventId", ""), headers.get("if-match", "")
        match call.name.removeprefix("calendar.events."):
            case "list":
                return self.store.events(calendar, query)
            case "get":
                return self.store.get(calendar, name)
            case "insert":
                return self.store.insert(calendar, body)
            case "patch" | "update":
                is_whole = call.name.endswith("update")
                return self.store.change(calendar, name, body, tag=tag, is_whole=is_whole)
            case "delete":
                return self.store.delete(calendar, name, tag=tag)
            case "watch":
                return self._watch(calendar, body)
        raise Unsupported(call.name)

    def _watch(self, calendar: GoogleCalendar, body: Mapping[str, Any]) -> dict[str, Any]:
        if body.get("type") not in {"web_hook", "webhook"} or not body.get("id") or not body.get("address"):
            raise Refusal(400, "required", "Required")
        if body["id"] in self.channels:
            raise Refusal(400, "channelIdNotUnique", f"Channel id {body['id']} not unique")
        seconds = int(body.get("params", {}).get("ttl", "604800"))
        expiration = int((time.time() + seconds) * 1000)
        resource = f"r{calendar.name}".encode().hex()
        channel = Channel(body["id"], calendar.name, resource, body["address"], body.get("token", ""), expiration)
        self.channels[channel.name] = channel
        self._mail.put((channel, "sync"))
        answer = {"kind": "api#channel", "id": channel.name, "resourceId": resource, "expiration": str(expiration)}
        return {**answer, "resourceUri": f"{self.base_url}/calendars/x/events", "token": channel.token}

    def _stop(self, body: Mapping[str, Any]) -> None:
        channel = self.channels.get(body.get("id", ""))
        if channel is None or channel.resource != body.get("resourceId"):
            raise Refusal(404, "notFound", f"Channel '{body.get('id')}' not found")
        del self.channels[channel.name]

    def _changed(self, calendar: str) -> None:
        for channel in self.channels.values():
            if channel.calendar == calendar:
                self._mail.put((channel, "exists"))

    def _deliver(self) -> None:
        while (letter := self._mail.get()) is not None:
            channel, state = letter
            try:
                self.notices.append((channel.name, state, _told(channel, state)))
            except OSError:
                self.notices.append((channel.name, state, 0))
            finally:
                self._mail.task_done()

    @contextmanager
    def running(self) -> Iterator["FakeGoogle"]:
        """Run the server in threads of its own; what broke the contract is an error in the end."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"fake": self}))
        server.daemon_threads = True
        self.port = server.server_address[1]
        threads = [threading.Thread(target=target) for target in (server.serve_forever, self._deliver)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._mail.put(None)
            server.shutdown()
            server.server_close()
            for thread in threads:
                thread.join()
        assert not self.violations, self.violations


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    fake: FakeGoogle
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        """Answer one request of whatever method."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        size = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(size)) if size else None
        time.sleep(self.fake.latency)
        with self.fake.turn:
            status, data, headers = self._answered(body)
        if status == 0:
            self.close_connection = True
            return
        content = b"" if data is None else json.dumps(data).encode()
        self.send_response(status)
        for name, value in {**headers, "content-type": "application/json", "content-length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answered(self, body: Any) -> tuple[int, Any, dict[str, str]]:
        """Return status, data and headers of the answer; the status 0 stands for none."""
        fake, parts = self.fake, urlsplit(self.path)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        query = dict(pairs)
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = fake.contract.call(self.command, parts.path.removeprefix(BASE))
        assert call is not None, f"Google has nothing at {self.command} {self.path}"
        problems = list(fake.contract.of_request(call, pairs, body))
        status, data, extra = self._carried_out(call, query, headers, body)
        if 200 <= status < 300 and "error" not in (data or {}):
            problems += fake.contract.of_answer(call, data)
            data = masked(data, mask_of(query["fields"])) if data and "fields" in query else data
        fake.violations += [f"{call.name}: {problem}" for problem in problems]
        fake.seen.append(Seen(self.command, call.name, parts.path, query, headers, body, status))
        if problems:
            return 500, Refusal(500, "brokenContract", "; ".join(problems)).body, {}
        return status, data, extra

    def _carried_out(
        self, call: Call, query: Mapping[str, str], headers: Mapping[str, str], body: Any
    ) -> tuple[int, Any, dict[str, str]]:
        fake = self.fake
        fault = next((one for one in fake.faults if one.left and one.name in {"", call.name.split(".", 1)[1]}), None)
        try:
            fake.let_in(headers)
            if fault is not None:
                fault.strike()
            data = fake.answer(call, query, headers, body)
        except Refusal as refusal:
            return refusal.status, refusal.body, refusal.headers
        except Unsupported as what:
            fake.violations.append(f"{call.name}: the fake does not do this: {what}")
            return 501, None, {}
        if fault is not None:
            return 0, None, {}
        return (204 if data is None else 200), data, ({"etag": data["etag"]} if data and "etag" in data else {})


def when(value: object, zone: str | None) -> dict[str, Any]:
    """Return a text as Google's `EventDateTime`: a day, or a time; what is one already stays."""
    if isinstance(value, dict):
        return value
    text = str(value)
    if len(text) == 10:
        return {"date": text}
    return {"dateTime": text} | ({"timeZone": zone} if zone else {})


def _told(channel: Channel, state: str) -> int:
    """Send a notice: headers alone, without a body."""
    channel.told += 1
    parts = urlsplit(channel.address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request(
            "POST",
            f"{parts.path}?{parts.query}" if parts.query else parts.path,
            headers={
                "X-Goog-Channel-ID": channel.name,
                "X-Goog-Channel-Token": channel.token,
                "X-Goog-Channel-Expiration": time.strftime("%a, %d %b %Y %H:%M:%S GMT"),
                "X-Goog-Resource-ID": channel.resource,
                "X-Goog-Resource-URI": "https://www.googleapis.com/calendar/v3/calendars/x/events?alt=json",
                "X-Goog-Resource-State": state,
                "X-Goog-Message-Number": str(channel.told),
                "Content-Length": "0",
            },
        )
        return connection.getresponse().status
    finally:
        connection.close()
