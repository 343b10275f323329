"""Reading what changed in a calendar of Google's.

A series is one item: its master and every occurrence of it that was changed, under the master's id. Of a series that
changed in part the rest is asked for, so that its busy time is always that of all of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote

from calendar_sync.enums import Code
from calendar_sync.ics.reader import IcsReader, Terms
from calendar_sync.providers.base import Passing, Permanent, Pulled, Reading, RemoteItem, TokenRefused
from calendar_sync.providers.google.events import (
    BUSINESS,
    Event,
    clock_of,
    fields_in,
    is_cancelled,
    is_ours,
    is_plain,
    marker_of,
    private_of,
    single_item,
)
from calendar_sync.providers.google.failures import GONE, refuse
from calendar_sync.providers.google.series import master_of, series_text
from calendar_sync.providers.rest import RestClient

ON_A_PAGE = "2500"
MOST_PAGES = 400
LAID_OUT_AT_ONCE = 100
MOST_SERIES_APART = 10
"""How many series are asked for one by one; where more changed, reading everything takes fewer requests."""
MOST_ENTRIES_APART = 4
STORABLE = range(1, 1001)
"""How long ids are that can be kept; Google admits up to 1,024 characters, which nobody uses to any good."""
TIMES = "id,etag,status,start,end,recurrence,recurringEventId,originalStartTime"
BUSY = f"{TIMES},transparency,eventType,iCalUID,attendees(self,responseStatus),extendedProperties/private"
"""What is asked of every entry: when it is and whether it takes time, not what, where or with whom it is."""
OWN = f"{BUSY},summary,location"
"""What is asked of entries of ours besides, to see whether somebody changed them."""
Groups: TypeAlias = dict[str, list[Event]]
"""Events by the id of their series, or their own."""


@dataclass
class Puller:
    """Reads one account's calendars. Close it.

    `written` is what this session wrote, by id: the tag and our fields. `business` is whose entries' titles are read;
    empty stands for all of ours.
    """

    client: RestClient
    written: Mapping[str, tuple[str, Mapping[str, str]]]
    business: str = ""
    _reader: IcsReader | None = field(default=None, init=False)

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed. One request where nothing did. Raises TokenRefused, ProviderFailure."""
        return self._changes(reading) if reading.token else self._everything(reading)

    def close(self) -> None:
        """End the process that lays out series, where one was needed."""
        if self._reader is not None:
            self._reader.close()

    def _everything(self, reading: Reading) -> Pulled:
        events, token = self._listed(reading.remote_id, keep=reading.keep)
        groups = _grouped(events)
        unchanged = frozenset(
            name
            for name, (first, *_) in groups.items()
            if is_plain(first) and first.get("etag") and reading.known.get(name) == first["etag"]
        )
        changed = {name: group for name, group in groups.items() if name not in unchanged}
        items = tuple(self._items(reading, changed))
        return Pulled(_needed(token), is_complete=True, items=items, unchanged=unchanged)

    def _changes(self, reading: Reading) -> Pulled:
        events, token = self._listed(reading.remote_id, keep=reading.keep, syncToken=reading.token)
        gone = {event["id"] for event in events if is_cancelled(event) and is_plain(event)}
        touched: Groups = {}
        for event in events:
            series = event.get("recurringEventId", event["id"])
            if not is_plain(event) and not (is_cancelled(event) and series in gone):
                touched.setdefault(series, []).append(event)
        single = [event for event in events if is_plain(event) and event["id"] not in gone | touched.keys()]
        groups = {event["id"]: [event] for event in single} | self._series(reading, touched)
        items = tuple(self._items(reading, groups))
        removed = (gone | touched.keys() | groups.keys()) - {item.remote_id for item in items}
        return Pulled(_needed(token), is_complete=False, items=items, removed=frozenset(removed))

    def _series(self, reading: Reading, touched: Groups) -> Groups:
        """Return series of which a part has changed, with all their parts. Raises TokenRefused where they are many."""
        if len(touched) > MOST_SERIES_APART:
            raise TokenRefused
        found: Groups = {}
        for uid in sorted({self._uid(reading, series, events) for series, events in touched.items()}):
            # The events of a series and its changed occurrences share the UID (`iCalUID` of the resource `Event`).
            events, _ = self._listed(reading.remote_id, iCalUID=uid)
            found |= _grouped(events)
        return found

    def _uid(self, reading: Reading, series: str, events: Iterable[Event]) -> str:
        """Return the UID of a series. Raises TokenRefused where only reading everything can tell what is left of it."""
        for event in events:
            if event.get("iCalUID"):
                return str(event["iCalUID"])
        master = self._one(reading.remote_id, series, "id,status,iCalUID")
        if master is None or not master.get("iCalUID"):
            raise TokenRefused
        return str(master["iCalUID"])

    def _items(self, reading: Reading, groups: Groups) -> Iterator[RemoteItem]:
        """Yield an item of each group, unless it turns out to be gone."""
        ours = {name: group[0] for name, group in groups.items() if is_ours(group[0])}
        yield from self._own(reading, ours)
        series: Groups = {}
        for name, group in groups.items():
            if name in ours:
                continue
            if is_plain(group[0]) and len(group) == 1:
                yield single_item(group[0], reading)
            else:
                series[name] = group
        yield from self._laid_out(reading, series)

    def _laid_out(self, reading: Reading, series: Groups) -> Iterator[RemoteItem]:
        names = list(series)
        terms = Terms(reading.window, reading.time_zone, reading.tentative_blocks)
        for first in range(0, len(names), LAID_OUT_AT_ONCE):
            batch = names[first : first + LAID_OUT_AT_ONCE]
            texts = [
                series_text(series[name], zone=reading.time_zone, tentative_blocks=reading.tentative_blocks)
                for name in batch
            ]
            self._reader = self._reader or IcsReader()
            results = self._reader.read([one.text for one in texts], terms)
            reading.keep()
            for name, written, read in zip(batch, texts, results, strict=True):
                warnings = (*written.warnings, *((read.problem,) if read.problem else ()))
                yield RemoteItem(
                    remote_id=name,
                    tag=(master_of(series[name]) or series[name][0]).get("etag", ""),
                    busy=tuple(span for entry in read.entries for span in entry.spans),
                    repeats_beyond_window=True,
                    warnings=(*warnings, *(warning for entry in read.entries for warning in entry.warnings)),
                )

    def _own(self, reading: Reading, ours: Mapping[str, Event]) -> Iterator[RemoteItem]:
        """Yield entries of ours; of those that somebody else has changed, with what they say now."""
        to_ask: list[Event] = []
        for name, event in ours.items():
            tag, fields = self.written.get(name, ("", None))
            if marker_of(event) is None or self._is_anothers(event):
                yield RemoteItem(name, event.get("etag", ""), is_ours=True)
            elif tag and tag == event.get("etag"):
                yield RemoteItem(name, tag, is_ours=True, marker=marker_of(event), fields=fields)
            else:
                to_ask.append(event)
        for event in self._told_in_full(reading.remote_id, to_ask):
            fields = fields_in(event, clock_of(reading.time_zone))
            yield RemoteItem(event["id"], event.get("etag", ""), is_ours=True, marker=marker_of(event), fields=fields)

    def _is_anothers(self, event: Event) -> bool:
        return bool(self.business) and private_of(event).get(BUSINESS) != self.business

    def _told_in_full(self, calendar: str, events: Sequence[Event]) -> Iterator[Event]:
        """Yield entries of ours with title and location: a few one by one, many as a listing of ours alone."""
        names = {event["id"] for event in events}
        if len(names) > MOST_ENTRIES_APART:
            for business in sorted({private_of(event).get(BUSINESS, "") for event in events} - {""}):
                listed, _ = self._listed(calendar, OWN, privateExtendedProperty=f"{BUSINESS}={business}")
                for event in listed:
                    if event["id"] in names and not is_cancelled(event):
                        names.discard(event["id"])
                        yield event
        for name in sorted(names):
            found = self._one(calendar, name, OWN)
            if found is not None:
                yield found

    def _one(self, calendar: str, name: str, fields: str) -> Event | None:
        """Return one event, None where it is gone."""
        answer = self.client.send("GET", event_path(calendar, name), query={"fields": fields, "maxAttendees": "1"})
        if answer.status in GONE or (answer.status == 200 and is_cancelled(answer.data)):
            return None
        if answer.status != 200 or "id" not in answer.data:
            refuse(answer, what="entry")
        return answer.data

    def _listed(
        self, calendar: str, fields: str = BUSY, *, keep: Callable[[], None] = lambda: None, **which: str
    ) -> tuple[list[Event], str]:
        """Return all pages of a listing and the mark for the next one. Raises TokenRefused, ProviderFailure.

        Without bounds and without laying out series: a mark from such a listing holds for whatever window is wanted.
        """
        events: list[Event] = []
        # Of more than one attendee only the account's own is sent (`maxAttendees`).
        query = {"maxResults": ON_A_PAGE, "maxAttendees": "1", "prettyPrint": "false", **which}
        query["fields"] = f"kind,nextPageToken,nextSyncToken,items({fields})"
        for _ in range(MOST_PAGES):
            answer = self.client.send("GET", events_path(calendar), query=query)
            if answer.status in {400, 410} and "syncToken" in which:
                raise TokenRefused
            if answer.status != 200 or answer.data.get("kind") != "calendar#events":
                refuse(answer, what="calendar")
            events += (event for event in answer.data.get("items", ()) if len(event.get("id", "")) in STORABLE)
            keep()
            if "nextPageToken" not in answer.data:
                return events, str(answer.data.get("nextSyncToken", ""))
            query["pageToken"] = str(answer.data["nextPageToken"])
        raise Permanent(Code.TOO_LARGE, "The calendar has more entries than can be read.")


def events_path(calendar: str) -> str:
    """Return the path of a calendar's events."""
    return f"calendars/{quote(calendar, safe='')}/events"


def event_path(calendar: str, name: str) -> str:
    """Return the path of an event."""
    return f"{events_path(calendar)}/{quote(name, safe='')}"


def _grouped(events: Iterable[Event]) -> Groups:
    """Return events by their series, that itself first; without those that are gone altogether."""
    groups: Groups = {}
    for event in events:
        name = event.get("recurringEventId")
        if name is not None:
            groups.setdefault(name, []).append(event)
        elif not is_cancelled(event):
            groups.setdefault(event["id"], []).insert(0, event)
    return {name: group for name, group in groups.items() if not all(map(is_cancelled, group))}


def _needed(token: str) -> str:
    if not token:
        raise Passing(Code.BAD_ANSWER, "Google gave no mark to go on from.")
    return token
