"""What Google keeps: calendars with their events, a journal of changes, and what it says of them."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

Event: TypeAlias = dict[str, Any]
NOT_WITH_A_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMax",
    "timeMin",
    "updatedMin",
)
NOT_DONE_HERE = frozenset({"orderBy", "q", "sharedExtendedProperty", "timeMax", "timeMin", "updatedMin"})
FREE_TO_CHANGE = frozenset({"fields", "maxResults", "pageToken", "syncToken", "prettyPrint", "alt", "key"})
ID_LETTERS = frozenset("0123456789abcdefghijklmnopqrstuv")
ITSELF = "anna@example.com"


class Refusal(Exception):
    """An answer that is no success; `reason` is what the error names."""

    def __init__(self, status: int, reason: str, message: str = "", **headers: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.message = message or reason
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @property
    def body(self) -> dict[str, Any]:
        """The error as Google writes it."""
        one = {"domain": "calendar", "reason": self.reason, "message": self.message}
        return {"error": {"errors": [one], "code": self.status, "message": self.message}}


class Unsupported(Exception):
    """Something that Google can do and this fake cannot: a test must not rely on it."""


@dataclass
class GoogleCalendar:
    """A calendar: its events by id, and when each was changed last, as a position in the journal."""

    name: str
    summary: str = "Anna"
    time_zone: str = "America/New_York"
    role: str = "owner"
    is_primary: bool = False
    events: dict[str, Event] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    tokens_from: int = 0

    @property
    def listed(self) -> dict[str, Any]:
        """Itself as an entry of the list of calendars."""
        entry = {
            "kind": "calendar#calendarListEntry",
            "etag": '"1"',
            "id": self.name,
            "summary": self.summary,
            "timeZone": self.time_zone,
            "backgroundColor": "#9fe1e7",
            "foregroundColor": "#000000",
            "colorId": "14",
            "selected": True,
            "accessRole": self.role,
            "defaultReminders": [{"method": "popup", "minutes": 10}],
        }
        return entry | ({"primary": True} if self.is_primary else {})


@dataclass
class GoogleStore:
    """An account's calendars. Not safe for threads by itself; `changed` is told of every change."""

    calendars: dict[str, GoogleCalendar] = field(default_factory=dict)
    position: int = 0
    told: Callable[[str], None] = lambda _: None
    _pages: dict[str, tuple[list[Event], int, str, str]] = field(default_factory=dict)

    def calendar(self, name: str) -> GoogleCalendar:
        """Return a calendar, also by the word `primary`."""
        for calendar in self.calendars.values():
            if calendar.name == name or (name == "primary" and calendar.is_primary):
                return calendar
        raise Refusal(404, "notFound", "Not Found")

    def put(self, calendar: GoogleCalendar, event: Event) -> Event:
        """Keep an event as it is now, with what Google adds to it."""
        self.position += 1
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        person = {"email": ITSELF, "self": True}
        kept = {
            "kind": "calendar#event",
            "status": "confirmed",
            "htmlLink": "https://www.google.com/calendar/event?eid=x",
            "created": now,
            "creator": person,
            "organizer": person,
            "iCalUID": f"{event['id']}@google.com",
            "sequence": 0,
            "reminders": {"useDefault": True},
            "eventType": "default",
            **event,
            "etag": f'"{self.position * 2000 + 3181161784712000}"',
            "updated": now,
        }
        for name in ("start", "end", "originalStartTime"):
            if name in kept:
                kept[name] = _placed(kept[name], calendar.time_zone)
        calendar.events[event["id"]] = kept
        calendar.changed[event["id"]] = self.position
        self.told(calendar.name)
        if kept["status"] == "cancelled" or not kept.get("recurrence"):
            self._end_series(calendar, event["id"])
        return kept

    def _end_series(self, calendar: GoogleCalendar, name: str) -> None:
        """Let the changed occurrences of what is no series any more go with it."""
        for event in list(calendar.events.values()):
            if event.get("recurringEventId") == name and event["status"] != "cancelled":
                self.put(calendar, {**event, "status": "cancelled"})

    def insert(self, calendar: GoogleCalendar, body: Event) -> Event:
        """Add an event under the id it brings."""
        _writable(calendar)
        name = body.get("id") or f"server{self.position}"
        if not 5 <= len(name) <= 1024 or not set(name) <= ID_LETTERS:
            raise Refusal(400, "invalid", "Invalid resource id value.")
        if name in calendar.events:
            raise Refusal(409, "duplicate", "The requested identifier already exists.")
        _timed(body)
        return self.put(calendar, {**body, "id": name})

    def get(self, calendar: GoogleCalendar, name: str) -> Event:
        """Return an event, also one that was deleted."""
        if name not in calendar.events:
            raise Refusal(404, "notFound", "Not Found")
        return calendar.events[name]

    def change(self, calendar: GoogleCalendar, name: str, body: Event, *, tag: str, is_whole: bool) -> Event:
        """Change an event; a deleted one that gets another status is there again."""
        _writable(calendar)
        present = self.get(calendar, name)
        _matches(present, tag)
        kept = {key: present[key] for key in ("id", "created", "creator", "organizer", "iCalUID", "sequence")}
        event = {**kept, **body} if is_whole else patched(present, body)
        _timed(event)
        return self.put(calendar, event)

    def delete(self, calendar: GoogleCalendar, name: str, *, tag: str) -> None:
        """Delete an event, a series with all that belongs to it."""
        _writable(calendar)
        present = self.get(calendar, name)
        if present["status"] == "cancelled":
            raise Refusal(410, "deleted", "Resource has been deleted")
        _matches(present, tag)
        self.put(calendar, {**present, "status": "cancelled"})

    def events(self, calendar: GoogleCalendar, query: Mapping[str, str]) -> dict[str, Any]:
        """Return a page of a listing, of everything or of what changed since a token."""
        is_bounded = query.get("singleEvents") == "true" or bool(NOT_DONE_HERE & query.keys())
        if is_bounded and "syncToken" not in query:
            raise Unsupported("a listing with bounds, an order or single events")
        if "pageToken" in query:
            events, first, token, terms = self._page(query["pageToken"])
            if terms != _terms(query, with_token=True):
                raise Refusal(400, "badRequest", "Page token does not match the request.")
        else:
            events, first, token = list(self._found(calendar, query)), 0, self._token(query)
        size = min(int(query.get("maxResults", "250")), 2500)
        page = {
            "kind": "calendar#events",
            "etag": f'"p{self.position}"',
            "summary": calendar.summary,
            "description": "",
            "updated": "2026-01-01T00:00:00.000Z",
            "timeZone": calendar.time_zone,
            "accessRole": calendar.role,
            "defaultReminders": [],
            "items": [_shown(event, query) for event in events[first : first + size]],
        }
        if first + size < len(events):
            following = f"page{len(self._pages)}=="
            self._pages[following] = (events, first + size, token, _terms(query, with_token=True))
            return page | {"nextPageToken": following}
        return page | ({"nextSyncToken": token} if token else {})

    def _page(self, token: str) -> tuple[list[Event], int, str, str]:
        if token not in self._pages:
            raise Refusal(400, "invalid", "Invalid page token.")
        return self._pages[token]

    def _found(self, calendar: GoogleCalendar, query: Mapping[str, str]) -> Iterator[Event]:
        """Yield what a listing has, what changed last first: an occurrence may come before its series."""
        by_change = sorted(calendar.events.values(), key=lambda event: -calendar.changed[event["id"]])
        if "syncToken" in query:
            since = self._since(calendar, query)
            yield from (event for event in by_change if calendar.changed[event["id"]] > since)
            return
        for event in by_change:
            master = calendar.events.get(event.get("recurringEventId", ""), {"status": "cancelled"})
            is_exception = "recurringEventId" in event and master["status"] != "cancelled"
            is_there = event["status"] != "cancelled" or is_exception or query.get("showDeleted") == "true"
            if is_there and _matches_filters(event, query):
                yield event

    def _since(self, calendar: GoogleCalendar, query: Mapping[str, str]) -> int:
        wrong = [name for name in NOT_WITH_A_TOKEN if name in query]
        if wrong or query.get("showDeleted") == "false":
            raise Refusal(400, "syncTokenWithNonDefaultOrdering", f"syncToken cannot be used with {wrong}.")
        try:
            since, terms = json.loads(base64.b64decode(query["syncToken"]))
        except ValueError:
            raise Refusal(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.") from None
        if since < calendar.tokens_from:
            raise Refusal(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.")
        if terms != _terms(query):
            raise Unsupported("a token used with other parameters than it was given for: undefined behaviour")
        return int(since)

    def _token(self, query: Mapping[str, str]) -> str:
        """Return the mark of a listing that is whole; there is none for a search."""
        if "iCalUID" in query or "privateExtendedProperty" in query:
            return ""
        return base64.b64encode(json.dumps([self.position, _terms(query)]).encode()).decode()


def patched(present: Event, change: Event) -> Event:
    """Return what a change makes of an object: objects are merged, null clears, lists are replaced."""
    result = dict(present)
    for name, value in change.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            result[name] = patched(result.get(name, {}), value)
        else:
            result[name] = value
    return result


def _writable(calendar: GoogleCalendar) -> None:
    if calendar.role not in {"owner", "writer"}:
        raise Refusal(403, "requiredAccessLevel", "You need to have writer access to this calendar.")


def _matches(present: Event, tag: str) -> None:
    if tag and tag not in {"*", present["etag"]}:
        raise Refusal(412, "conditionNotMet", "Precondition Failed")


def _timed(event: Event) -> None:
    for name in ("start", "end"):
        value = event.get(name, {})
        if ("date" in value) == ("dateTime" in value):
            raise Refusal(400, "invalid" if value else "required", f"Invalid {name} time.")
    if event.get("recurrence") and "dateTime" in event["start"] and "timeZone" not in event["start"]:
        raise Refusal(400, "required", "Missing time zone definition for start time.")


def _placed(value: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return a time as Google says it: with the offset of its zone, or the calendar's."""
    if "dateTime" not in value:
        return {"date": value["date"]}
    named = value.get("timeZone", zone)
    at = datetime.fromisoformat(value["dateTime"])
    with suppress(KeyError):  # a zone that only Google knows
        at = at.replace(tzinfo=at.tzinfo or ZoneInfo(named)).astimezone(ZoneInfo(named))
    return {"dateTime": at.isoformat().replace("+00:00", "Z"), "timeZone": named}


def _shown(event: Event, query: Mapping[str, str]) -> Event:
    if event["status"] == "cancelled":
        names = ("kind", "etag", "id", "status", "recurringEventId", "originalStartTime")
        return {name: event[name] for name in names if name in event}
    most = int(query.get("maxAttendees", "1000"))
    attendees = event.get("attendees", [])
    if len(attendees) > most:
        return {**event, "attendees": [one for one in attendees if one.get("self")], "attendeesOmitted": True}
    return event


def _matches_filters(event: Event, query: Mapping[str, str]) -> bool:
    if "iCalUID" in query and event["iCalUID"] != query["iCalUID"]:
        return False
    name, _, value = query.get("privateExtendedProperty", "").partition("=")
    return not name or event.get("extendedProperties", {}).get("private", {}).get(name) == value


def _terms(query: Mapping[str, str], *, with_token: bool = False) -> str:
    """Return the parameters that must stay the same from one listing to the next."""
    left = FREE_TO_CHANGE - ({"syncToken"} if with_token else set())
    return json.dumps(sorted((name, value) for name, value in query.items() if name not in left))
