"""What every kind of calendar server can do, and how it fails. The engine knows nothing else of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from calendar_sync.enums import Code
from schedule.selectors.conflicts import Span


class ProviderFailure(Exception):
    """A request came to nothing. `code` is stable, `detail` is fit to be shown."""

    def __init__(self, code: Code, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class AuthLost(ProviderFailure):
    """The server does not know us any more; only a person can change that."""


class Passing(ProviderFailure):
    """The server cannot answer now: it failed, it is slow, it is not reachable. Later it may."""


class Throttled(Passing):
    """The server wants to be left alone until `until`."""

    def __init__(self, detail: str, *, until: datetime) -> None:
        super().__init__(Code.RATE_LIMITED, detail)
        self.until = until


class Permanent(ProviderFailure):
    """No repetition mends it: a missing permission, a calendar that is none."""


class CalendarGone(Permanent):
    """The server says that the calendar does not exist."""


class TokenRefused(Exception):
    """The mark of the last reading is not valid any more: read everything and compare."""


class ItemChanged(Exception):
    """The entry is not what it was when it was last seen (HTTP 412); nothing was written."""


class ItemGone(Exception):
    """The entry does not exist."""


class IdTaken(Exception):
    """The server will not have an entry under this id (somebody else's, or one in its bin): make a new id."""


@dataclass(frozen=True)
class RemoteCalendar:
    """A calendar as its server describes it."""

    remote_id: str
    name: str
    time_zone: str = ""
    color: str = ""
    is_writable: bool = True
    is_primary: bool = False


@dataclass(frozen=True)
class Copy:
    """What we write of an appointment. `uid` names the entry, `marker` the link, `business` is our tenant's schema.

    `invitee` is an e-mail address, empty unless the calendar's owner asked to invite customers.
    """

    uid: str
    marker: UUID
    business: str
    start_at: datetime
    end_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    is_tentative: bool = False
    sequence: int = 0
    updated_at: datetime | None = None
    invitee: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """What is ours of the entry, as text: the same for the same entry, however a server spells it."""
        return fields_of(self.start_at, self.end_at, self.summary, self.location, is_tentative=self.is_tentative)


def fields_of(
    start_at: datetime, end_at: datetime, summary: str, location: str, *, is_tentative: bool
) -> dict[str, str]:
    """Return the fields we own as text, to compare what was written with what is read."""
    return {
        "start_at": start_at.isoformat(),
        "end_at": end_at.isoformat(),
        "summary": summary,
        "location": location,
        "status": "tentative" if is_tentative else "confirmed",
    }


@dataclass(frozen=True)
class RemoteItem:
    """An entry as it was read.

    `busy` are the times it takes, laid out within the window that was asked for. An entry we wrote has `marker` (the
    link it belongs to) and `fields` as in `Copy.fields`; whatever bears our domain in its UID is `is_ours`, be it of
    another business, and takes no time.
    """

    remote_id: str
    tag: str
    busy: tuple[Span, ...] = ()
    is_ours: bool = False
    marker: UUID | None = None
    fields: Mapping[str, str] | None = None
    is_cancelled: bool = False
    repeats_beyond_window: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pulled:
    """What changed since `token`, or everything (`is_complete`).

    `unchanged` are entries of a complete reading that bear the tag we know; they were not fetched. `removed` of an
    incremental one may name entries never seen. `token` is the mark for the next reading.
    """

    token: str
    is_complete: bool
    items: tuple[RemoteItem, ...] = ()
    unchanged: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()
    collection_tag: str = ""


@dataclass(frozen=True)
class Reading:
    """How to read a calendar: its id, the mark of the last reading, what is known of its entries (id to tag), the
    window to lay out series in, the zone of times without one, and whether tentative entries take time. `keep` is to be
    called again and again while it is read, by the thread that began; what it raises ends the reading.
    """

    remote_id: str
    window: Span
    time_zone: str
    token: str = ""
    collection_tag: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    tentative_blocks: bool = True
    keep: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Written:
    """An entry after it was written: where it is and its tag (empty where the server does not tell)."""

    remote_id: str
    tag: str


class Session(Protocol):
    """A connection that is open. Every method raises ProviderFailure besides what it names.

    Writing methods may be called by several threads at once, for different entries.
    """

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        ...

    def calendars(self) -> Sequence[RemoteCalendar]:
        """Return the account's calendars."""
        ...

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed since `reading.token`; everything where that is empty. Raises TokenRefused."""
        ...

    def create(self, calendar_id: str, copy: Copy) -> Written:
        """Write a new entry; one that is there already and is this copy is taken over. Raises IdTaken."""
        ...

    def replace(self, calendar_id: str, remote_id: str, tag: str, copy: Copy) -> Written:
        """Change our fields of an entry, and no others. Raises ItemChanged where the tag is another, ItemGone."""
        ...

    def merge(self, calendar_id: str, remote_id: str, copy: Copy) -> Written:
        """Read the entry, put our fields into it, write it back: what others added stays.

        Raises ItemChanged, ItemGone.
        """
        ...

    def delete(self, calendar_id: str, remote_id: str) -> None:
        """Delete an entry whatever it has become; one that is gone already is deleted."""
        ...

    def close(self) -> None:
        """End the session."""
        ...


@dataclass(frozen=True)
class Watch:
    """A server's promise to tell of changes until `expires_at`; `reference` is what it takes to end it."""

    reference: str
    expires_at: datetime


@runtime_checkable
class Watching(Protocol):
    """What a session can do besides where its server tells of changes by itself."""

    def watch(self, calendar_id: str, *, address: str, channel: str, secret: str) -> Watch:
        """Ask to be told at `address` of changes of a calendar, each time with `channel` and `secret`.

        Raises ProviderFailure.
        """
        ...

    def unwatch(self, reference: str) -> None:
        """Ask to be told no more; a promise that has ended already is ended. Raises ProviderFailure."""
        ...


@dataclass(frozen=True)
class Account:
    """Whom a session is opened for. `key` names the account at its server for good; `label` is for people."""

    key: str
    label: str
    base_url: str = ""
    scopes: tuple[str, ...] = ()
