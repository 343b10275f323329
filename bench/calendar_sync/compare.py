"""The comparison: ours and vdirsyncer in turn, on each server, with the results compared before a time counts.

`ours` is a visit by a worker that runs, with everything it writes to the database; vdirsyncer's times include the start
of the program, as whoever runs it by a timer waits for it.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django_tenants.utils import tenant_context

from bench.calendar_sync.arms import Ours, Vdirsyncer, appointments, on_server
from bench.calendar_sync.delay import delayed
from bench.figures import Figure, table
from core.models import Tenant
from core.tenants import create_tenant
from tests.calendar_sync.cyrus import Unavailable
from tests.calendar_sync.servers import KINDS, CalDavServer, caldav_server

ENTRIES = {"small": 40, "full": 1000}
FAR_ENTRIES = {"small": 40, "full": 300}
ROUNDS = {"small": 1, "full": 3}
SLOW_ROUNDS = 1
"""Of servers on which a write takes as long as the calendar is large, so that a round takes minutes."""
ROUND_TRIP_SECONDS = 0.04
PUSH_TARGETS = {"cyrus": 0.75}
FETCHED_AT_ONCE = 100


@dataclass(frozen=True)
class Setting:
    """What a comparison needs to know."""

    tenant: Tenant
    server: CalDavServer
    folder: Path
    events: Sequence[UUID]
    rounds: int
    size: str

    def fresh(self) -> tuple[Path, str]:
        """Return a new folder and the path of a new calendar on the server."""
        name = uuid4().hex[:12]
        return self.folder / name, self.server.make_calendar(name)


def run(size: str) -> bool:
    """Measure, print one line per figure and a table; True when every target is reached, in a small run when equal."""
    tenant = create_tenant(
        name="Bench",
        subdomain="bench",
        timezone="Europe/Berlin",
        plan="enterprise",
        owner_email="owner@bench.example",
        owner_password="correct horse battery",  # noqa: S106
    )
    figures: list[Figure] = []
    with tenant_context(tenant), tempfile.TemporaryDirectory(prefix="bench-calendar-sync-") as folder:
        events = appointments(ENTRIES[size])
        for kind in KINDS:
            for figure in _on(kind, tenant, Path(folder), events, size):
                sys.stdout.write(figure.line() + "\n")
                sys.stdout.flush()
                figures.append(figure)
    sys.stdout.write(table(figures))
    return all(figure.ok if size == "full" else figure.equal for figure in figures)


def _on(kind: str, tenant: Tenant, folder: Path, events: Sequence[UUID], size: str) -> Iterator[Figure]:
    place = folder / kind
    place.mkdir()
    with ExitStack() as running:
        try:
            server = running.enter_context(caldav_server(kind, place))
        except Unavailable as reason:
            sys.stderr.write(f"without {kind}: {reason}\n")
            return
        rounds = ROUNDS[size] if kind == "cyrus" else SLOW_ROUNDS
        setting = Setting(tenant, server, place, events, rounds, size)
        with _allowed(server.port):
            yield _first_push(setting)
            yield from _pulls(setting)
        with delayed(server.port, round_trip_seconds=ROUND_TRIP_SECONDS) as port, _allowed(port):
            yield _far_push(setting, port)


@contextmanager
def _allowed(port: int) -> Iterator[None]:
    settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{port}",)
    yield
    settings.OUTGOING_ALLOWED_HOSTS = ()


def _first_push(setting: Setting) -> Figure:
    target = PUSH_TARGETS.get(setting.server.kind, 1.0)
    return _pushed(setting, "first push", setting.events, target=target, port=0)


def _far_push(setting: Setting, port: int) -> Figure:
    events = setting.events[: FAR_ENTRIES[setting.size]]
    # Where the server's own work is what takes the time, its distance does not show.
    target = 0.35 if setting.server.kind == "cyrus" else 1.0
    return _pushed(setting, "first push, 40 ms away", events, target=target, port=port)


def _pushed(setting: Setting, name: str, events: Sequence[UUID], *, target: float, port: int) -> Figure:
    samples: list[tuple[float, float]] = []
    equal = True
    for number in range(setting.rounds):
        folder, peer_path = setting.fresh()
        peer = Vdirsyncer(folder, setting.server, peer_path, port=port)
        peer.fill(len(events))
        _, path = setting.fresh()
        ours = Ours(setting.tenant, setting.server, path, port=port, writes=True)
        ours.due(events)
        if number % 2:
            theirs, mine = peer.sync(), ours.visit()
        else:
            mine, theirs = ours.visit(), peer.sync()
        samples.append((mine, theirs))
        there = on_server(setting.server, path)
        equal = equal and len(there) == len(events) and there == on_server(setting.server, peer_path)
        ours.forget()
    return _figure(setting, name, samples, len(events), equal=equal, target=target)


def _pulls(setting: Setting) -> Iterator[Figure]:
    """Fill a calendar, read it into nothing, and read it again."""
    source, path = setting.fresh()
    filling = Vdirsyncer(source, setting.server, path)
    filling.fill(len(setting.events))
    filling.sync()
    first: list[tuple[float, float]] = []
    again: list[tuple[float, float]] = []
    equal, count = True, len(setting.events)
    for number in range(ROUNDS[setting.size]):
        peer = Vdirsyncer(source.with_name(f"{source.name}-{number}"), setting.server, path)
        ours = Ours(setting.tenant, setting.server, path, writes=False)
        first.append((ours.visit(), peer.sync()))
        most = 1 + -(-count // FETCHED_AT_ONCE)
        equal = equal and ours.requests() <= most and len(ours.busy()) == count
        again.append((ours.visit(), peer.sync()))
        equal = equal and ours.busy() == peer.times()
        ours.forget()
    yield _figure(setting, "first pull", first, count, equal=equal, target=1.0)
    yield _figure(setting, "nothing changed", again, count, equal=equal, target=0.2)


def _figure(
    setting: Setting, name: str, samples: list[tuple[float, float]], rows: int, *, equal: bool, target: float
) -> Figure:
    return Figure(
        name=f"{setting.server.kind}: {name} / vdirsyncer",
        ratio=statistics.median(mine / theirs for mine, theirs in samples),
        ours=statistics.median(mine for mine, _ in samples),
        peer=statistics.median(theirs for _, theirs in samples),
        unit="s",
        rows=rows,
        equal=equal,
        target=target,
        most=True,
    )
