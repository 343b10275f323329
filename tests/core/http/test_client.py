"""Requests that go well, and servers that want to harm."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from core.http import Limits, OutgoingClient, OutgoingFailed
from tests.core.http.servers import Served, answer, serving, tls_serving

Script = Callable[[Served, socket.socket, str], bytes | None]
Run = Callable[[Script], AbstractContextManager[Served]]


@pytest.fixture
def allowed(settings: Settings) -> Run:
    """Return a function that runs a server which requests may reach."""

    @contextmanager
    def run(script: Script) -> Iterator[Served]:
        with serving(script) as served:
            names = (f"127.0.0.1:{served.port}", f"localhost:{served.port}")
            settings.OUTGOING_ALLOWED_HOSTS = (*settings.OUTGOING_ALLOWED_HOSTS, *names)
            yield served

    return run


def say(said: bytes) -> Script:
    return lambda *_: said


def failure_of(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(OutgoingFailed) as failed:
        act()
    return failed.value.code, failed.value.detail


def test_a_request_and_its_answer(allowed: Run) -> None:
    with allowed(say(answer("207 Multi-Status", b"<a/>", "ETag: x"))) as server, OutgoingClient() as client:
        said = client.send(
            "PUT", server.url("/a%20b"), headers={"Depth": "1"}, content=b"hello", basic=("anna", "pä:ss")
        )

    assert (said.status, said.body, said.headers["etag"], said.url) == (207, b"<a/>", "x", server.url("/a%20b"))
    head, _, body = server.requests[0].partition("\r\n\r\n")
    assert body == "hello"
    assert head.split("\r\n") == [
        "PUT /a%20b HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "user-agent: SmoothSchedule",
        "accept-encoding: identity",
        "depth: 1",
        "authorization: Basic YW5uYTpww6Q6c3M=",
        "Content-Length: 5",
    ]


def test_connections_are_kept(allowed: Run) -> None:
    with allowed(say(answer())) as server, OutgoingClient() as client:
        for _ in range(5):
            client.send("GET", server.url())

    assert (len(server.requests), server.connections) == (5, 1)


def test_a_request_is_sent_again_when_a_kept_connection_was_just_closed(
    allowed: Run,
) -> None:
    def every_second(served: Served, _: socket.socket, __: str) -> bytes | None:
        return None if len(served.requests) == 2 else answer()

    with allowed(every_second) as server, OutgoingClient() as client:
        statuses = [client.send("PUT", server.url()).status for _ in range(2)]

    assert statuses == [200, 200]
    assert len(server.requests) == 3


def test_what_must_not_happen_twice_is_not_sent_again(allowed: Run) -> None:
    with allowed(lambda *_: None) as server, OutgoingClient() as client:
        code, _ = failure_of(lambda: client.send("POST", server.url()))

    assert (code, len(server.requests)) == ("bad_answer", 1)


def test_a_server_that_is_not_allowed_gets_no_request() -> None:
    with serving(say(answer())) as server, OutgoingClient() as client:
        assert failure_of(lambda: client.send("GET", server.url())) == (
            "url_not_allowed",
            "Use an address that begins with https://.",
        )

    assert (server.requests, server.connections) == ([], 0)


def test_the_address_that_was_checked_is_the_one_that_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is looked up first and private afterwards is looked up once."""
    looked_up: list[str] = []
    connected: list[object] = []

    def getaddrinfo(host: str, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        looked_up.append(host)
        address = "203.0.113.7" if len(looked_up) > 1 else "1.1.1.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, 443))]

    def create_connection(address: object, *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)

    with OutgoingClient() as client:
        code, detail = failure_of(lambda: client.send("GET", "https://calendar.example/"))

    assert (code, detail) == ("unreachable", "calendar.example cannot be reached.")
    assert (looked_up, connected) == (["calendar.example"], [("1.1.1.1", 443)])


def test_a_redirect_to_the_same_server_keeps_the_credentials(
    allowed: Run,
) -> None:
    def lead(_: Served, __: socket.socket, request: str) -> bytes:
        return answer("301 Moved", b"", "Location: /there") if "GET /here" in request else answer()

    with allowed(lead) as server, OutgoingClient() as client:
        said = client.send("GET", server.url("/here"), basic=("anna", "secret"))

    assert said.url == server.url("/there")
    assert ["authorization" in request for request in server.requests] == [True, True]


def test_a_redirect_elsewhere_does_not_get_the_credentials(
    allowed: Run,
) -> None:
    with (
        allowed(say(answer(body=b"other"))) as other,
        allowed(say(answer("302 Found", b"", f"Location: {other.url()}"))) as first,
        OutgoingClient() as client,
    ):
        said = client.send("PROPFIND", first.url(), basic=("anna", "secret"))

    assert said.body == b"other"
    assert "authorization" in first.requests[0]
    assert "authorization" not in other.requests[0]


@pytest.mark.parametrize("onward", ["http://169.254.169.254/", "https://localhost/", "file:///etc/passwd"])
def test_a_redirect_to_a_private_server_is_refused(allowed: Run, onward: str) -> None:
    with allowed(say(answer("302 Found", b"", f"Location: {onward}"))) as server, OutgoingClient() as client:
        code, _ = failure_of(lambda: client.send("GET", server.url()))

    assert (code, len(server.requests)) == ("url_not_allowed", 1)


def test_redirects_end(allowed: Run) -> None:
    with allowed(say(answer("302 Found", b"", "Location: /again"))) as server, OutgoingClient() as client:
        code, _ = failure_of(lambda: client.send("GET", server.url()))

    assert (code, len(server.requests)) == ("bad_answer", 4)


def test_an_answer_without_end_is_cut(allowed: Run) -> None:
    def flood(_: Served, connection: socket.socket, __: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _unused in range(1000):
            connection.sendall(b"x" * 65536)

    with allowed(flood) as server, OutgoingClient(limits=Limits(body_bytes=1024 * 1024)) as client:
        assert failure_of(lambda: client.send("GET", server.url())) == ("too_large", "127.0.0.1 sends more than 1 MB.")


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_left_when_the_time_is_over(allowed: Run, start: bytes) -> None:
    def drip(_: Served, connection: socket.socket, __: str) -> None:
        connection.sendall(start)
        for _unused in range(100):
            connection.sendall(b"H")
            time.sleep(0.05)

    with allowed(drip) as server, OutgoingClient(limits=Limits(seconds=0.5)) as client:
        began = time.monotonic()
        code, _ = failure_of(lambda: client.send("POST", server.url()))

    assert code in {"timeout", "bad_answer"}
    assert time.monotonic() - began < 3


def test_a_server_that_says_nothing(allowed: Run) -> None:
    def sleep(*_: object) -> None:
        time.sleep(2)

    with allowed(sleep) as server, OutgoingClient(limits=Limits(silence_seconds=0.2)) as client:
        assert failure_of(lambda: client.send("GET", server.url())) == (
            "timeout",
            "127.0.0.1 did not answer in time.",
        )


def test_a_compressed_answer_is_refused(allowed: Run) -> None:
    with allowed(say(answer("200 OK", b"\x1f\x8b", "Content-Encoding: gzip"))) as server, OutgoingClient() as client:
        code, _ = failure_of(lambda: client.send("GET", server.url()))

    assert code == "bad_answer"


def test_something_else_than_a_web_server(allowed: Run) -> None:
    def greet(_: Served, connection: socket.socket, __: str) -> None:
        connection.sendall(b"* OK IMAP4rev1 ready\r\n")

    with allowed(greet) as server, OutgoingClient() as client:
        code, _ = failure_of(lambda: client.send("GET", server.url()))

    assert code == "bad_answer"


def test_a_certificate_nobody_vouches_for(settings: Settings, tmp_path: Path) -> None:
    with tls_serving(tmp_path) as port, OutgoingClient() as client:
        settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{port}",)

        assert failure_of(lambda: client.send("GET", f"https://127.0.0.1:{port}/")) == (
            "tls_error",
            "The certificate of 127.0.0.1 cannot be trusted.",
        )
