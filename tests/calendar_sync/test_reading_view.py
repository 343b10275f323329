"""What is told of busy time, of a connection's state and of entries that were changed elsewhere."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from rest_framework.test import APIClient

from calendar_sync.enums import LinkState
from calendar_sync.models import CalendarConnection, EventLink
from core.models import Role, Tenant
from schedule.models import Event
from tests.calendar_sync.clients import client_of
from tests.calendar_sync.fakes.memory import Stored
from tests.calendar_sync.shop import HOUR, NOON, Shop, opener, span
from tests.factories.schedule import ResourceFactory

BASE = "/api/calendar-sync/"


@pytest.fixture
def owner(tenant: Tenant) -> APIClient:
    return client_of(tenant, Role.OWNER)


def busy_address(**query: object) -> str:
    window = {"from": (NOON - timedelta(days=1)).isoformat(), "to": (NOON + timedelta(days=1)).isoformat()}
    return f"{BASE}busy/?{urlencode(window | query)}"


def moved(shop: Shop) -> tuple[Event, EventLink]:
    """Return an appointment whose entry somebody moved three hours on in the calendar."""
    event = shop.book()
    shop.visit()
    link = shop.link(event)
    present = shop.server.entries["cal"][link.remote_id]
    times = {"start_at": (NOON + 3 * HOUR).isoformat(), "end_at": (NOON + 4 * HOUR).isoformat()}
    shop.server.put(link.remote_id, Stored("", present.marker, present.fields | times))
    shop.visit()
    return event, shop.link(event)


def test_touching_entries_of_a_calendar_are_one_stretch(shop: Shop, owner: APIClient) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 2),)))
    shop.server.put("b", Stored("", busy=(span(2, 3), span(5, 6))))
    shop.visit()

    rows = owner.get(busy_address()).json()

    assert [(row["start_at"], row["end_at"]) for row in rows] == [
        ((NOON + a * HOUR).strftime("%Y-%m-%dT%H:%M:%SZ"), (NOON + b * HOUR).strftime("%Y-%m-%dT%H:%M:%SZ"))
        for a, b in ((0, 3), (5, 6))
    ]
    assert {(row["resource"], row["calendar"], row["is_stale"]) for row in rows} == {
        (shop.resource.pk, str(shop.calendar.pk), False)
    }


def test_busy_time_is_asked_for_by_resource(shop: Shop, owner: APIClient) -> None:
    other = ResourceFactory.create()
    shop.server.put("a", Stored("", busy=(span(0, 2),)))
    shop.visit()

    assert owner.get(busy_address(resource=other.pk)).json() == []
    assert len(owner.get(busy_address(resource=shop.resource.pk)).json()) == 1


def test_busy_time_of_a_calendar_that_cannot_be_read_is_stale(shop: Shop, owner: APIClient) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 2),)))
    shop.visit()
    CalendarConnection.objects.update(stale_since=NOON)

    assert [row["is_stale"] for row in owner.get(busy_address()).json()] == [True]


def test_case_40_others_learn_when_but_not_from_which_calendar(shop: Shop, tenant: Tenant) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 2),)))
    shop.visit()
    shop.set(name="Therapy")

    answer = client_of(tenant, Role.STAFF).get(busy_address())

    [row] = answer.json()
    assert (row["calendar"], row["connection"], row["calendar_name"]) == (None, None, "")
    assert "Therapy" not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"to": NOON.isoformat()}, "from"),
        ({"from": NOON.isoformat()}, "to"),
        ({"from": NOON.isoformat(), "to": NOON.isoformat()}, "to"),
        ({"from": NOON.isoformat(), "to": (NOON + timedelta(days=63)).isoformat()}, "to"),
        ({"from": "yesterday", "to": NOON.isoformat()}, "from"),
    ],
)
def test_a_window_that_is_none_is_refused_by_name(owner: APIClient, query: dict[str, str], field: str) -> None:
    answer = owner.get(f"{BASE}busy/?{urlencode(query)}")

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {field}


def test_the_state_of_a_connection_comes_with_its_last_visits(shop: Shop, owner: APIClient) -> None:
    for number in range(7):
        shop.server.put(f"e{number}", Stored("", busy=(span(number, number + 1),)))
        shop.visit()

    body = owner.get(f"{BASE}connections/{shop.connection.pk}/status/").json()

    assert (body["state"], body["resource_name"], len(body["recent_runs"])) == ("active", "Anna", 5)
    assert body["reconnect_url"] == f"/settings/calendar-sync?connection={shop.connection.pk}"
    assert all(run["figures"]["busy_added"] == 1 for run in body["recent_runs"])


def test_calendars_of_a_connection_are_looked_for_again(
    shop: Shop, owner: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calendar_sync.services.connecting.open_session", opener(shop.server))
    shop.server.entries["new"] = {}
    address = f"{BASE}connections/{shop.connection.pk}/calendars/"

    assert len(owner.get(address).json()) == 1
    assert sorted(row["name"] for row in owner.post(f"{address}refresh/").json()) == ["cal", "new"]
    assert [row["read_busy"] for row in owner.get(address).json()].count(True) == 1


def test_an_entry_that_was_moved_is_listed_with_both_times(shop: Shop, owner: APIClient) -> None:
    event, link = moved(shop)
    shop.book(NOON + 8 * HOUR)

    rows = owner.get(f"{BASE}event-links/?state=remote_changed").json()["results"]

    assert [row["id"] for row in rows] == [str(link.pk)]
    assert (rows[0]["appointment"], rows[0]["customer_name"], rows[0]["service_name"]) == (
        str(event.pk),
        "Ada Lovelace",
        "Cut",
    )
    assert (rows[0]["appointment_start_at"], rows[0]["remote_start_at"]) == (
        NOON.strftime("%Y-%m-%dT%H:%M:%SZ"),
        (NOON + 3 * HOUR).isoformat(),
    )


def test_an_entry_that_was_moved_is_put_back_at_once(shop: Shop, owner: APIClient) -> None:
    event, link = moved(shop)

    answer = owner.post(f"{BASE}event-links/{link.pk}/put-back/")
    shop.visit()

    assert answer.status_code == 200, answer.json()
    assert shop.server.entries["cal"][link.remote_id].fields["start_at"] == NOON.isoformat()
    assert shop.link(event).state == LinkState.SYNCED


def test_an_entry_that_nobody_moved_is_not_put_back(shop: Shop, owner: APIClient) -> None:
    event = shop.book()
    shop.visit()

    answer = owner.post(f"{BASE}event-links/{shop.link(event).pk}/put-back/")

    assert (answer.status_code, answer.json()["code"]) == (409, "not_changed")


def test_a_conflict_names_what_people_recognise(shop: Shop, owner: APIClient) -> None:
    shop.book()
    shop.server.put("a", Stored("", busy=(span(0, 2),)))
    shop.visit()

    [conflict] = owner.get(f"{BASE}conflicts/").json()

    assert (conflict["service_name"], conflict["customer_name"], conflict["resource_name"]) == (
        "Cut",
        "Ada Lovelace",
        "Anna",
    )
