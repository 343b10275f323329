"""Writing our entries into calendars of Google's: our fields of them, and no others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from calendar_sync.providers.base import Copy, IdTaken, ItemChanged, ItemGone, Written
from calendar_sync.providers.google.events import (
    Event,
    body_of,
    change_of,
    clock_of,
    description_change,
    event_id,
    fields_in,
    is_cancelled,
    marker_of,
)
from calendar_sync.providers.google.failures import GONE, refuse
from calendar_sync.providers.google.pulling import event_path, events_path
from calendar_sync.providers.rest import RestAnswer, RestClient

DONE = frozenset({200, 204})
NEEDED = "id,etag,status,description,extendedProperties/private"
TO_COMPARE = f"{NEEDED},start,end,summary,location"
TO_MERGE = f"{NEEDED},attendees"


@dataclass(frozen=True)
class Writer:
    """Writes for one account; safe for several threads. `written` is what it wrote, by id: the tag and our fields."""

    client: RestClient
    written: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    def create(self, calendar: str, copy: Copy) -> Written:
        """Write a new entry under an id drawn from its UID; one that is there and ours is taken over. Raises IdTaken.

        Google keeps the id of an entry that was deleted: there is none under it, nor can there be.
        """
        query = {"sendUpdates": _told(copy), "fields": NEEDED}
        answer = self.client.send("POST", events_path(calendar), query=query, body=body_of(copy))
        if answer.status == 409:
            return self._adopted(calendar, copy)
        if answer.status in GONE:
            refuse(answer, what="calendar")
        return self._noted(_event_in(answer), copy)

    def replace(self, calendar: str, name: str, tag: str, copy: Copy) -> Written:
        """Change our fields where the entry still has this tag. Raises ItemChanged, ItemGone."""
        if not tag or copy.invitee:
            return self.merge(calendar, name, copy)
        present = self._patched(calendar, name, tag, change_of(copy), copy)
        rest = description_change(present, copy)
        if rest:
            present = self._patched(calendar, name, present["etag"], rest, copy)
        return self._noted(present, copy)

    def merge(self, calendar: str, name: str, copy: Copy) -> Written:
        """Change our fields of the entry as it is now. Raises ItemChanged, ItemGone.

        It is read before, for a change would bring back an entry that was deleted.
        """
        present = self._present(calendar, name, TO_MERGE)
        if present is None:
            raise ItemGone
        change = change_of(copy) | description_change(present, copy) | _invitation(present, copy)
        return self._noted(self._patched(calendar, name, present["etag"], change, copy), copy)

    def delete(self, calendar: str, name: str) -> None:
        """Delete an entry without telling anybody; one that is gone already is deleted."""
        answer = self.client.send("DELETE", event_path(calendar, name), query={"sendUpdates": "none"})
        if answer.status not in DONE | GONE:
            refuse(answer, what="entry")

    def _adopted(self, calendar: str, copy: Copy) -> Written:
        name = event_id(copy.uid)
        present = self._present(calendar, name, TO_COMPARE)
        if present is None or marker_of(present) != copy.marker:
            raise IdTaken
        if fields_in(present, clock_of("UTC")) == copy.fields:
            return self._noted(present, copy)
        try:
            return self.merge(calendar, name, copy)
        except ItemGone:
            raise IdTaken from None

    def _present(self, calendar: str, name: str, fields: str) -> Event | None:
        """Return an entry, None where it is gone."""
        answer = self.client.send("GET", event_path(calendar, name), query={"fields": fields})
        if answer.status in GONE or (answer.status == 200 and is_cancelled(answer.data)):
            return None
        return _event_in(answer)

    def _patched(self, calendar: str, name: str, tag: str, change: Mapping[str, Any], copy: Copy) -> Event:
        query = {"sendUpdates": _told(copy), "fields": NEEDED}
        answer = self.client.send(
            "PATCH", event_path(calendar, name), query=query, body=change, headers={"if-match": tag}
        )
        if answer.status == 412:
            raise ItemChanged
        if answer.status in GONE or (answer.status == 200 and is_cancelled(answer.data)):
            raise ItemGone
        return _event_in(answer)

    def _noted(self, present: Event, copy: Copy) -> Written:
        self.written[present["id"]] = (present["etag"], copy.fields)
        return Written(present["id"], present["etag"])


def _event_in(answer: RestAnswer) -> Event:
    if answer.status != 200 or not {"id", "etag"} <= answer.data.keys():
        refuse(answer, what="entry")
    return answer.data


def _told(copy: Copy) -> str:
    """Return whom Google tells of a change: the guests, where the customer was to be invited."""
    return "all" if copy.invitee else "none"


def _invitation(present: Event, copy: Copy) -> dict[str, Any]:
    """Return what adds the customer to those who are invited already; a list is written whole or not at all."""
    invited = list(present.get("attendees", ()))
    if not copy.invitee or any(one.get("email", "").lower() == copy.invitee.lower() for one in invited):
        return {}
    return {"attendees": [*invited, {"email": copy.invitee}]}
