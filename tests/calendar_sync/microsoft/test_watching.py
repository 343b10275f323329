"""Subscriptions: Microsoft tells of changes at an address that has shown it is ours."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.base import CalendarGone, Permanent
from calendar_sync.providers.microsoft.session import MicrosoftSession
from tests.calendar_sync.fakes.microsoft import FakeGraph
from tests.calendar_sync.microsoft.office import HOUR, NOON, session_at, utc

SECRET = "s3cret"


@dataclass
class Receiver:
    """An address that keeps what it is told; one that is shy does not return the handshake."""

    address: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    handshakes: int = 0
    is_shy: bool = False

    def answer(self, token: str, sent: bytes) -> tuple[int, bytes]:
        """Take a notice, or a handshake where there is a token."""
        if not token:
            self.told += json.loads(sent)["value"]
            return 202, b""
        self.handshakes += 1
        return 200, b"" if self.is_shy else token.encode()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    received = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            token = parse_qs(urlsplit(self.path).query).get("validationToken", [""])[0]
            status, body = received.answer(token, self.rfile.read(int(self.headers["Content-Length"] or 0)))
            self.send_response(status)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.address = f"http://127.0.0.1:{server.server_address[1]}/hooks/microsoft/"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield received
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def calendar(graph: FakeGraph) -> str:
    return graph.mailbox.add_calendar("Calendar")


@pytest.fixture
def session(graph: FakeGraph) -> Iterator[MicrosoftSession]:
    opened = session_at(graph)
    yield opened
    opened.close()


def test_a_calendar_that_is_watched_tells_of_its_changes(
    session: MicrosoftSession, graph: FakeGraph, calendar: str, receiver: Receiver
) -> None:
    watch = session.watch(calendar, address=receiver.address, channel="c1", secret=SECRET)
    event = graph.mailbox.put(calendar, {"start": utc(NOON), "end": utc(NOON + HOUR)})

    statuses = graph.tell() + graph.tell_lifecycle("missed")

    assert statuses == [202, 202]
    assert receiver.handshakes == 2
    assert [one["clientState"] for one in receiver.told] == [SECRET, SECRET]
    assert (receiver.told[0]["resourceData"]["id"], receiver.told[1]["lifecycleEvent"]) == (event.id, "missed")
    assert {one["subscriptionId"] for one in receiver.told} == {watch.reference}
    assert timedelta(days=6) < watch.expires_at - timezone.now() < timedelta(days=7)
    assert list(graph.subscriptions) == [watch.reference]


def test_a_watch_is_ended_once_and_for_all(
    session: MicrosoftSession, graph: FakeGraph, calendar: str, receiver: Receiver
) -> None:
    watch = session.watch(calendar, address=receiver.address, channel="c1", secret=SECRET)

    session.unwatch(watch.reference)
    session.unwatch(watch.reference)

    graph.mailbox.put(calendar, {"start": utc(NOON), "end": utc(NOON + HOUR)})
    assert graph.tell() == []
    assert graph.subscriptions == {}


def test_an_address_that_does_not_return_the_handshake_is_told_nothing(
    session: MicrosoftSession, graph: FakeGraph, calendar: str, receiver: Receiver
) -> None:
    receiver.is_shy = True

    with pytest.raises(Permanent) as raised:
        session.watch(calendar, address=receiver.address, channel="c1", secret=SECRET)

    assert raised.value.code == Code.BAD_ANSWER
    assert graph.subscriptions == {}


def test_a_calendar_that_is_gone_cannot_be_watched(
    session: MicrosoftSession, graph: FakeGraph, calendar: str, receiver: Receiver
) -> None:
    del graph.mailbox.calendars[calendar]

    with pytest.raises(CalendarGone):
        session.watch(calendar, address=receiver.address, channel="c1", secret=SECRET)
