"""Reading what changed in a calendar view ("event: delta", "Get incremental changes to events in a calendar view").

What the documentation leaves open was settled by what others report of the service: a series is told by its master in
full and its occurrences with id and times alone; an occurrence that was deleted is not told of
(microsoftgraph/microsoft-graph-docs, pull request 4501, issues 7632 and 6353). A series is therefore one entry here,
which is replaced as a whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from calendar_sync.enums import Code
from calendar_sync.providers.base import CalendarGone, Passing, Permanent, Pulled, Reading, RemoteItem, TokenRefused
from calendar_sync.providers.microsoft.events import (
    SELECTED,
    Event,
    Terms,
    Unreadable,
    item_of,
    item_of_series,
    span_of,
    zone_named,
)
from calendar_sync.providers.microsoft.graph import (
    GONE,
    MOST_PAGES,
    Graph,
    endless,
    entries_in,
    entry_in,
    refusal,
    with_query,
)
from calendar_sync.providers.microsoft.marks import Tag
from calendar_sync.providers.rest import RestAnswer
from schedule.selectors.conflicts import Span

PAGE, SMALL_PAGE = 100, 10
TOKEN_REFUSALS = frozenset({400, 404, 410})
"""A token that is not known any more is answered 410 (syncStateNotFound, resyncRequired); a broken one 400 or 404."""
WINDOW_MOVES_BY = timedelta(days=2)


@dataclass
class _Listing:
    """What a delta query told: events that stand alone, masters, occurrences by master and id, and ids it took away."""

    singles: dict[str, Event] = field(default_factory=dict)
    masters: dict[str, Event] = field(default_factory=dict)
    occurrences: dict[str, dict[str, Event]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    token: str = ""

    def take(self, event: Event) -> None:
        """Add one; what is told last counts."""
        name = str(event.get("id") or "")
        if "@removed" in event:
            self.removed.add(name)
            self.occurrences.pop(name, None)
            for told in (self.singles, self.masters, *self.occurrences.values()):
                told.pop(name, None)
            return
        self.removed.discard(name)
        series = str(event.get("seriesMasterId") or "")
        if series:
            self.occurrences.setdefault(series, {})[name] = event
        elif event.get("type") == "seriesMaster":
            self.masters[name] = event
        else:
            self.singles[name] = event


@dataclass(frozen=True)
class Puller:
    """Reads one mailbox's calendars. `deleted` are entries that we deleted ourselves: nobody has to look for them."""

    graph: Graph
    deleted: set[str] = field(default_factory=set)

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed. One request where nothing did. Raises TokenRefused, ProviderFailure."""
        terms = Terms(ZoneInfo(zone_named(reading.time_zone) or "UTC"), reading.tentative_blocks)
        listing = self._listed(reading)
        items, missing = self._told(reading, listing, terms)
        unchanged: set[str] = set()
        if not reading.token:
            unchanged, unseen = _compared(reading, listing, items)
            missing |= unseen
        gone = self._looked_for(reading, missing - items.keys(), items, terms)
        return Pulled(
            token=listing.token,
            is_complete=not reading.token,
            items=tuple(item for name, item in items.items() if name not in unchanged),
            unchanged=frozenset(unchanged),
            removed=frozenset(gone),
        )

    def _told(self, reading: Reading, listing: _Listing, terms: Terms) -> tuple[dict[str, RemoteItem], set[str]]:
        """Return the entries that a delta query told of by their ids, and the ids that it took away."""
        items = {name: item_of(event, terms) for name, event in listing.singles.items()}
        missing = set(listing.removed)
        for series in sorted(listing.masters.keys() | listing.occurrences.keys()):
            reading.keep()
            item = self._series_told(reading, listing, series, terms)
            if item is None:
                missing.add(series)
            else:
                items[series] = item
        return items, missing

    def _listed(self, reading: Reading) -> _Listing:
        """Return everything that a delta query tells. Raises TokenRefused."""
        listing = _Listing()
        if reading.token and not self.graph.is_own(reading.token):
            raise TokenRefused
        path = reading.token or with_query(
            f"{calendar_path(reading.remote_id)}/calendarView/delta", _query(reading.window)
        )
        for _ in range(MOST_PAGES):
            answer = self._page(path)
            if answer.status != 200:
                if reading.token and answer.status in TOKEN_REFUSALS:
                    raise TokenRefused
                if answer.status == 410:
                    raise Passing(Code.BAD_ANSWER, "Microsoft lost its place in the list of entries.")
                raise refusal(answer, what="calendar")
            reading.keep()
            for event in entries_in(answer):
                listing.take(event)
            path = self.graph.onward(answer)
            if not path:
                listing.token = self.graph.onward(answer, "@odata.deltaLink")
                break
        if not listing.token:
            raise endless()
        return listing

    def _page(self, path: str) -> RestAnswer:
        """Return a page; a smaller one where entries with long texts make it too large."""
        try:
            return self.graph.send("GET", path, page_size=PAGE)
        except Permanent as failure:
            if failure.code != Code.TOO_LARGE:
                raise
            return self.graph.send("GET", path, page_size=SMALL_PAGE)

    def _series_told(self, reading: Reading, listing: _Listing, series: str, terms: Terms) -> RemoteItem | None:
        """Return a series that a delta query told of.

        Of a changed series all that is left is told, they say; nobody promises it. What were not told would be free
        though it is busy, so that only a listing of everything is taken at its word.
        """
        master = listing.masters.get(series, {})
        if master and not reading.token:
            return item_of_series(series, master, listing.occurrences.get(series, {}).values(), terms)
        return self._series(reading, series, master, terms)

    def _series(self, reading: Reading, series: str, master: Event, terms: Terms) -> RemoteItem | None:
        """Return a series whose occurrences have to be asked for, None where there is no such series any more."""
        path = f"{event_path(reading.remote_id, series)}/instances"
        query = {**_query(reading.window), "$select": SELECTED}
        try:
            told = list(self.graph.pages(path, query, what="entry", page_size=PAGE))
        except CalendarGone:
            return None
        return item_of_series(series, master, told, terms)

    def _looked_for(self, reading: Reading, missing: set[str], items: dict[str, RemoteItem], terms: Terms) -> set[str]:
        """Return which of the missing entries are gone; add those to `items` that were found.

        A delta query also says "deleted" of what lies outside its window and was changed there, so an entry of ours
        that somebody moved far away would be written a second time if that were believed.
        """
        names = sorted(missing - self.deleted)
        query = {"$select": SELECTED}
        answers = self.graph.look_up([with_query(event_path(reading.remote_id, name), query) for name in names])
        gone = missing & self.deleted
        for name, answer in zip(names, answers, strict=True):
            if answer.status in GONE:
                gone.add(name)
                continue
            item = self._found(reading, entry_in(answer, what="entry"), terms, items.keys())
            if item is None:
                gone.add(name)
            else:
                items[item.remote_id] = item
        return gone

    def _found(self, reading: Reading, event: Event, terms: Terms, told: Iterable[str]) -> RemoteItem | None:
        """Return an entry that exists though it was not listed; None for one that would have been, were it in here.

        One of ours that exists was not deleted, whatever else somebody did with it.
        """
        is_master = event.get("type") == "seriesMaster"
        series = str(event["id"] if is_master else event.get("seriesMasterId") or "")
        if series:
            return None if series in told else self._series(reading, series, event if is_master else {}, terms)
        item = item_of(event, terms)
        inner = Span(reading.window.start_at, reading.window.end_at - WINDOW_MOVES_BY)
        try:
            return None if not item.is_ours and span_of(event, terms.zone).overlaps(inner) else item
        except Unreadable:
            return None


def _compared(reading: Reading, listing: _Listing, items: Mapping[str, RemoteItem]) -> tuple[set[str], set[str]]:
    """Return of a complete listing which known entries are as they were, and which are missing from it.

    What was over before the window began is not listed any more and is as it was.
    """
    same = {name for name in listing.singles if reading.known.get(name) == items[name].tag}
    unseen = reading.known.keys() - items.keys()
    behind = {name for name in unseen if Tag.read(reading.known[name]).ends_at <= reading.window.start_at}
    return same | behind, unseen - behind


def calendar_path(calendar_id: str) -> str:
    """Return the path of a calendar."""
    return f"me/calendars/{quote(calendar_id, safe='')}"


def event_path(calendar_id: str, event_id: str) -> str:
    """Return the path of an event in a calendar."""
    return f"{calendar_path(calendar_id)}/events/{quote(event_id, safe='')}"


def _query(window: Span) -> dict[str, str]:
    return {"startDateTime": _told(window.start_at), "endDateTime": _told(window.end_at)}


def _told(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
