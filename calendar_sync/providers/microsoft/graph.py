"""Requests to Microsoft Graph, and what its refusals mean.

Sources: learn.microsoft.com/graph, "Use the Microsoft Graph API", "Combine multiple HTTP requests using JSON batching",
"Microsoft Graph service-specific throttling limits" (Outlook: four requests of a mailbox at once), "Microsoft Graph
error responses and resource types".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.answers import pause_asked_for
from calendar_sync.providers.base import CalendarGone, Passing, Permanent, Throttled
from calendar_sync.providers.rest import RestAnswer, RestClient, Tokens

AT_ONCE = 4
IN_A_BATCH = 20
MOST_PAGES = 500
PREFERENCES = ('IdType="ImmutableId"', 'outlook.timezone="UTC"', 'outlook.body-content-type="text"')
NO_MAILBOX = frozenset(
    {
        "MailboxNotEnabledForRESTAPI",
        "MailboxNotSupportedForRESTAPI",
        "ErrorNonExistentMailbox",
        "OrganizationFromTenantGuidNotFound",
    }
)
DONE = frozenset({200, 201, 204})
GONE = frozenset({404, 410})
BUSY = frozenset({408, 409, 423})


class Graph:
    """Sends requests for one mailbox. Close it."""

    def __init__(self, *, tokens: Tokens, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._client = RestClient(base_url=self.base_url, tokens=tokens, connections=AT_ONCE)

    @property
    def requests(self) -> int:
        """How many requests were sent; a batch is one."""
        return self._client.requests

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        if_match: str = "",
        page_size: int = 0,
    ) -> RestAnswer:
        """Send a request to a path below the address, or to a link that is. Raises what RestClient.send raises."""
        return self._client.send(
            method, with_query(path, query or {}), body=body, headers=_headers(page_size=page_size, if_match=if_match)
        )

    def pages(self, path: str, query: Mapping[str, str], *, what: str, page_size: int) -> Iterator[Mapping[str, Any]]:
        """Yield the entries of a collection, page by page. Raises ProviderFailure."""
        path = with_query(path, query)
        for _ in range(MOST_PAGES):
            answer = self.send("GET", path, page_size=page_size)
            if answer.status != 200:
                raise refusal(answer, what=what)
            yield from entries_in(answer)
            path = self.onward(answer)
            if not path:
                return
        raise endless()

    def onward(self, answer: RestAnswer, name: str = "@odata.nextLink") -> str:
        """Return the link that an answer goes on with, empty where there is none.

        Raises Permanent for one that leads to another server: it would be sent our token.
        """
        link = str(answer.data.get(name) or "")
        if link and not self.is_own(link):
            raise Permanent(Code.URL_NOT_ALLOWED, "Microsoft's answer leads to another server.")
        return link

    def is_own(self, link: str) -> bool:
        """Tell whether a link lies below the address."""
        return link.startswith(f"{self.base_url}/")

    def look_up(self, paths: Sequence[str]) -> list[RestAnswer]:
        """Return the answers to GET requests in their order, twenty with one request. Raises ProviderFailure."""
        found: list[RestAnswer] = []
        for first in range(0, len(paths), IN_A_BATCH):
            found += self._batch(paths[first : first + IN_A_BATCH])
        return found

    def _batch(self, paths: Sequence[str]) -> list[RestAnswer]:
        headers = _headers()
        wanted = [
            {"id": str(number), "method": "GET", "url": f"/{path}", "headers": headers}
            for number, path in enumerate(paths)
        ]
        answer = self.send("POST", "$batch", body={"requests": wanted})
        if answer.status != 200:
            raise refusal(answer, what="entry")
        given = {str(one.get("id")): one for one in answer.data.get("responses") or () if isinstance(one, dict)}
        if len(given) != len(paths):
            raise Passing(Code.BAD_ANSWER, "Microsoft did not answer all of the questions.")
        return [_unpacked(given[str(number)]) for number in range(len(paths))]

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def with_query(path: str, query: Mapping[str, str]) -> str:
    """Return a path with query options spelled as OData wants them: a space is %20."""
    if not query:
        return path
    return path + ("&" if "?" in path else "?") + urlencode(query, quote_via=quote, safe="$,()'")


def entries_in(answer: RestAnswer) -> list[Mapping[str, Any]]:
    """Return the members of a collection; each has an id."""
    found = answer.data.get("value")
    return [one for one in found if isinstance(one, dict) and one.get("id")] if isinstance(found, list) else []


def entry_in(answer: RestAnswer, *, what: str) -> Mapping[str, Any]:
    """Return the one entry of an answer; it has an id. Raises ProviderFailure where there is none."""
    if answer.status not in DONE:
        raise refusal(answer, what=what)
    if not answer.data.get("id"):
        raise Passing(Code.BAD_ANSWER, "Microsoft's answer cannot be understood.")
    return answer.data


def error_code(answer: RestAnswer) -> str:
    """Return Graph's name of an error, empty where there is none."""
    error = answer.data.get("error")
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    return code if len(code) <= 60 and code.replace("_", "").isalnum() else ""


def refusal(answer: RestAnswer, *, what: str) -> Passing | Permanent:
    """Return what an answer means that is not the one hoped for; CalendarGone is among the permanent ones."""
    code = error_code(answer)
    if code in NO_MAILBOX:
        return Permanent(
            Code.NO_CALENDARS,
            "This Microsoft account has no mailbox with a calendar online. Choose another account, or ask who runs it "
            "for an Exchange Online licence.",
        )
    if answer.status in GONE:
        return CalendarGone(Code.NOT_FOUND, f"Microsoft has no such {what} any more.")
    if answer.status == 403:
        return Permanent(
            Code.MISSING_SCOPE,
            f"Microsoft does not allow this with the {what}. Connect the account again and allow access to calendars.",
        )
    if answer.status in BUSY:
        return Passing(Code.BAD_ANSWER, f"Microsoft is busy with the {what}.")
    return Permanent(Code.BAD_ANSWER, f"Microsoft does not take the request for the {what} ({code or answer.status}).")


def endless() -> Passing:
    """Return the failure of a list that does not come to its end."""
    return Passing(Code.BAD_ANSWER, "Microsoft's list of entries has no end.")


def _headers(*, page_size: int = 0, if_match: str = "") -> dict[str, str]:
    preferences = [*PREFERENCES, *([f"odata.maxpagesize={page_size}"] if page_size else [])]
    return {"prefer": ", ".join(preferences), **({"if-match": if_match} if if_match else {})}


def _unpacked(response: Mapping[str, Any]) -> RestAnswer:
    """Return one answer out of a batch. Raises Throttled, Passing as RestClient does for answers of their own."""
    status = int(response.get("status") or 0)
    headers = {str(name).lower(): str(value) for name, value in (response.get("headers") or {}).items()}
    if status == 429 or (status == 503 and "retry-after" in headers):
        now = timezone.now()
        pause = pause_asked_for(headers.get("retry-after", ""), now=now)
        raise Throttled("The server asks to wait.", until=now + pause)
    if not 200 <= status < 500:
        raise Passing(Code.BAD_ANSWER, f"The server failed (status {status}).")
    body = response.get("body")
    return RestAnswer(status, headers, body if isinstance(body, dict) else {})
