"""Requests to a CalDAV server, and what its refusals mean."""

from threading import Lock
from urllib.parse import quote, unquote, urljoin, urlsplit

from calendar_sync.enums import Code
from calendar_sync.providers.answers import failure_of, throttled
from calendar_sync.providers.base import AuthLost, CalendarGone, Passing, Permanent
from core.http import Answer, OutgoingClient, OutgoingFailed

PARTITIONED = ("icloud.com",)
"""Services whose calendars lie on other hosts of the same domain than the one people type."""
UNRESERVED = "!$&'()*+,;=:@~-._"
XML = {"content-type": 'application/xml; charset="utf-8"'}
ICS = {"content-type": "text/calendar; charset=utf-8"}


class Transport:
    """Sends requests with the account's credentials to the account's server and to no other."""

    def __init__(self, *, base_url: str, username: str, password: str, client: OutgoingClient) -> None:
        self.base_url = base_url
        self.requests = 0
        self._turn = Lock()
        self._basic = (username, password)
        self._client = client

    def send(self, method: str, url: str, *, headers: dict[str, str] | None = None, content: bytes = b"") -> Answer:
        """Send a request to an address or a path of the server, and return an answer that is worth reading.

        Raises AuthLost (401 twice), Throttled (429, 503), Passing (5xx, no answer), Permanent.
        """
        address = self.absolute(url)
        answer = self._send_once(method, address, headers, content)
        if answer.status == 401:
            answer = self._send_once(method, address, headers, content)
        if answer.status == 401:
            raise AuthLost(Code.AUTH_FAILED, "The server does not accept the user name and password.")
        if answer.status in {429, 503}:
            raise throttled(answer)
        return answer

    def absolute(self, url: str) -> str:
        """Return the address of a path. Raises Permanent for one on a server that is not the account's."""
        address = urljoin(self.base_url, url)
        if not self._is_own(address):
            raise Permanent(Code.URL_NOT_ALLOWED, "The server names calendars on another server.")
        return address

    def path(self, href: str) -> str:
        """Return an address in the server's answers as a path spelled in one way. Raises Permanent as `absolute`."""
        parts = urlsplit(self.absolute(href))
        path = "/".join(quote(unquote(segment), safe=UNRESERVED) for segment in parts.path.split("/"))
        own = urlsplit(self.base_url)
        return path if parts.netloc == own.netloc else f"{parts.scheme}://{parts.netloc}{path}"

    def _is_own(self, address: str) -> bool:
        own, other = urlsplit(self.base_url), urlsplit(address)
        if (own.scheme, own.hostname, own.port) == (other.scheme, other.hostname, other.port):
            return True
        hosts = (own.hostname or "", other.hostname or "")
        return other.scheme == "https" and any(
            all(host == domain or host.endswith(f".{domain}") for host in hosts) for domain in PARTITIONED
        )

    def _send_once(self, method: str, address: str, headers: dict[str, str] | None, content: bytes) -> Answer:
        with self._turn:
            self.requests += 1
        try:
            return self._client.send(method, address, headers=headers, content=content, basic=self._basic)
        except OutgoingFailed as failure:
            raise failure_of(failure) from None


def refuse(answer: Answer, *, what: str) -> None:
    """Raise what the status of an answer means that is not the one hoped for: Passing, CalendarGone or Permanent."""
    if answer.status in {404, 410}:
        raise CalendarGone(Code.NOT_FOUND, f"The server has no {what} any more.")
    if answer.status >= 500:
        raise Passing(Code.BAD_ANSWER, f"The server failed (status {answer.status}).")
    if answer.status == 403:
        raise Permanent(Code.MISSING_SCOPE, f"The server does not allow this with the {what}.")
    raise Permanent(Code.NOT_A_CALENDAR, f"The server answers {answer.status} where a {what} should be.")
