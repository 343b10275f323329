"""A listener between us and a server: it counts what is asked, and loses or changes answers as a test wants it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from socket import socket

from tests.core.http.servers import Served, answer, serving

OWN_TO_A_CONNECTION = frozenset({"connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "date"})
REASONS = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


@dataclass(frozen=True)
class Said:
    """A server's answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass
class Between:
    """What went through: method, file name (empty for a collection) and status of each request.

    `before` is called with method and name, and may answer in the server's stead. `after` is called with the server's
    answer and returns the one to be passed on; None loses it, as a connection that breaks does.
    """

    port: int = 0
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    before: Callable[[str, str], Said | None] = lambda *_: None
    after: Callable[[str, str, Said], Said | None] = lambda _, __, said: said

    def methods(self) -> list[str]:
        """Return the methods of all requests, in order."""
        return [method for method, _, _ in self.asked]

    def count(self, method: str) -> int:
        """Return how many requests had this method."""
        return self.methods().count(method)

    def forget(self) -> None:
        """Count from zero again, and leave answers alone."""
        self.asked.clear()
        self.before = lambda *_: None
        self.after = lambda _, __, said: said


@contextmanager
def between(port: int, *, host: str = "") -> Iterator[Between]:
    """Listen in front of the server at `port` of this machine; `host` is the name it is asked under, if any."""
    listener = Between()

    def script(served: Served, line: socket, request: str) -> bytes | None:
        head, _, body = request.partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        method, path = first.split(" ")[:2]
        name = path.rpartition("/")[2]
        said = listener.before(method, name)
        if said is None:
            said = _passed_on(port, method, path, [*lines, f"Host: {host}"] if host else lines, body.encode())
        listener.asked.append((method, name, said.status))
        changed = listener.after(method, name, said)
        if changed is None:
            return None
        headers = [f"{key}: {value}" for key, value in changed.headers]
        return answer(f"{changed.status} {REASONS.get(changed.status, 'Said')}", changed.body, *headers)

    with serving(script) as served:
        listener.port = served.port
        yield listener


def _passed_on(port: int, method: str, path: str, lines: list[str], body: bytes) -> Said:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    given = {key.lower(): value for key, value in (re.split(r":\s*", header, maxsplit=1) for header in lines)}
    kept = {key: value for key, value in given.items() if key not in OWN_TO_A_CONNECTION}
    try:
        line.request(method, path, body, kept)
        received = line.getresponse()
        headers = tuple((key, value) for key, value in received.getheaders() if key.lower() not in OWN_TO_A_CONNECTION)
        return Said(received.status, headers, received.read())
    finally:
        line.close()
