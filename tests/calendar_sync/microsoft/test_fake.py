"""The fake service takes what the documentation knows, and nothing else."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from tests.calendar_sync.fakes.graph_shapes import SHAPES
from tests.calendar_sync.fakes.microsoft import FakeGraph, fake_graph
from tests.calendar_sync.microsoft.office import HOUR, NOON, utc

PREFER = 'IdType="ImmutableId", outlook.timezone="UTC"'
TIMES = {"start": utc(NOON), "end": utc(NOON + HOUR)}
LINK = "String {849d031a-1451-4cac-95fa-92ae50fbf228} Name SmoothScheduleLink"


@pytest.fixture
def strict() -> Iterator[FakeGraph]:
    with fake_graph() as service:
        service.mailbox.add_calendar("Calendar")
        yield service
        service.complaints.clear()


def ask(
    graph: FakeGraph, method: str, path: str, body: Any = None, *, prefer: str = PREFER, bearer: str = "access-1"
) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", graph.port, timeout=10)
    calendar = next(iter(graph.mailbox.calendars))
    headers = {"Authorization": f"Bearer {bearer}", "Prefer": prefer}
    try:
        sent = json.dumps(body) if body is not None else None
        connection.request(method, "/v1.0/" + path.replace("CALENDAR", calendar), sent, headers)
        answer = connection.getresponse()
        said = answer.read()
        return answer.status, json.loads(said) if said else None
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({**TIMES, "title": "x"}, "event.title does not exist"),
        ({**TIMES, "id": "x"}, "event.id cannot be set"),
        ({**TIMES, "subject": 7}, "event.subject is no string: 7"),
        ({**TIMES, "showAs": "BUSY"}, "event.showAs is no free|tentative|busy|oof|workingElsewhere|unknown: 'BUSY'"),
        ({"start": TIMES["start"]}, "event.end is missing"),
        (
            {**TIMES, "end": {"dateTime": "2026-03-10T12:00:00Z", "timeZone": "UTC"}},
            "dateTimeTimeZone.dateTime is no local: '2026-03-10T12:00:00Z'",
        ),
        ({**TIMES, "attendees": {}}, "event.attendees is no list"),
        ({**TIMES, "attendees": [{"emailAddress": {"name": "x"}}]}, "emailAddress.address is missing"),
        (
            {**TIMES, "singleValueExtendedProperties": [{"id": "Link", "value": "x"}]},
            "singleValueLegacyExtendedProperty.id is no extended: 'Link'",
        ),
        (
            {**TIMES, "end": {"dateTime": "2026-03-10T12:00:00", "timeZone": "Mars"}},
            "there is no such zone: 'No time zone found with key Mars'",
        ),
    ],
)
def test_a_strange_event_is_refused(strict: FakeGraph, body: Any, complaint: str) -> None:
    status, said = ask(strict, "POST", "me/calendars/CALENDAR/events", body)

    assert (status, said["error"]["message"], strict.complaints) == (400, complaint, [complaint])
    assert strict.mailbox.events == {}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "me/calendars/CALENDAR/calendarView/delta?startDateTime=2026-03-01&endDateTime=2026-04-01&$select=id"),
        ("GET", "me/calendars/CALENDAR/calendarView/delta"),
        ("GET", "me/calendars/CALENDAR/calendarView/delta?startDateTime=2026-03-01&endDateTime=2036-04-01"),
        ("GET", "me/calendars/CALENDAR/events?$filter=start"),
        ("GET", "me/calendars?$select=title"),
        ("GET", "me/calendars/CALENDAR/tasks"),
        ("PUT", "me/calendars/CALENDAR/events"),
        ("GET", "me/messages"),
    ],
)
def test_a_strange_request_is_refused(strict: FakeGraph, method: str, path: str) -> None:
    assert ask(strict, method, path)[0] == 400
    assert len(strict.complaints) == 1


def test_a_request_without_preferences_is_refused(strict: FakeGraph) -> None:
    assert ask(strict, "GET", "me/calendars", prefer='outlook.timezone="UTC"')[0] == 400
    assert strict.complaints == ['GET /me/calendars does not prefer IdType="ImmutableId"']


def test_a_request_with_another_token_is_refused(strict: FakeGraph) -> None:
    assert ask(strict, "GET", "me", bearer="guess") == (
        401,
        {"error": {"code": "InvalidAuthenticationToken", "message": "Access token has expired."}},
    )


def test_a_transaction_id_cannot_be_changed(strict: FakeGraph) -> None:
    _, event = ask(strict, "POST", "me/calendars/CALENDAR/events", {**TIMES, "transactionId": "t1"})

    assert ask(strict, "PATCH", f"me/events/{event['id']}", {"transactionId": "t2"})[0] == 400
    assert strict.complaints == ["event.transactionId cannot be set"]


def test_both_spellings_of_delta_are_one(strict: FakeGraph) -> None:
    ask(strict, "POST", "me/calendars/CALENDAR/events", TIMES)
    window = f"startDateTime={NOON:%Y-%m-%d}&endDateTime={NOON + 24 * HOUR:%Y-%m-%d}"

    answers = [ask(strict, "GET", f"me/calendars/CALENDAR/calendarView/delta{end}?{window}") for end in ("", "()")]

    assert [(status, len(body["value"])) for status, body in answers] == [(200, 1), (200, 1)]


def test_an_extended_property_is_told_to_those_who_ask_for_it(strict: FakeGraph) -> None:
    mark = {"id": LINK, "value": "acme/1"}
    _, event = ask(strict, "POST", "me/calendars/CALENDAR/events", {**TIMES, "singleValueExtendedProperties": [mark]})
    expanded = f"me/events/{event['id']}?$expand=singleValueExtendedProperties($filter=id%20eq%20'{quoted(LINK)}')"

    assert "singleValueExtendedProperties" not in event
    assert ask(strict, "GET", expanded)[1]["singleValueExtendedProperties"] == [mark]


def quoted(text: str) -> str:
    return text.replace(" ", "%20").replace("{", "%7B").replace("}", "%7D")


def test_every_shape_names_its_page() -> None:
    assert all(shape.source.startswith("api/") for shape in SHAPES.values())
    assert all(shape.required <= shape.properties.keys() for shape in SHAPES.values())
