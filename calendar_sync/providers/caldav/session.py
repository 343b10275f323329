"""A CalDAV account that is open (`calendar_sync.providers.base.Session`)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from calendar_sync.ics.reader import IcsReader, Terms
from calendar_sync.ics.writing import Entry, calendar_text, own_uid
from calendar_sync.providers.base import (
    Copy,
    IdTaken,
    ItemChanged,
    ItemGone,
    Pulled,
    Reading,
    RemoteCalendar,
    RemoteItem,
    Written,
)
from calendar_sync.providers.caldav import xml
from calendar_sync.providers.caldav.discovery import find_calendars
from calendar_sync.providers.caldav.merging import merged
from calendar_sync.providers.caldav.pulling import Puller, item_of
from calendar_sync.providers.caldav.transport import ICS, Transport, refuse
from core.http import Answer, OutgoingClient
from schedule.selectors.conflicts import Span

CONNECTIONS = 4
DONE = frozenset({200, 201, 204})
GONE = frozenset({404, 410})


class CalDavSession:
    """An account at a CalDAV server. Close it."""

    def __init__(self, *, base_url: str, username: str, password: str) -> None:
        self._client = OutgoingClient(connections=CONNECTIONS)
        self._reader = IcsReader()
        self._transport = Transport(base_url=base_url, username=username, password=password, client=self._client)
        addresses = (username.lower(),) if "@" in username else ()
        self._puller = Puller(self._transport, self._reader, addresses)

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return self._transport.requests

    def calendars(self) -> Sequence[RemoteCalendar]:
        """Return the account's calendars."""
        return find_calendars(self._transport)

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed. Raises TokenRefused."""
        return self._puller.pull(reading)

    def create(self, calendar_id: str, copy: Copy) -> Written:
        """Write a new entry under a name drawn from its UID. Raises IdTaken."""
        path = f"{calendar_id.rstrip('/')}/{copy.uid}.ics"
        answer = self._put(path, calendar_text([entry_of(copy)]), {"if-none-match": "*"})
        if answer.status in DONE:
            return Written(path, answer.headers.get("etag", ""))
        return self._adopted(path, copy, answer)

    def replace(self, calendar_id: str, remote_id: str, tag: str, copy: Copy) -> Written:
        """Write the entry anew where nobody else changed it. Raises ItemChanged, ItemGone."""
        if not tag:
            return self.merge(calendar_id, remote_id, copy)
        answer = self._put(remote_id, calendar_text([entry_of(copy)]), {"if-match": tag})
        return self._rewritten(remote_id, answer)

    def merge(self, calendar_id: str, remote_id: str, copy: Copy) -> Written:
        """Put our fields into the entry as it is now. Raises ItemChanged, ItemGone."""
        answer = self._transport.send("GET", remote_id)
        if answer.status in GONE:
            raise ItemGone
        if answer.status != 200:
            refuse(answer, what="entry")
        condition = {"if-match": answer.headers["etag"]} if "etag" in answer.headers else {}
        return self._rewritten(remote_id, self._put(remote_id, merged(answer.body, entry_of(copy)), condition))

    def delete(self, calendar_id: str, remote_id: str) -> None:
        """Delete an entry; one that is gone already is deleted."""
        answer = self._transport.send("DELETE", remote_id)
        if answer.status not in DONE | GONE:
            refuse(answer, what="entry")

    def close(self) -> None:
        """End the session."""
        self._reader.close()
        self._client.close()

    def _put(self, path: str, text: bytes, condition: dict[str, str]) -> Answer:
        return self._transport.send("PUT", path, headers={**ICS, **condition}, content=text)

    def _rewritten(self, path: str, answer: Answer) -> Written:
        if answer.status in DONE:
            return Written(path, answer.headers.get("etag", ""))
        if answer.status in {409, 412}:
            raise ItemChanged
        if answer.status in GONE:
            raise ItemGone
        refuse(answer, what="calendar")
        raise AssertionError("refuse() raises")

    def _adopted(self, path: str, copy: Copy, answer: Answer) -> Written:
        """Return the entry that a new one collided with, if it is the one we meant to write. Raises IdTaken.

        A server says by 412 that something is there (Radicale and Xandikos by 409 and 412 also that the UID is
        somewhere else), and by 400 or 403 that it keeps one of that name in its bin, or allows nothing at all.
        """
        if answer.status not in {400, 403, 409, 412}:
            refuse(answer, what="calendar")
        present = self._present(path)
        if present is None:
            collides = xml.conditions(answer.body) & {"no-uid-conflict", "unique-scheduling-object-resource"}
            if collides or answer.status in {409, 412} or b"deleted" in answer.body.lower():
                raise IdTaken
            refuse(answer, what="calendar")
        elif present.marker == copy.marker:
            if present.fields == copy.fields:
                return Written(path, present.tag)
            return self.merge("", path, copy)
        raise IdTaken

    def _present(self, path: str) -> RemoteItem | None:
        answer = self._transport.send("GET", path)
        if answer.status != 200:
            return None
        now = timezone.now()
        window = Span(now - timedelta(days=1), now + timedelta(days=1))
        [read] = self._reader.read([answer.body], Terms(window, "UTC"))
        return item_of(path, answer.headers.get("etag", ""), read.entries)


def entry_of(copy: Copy) -> Entry:
    """Return an appointment's copy as an iCalendar entry."""
    return Entry(
        uid=own_uid(copy.uid),
        start_at=copy.start_at,
        end_at=copy.end_at,
        summary=copy.summary,
        updated_at=copy.updated_at or datetime.now(UTC),
        sequence=copy.sequence,
        description=copy.description,
        location=copy.location,
        status="TENTATIVE" if copy.is_tentative else "CONFIRMED",
        marker=copy.marker,
        invitee=copy.invitee,
    )
