"""Reading what changed in a calendar collection."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

from calendar_sync.enums import Code
from calendar_sync.ics.reader import Entry, IcsReader, Terms
from calendar_sync.ics.writing import is_own_uid
from calendar_sync.providers.base import Passing, Pulled, Reading, RemoteItem, TokenRefused
from calendar_sync.providers.caldav import xml
from calendar_sync.providers.caldav.discovery import rows_of
from calendar_sync.providers.caldav.transport import XML, Transport, refuse

FETCHED_AT_ONCE = 100
MOST_PAGES = 200
TOKEN_REFUSALS = frozenset({400, 403, 404, 405, 409, 410, 412, 415, 500, 501, 507})
"""Servers say in all these ways that they do not know a token, or no tokens at all."""


_Text = tuple[str, str, bytes]
"""Path, tag and content of an entry."""


@dataclass
class _Listing:
    """What a collection names: tags of present entries, ids of removed ones."""

    tags: dict[str, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    token: str = ""


@dataclass(frozen=True)
class Puller:
    """Reads one account's calendars."""

    transport: Transport
    reader: IcsReader
    addresses: tuple[str, ...] = ()

    def pull(self, reading: Reading) -> Pulled:
        """Return what changed. One request where nothing did. Raises TokenRefused, ProviderFailure."""
        if reading.token:
            return self._changes(reading, self._since(reading.remote_id, reading.token), is_complete=False)
        if reading.collection_tag and self._collection_tag(reading.remote_id) == reading.collection_tag:
            return Pulled(token="", is_complete=False, collection_tag=reading.collection_tag)
        try:
            listing = self._since(reading.remote_id, "")
        except TokenRefused:
            # Asked before the listing: what changes in between is found the next time.
            tag = self._collection_tag(reading.remote_id)
            return self._changes(reading, self._listed(reading.remote_id), is_complete=True, collection_tag=tag)
        return self._changes(reading, listing, is_complete=True)

    def _since(self, calendar: str, token: str) -> _Listing:
        """Return what a calendar's server says has changed since `token`, page by page. Raises TokenRefused."""
        listing = _Listing(token=token)
        for _ in range(MOST_PAGES):
            answer = self.transport.send(
                "REPORT", calendar, headers={**XML, "depth": "0"}, content=xml.sync_collection(listing.token)
            )
            if answer.status in TOKEN_REFUSALS:
                if answer.status == 404 and not token:
                    refuse(answer, what="calendar")
                raise TokenRefused
            rows = rows_of(answer, what="calendar")
            was_cut = self._take(rows, listing, calendar)
            _, listing.token = xml.rows(answer.body)
            if not was_cut:
                break
        if not listing.token:
            raise TokenRefused
        return listing

    def _listed(self, calendar: str) -> _Listing:
        """Return every entry of a calendar whose server keeps no tokens."""
        answer = self.transport.send(
            "PROPFIND", calendar, headers={**XML, "depth": "1"}, content=xml.propfind("d:getetag", "d:resourcetype")
        )
        listing = _Listing()
        self._take(rows_of(answer, what="calendar"), listing, calendar)
        return listing

    def _take(self, rows: Iterable[xml.Row], listing: _Listing, calendar: str) -> bool:
        """Add rows to the listing; tell whether the server says that there is more."""
        was_cut = False
        for row in rows:
            path = self.transport.path(row.href)
            if path.rstrip("/") == calendar.rstrip("/"):
                was_cut = was_cut or row.status == 507
                continue
            kind = row.properties.get("d:resourcetype")
            if kind is not None and kind.find(xml.tag("d:collection")) is not None:
                continue
            if row.status in {404, 410}:
                listing.removed.add(path)
                listing.tags.pop(path, None)
            elif row.status >= 400 or row.failed:
                raise Passing(Code.BAD_ANSWER, "The server could not tell about all entries.")
            else:
                listing.tags[path] = row.text("d:getetag")
                listing.removed.discard(path)
        return was_cut

    def _changes(self, reading: Reading, listing: _Listing, *, is_complete: bool, collection_tag: str = "") -> Pulled:
        unchanged = frozenset(path for path, tag in listing.tags.items() if tag and reading.known.get(path) == tag)
        wanted = [path for path in listing.tags if path not in unchanged]
        items: list[RemoteItem] = []
        removed = set(listing.removed)
        for batch, found in self._fetched(reading, wanted):
            reading.keep()
            items += found
            removed |= set(batch) - {item.remote_id for item in found}
        return Pulled(
            token=listing.token,
            is_complete=is_complete,
            items=tuple(items),
            unchanged=unchanged,
            removed=frozenset(removed),
            collection_tag=collection_tag,
        )

    def _fetched(self, reading: Reading, paths: list[str]) -> Iterator[tuple[list[str], list[RemoteItem]]]:
        """Yield up to a hundred paths at a time with the entries that exist there.

        While some are read, the server is asked for the next.
        """
        batches = [paths[first : first + FETCHED_AT_ONCE] for first in range(0, len(paths), FETCHED_AT_ONCE)]
        if batches:
            self.reader.prepare()
        with ThreadPoolExecutor(1) as ahead:
            waiting = [ahead.submit(self._texts, reading, batch) for batch in batches[:1]]
            for number, batch in enumerate(batches):
                texts = waiting.pop().result()
                waiting += [ahead.submit(self._texts, reading, following) for following in batches[number + 1 :][:1]]
                yield batch, self._understood(reading, texts)

    def _texts(self, reading: Reading, paths: list[str]) -> list[_Text]:
        """Return the entries at `paths` that exist, as the server has them."""
        answer = self.transport.send(
            "REPORT", reading.remote_id, headers={**XML, "depth": "1"}, content=xml.multiget(paths)
        )
        asked = set(paths)
        found: list[_Text] = []
        for row in rows_of(answer, what="calendar"):
            path = self.transport.path(row.href)
            if path not in asked or row.status in {404, 410}:
                continue
            if row.failed or row.status >= 500:
                raise Passing(Code.BAD_ANSWER, "The server could not tell about all entries.")
            if "c:calendar-data" in row.properties:
                found.append((path, row.text("d:getetag"), row.text("c:calendar-data").encode()))
        return found

    def _understood(self, reading: Reading, found: list[_Text]) -> list[RemoteItem]:
        terms = Terms(reading.window, reading.time_zone, reading.tentative_blocks, self.addresses)
        read = self.reader.read([text for _, _, text in found], terms)
        return [
            item_of(path, tag, result.entries, warnings=(result.problem,) if result.problem else ())
            for (path, tag, _), result in zip(found, read, strict=True)
        ]

    def _collection_tag(self, calendar: str) -> str:
        """Return the mark that changes with the collection, empty where the server has none."""
        answer = self.transport.send(
            "PROPFIND", calendar, headers={**XML, "depth": "0"}, content=xml.propfind("cs:getctag")
        )
        rows = rows_of(answer, what="calendar")
        return rows[0].text("cs:getctag") if rows else ""


def item_of(remote_id: str, tag: str, entries: Iterable[Entry], *, warnings: tuple[str, ...] = ()) -> RemoteItem:
    """Return an object of the calendar, which holds one UID, seldom more."""
    entries = tuple(entries)
    ours = next((entry for entry in entries if entry.link), None)
    is_ours = ours is not None or any(is_own_uid(entry.uid) for entry in entries)
    return RemoteItem(
        remote_id=remote_id,
        tag=tag,
        busy=() if is_ours else tuple(span for entry in entries for span in entry.spans),
        is_ours=is_ours,
        marker=_marker(ours.link) if ours is not None else None,
        fields=ours.fields if ours is not None else None,
        is_cancelled=bool(entries) and all(entry.is_cancelled for entry in entries),
        repeats_beyond_window=any(entry.repeats_beyond_window for entry in entries),
        warnings=(*warnings, *(warning for entry in entries for warning in entry.warnings)),
    )


def _marker(link: str) -> UUID | None:
    try:
        return UUID(link)
    except ValueError:
        return None
