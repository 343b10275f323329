"""What the fake is worth: Google's own client talks to it, and a breach of Google's own description is noticed."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.calendar_sync.fakes.discovery import Contract, mask_of, masked
from tests.calendar_sync.fakes.google import FakeGoogle
from tests.calendar_sync.fakes.google_store import ITSELF, Refusal, patched
from tests.calendar_sync.fakes.google_tools import environment
from tests.calendar_sync.google.shop import read, session_at

GOOGLES_OWN_CLIENT = """
import json, sys
import httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

service = build(
    "calendar", "v3", credentials=Credentials(sys.argv[2]), static_discovery=True, cache_discovery=False,
    client_options={"api_endpoint": sys.argv[1] + "/"},
)
events, said = service.events(), {}
calendars = service.calendarList().list().execute()["items"]
said["calendars"] = [one["id"] for one in calendars]
calendar = calendars[0]["id"]

def refused(request):
    try:
        request.execute()
    except HttpError as error:
        return [error.resp.status, error.error_details[0]["reason"]]

def times(hour):
    start, end = (f"2026-06-01T{number:02d}:00:00Z" for number in (hour, hour + 1))
    return {"start": {"dateTime": start}, "end": {"dateTime": end}}

for number in range(5):
    body = {"id": f"event{number}", "summary": f"Number {number}", **times(9 + number)}
    events.insert(calendarId=calendar, body=body, sendUpdates="none").execute()
said["duplicate"] = refused(events.insert(calendarId=calendar, body={"id": "event0", **times(9)}))
said["bad id"] = refused(events.insert(calendarId=calendar, body={"id": "EVENT-0", **times(9)}))

def listed(**query):
    found, tokens, request = [], [], events.list(calendarId=calendar, maxResults=2, **query)
    while request is not None:
        page = request.execute()
        found += page["items"]
        tokens.append(page.get("nextSyncToken"))
        request = events.list_next(request, page)
    return found, tokens

found, tokens = listed()
said["listed"] = sorted(one["id"] for one in found)
said["tokens only at the end"] = [token is not None for token in tokens]
events.delete(calendarId=calendar, eventId="event1").execute()
said["deleted twice"] = refused(events.delete(calendarId=calendar, eventId="event1"))
events.patch(calendarId=calendar, eventId="event2", body={"summary": None, "location": "Here"}).execute()
found, later = listed(syncToken=tokens[-1])
said["changed"] = {one["id"]: [one["status"], one.get("summary"), one.get("location")] for one in found}
said["token with bounds"] = refused(
    events.list(calendarId=calendar, syncToken=tokens[-1], timeMin="2026-01-01T00:00:00Z")
)
said["token of nobody"] = refused(events.list(calendarId=calendar, syncToken="nobody"))
old = events.get(calendarId=calendar, eventId="event3").execute()
events.update(calendarId=calendar, eventId="event3", body={**old, "summary": "Other"}).execute()
stale = events.patch(calendarId=calendar, eventId="event3", body={"summary": "Stale"})
stale.headers["If-Match"] = old["etag"]
said["stale"] = refused(stale)
said["cancelled"] = events.get(calendarId=calendar, eventId="event1").execute()["status"]
print(json.dumps(said))
"""


def test_googles_own_client_finds_what_it_expects(google: FakeGoogle) -> None:
    python = environment() / "bin" / "python"
    done = subprocess.run(
        [python, "-W", "ignore", "-c", GOOGLES_OWN_CLIENT, google.base_url, "ya29.token"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "calendars": [ITSELF],
        "duplicate": [409, "duplicate"],
        "bad id": [400, "invalid"],
        "listed": [f"event{number}" for number in range(5)],
        "tokens only at the end": [False, False, True],
        "deleted twice": [410, "deleted"],
        "changed": {"event1": ["cancelled", None, None], "event2": ["confirmed", None, "Here"]},
        "token with bounds": [400, "syncTokenWithNonDefaultOrdering"],
        "token of nobody": [410, "fullSyncRequired"],
        "stale": [412, "conditionNotMet"],
        "cancelled": "cancelled",
    }


def test_of_a_deleted_event_a_listing_says_the_id_alone(google: FakeGoogle) -> None:
    google.add("event", "2026-06-01T09:00:00Z", "2026-06-01T10:00:00Z")
    session = session_at(google)
    token = read(session).token
    google.drop("event")
    calendar = google.store.calendar(ITSELF)

    read(session, token=token)
    session.close()

    query = google.of("events.list")[-1].query
    assert google.store.events(calendar, query)["items"] == [
        {"kind": "calendar#event", "etag": google.event("event")["etag"], "id": "event", "status": "cancelled"}
    ]


def event_of(**fields: Any) -> dict[str, Any]:
    """Return a new event."""
    day = {"date": "2026-06-01"}
    return {"start": day, "end": day, **fields}


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "problems"),
    [
        ("POST", "calendars/a/events", [("sendUpdates", "none")], event_of(), []),
        ("POST", "calendars/a/events", [("sendUpdates", "nobody")], event_of(), ["sendUpdates=nobody is none"]),
        ("POST", "calendars/a/events", [("sendupdates", "none")], event_of(), ["there is no parameter sendupdates"]),
        ("POST", "calendars/a/events", [], event_of(title="x"), ["body has no property title"]),
        ("POST", "calendars/a/events", [], event_of(status="maybe"), ["body.status must not be 'maybe'"]),
        ("POST", "calendars/a/events", [], event_of(sequence="1"), ["body.sequence must not be '1'"]),
        ("POST", "calendars/a/events", [], event_of(location=None), ["body.location must not be None"]),
        ("POST", "calendars/a/events", [], {"end": {"date": "1 June"}}, ["body.end.date must not", "body lacks start"]),
        ("POST", "calendars/a/events", [], None, ["body is no object"]),
        ("PATCH", "calendars/a/events/b", [], {"location": None, "start": {"date": None}}, []),
        ("PATCH", "calendars/a/events/b", [], {"attendees": {"email": "a"}}, ["body.attendees is no list"]),
        ("GET", "calendars/a/events", [("maxResults", "0")], None, ["maxResults=0 is none"]),
        ("GET", "calendars/a/events", [("singleEvents", "yes")], None, ["singleEvents=yes is none"]),
        ("GET", "calendars/a/events", [("maxResults", "1"), ("maxResults", "2")], None, ["maxResults is given"] * 2),
        ("GET", "calendars/a/events", [("fields", "items(id,start/date)")], None, []),
        ("GET", "calendars/a/events", [("fields", "items(id,start/day)")], None, ["fields/items/start: there is no"]),
        ("GET", "calendars/a/events", [], {}, ["there is a body where none belongs"]),
    ],
)
def test_a_request_that_breaks_the_contract_is_noticed(
    contract: Contract, method: str, path: str, query: list[tuple[str, str]], body: Any, problems: list[str]
) -> None:
    call = contract.call(method, path)
    assert call is not None

    found = list(contract.of_request(call, query, body))

    assert len(found) == len(problems)
    assert all(one.startswith(wanted) for one, wanted in zip(found, problems, strict=True)), found


def test_there_is_no_other_request(contract: Contract) -> None:
    assert contract.call("PUT", "calendars/a/events") is None
    assert contract.call("GET", "calendars/a/happenings") is None


def test_a_breach_of_the_contract_fails_the_test_that_made_it(contract: Contract) -> None:
    def broken() -> Iterator[FakeGoogle]:
        with FakeGoogle(contract).running() as fake:
            fake.violations.append("events.list: there is no parameter titles")
            yield fake

    with pytest.raises(AssertionError, match="no parameter titles"):
        list(broken())


def test_an_answer_that_breaks_the_contract_is_noticed(contract: Contract) -> None:
    call = contract.call("GET", "calendars/a/events")
    assert call is not None

    assert list(contract.of_answer(call, {"kind": "calendar#events", "items": [{"id": 1}], "more": True})) == [
        "answer.items[0].id must not be 1",
        "answer has no property more",
    ]


def test_only_the_fields_that_were_asked_for_are_answered() -> None:
    mask = mask_of("kind,items(id,start/date,extendedProperties/private)")
    event = {"id": "a", "summary": "CANARY", "start": {"date": "x", "timeZone": "y"}, "extendedProperties": {}}

    assert mask == {"kind": {}, "items": {"id": {}, "start": {"date": {}}, "extendedProperties": {"private": {}}}}
    assert masked({"kind": "k", "items": [event], "etag": "e"}, mask) == {
        "kind": "k",
        "items": [{"id": "a", "start": {"date": "x"}, "extendedProperties": {}}],
    }


@pytest.mark.parametrize("text", ["", "items(", "items(id", "items)", "a,,b", "a b"])
def test_a_list_of_fields_that_is_none_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"field|end|left over"):
        mask_of(text)


def test_a_change_merges_objects_and_writes_lists_whole() -> None:
    present = {"a": {"b": 1, "c": 2}, "d": [1, 2], "e": 3}

    assert patched(present, {"a": {"b": None, "x": 4}, "d": [3], "e": None}) == {"a": {"c": 2, "x": 4}, "d": [3]}


def test_a_calendar_that_is_only_read_is_not_written(google: FakeGoogle) -> None:
    calendar = google.add_calendar("team", role="reader")

    with pytest.raises(Refusal) as refusal:
        google.store.insert(calendar, event_of(id="event"))

    assert (refusal.value.status, refusal.value.reason) == (403, "requiredAccessLevel")
