"""Ours and vdirsyncer, doing the same with the same entries on the same server, each timed from the outside."""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.utils import timezone

from calendar_sync.enums import ConnectionState
from calendar_sync.ics.writing import Entry, calendar_text
from calendar_sync.models import CalendarConnection, ExternalCalendar, SyncRun
from calendar_sync.services.linking import note_calendar
from calendar_sync.services.syncing import sync
from core.models import Tenant
from schedule.models import TimeOff
from tests.calendar_sync.accounts import connected
from tests.calendar_sync.readers import run_python, vdirsyncer
from tests.calendar_sync.servers import PASSWORD, USER, CalDavServer
from tests.factories.schedule import CustomerFactory, EventFactory, ResourceFactory, ServiceFactory

Times = frozenset[tuple[str, str]]
"""Start and end of every entry, as iCalendar spells them."""
FORM = "%Y%m%dT%H%M%SZ"
FIRST_AT = (timezone.now() + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
HOUR = timedelta(hours=1)


def appointments(count: int) -> list[UUID]:
    """Make appointments, an hour each, one after the other."""
    service, customer = ServiceFactory.create(name="Cut"), CustomerFactory.create(name="Ada Lovelace")
    resources = [ResourceFactory.create()]
    return [
        EventFactory.create(
            service=service, customer=customer, start_at=FIRST_AT + number * HOUR, resources=resources
        ).pk
        for number in range(count)
    ]


class Ours:
    """A connection to one calendar of the server."""

    def __init__(self, tenant: Tenant, server: CalDavServer, path: str, *, port: int = 0, writes: bool) -> None:
        seen = replace(server, port=port or server.port)
        self._tenant = tenant
        self._calendar = connected(tenant, seen, path, resource=None, write_target=writes)

    def due(self, event_ids: Sequence[UUID]) -> None:
        """Let these appointments be due to be written."""
        note_calendar(calendar=self._calendar, event_ids=event_ids, now=timezone.now())

    def visit(self) -> float:
        """Visit the connection as a worker does; return the seconds it took."""
        began = time.perf_counter()
        sync(tenant=self._tenant, connection_id=self._calendar.connection_id)
        took = time.perf_counter() - began
        row = CalendarConnection.objects.get(pk=self._calendar.connection_id)
        if row.state != ConnectionState.ACTIVE:
            raise RuntimeError(f"{row.state}: {row.state_detail}")
        return took

    def requests(self) -> int:
        """Return how many requests the last visit sent that left a record."""
        run = SyncRun.objects.filter(connection_id=self._calendar.connection_id).latest("pk")
        return int(run.figures["requests"])

    def busy(self) -> Times:
        """Return what was taken into the schedule."""
        rows = TimeOff.objects.filter(origin=self._calendar.origin).values_list("start_at", "end_at")
        return frozenset((f"{start_at:{FORM}}", f"{end_at:{FORM}}") for start_at, end_at in rows)

    def forget(self) -> None:
        """Remove the connection with everything that was read."""
        TimeOff.objects.filter(origin=self._calendar.origin).delete()
        ExternalCalendar.objects.filter(pk=self._calendar.pk).delete()
        CalendarConnection.objects.filter(pk=self._calendar.connection_id).delete()


class Vdirsyncer:
    """A folder and a calendar of the server."""

    def __init__(self, folder: Path, server: CalDavServer, path: str, *, port: int = 0) -> None:
        address = f"http://127.0.0.1:{port or server.port}{path}"
        self._config = vdirsyncer.of_calendar(folder, address, username=USER, password=PASSWORD)
        self._items = folder / "items"
        run_python("vdirsyncer", "-c", self._config, "discover")

    def fill(self, count: int) -> None:
        """Put entries like ours into the folder."""
        for number in range(count):
            text = calendar_text([_entry(FIRST_AT + number * HOUR)])
            (self._items / f"{number:04d}.ics").write_bytes(text)

    def sync(self) -> float:
        """Synchronise; return the seconds it took, the start of the program included."""
        began = time.perf_counter()
        run_python("vdirsyncer", "-c", self._config, "sync")
        return time.perf_counter() - began

    def times(self) -> Times:
        """Return what lies in the folder."""
        return times_in(path.read_bytes() for path in self._items.glob("*.ics"))


def on_server(server: CalDavServer, path: str) -> Times:
    """Return what the server has, asked by neither of the two."""
    names = server.names(path)
    return times_in(server.request("GET", f"{path}{name}")[1] for name in names)


def times_in(texts: Iterable[bytes]) -> Times:
    """Return the times in entries of one event each."""
    found = []
    for text in texts:
        start, end = (re.search(rb"\n%s:(\w+)" % name, text) for name in (b"DTSTART", b"DTEND"))
        assert start is not None
        assert end is not None
        found.append((start[1].decode(), end[1].decode()))
    if len(set(found)) != len(found):
        raise RuntimeError("an entry is there twice")
    return frozenset(found)


def _entry(start_at: datetime) -> Entry:
    return Entry(
        uid=f"{uuid4().hex}@peer.example",
        start_at=start_at,
        end_at=start_at + HOUR,
        summary="Cut · Ada Lovelace",
        updated_at=timezone.now(),
        description="+1 212 555 0100\nada@example.com\nhttp://bench.localhost/appointments",
    )
