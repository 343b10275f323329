"""A session at Microsoft Graph: what it finds, and what it makes of refusals."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.base import (
    AuthLost,
    CalendarGone,
    Copy,
    IdTaken,
    ItemChanged,
    ItemGone,
    Passing,
    Permanent,
    ProviderFailure,
    RemoteCalendar,
    Session,
    Throttled,
    TokenRefused,
    Watching,
)
from calendar_sync.providers.microsoft.session import MicrosoftSession
from tests.calendar_sync.fakes.graph_mailbox import Json
from tests.calendar_sync.fakes.microsoft import FakeGraph, Fault
from tests.calendar_sync.microsoft.office import HOUR, NOON, reading, session_at, utc


@pytest.fixture
def calendar(graph: FakeGraph) -> str:
    return graph.mailbox.add_calendar("Calendar")


@pytest.fixture
def session(graph: FakeGraph) -> Iterator[MicrosoftSession]:
    opened = session_at(graph)
    yield opened
    opened.close()


def copy(**given: object) -> Copy:
    marker = uuid4()
    defaults: Json = {
        "uid": marker.hex,
        "marker": marker,
        "business": "acme",
        "start_at": NOON,
        "end_at": NOON + HOUR,
        "summary": "Cut",
    }
    return Copy(**(defaults | given))


def test_it_is_what_the_engine_expects(session: MicrosoftSession) -> None:
    engine: Session = session

    assert isinstance(engine, Watching)


def test_calendars_are_listed_page_by_page(session: MicrosoftSession, graph: FakeGraph) -> None:
    graph.scopes |= {"MailboxSettings.Read"}
    first = graph.mailbox.add_calendar("Calendar", hexColor="#1d4ed8")
    shared = graph.mailbox.add_calendar("Team", canEdit=False)
    for number in range(150):
        graph.mailbox.add_calendar(f"Room {number}")

    found = session.calendars()

    zone = "America/New_York"
    assert found[:2] == [
        RemoteCalendar(first, "Calendar", zone, "#1d4ed8", is_writable=True, is_primary=True),
        RemoteCalendar(shared, "Team", zone, "", is_writable=False, is_primary=False),
    ]
    assert len(found) == 152
    assert session.requests == 3


def test_the_zone_stays_open_where_we_may_not_know_it(session: MicrosoftSession, calendar: str) -> None:
    assert [one.time_zone for one in session.calendars()] == [""]


@pytest.mark.parametrize(
    ("status", "code", "failure", "named", "says"),
    [
        (403, "ErrorAccessDenied", Permanent, Code.MISSING_SCOPE, "allow access to calendars"),
        (404, "ErrorItemNotFound", CalendarGone, Code.NOT_FOUND, "no such calendar"),
        (404, "MailboxNotEnabledForRESTAPI", Permanent, Code.NO_CALENDARS, "Exchange Online licence"),
        (400, "ErrorInvalidRequest", Permanent, Code.BAD_ANSWER, "ErrorInvalidRequest"),
        (400, "<script>", Permanent, Code.BAD_ANSWER, "(400)"),
        (409, "ConcurrentItemSave", Passing, Code.BAD_ANSWER, "busy"),
        (500, "generalException", Passing, Code.BAD_ANSWER, "500"),
        (503, "serviceNotAvailable", Passing, Code.BAD_ANSWER, "503"),
        (504, "UnknownError", Passing, Code.BAD_ANSWER, "504"),
        (429, "TooManyRequests", Throttled, Code.RATE_LIMITED, "wait"),
    ],
)
def test_refusals_mean_something(
    session: MicrosoftSession,
    graph: FakeGraph,
    calendar: str,
    status: int,
    code: str,
    failure: type[ProviderFailure],
    named: Code,
    says: str,
) -> None:
    graph.faults = [Fault("POST", "/events", status=status, code=code)]

    with pytest.raises(failure) as raised:
        session.create(calendar, copy())

    assert type(raised.value) is failure
    assert raised.value.code == named
    assert says in raised.value.detail


def test_an_answer_that_is_no_answer_is_no_success(session: MicrosoftSession, graph: FakeGraph, calendar: str) -> None:
    first = copy()
    written = session.create(calendar, first)
    graph.faults = [Fault("", "", status=200, times=3)]

    with pytest.raises(Passing):
        session.pull(reading(graph, calendar))
    with pytest.raises(Passing):
        session.create(calendar, copy())
    with pytest.raises(Passing):
        session.replace(calendar, written.remote_id, written.tag, first)


def test_case_31_an_access_token_that_is_used_up_is_renewed_once(graph: FakeGraph, calendar: str) -> None:
    graph.tokens = {"access-2"}
    session = session_at(graph, "access-1", "access-2")

    session.pull(reading(graph, calendar))
    session.pull(reading(graph, calendar))
    session.close()

    given = [one.headers["authorization"] for one in graph.log]
    assert given == ["Bearer access-1", "Bearer access-2", "Bearer access-2"]


def test_case_32_an_account_that_lets_us_in_no_more_needs_a_person(graph: FakeGraph, calendar: str) -> None:
    graph.tokens = set()
    session = session_at(graph, "access-1", "access-2")

    with pytest.raises(AuthLost):
        session.pull(reading(graph, calendar))
    session.close()

    assert len(graph.log) == 2


@pytest.mark.parametrize(("status", "code"), [(410, "SyncStateNotFound"), (410, "resyncRequired"), (400, "BadToken")])
def test_case_36_a_token_that_is_refused_is_none_any_more(
    session: MicrosoftSession, graph: FakeGraph, calendar: str, status: int, code: str
) -> None:
    token = session.pull(reading(graph, calendar)).token
    graph.faults = [Fault("GET", "delta", status=status, code=code)]

    with pytest.raises(TokenRefused):
        session.pull(reading(graph, calendar, token=token))


def test_a_place_in_the_list_that_is_lost_is_no_refused_token(
    session: MicrosoftSession, graph: FakeGraph, calendar: str
) -> None:
    graph.faults = [Fault("GET", "delta", status=410, code="SyncStateNotFound")]

    with pytest.raises(Passing):
        session.pull(reading(graph, calendar))


def test_a_link_to_another_server_is_not_followed(session: MicrosoftSession, graph: FakeGraph, calendar: str) -> None:
    for _ in range(101):
        graph.mailbox.put(calendar, {"start": utc(NOON), "end": utc(NOON + HOUR)})
    graph.link_base = "https://evil.example/v1.0"

    with pytest.raises(Permanent) as raised:
        session.pull(reading(graph, calendar))

    assert raised.value.code == Code.URL_NOT_ALLOWED
    assert session.requests == 1


def test_ids_are_kept_as_the_service_says_them(session: MicrosoftSession, graph: FakeGraph, calendar: str) -> None:
    written = session.create(calendar, copy())

    [item] = session.pull(reading(graph, calendar)).items
    assert (item.remote_id, item.tag) == (written.remote_id, written.tag)
    assert all(one.preferences["IdType"] == "ImmutableId" for one in graph.log)
    assert all(one.preferences["outlook.timezone"] == "UTC" for one in graph.log)


def test_rewriting_wants_the_version_that_was_seen(session: MicrosoftSession, graph: FakeGraph, calendar: str) -> None:
    first = copy()
    written = session.create(calendar, first)
    graph.mailbox.touch(graph.mailbox.events[written.remote_id])

    with pytest.raises(ItemChanged):
        session.replace(calendar, written.remote_id, written.tag, first)
    merged = session.merge(calendar, written.remote_id, first)
    again = session.replace(calendar, written.remote_id, merged.tag, first)

    assert again.remote_id == written.remote_id
    session.delete(calendar, written.remote_id)
    session.delete(calendar, written.remote_id)
    with pytest.raises(ItemGone):
        session.merge(calendar, written.remote_id, first)
    with pytest.raises(ItemGone):
        session.replace(calendar, written.remote_id, again.tag, first)


def test_case_23_an_entry_under_our_name_is_taken_over(
    session: MicrosoftSession, graph: FakeGraph, calendar: str
) -> None:
    first = copy()
    written = session.create(calendar, first)
    graph.mailbox.change(graph.mailbox.events[written.remote_id], subject="Changed by hand")

    adopted = session.create(calendar, first)

    assert adopted.remote_id == written.remote_id
    assert graph.mailbox.events[written.remote_id].properties["subject"] == "Cut"
    session.delete(calendar, written.remote_id)
    with pytest.raises(IdTaken):
        session.create(calendar, first)


def test_more_than_four_at_once_are_told_to_wait(graph: FakeGraph, calendar: str) -> None:
    graph.waits_for = 5
    sessions = [session_at(graph) for _ in range(5)]
    failures: list[ProviderFailure] = []

    def pull(session: MicrosoftSession) -> None:
        try:
            session.pull(reading(graph, calendar))
        except ProviderFailure as failure:
            failures.append(failure)

    threads = [Thread(target=pull, args=[session]) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for session in sessions:
        session.close()

    assert [type(failure) for failure in failures] == [Throttled]


def test_a_batch_says_when_to_wait(session: MicrosoftSession, graph: FakeGraph, calendar: str) -> None:
    event = graph.mailbox.put(calendar, {"start": utc(NOON), "end": utc(NOON + HOUR)})
    token = session.pull(reading(graph, calendar)).token
    graph.mailbox.drop(event)
    graph.faults = [Fault("GET", event.id, status=429, headers={"Retry-After": "77"})]

    with pytest.raises(Throttled) as raised:
        session.pull(reading(graph, calendar, token=token))

    assert timedelta(seconds=40) < raised.value.until - timezone.now() <= timedelta(seconds=77)


def test_what_is_known_is_not_told_again(session: MicrosoftSession, graph: FakeGraph, calendar: str) -> None:
    for number in range(3):
        graph.mailbox.put(calendar, {"start": utc(NOON + number * HOUR), "end": utc(NOON + (number + 1) * HOUR)})
    first = session.pull(reading(graph, calendar))
    known = {item.remote_id: item.tag for item in first.items}
    changed = graph.mailbox.of(calendar)[1]
    graph.mailbox.touch(changed)

    second = session.pull(reading(graph, calendar, known=known))

    assert [item.remote_id for item in second.items] == [changed.id]
    assert second.unchanged == known.keys() - {changed.id}
    assert (second.is_complete, second.removed) == (True, frozenset())


def test_many_deletions_are_looked_for_twenty_at_a_time(
    session: MicrosoftSession, graph: FakeGraph, calendar: str
) -> None:
    events = [graph.mailbox.put(calendar, {"start": utc(NOON), "end": utc(NOON + HOUR)}) for _ in range(45)]
    token = session.pull(reading(graph, calendar)).token
    for event in events:
        graph.mailbox.drop(event)
    graph.log.clear()

    pulled = session.pull(reading(graph, calendar, token=token))

    assert pulled.removed == {event.id for event in events}
    assert [one.path for one in graph.log[1:]] == ["/$batch"] * 3
