"""Google telling of changes."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.base import Permanent, Watching
from calendar_sync.providers.google.session import GoogleSession
from tests.calendar_sync.fakes.google import FakeGoogle
from tests.calendar_sync.fakes.google_store import ITSELF

HEARD: list[dict[str, str]] = []


class Ear(BaseHTTPRequestHandler):
    """Takes notices."""

    def do_POST(self) -> None:
        """Note the headers of a notice; it has no body."""
        HEARD.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Where notices are heard."""
    HEARD.clear()
    server = HTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/hooks"
    server.shutdown()
    server.server_close()
    thread.join()


def test_changes_are_told_until_nobody_wants_to_know(google: FakeGoogle, session: GoogleSession, address: str) -> None:
    assert isinstance(session, Watching)
    watch = session.watch(ITSELF, address=address, channel="channel-1", secret="s3cret")
    google.add("event", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z")

    assert google.await_notices() == [("channel-1", "sync", 200), ("channel-1", "exists", 200)]
    assert [(one["x-goog-channel-id"], one["x-goog-channel-token"]) for one in HEARD] == [("channel-1", "s3cret")] * 2
    assert HEARD[1]["x-goog-message-number"] == "2"
    assert 6.9 < (watch.expires_at - timezone.now()).total_seconds() / 86400 <= 7

    session.unwatch(watch.reference)
    session.unwatch(watch.reference)
    google.drop("event")
    assert len(google.await_notices()) == 2
    assert [one.status for one in google.of("channels.stop")] == [204, 404]


@pytest.mark.parametrize(("status", "code"), [(401, Code.URL_NOT_ALLOWED), (400, Code.BAD_ANSWER)])
def test_an_address_google_does_not_like_is_no_lost_account(
    google: FakeGoogle, session: GoogleSession, status: int, code: Code
) -> None:
    google.fail(status, "push.webhookUrlUnauthorized", times=2, name="events.watch")

    with pytest.raises(Permanent) as refusal:
        session.watch(ITSELF, address="http://127.0.0.1:1/", channel="channel-1", secret="s3cret")

    assert refusal.value.code == code


def test_a_slow_answer_takes_the_time_it_takes(google: FakeGoogle, session: GoogleSession) -> None:
    google.latency = 0.2
    began = time.monotonic()

    session.calendars()

    assert time.monotonic() - began >= 0.2
