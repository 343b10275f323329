"""A mailbox with calendars as Exchange Online keeps it, without any network: events, series, delta queries.

What the documentation leaves open behaves as others report: a deleted event's transactionId stays used up; a series of
which anything changed is told as a whole and never split between two pages; an occurrence is told with its id and its
times alone and a deleted one not at all; what was changed outside a delta query's window is told as "deleted".
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.calendar_sync.fakes import graph_series as series

Json = dict[str, Any]
BARE = ("@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end")
DEFAULTS: Json = {
    "subject": "",
    "body": {"contentType": "html", "content": ""},
    "location": {"displayName": ""},
    "attendees": [],
    "showAs": "busy",
    "sensitivity": "normal",
    "importance": "normal",
    "isAllDay": False,
    "isCancelled": False,
    "isOrganizer": True,
    "isReminderOn": True,
    "isOnlineMeeting": False,
    "reminderMinutesBeforeStart": 15,
    "responseRequested": True,
    "recurrence": None,
    "categories": [],
    "transactionId": None,
    "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
    "organizer": {"emailAddress": {"name": "Anna", "address": "anna@contoso.example"}},
}


class TransactionUsed(Exception):
    """Another event was made with this transactionId."""


class TokenUnknown(Exception):
    """A delta or skip token that was never handed out, or is not kept any more."""


@dataclass
class Event:
    """An event as it is kept: its properties as they were sent, and of a series what became of single days."""

    id: str
    calendar: str
    properties: Json
    version: int = 0
    extended: dict[str, str] = field(default_factory=dict)
    days: dict[date, Json | None] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """The version as clients see it."""
        return f'W/"fakeChangeKey{self.version:06d}=="'


@dataclass(frozen=True)
class View:
    """A round of a delta query: whose, its window, from where in the journal on, and what is still to be told."""

    calendar: str
    start_at: datetime
    end_at: datetime
    position: int
    left: tuple[tuple[Json, ...], ...] = ()


@dataclass
class Mailbox:
    """Calendars and their events.

    `hides_masters` leaves the masters out of delta queries, `tells_changed_days_only` all occurrences but exceptions;
    `hides_everything` is a service that has lost its way.
    """

    calendars: dict[str, Json] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    transactions: dict[str, str] = field(default_factory=dict)
    journal: list[tuple[str, str]] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    hides_masters: bool = False
    hides_everything: bool = False
    tells_changed_days_only: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def add_calendar(self, name: str, **properties: Any) -> str:
        """Make a calendar and return its id."""
        key = f"AQMkFakeCalendar{next(self.numbers):03d}="
        self.calendars[key] = {
            "id": key,
            "name": name,
            "hexColor": "",
            "canEdit": True,
            "isDefaultCalendar": not self.calendars,
            **properties,
        }
        return key

    def put(self, calendar: str, properties: Json, *, extended: dict[str, str] | None = None) -> Event:
        """Make an event. Raises TransactionUsed; the same event sent twice is the one there is."""
        used = properties.get("transactionId")
        if used in self.transactions:
            present = self.events.get(self.transactions[used])
            if present is not None and all(present.properties.get(k) == v for k, v in properties.items()):
                return present
            raise TransactionUsed
        event = Event(f"AAkALgFakeEvent{next(self.numbers):06d}=", calendar, {**DEFAULTS, **properties})
        event.extended = dict(extended or {})
        self.events[event.id] = event
        if used:
            self.transactions[used] = event.id
        self.touch(event)
        return event

    def change(self, event: Event, **properties: Any) -> None:
        """Change an event, which everybody may."""
        event.properties |= properties
        self.touch(event)

    def change_day(self, event: Event, day: date, properties: Json | None) -> None:
        """Change one occurrence of a series, or delete it (None)."""
        event.days[day] = None if properties is None else {**(event.days.get(day) or {}), **properties}
        self.touch(event)

    def drop(self, event: Event) -> None:
        """Delete an event."""
        del self.events[event.id]
        self.journal.append((event.calendar, event.id))

    def move(self, event: Event, calendar: str) -> None:
        """Move an event to another calendar; its immutable id stays."""
        self.journal.append((event.calendar, event.id))
        event.calendar = calendar
        self.touch(event)

    def touch(self, event: Event) -> None:
        """Give an event another version."""
        event.version = next(self.numbers)
        self.journal.append((event.calendar, event.id))

    def forget_tokens(self) -> None:
        """Keep no delta token any longer."""
        self.views.clear()

    def of(self, calendar: str) -> list[Event]:
        """Return the events of a calendar in the order they were made."""
        return [event for event in self.events.values() if event.calendar == calendar]

    def begin(self, calendar: str, start_at: datetime, end_at: datetime) -> View:
        """Begin a delta query with everything in its window."""
        view = View(calendar, start_at, end_at, len(self.journal))
        groups = [] if self.hides_everything else [self.group(event, view) for event in self.of(calendar)]
        return View(calendar, start_at, end_at, view.position, tuple(group for group in groups if group))

    def resume(self, token: str) -> View:
        """Return the round that goes on at a token: the rest of one, or what changed since. Raises TokenUnknown."""
        view = self.views.get(token)
        if view is None:
            raise TokenUnknown
        if token.startswith("skip"):
            return view
        touched = dict.fromkeys(name for calendar, name in self.journal[view.position :] if calendar == view.calendar)
        groups = []
        for name in touched:
            event = self.events.get(name)
            group = self.group(event, view) if event is not None and event.calendar == view.calendar else ()
            gone: Json = {"@odata.type": "#microsoft.graph.event", "id": name, "@removed": {"reason": "deleted"}}
            groups.append(group or (gone,))
        return View(view.calendar, view.start_at, view.end_at, len(self.journal), tuple(groups))

    def turn(self, view: View, page_size: int) -> tuple[list[Json], str]:
        """Return a page of a round and the token to go on with, `skip…` while there is more, then `delta…`."""
        page: list[Json] = []
        groups = list(view.left)
        while groups and (not page or len(page) + len(groups[0]) <= page_size):
            page += groups.pop(0)
        kind = "skip" if groups else "delta"
        token = f"{kind}{next(self.numbers)}"
        self.views[token] = View(view.calendar, view.start_at, view.end_at, view.position, tuple(groups))
        return page, token

    def group(self, event: Event, view: View) -> tuple[Json, ...]:
        """Return what a delta query tells of an event: itself, or a series with what lies in the window."""
        whole = self.told(event)
        if not event.properties["recurrence"]:
            span = series.instant(event.properties["start"]), series.instant(event.properties["end"])
            return (whole,) if _overlaps(span, view.start_at, view.end_at) else ()
        inside = self.instances(event, view.start_at, view.end_at)
        bare = [one if one["type"] == "exception" else {name: one[name] for name in BARE} for one in inside]
        if not bare:
            return ()
        if self.tells_changed_days_only:
            bare = [one for one in bare if one["type"] == "exception"]
        return (*([] if self.hides_masters else [whole]), *bare)

    def instances(self, event: Event, start_at: datetime, end_at: datetime) -> list[Json]:
        """Return the occurrences and exceptions of a series that lie in a window in part at least."""
        found = []
        until = max([end_at.date() + timedelta(days=2), *event.days])
        for day in series.days_of(event.properties["recurrence"], until):
            changed = event.days.get(day, {})
            if changed is None:
                continue
            start, end = series.times_on(event.properties, day)
            properties = {**event.properties, "start": start, "end": end, "recurrence": None, **changed}
            span = series.instant(properties["start"]), series.instant(properties["end"])
            if _overlaps(span, start_at, end_at):
                one = self.told(event, properties)
                one |= {
                    "id": f"{event.id}{day:%Y%m%d}",
                    "seriesMasterId": event.id,
                    "type": "exception" if changed else "occurrence",
                }
                found.append(one)
        return found

    def told(self, event: Event, properties: Json | None = None) -> Json:
        """Return an event as the service tells it to those who want their times in UTC."""
        given = properties or event.properties
        return {
            "@odata.type": "#microsoft.graph.event",
            "@odata.etag": event.etag,
            "id": event.id,
            "changeKey": event.etag[3:-1],
            "iCalUId": f"040000008200E00074C5B7101A82E008{event.id[-8:-1]}",
            "type": "seriesMaster" if given["recurrence"] else "singleInstance",
            "seriesMasterId": None,
            "originalStartTimeZone": given["start"]["timeZone"],
            "originalEndTimeZone": given["end"]["timeZone"],
            "bodyPreview": given["body"]["content"][:255],
            **given,
            "start": _told(given, "start"),
            "end": _told(given, "end"),
        }


def _told(properties: Json, name: str) -> dict[str, str]:
    """Return a time in UTC; whole days are told as they are."""
    moment = properties[name]
    return series.told(series.local(moment) if properties["isAllDay"] else series.instant(moment))


def _overlaps(span: series.Times, start_at: datetime, end_at: datetime) -> bool:
    return span[0] < end_at and span[1] > start_at


def utc(text: str) -> datetime:
    """Return the instant of an ISO 8601 text; without an offset it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
