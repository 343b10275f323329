"""Busy time from any address that answers with a calendar: holidays, a partner's bookings, a published calendar.

An address has one calendar and nothing is written to it. What was read is known again by its ETag, and where a server
has none, by the SHA-256 of the text.
"""

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.ics.reader import SECONDS_FOR_A_CALENDAR, Entry, IcsReader, Read, Terms
from calendar_sync.ics.writing import is_own_uid
from calendar_sync.providers.answers import failure_of, throttled
from calendar_sync.providers.base import (
    AuthLost,
    CalendarGone,
    Copy,
    Passing,
    Permanent,
    Pulled,
    Reading,
    RemoteCalendar,
    RemoteItem,
    Written,
)
from core.http import Answer, OutgoingClient, OutgoingFailed
from schedule.selectors.conflicts import Span

THE_CALENDAR = "calendar"
"""The only calendar's id; the address itself is a secret."""
PROBLEMS = {
    "not_a_calendar": (Code.NOT_A_CALENDAR, "There is no calendar at this address."),
    "too_large": (Code.TOO_LARGE, "The calendar has too many entries."),
    "too_slow": (Code.TOO_LARGE, "The calendar takes too long to read."),
}


class IcsSession:
    """An address that answers with a calendar. Close it."""

    def __init__(self, *, url: str) -> None:
        self._url = url
        self._client = OutgoingClient(connections=1, plain_http=True)
        self._reader = IcsReader()
        self._requests = 0

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return self._requests

    def calendars(self) -> Sequence[RemoteCalendar]:
        """Return the one calendar, after it was fetched and read."""
        now = timezone.now()
        self._read(self._fetch("").body, Terms(Span(now, now), "UTC"))
        return [RemoteCalendar(THE_CALENDAR, name="", is_writable=False, is_primary=True)]

    def pull(self, reading: Reading) -> Pulled:
        """Return every entry, or that nothing has changed since `reading.collection_tag`."""
        answer = self._fetch(reading.collection_tag)
        tag = _tag_of(answer)
        if answer.status == 304 or tag == reading.collection_tag:
            return Pulled(token="", is_complete=False, collection_tag=reading.collection_tag)
        read = self._read(answer.body, Terms(reading.window, reading.time_zone, reading.tentative_blocks))
        items = tuple(_item(entry) for entry in read.entries)
        return Pulled(token="", is_complete=True, items=items, collection_tag=tag)

    def create(self, calendar_id: str, copy: Copy) -> Written:
        """Refuse."""
        raise _read_only()

    def replace(self, calendar_id: str, remote_id: str, tag: str, copy: Copy) -> Written:
        """Refuse."""
        raise _read_only()

    def merge(self, calendar_id: str, remote_id: str, copy: Copy) -> Written:
        """Refuse."""
        raise _read_only()

    def delete(self, calendar_id: str, remote_id: str) -> None:
        """Refuse."""
        raise _read_only()

    def close(self) -> None:
        """End the session."""
        self._reader.close()
        self._client.close()

    def _fetch(self, known_tag: str) -> Answer:
        headers = {"accept": "text/calendar"}
        if known_tag.startswith(('"', 'W/"')):
            headers["if-none-match"] = known_tag
        self._requests += 1
        try:
            answer = self._client.send("GET", self._url, headers=headers)
        except OutgoingFailed as failure:
            raise failure_of(failure) from None
        match answer.status:
            case 200 | 304:
                return answer
            case 401 | 403:
                raise AuthLost(Code.AUTH_FAILED, "The address does not let us in. Copy it again from the calendar.")
            case 404 | 410:
                raise CalendarGone(Code.NOT_FOUND, "There is nothing at this address any more.")
            case 429 | 503:
                raise throttled(answer)
        raise Passing(Code.BAD_ANSWER, f"The address answers with status {answer.status}.")

    def _read(self, text: bytes, terms: Terms) -> Read:
        [read] = self._reader.read([text], terms, seconds=SECONDS_FOR_A_CALENDAR)
        if read.problem:
            raise Permanent(*PROBLEMS[read.problem])
        return read


def _tag_of(answer: Answer) -> str:
    """Return what the text is known by: its ETag in quotes as it came, else the digest of the text."""
    return answer.headers.get("etag", "") or hashlib.sha256(answer.body).hexdigest()


def _item(entry: Entry) -> RemoteItem:
    is_ours = bool(entry.link) or is_own_uid(entry.uid)
    return RemoteItem(
        remote_id=entry.uid[:1000],
        tag="",
        busy=() if is_ours else entry.spans,
        is_ours=is_ours,
        is_cancelled=entry.is_cancelled,
        repeats_beyond_window=entry.repeats_beyond_window,
        warnings=entry.warnings,
    )


def _read_only() -> Permanent:
    return Permanent(Code.MISSING_SCOPE, "A calendar address can be read, not written to.")
