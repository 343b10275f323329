"""A calendar server in memory that does what a test asks of it, however badly servers behave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from uuid import UUID

from calendar_sync.enums import Code
from calendar_sync.providers.base import (
    CalendarGone,
    Copy,
    IdTaken,
    ItemChanged,
    ItemGone,
    Pulled,
    Reading,
    RemoteCalendar,
    RemoteItem,
    TokenRefused,
    Written,
)
from schedule.selectors.conflicts import Span


@dataclass
class Stored:
    """An entry: its tag, who it belongs to, its fields, its busy time and what others added to it."""

    tag: str
    marker: UUID | None = None
    fields: dict[str, str] = field(default_factory=dict)
    busy: tuple[Span, ...] = ()
    added: str = ""


@dataclass
class MemoryServer:
    """The entries of its calendars, a journal of changes, and what was asked of it.

    `before` is called with the name of each request and its entry's id, and may raise; `after` likewise once it was
    carried out, so that an answer can be lost.
    """

    entries: dict[str, dict[str, Stored]] = field(default_factory=lambda: {"cal": {}})
    journal: list[tuple[str, str]] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[str, str], None] = lambda *_: None
    after: Callable[[str, str], None] = lambda *_: None
    tags: int = 0
    taken_ids: set[str] = field(default_factory=set)
    shown: Callable[[dict[str, Stored]], dict[str, Stored]] = lambda entries: entries
    tokens_from: int = 0
    _turn: Lock = field(default_factory=Lock)

    def put(self, remote_id: str, stored: Stored, calendar: str = "cal") -> None:
        """Do what somebody else does in the calendar."""
        self.tags += 1
        self.entries[calendar][remote_id] = replace(stored, tag=f"t{self.tags}")
        self.journal.append((calendar, remote_id))

    def drop(self, remote_id: str, calendar: str = "cal") -> None:
        """Delete an entry as somebody else would."""
        del self.entries[calendar][remote_id]
        self.journal.append((calendar, remote_id))

    def kill_tokens(self) -> None:
        """Forget every mark that was ever handed out."""
        self.tokens_from = len(self.journal)
        self.journal.append(("", ""))

    def writes(self) -> list[tuple[str, str]]:
        """Return the requests that wrote, in order."""
        return [call for call in self.calls if call[0] in {"create", "replace", "merge", "delete"}]

    def asked(self, name: str, remote_id: str = "") -> None:
        """Note a request."""
        self.calls.append((name, remote_id))
        self.before(name, remote_id)


class MemorySession:
    """A session at a MemoryServer."""

    def __init__(self, server: MemoryServer) -> None:
        self.server = server
        self._began_with = len(server.calls)

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return len(self.server.calls) - self._began_with

    def calendars(self) -> Sequence[RemoteCalendar]:
        """Return the calendars."""
        self.server.asked("calendars")
        return [RemoteCalendar(name, name) for name in self.server.entries]

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed since the token, which is a position in the journal."""
        server = self.server
        server.asked("pull", reading.token)
        if reading.remote_id not in server.entries:
            raise CalendarGone(Code.NOT_FOUND, "gone")
        token = str(len(server.journal))
        entries = server.shown(server.entries[reading.remote_id])
        if reading.token:
            position = int(reading.token)
            if position < server.tokens_from + 1 and server.tokens_from:
                raise TokenRefused
            touched = {name for calendar, name in server.journal[position:] if calendar == reading.remote_id}
            items = [_item(name, entries[name]) for name in sorted(touched) if name in entries]
            return Pulled(token, False, tuple(items), removed=frozenset(touched - entries.keys()))
        unchanged = {name for name, stored in entries.items() if reading.known.get(name) == stored.tag}
        items = [_item(name, stored) for name, stored in sorted(entries.items()) if name not in unchanged]
        return Pulled(token, True, tuple(items), unchanged=frozenset(unchanged))

    def create(self, calendar_id: str, copy: Copy) -> Written:
        """Store a new entry; an equal one of the same marker is taken over."""
        server, name = self.server, copy.uid
        with server._turn:
            server.asked("create", name)
            present = server.entries[calendar_id].get(name)
            if name in server.taken_ids or (present is not None and present.marker != copy.marker):
                raise IdTaken
            if present is None or present.fields != copy.fields:
                server.put(name, Stored("", copy.marker, copy.fields), calendar_id)
            server.after("create", name)
            return Written(name, server.entries[calendar_id][name].tag)

    def replace(self, calendar_id: str, remote_id: str, tag: str, copy: Copy) -> Written:
        """Store the entry anew if its tag is the one given."""
        return self._rewrite("replace", calendar_id, remote_id, copy, tag)

    def merge(self, calendar_id: str, remote_id: str, copy: Copy) -> Written:
        """Store our fields and keep what others added."""
        return self._rewrite("merge", calendar_id, remote_id, copy, None)

    def delete(self, calendar_id: str, remote_id: str) -> None:
        """Delete an entry."""
        with self.server._turn:
            self.server.asked("delete", remote_id)
            if remote_id in self.server.entries[calendar_id]:
                self.server.drop(remote_id, calendar_id)
            self.server.after("delete", remote_id)

    def close(self) -> None:
        """End the session."""

    def _rewrite(self, how: str, calendar_id: str, remote_id: str, copy: Copy, tag: str | None) -> Written:
        server = self.server
        with server._turn:
            server.asked(how, remote_id)
            present = server.entries[calendar_id].get(remote_id)
            if present is None:
                raise ItemGone
            if tag is not None and tag != present.tag:
                raise ItemChanged
            added = present.added if tag is None else ""
            server.put(remote_id, Stored("", copy.marker, copy.fields, added=added), calendar_id)
            server.after(how, remote_id)
            return Written(remote_id, server.entries[calendar_id][remote_id].tag)


def _item(name: str, stored: Stored) -> RemoteItem:
    return RemoteItem(
        remote_id=name,
        tag=stored.tag,
        busy=stored.busy,
        is_ours=stored.marker is not None,
        marker=stored.marker,
        fields=stored.fields or None,
    )
