"""Writing our entries: our fields of them, and no others ("Create event", "Update event", "Delete event")."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from calendar_sync.enums import Code
from calendar_sync.providers.base import Copy, IdTaken, ItemChanged, ItemGone, Passing, Written
from calendar_sync.providers.microsoft.events import SELECTED, Event, fields_in, owned, written
from calendar_sync.providers.microsoft.graph import DONE, GONE, Graph, entries_in, entry_in, error_code, refusal
from calendar_sync.providers.microsoft.marks import (
    TEXT_EXPANDED,
    TEXT_PROPERTY,
    Tag,
    filter_for,
    is_text_of,
    property_of,
    text_after_ours,
    text_property_of,
    transaction_of,
)
from calendar_sync.providers.microsoft.pulling import calendar_path, event_path

SENT_TWICE = "ErrorDuplicateTransactionId"
TO_MERGE = "id,body,attendees,isOnlineMeeting"


@dataclass(frozen=True)
class Writer:
    """Writes into one mailbox; safe for several threads. `deleted` are the entries it deleted."""

    graph: Graph
    deleted: set[str] = field(default_factory=set)

    def create(self, calendar_id: str, copy: Copy) -> Written:
        """Write a new entry under a transactionId drawn from its UID. Raises IdTaken.

        Sent twice, the service makes one entry; where the copy has changed in between, it says that the id was used.
        Nobody is invited unless the copy names somebody: Exchange writes to attendees by itself.
        """
        body = {
            **owned(copy),
            "body": _text(copy.description),
            "transactionId": transaction_of(copy),
            "singleValueExtendedProperties": [property_of(copy), text_property_of(copy)],
        }
        if copy.invitee:
            body["attendees"] = [_attendee(copy)]
        answer = self.graph.send("POST", f"{calendar_path(calendar_id)}/events", body=body)
        if error_code(answer) == SENT_TWICE:
            return self._adopted(calendar_id, copy)
        return self._settled(calendar_id, entry_in(answer, what="calendar"), copy)

    def replace(self, calendar_id: str, remote_id: str, tag: str, copy: Copy) -> Written:
        """Write our fields where nobody else changed the entry. Raises ItemChanged, ItemGone."""
        etag = Tag.read(tag).etag
        if not etag or copy.invitee:
            return self.merge(calendar_id, remote_id, copy)
        event = self._changed(calendar_id, remote_id, owned(copy), etag)
        if is_text_of(copy, _text_in(event)):
            return written(event)
        present = self._present(calendar_id, remote_id)
        change = _text_change(present, copy)
        return written(self._changed(calendar_id, remote_id, change, _etag(present)) if change else event)

    def merge(self, calendar_id: str, remote_id: str, copy: Copy) -> Written:
        """Write our fields into the entry as it is now. Raises ItemChanged, ItemGone."""
        present = self._present(calendar_id, remote_id)
        change = owned(copy) | _text_change(present, copy) | _invitation(present, copy)
        return written(self._changed(calendar_id, remote_id, change, _etag(present)))

    def delete(self, calendar_id: str, remote_id: str) -> None:
        """Delete an entry; one that is gone already is deleted."""
        answer = self.graph.send("DELETE", event_path(calendar_id, remote_id))
        if answer.status not in DONE | GONE:
            raise refusal(answer, what="entry")
        self.deleted.add(remote_id)

    def _present(self, calendar_id: str, remote_id: str) -> Event:
        query = {"$select": TO_MERGE, "$expand": TEXT_EXPANDED}
        answer = self.graph.send("GET", event_path(calendar_id, remote_id), query=query)
        if answer.status in GONE:
            raise ItemGone
        return entry_in(answer, what="entry")

    def _changed(self, calendar_id: str, remote_id: str, change: Mapping[str, Any], etag: str) -> Event:
        answer = self.graph.send("PATCH", event_path(calendar_id, remote_id), body=change, if_match=etag)
        if answer.status in {409, 412}:
            raise ItemChanged
        if answer.status in GONE:
            raise ItemGone
        return entry_in(answer, what="entry")

    def _settled(self, calendar_id: str, event: Event, copy: Copy) -> Written:
        """Return an entry that was made; one that an earlier request had made gets what the copy says by now."""
        if fields_in(event) == copy.fields:
            return written(event)
        try:
            return self.merge(calendar_id, str(event["id"]), copy)
        except ItemGone:
            raise IdTaken from None
        except ItemChanged:
            raise Passing(Code.BAD_ANSWER, "Somebody else is changing the entry.") from None

    def _adopted(self, calendar_id: str, copy: Copy) -> Written:
        """Return the entry that an earlier request made. Raises IdTaken where somebody has deleted it since."""
        query = {"$filter": filter_for(copy), "$select": SELECTED}
        answer = self.graph.send("GET", f"{calendar_path(calendar_id)}/events", query=query)
        if answer.status != 200:
            raise refusal(answer, what="calendar")
        found = [event for event in entries_in(answer) if event.get("transactionId") in {transaction_of(copy), None}]
        if not found:
            raise IdTaken
        # A copy that somebody made of it has the property too, but not the transactionId.
        found.sort(key=lambda event: event.get("transactionId") is None)
        return self._settled(calendar_id, found[0], copy)


def _text_change(present: Event, copy: Copy) -> dict[str, Any]:
    """Return what makes our part of an entry's text that of the copy; nothing where somebody rewrote it.

    What others wrote after it stays, and so does the text of an online meeting, which is the way into it.
    """
    kept = {one.get("id"): one.get("value") for one in present.get("singleValueExtendedProperties") or ()}
    seal = str(kept.get(TEXT_PROPERTY) or "")
    theirs = text_after_ours(_text_in(present), seal)
    mark = text_property_of(copy)
    if theirs is None or mark["value"] == seal or present.get("isOnlineMeeting"):
        return {}
    text = "\n\n".join(part for part in (copy.description, theirs) if part)
    return {"body": _text(text), "singleValueExtendedProperties": [mark]}


def _invitation(present: Event, copy: Copy) -> dict[str, Any]:
    """Return what adds the customer to those who are invited already; a list is written whole or not at all."""
    invited = [one for one in present.get("attendees") or () if isinstance(one, dict)]
    known = {str((one.get("emailAddress") or {}).get("address") or "").lower() for one in invited}
    if not copy.invitee or copy.invitee.lower() in known:
        return {}
    kept = [{name: one[name] for name in ("emailAddress", "type") if name in one} for one in invited]
    return {"attendees": [*kept, _attendee(copy)]}


def _attendee(copy: Copy) -> dict[str, Any]:
    return {"emailAddress": {"address": copy.invitee}, "type": "required"}


def _text(content: str) -> dict[str, str]:
    return {"contentType": "text", "content": content}


def _text_in(event: Event) -> str:
    body = event.get("body") or {}
    return str(body.get("content") or "")


def _etag(event: Event) -> str:
    return str(event.get("@odata.etag") or "")
