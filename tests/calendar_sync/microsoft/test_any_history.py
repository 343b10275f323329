"""Whatever happens in a mailbox, what was read step by step is what is there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendar_sync.providers.base import Reading, RemoteItem, TokenRefused
from calendar_sync.providers.microsoft.session import MicrosoftSession
from schedule.selectors.conflicts import Span
from tests.calendar_sync.fakes.graph_mailbox import Json, Mailbox
from tests.calendar_sync.fakes.graph_series import instant
from tests.calendar_sync.fakes.microsoft import FakeGraph, fake_graph
from tests.calendar_sync.microsoft.office import session_at, utc
from tests.calendar_sync.microsoft.texts import daily

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AHEAD = 40 * DAY
EDGE = 3 * DAY
FREE = frozenset({"free", "workingElsewhere"})

offsets = st.integers(-10 * 24, 60 * 24)
picks = st.integers(0, 20)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("meet"), offsets, st.integers(1, 80)),
        st.tuples(st.just("repeat"), offsets, st.integers(0, 60)),
        st.tuples(st.just("move"), picks, offsets),
        st.tuples(st.just("show"), picks, st.integers(0, 2)),
        st.tuples(st.just("drop"), picks, st.just(0)),
        st.tuples(st.just("away"), picks, st.just(0)),
        st.tuples(st.just("day"), picks, st.integers(0, 10)),
        st.tuples(st.just("no day"), picks, st.integers(0, 10)),
        st.tuples(st.just("forget"), st.just(0), st.just(0)),
        st.tuples(st.just("read"), st.just(0), st.just(0)),
        st.tuples(st.just("wait"), st.integers(1, 5), st.just(0)),
    ),
    min_size=3,
    max_size=25,
)


@dataclass
class Reader:
    """What somebody knows who reads now and then."""

    session: MicrosoftSession
    calendar: str
    now: datetime = BEGAN
    token: str = ""
    items: dict[str, RemoteItem] = field(default_factory=dict)

    @property
    def window(self) -> Span:
        """The window at this time."""
        return Span(self.now - DAY, self.now + AHEAD)

    def read(self) -> None:
        """Read what changed, or everything where that is due."""
        known = {name: item.tag for name, item in self.items.items()}
        whole = Reading(remote_id=self.calendar, window=self.window, time_zone="UTC", known=known)
        try:
            pulled = self.session.pull(
                Reading(remote_id=self.calendar, window=self.window, time_zone="UTC", token=self.token)
                if self.token
                else whole
            )
        except TokenRefused:
            pulled = self.session.pull(whole)
        if pulled.is_complete:
            self.items = {name: self.items[name] for name in pulled.unchanged}
        for name in pulled.removed:
            self.items.pop(name, None)
        self.items |= {item.remote_id: item for item in pulled.items}
        self.token = pulled.token

    def busy(self) -> set[tuple[datetime, datetime]]:
        """The busy time known well inside the window."""
        return inside(self.window, {(one.start_at, one.end_at) for item in self.items.values() for one in item.busy})


def inside(window: Span, spans: set[tuple[datetime, datetime]]) -> set[tuple[datetime, datetime]]:
    """Return the spans that lie in a window and not only at its edges."""
    return {span for span in spans if span[0] < window.end_at - EDGE and span[1] > window.start_at + EDGE}


def truth(mailbox: Mailbox, calendar: str, window: Span) -> set[tuple[datetime, datetime]]:
    """Return the busy time that is in the mailbox."""
    spans = set()
    for event in mailbox.of(calendar):
        whole = mailbox.told(event)
        told = mailbox.instances(event, window.start_at, window.end_at) if event.properties["recurrence"] else [whole]
        spans |= {(instant(one["start"]), instant(one["end"])) for one in told if one["showAs"] not in FREE}
    return inside(window, spans)


def carry_out(step: tuple[str, int, int], reader: Reader, mailbox: Mailbox) -> None:
    """Do one thing in the mailbox, or read it."""
    kind, first, second = step
    events = mailbox.of(reader.calendar)
    event = events[first % len(events)] if events else None
    start = BEGAN + first * HOUR
    match kind:
        case "meet":
            mailbox.put(reader.calendar, {"start": utc(start), "end": utc(start + second * HOUR)})
        case "repeat":
            recurrence = daily(start, second)
            mailbox.put(reader.calendar, {"start": utc(start), "end": utc(start + HOUR), "recurrence": recurrence})
        case "forget":
            mailbox.forget_tokens()
        case "read":
            reader.read()
        case "wait":
            reader.now += first * DAY
            reader.token = ""
        case _ if event is not None:
            edit(kind, second, event.id, mailbox)


def edit(kind: str, number: int, name: str, mailbox: Mailbox) -> None:
    """Do something to an event that is there."""
    event = mailbox.events[name]
    recurrence = event.properties["recurrence"]
    match kind:
        case "drop":
            mailbox.drop(event)
        case "away":
            mailbox.move(event, "another")
        case "show":
            mailbox.change(event, showAs=("busy", "free", "tentative")[number])
        case "move" if not recurrence:
            start = BEGAN + number * HOUR
            mailbox.change(event, start=utc(start), end=utc(start + HOUR))
        case "day" | "no day" if recurrence:
            day = instant(event.properties["start"]) + number * DAY
            moved: Json = {"start": utc(day + 3 * HOUR), "end": utc(day + 5 * HOUR)}
            mailbox.change_day(event, day.date(), moved if kind == "day" else None)


@pytest.fixture(scope="module")
def service() -> Iterator[FakeGraph]:
    """One service for all histories."""
    with fake_graph() as running:
        yield running


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=steps)
def test_what_was_read_is_what_is_there(service: FakeGraph, history: list[tuple[str, int, int]]) -> None:
    service.mailbox = Mailbox()
    reader = Reader(session_at(service), service.mailbox.add_calendar("Calendar"))
    try:
        with override_settings(OUTGOING_ALLOWED_HOSTS=(f"127.0.0.1:{service.port}",)):
            for step in [*history, ("read", 0, 0)]:
                carry_out(step, reader, service.mailbox)
    finally:
        reader.session.close()

    assert reader.busy() == truth(service.mailbox, reader.calendar, reader.window)
