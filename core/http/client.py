"""A client for foreign servers: what may be reached is checked, and time and size are bounded."""

import ssl
import time
from base64 import b64encode
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpcore2
from httpcore2 import NetworkStream

from core.http.addresses import LONGEST_SENT, Target, check_url, resolve
from core.http.errors import OutgoingFailed, UrlNotAllowed

USER_AGENT = "SmoothSchedule"
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SAFE_TO_REPEAT = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT", "PUT", "DELETE"})
"""Methods that mean the same sent twice: a server may close a kept connection while a request is on its way."""

_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


@dataclass(frozen=True)
class Limits:
    """How much an answer may cost: bytes of its body, seconds of everything, of connecting, and between two bytes."""

    body_bytes: int = 5 * 1024 * 1024
    seconds: float = 30
    connect_seconds: float = 5
    silence_seconds: float = 15


@dataclass(frozen=True)
class Answer:
    """What a server said. Names of headers are in lower case; `url` is the one that answered, after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str


class OutgoingClient:
    """Sends requests over kept connections; safe for as many threads as it has connections.

    `plain_http` also admits unencrypted addresses. Use it as a context manager, or call `close`.
    """

    def __init__(self, *, limits: Limits | None = None, connections: int = 4, plain_http: bool = False) -> None:
        self.limits = limits or Limits()
        self.plain_http = plain_http
        self._pool = httpcore2.ConnectionPool(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=30,
            network_backend=_PinnedBackend(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        basic: tuple[str, str] | None = None,
        follow: bool = True,
    ) -> Answer:
        """Send a request and read its answer, whatever its status.

        `basic` are a user name and a password. At most three redirects are followed, each to an address that is checked
        anew; `basic` and an Authorization header go to the first origin alone. Raises OutgoingFailed.
        """
        given = {name.lower(): value for name, value in (headers or {}).items()}
        if basic is not None:
            given["authorization"] = "Basic " + b64encode(":".join(basic).encode()).decode()
        token = _deadline.set(time.monotonic() + self.limits.seconds)
        try:
            target = self._checked(url)
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._send_patiently(method, target, given, content)
                onward = answer.headers.get("location")
                if not follow or answer.status not in REDIRECTS or onward is None:
                    return answer
                following = self._checked(urljoin(target.url, onward))
                if following.origin != target.origin:
                    if target.scheme == "https" and following.scheme == "http":
                        raise OutgoingFailed("url_not_allowed", "The server leads on to an unencrypted address.")
                    given.pop("authorization", None)
                if answer.status == 303:
                    method, content = "GET", b""
                target = following
            raise OutgoingFailed("bad_answer", "The server leads from one address to another without end.")
        finally:
            _deadline.reset(token)

    def _checked(self, url: str) -> Target:
        try:
            return check_url(url, plain_http=self.plain_http, longest=LONGEST_SENT)
        except UrlNotAllowed as refusal:
            raise OutgoingFailed("url_not_allowed", refusal.message) from None

    def _send_patiently(self, method: str, target: Target, headers: Mapping[str, str], content: bytes) -> Answer:
        try:
            return self._send_once(method, target, headers, content)
        except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
            if method not in SAFE_TO_REPEAT or isinstance(error, httpcore2.ConnectError):
                raise _failure(error, target) from None
        except httpcore2.TimeoutException as error:
            raise _failure(error, target) from None
        try:
            return self._send_once(method, target, headers, content)
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException) as error:
            raise _failure(error, target) from None

    def _send_once(self, method: str, target: Target, headers: Mapping[str, str], content: bytes) -> Answer:
        sent = {"user-agent": USER_AGENT, "accept-encoding": "identity", **headers}
        limits = self.limits
        silence = {"connect": limits.connect_seconds, "read": limits.silence_seconds, "write": limits.silence_seconds}
        with self._pool.stream(
            method,
            target.url,
            headers=[(name.encode(), value.encode()) for name, value in sent.items()],
            content=content,
            extensions={"timeout": {**silence, "pool": limits.seconds}},
        ) as response:
            received = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if received.get("content-encoding", "identity") != "identity":
                raise OutgoingFailed("bad_answer", f"{target.host} sends compressed answers nobody asked for.")
            body = self._read(response.iter_stream(), target)
        return Answer(response.status, received, body, target.url)

    def _read(self, chunks: Iterable[bytes], target: Target) -> bytes:
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > self.limits.body_bytes:
                most = self.limits.body_bytes // 1024 // 1024
                raise OutgoingFailed("too_large", f"{target.host} sends more than {most} MB.")
        return bytes(body)


def _failure(error: Exception, target: Target) -> OutgoingFailed:
    if isinstance(error, httpcore2.TimeoutException):
        return OutgoingFailed("timeout", f"{target.host} did not answer in time.")
    if isinstance(error.__cause__ or error.__context__, ssl.SSLError):
        return OutgoingFailed("tls_error", f"The certificate of {target.host} cannot be trusted.")
    if isinstance(error, httpcore2.ProtocolError):
        return OutgoingFailed("bad_answer", f"{target.host} does not answer as a web server does.")
    return OutgoingFailed("unreachable", f"{target.host} cannot be reached.")


class _PinnedBackend(httpcore2.NetworkBackend):
    """Connects to addresses that were checked, under the name that was asked for (which TLS goes on to verify)."""

    def __init__(self) -> None:
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Connect to the first address of `host` that answers."""
        addresses = resolve(host, port)
        for address in addresses[:-1]:
            try:
                return _Bounded(self._sockets.connect_tcp(address, port, _left(timeout), local_address, socket_options))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return _Bounded(self._sockets.connect_tcp(addresses[-1], port, _left(timeout), local_address, socket_options))


class _Bounded(NetworkStream):
    """A connection that knows when its request must be over."""

    def __init__(self, stream: NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, waiting no longer than the request may take."""
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, waiting no longer than the request may take."""
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Encrypt the connection."""
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> object:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _left(timeout: float | None) -> float:
    """Return the shorter of `timeout` and what is left of the request's time. Raises ReadTimeout when nothing is."""
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the request took too long")
    return left if timeout is None else min(timeout, left)
