"""Connections over HTTP: who may see and change which, what is told, and what never is."""

from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection, ExternalCalendar
from core.models import AuditEntry, Role, Tenant, User
from schedule.models import TimeOff
from tests.calendar_sync.accounts import connected
from tests.calendar_sync.clients import client_of
from tests.calendar_sync.fakes.memory import Stored
from tests.calendar_sync.servers import PASSWORD, USER, CalDavServer
from tests.calendar_sync.shop import Shop, span
from tests.factories.schedule import ResourceFactory
from tests.fixtures import PutOnPlan, client_for

CONNECTIONS = "/api/calendar-sync/connections/"


def of(shop: Shop, act: str = "") -> str:
    """Return the address of the shop's connection, or of an act upon it."""
    return f"{CONNECTIONS}{shop.calendar.connection_id}/{act}"


@pytest.fixture
def owner(tenant: Tenant) -> APIClient:
    return client_of(tenant, Role.OWNER)


@pytest.fixture
def staff(tenant: Tenant) -> APIClient:
    return client_of(tenant, Role.STAFF)


def test_an_account_is_connected_after_the_server_was_asked(owner: APIClient, server: CalDavServer) -> None:
    path = server.make_calendar("typed")
    anna = ResourceFactory.create()

    answer = owner.post(
        CONNECTIONS,
        {"provider": "caldav", "url": server.url, "username": USER, "password": PASSWORD, "resource": anna.pk},
        format="json",
    )

    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert (body["provider"], body["account_label"], body["resource"], body["state"], body["needs_action"]) == (
        "caldav",
        USER,
        anna.pk,
        "active",
        False,
    )
    assert "typed" in {calendar["name"].rpartition("/")[2] for calendar in body["calendars"]}
    assert [calendar["read_busy"] for calendar in body["calendars"]].count(True) == 1
    assert not any(calendar["write_target"] for calendar in body["calendars"])
    assert ExternalCalendar.objects.filter(remote_id=path).exists()
    assert PASSWORD not in answer.content.decode()
    assert AuditEntry.objects.filter(action="calendar_connected").count() == 1


def test_a_wrong_password_is_told_and_nothing_is_stored(
    owner: APIClient, running_server: CalDavServer, settings: Settings
) -> None:
    if running_server.kind == "xandikos":
        pytest.skip("Xandikos asks for no password over plain HTTP")
    settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{running_server.port}",)

    answer = owner.post(
        CONNECTIONS,
        {"provider": "caldav", "url": running_server.url, "username": USER, "password": "wrong"},
        format="json",
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "auth_failed")
    assert not CalendarConnection.objects.exists()


def test_case_33_the_same_account_is_connected_once(owner: APIClient, server: CalDavServer) -> None:
    asked = {"provider": "caldav", "url": server.url, "username": USER, "password": PASSWORD}
    server.make_calendar("once")
    first = owner.post(CONNECTIONS, asked, format="json")
    second = owner.post(CONNECTIONS, asked, format="json")

    assert (first.status_code, second.status_code, second.json()["code"]) == (201, 409, "already_connected")

    CalendarConnection.objects.update(state=ConnectionState.NEEDS_REAUTH)
    third = owner.post(CONNECTIONS, asked, format="json")

    assert (third.status_code, third.json()["id"]) == (201, first.json()["id"])
    assert CalendarConnection.objects.get().state == ConnectionState.ACTIVE
    assert ExternalCalendar.objects.count() == len(first.json()["calendars"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "http://169.254.169.254/"}, "url"),
        ({"url": "https://localhost/"}, "url"),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "url"),
        ({"url": "https://2130706433/"}, "url"),
        ({"url": "https://[64:ff9b::a9fe:a9fe]/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "https://example.com:5432/"}, "url"),
        ({"username": ""}, "username"),
        ({"password": ""}, "password"),
        ({"resource": 987654}, "resource"),
        ({"provider": "google"}, "provider"),
    ],
)
def test_case_42_what_cannot_be_connected_names_the_field(owner: APIClient, change: dict[str, Any], field: str) -> None:
    asked = {"provider": "caldav", "url": "https://dav.example.com/", "username": "a", "password": "b"} | change

    answer = owner.post(CONNECTIONS, asked, format="json")

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_staff_see_and_change_their_own_alone(shop: Shop, staff: APIClient, owner: APIClient) -> None:
    assert staff.get(CONNECTIONS).json()["results"] == []
    for act in ("", "runs/"):
        assert staff.get(of(shop, act)).status_code == 404
    for act in ("pause/", "resume/", "sync/", "test/", "reconnect/"):
        assert staff.post(of(shop, act), {}, format="json").status_code == 404
    assert staff.delete(of(shop)).status_code == 404
    assert len(owner.get(CONNECTIONS).json()["results"]) == 1

    shop.resource.user = User.objects.get(email="staff@acme.example")
    shop.resource.save()
    assert [row["id"] for row in staff.get(CONNECTIONS).json()["results"]] == [str(shop.calendar.connection_id)]
    assert staff.post(of(shop, "pause/")).status_code == 200


def test_staff_cannot_connect_for_others(staff: APIClient) -> None:
    answer = staff.post(
        CONNECTIONS,
        {
            "provider": "ics",
            "url": "https://example.com/a.ics",
            "resource": ResourceFactory.create().pk,
        },
        format="json",
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "role_required")


def test_case_58_another_business_knows_nothing_of_it(shop: Shop, other_tenant: Tenant) -> None:
    stranger = client_for(other_tenant, Role.OWNER)

    assert stranger.get(of(shop)).status_code == 404
    assert stranger.get(f"/api/calendar-sync/calendars/{shop.calendar.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["providers/", "connections/", "calendars/", "event-links/", "feeds/", "conflicts/"])
def test_case_59_without_the_feature_nothing_is_shown(owner: APIClient, put_on_plan: PutOnPlan, path: str) -> None:
    put_on_plan("free")

    answer = owner.get(f"/api/calendar-sync/{path}")

    assert (answer.status_code, answer.json()["code"]) == (403, "feature_not_in_plan")


def test_pausing_and_resuming(shop: Shop, owner: APIClient) -> None:
    assert owner.post(of(shop, "pause/")).json()["state"] == "paused"
    assert not shop.visit()

    assert owner.post(of(shop, "resume/")).json()["state"] == "active"
    assert shop.visit()


def test_visits_are_listed_with_what_they_did(shop: Shop, owner: APIClient) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    shop.visit()

    [run] = owner.get(of(shop, "runs/")).json()["results"]

    assert (run["outcome"], run["figures"]) == ("done", {"items": 1, "busy_added": 1, "requests": 1})


def test_counts_tell_what_waits_and_what_failed(shop: Shop, owner: APIClient) -> None:
    shop.book()

    assert owner.get(of(shop)).json()["counts"] == {"calendars": 1, "links": 0, "pending": 1, "failed": 0}
    shop.visit()
    assert owner.get(of(shop)).json()["counts"] == {"calendars": 1, "links": 1, "pending": 0, "failed": 0}


def test_disconnecting_takes_the_busy_time_along(shop: Shop, owner: APIClient) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    shop.book(span(3, 4).start_at)
    shop.visit()

    assert owner.delete(of(shop)).status_code == 204

    assert not CalendarConnection.objects.exists()
    assert not TimeOff.objects.exclude(origin="").exists()
    assert len(shop.server.entries["cal"]) == 2


def test_case_60_disconnecting_can_take_our_entries_along(shop: Shop, owner: APIClient) -> None:
    shop.server.put("theirs", Stored("", busy=(span(0, 1),)))
    shop.book(span(3, 4).start_at)
    shop.visit()

    assert owner.delete(f"{of(shop)}?remove_remote_events=true").status_code == 202
    assert not TimeOff.objects.exclude(origin="").exists()
    shop.visit()

    assert list(shop.server.entries["cal"]) == ["theirs"]
    assert not CalendarConnection.objects.exists()


def test_choosing_a_calendar_writes_what_is_to_come(shop: Shop, owner: APIClient) -> None:
    shop.set(write_target=False)
    shop.book()
    shop.visit()
    assert shop.server.entries["cal"] == {}

    answer = owner.patch(
        f"/api/calendar-sync/calendars/{shop.calendar.pk}/", {"write_target": True, "privacy": "busy"}, format="json"
    )
    shop.visit()

    assert (answer.json()["write_target"], answer.json()["privacy"]) == (True, "busy")
    [stored] = shop.server.entries["cal"].values()
    assert stored.fields["summary"] == "Busy"


def test_a_calendar_that_can_only_be_read_is_not_chosen(shop: Shop, owner: APIClient) -> None:
    shop.set(write_target=False, is_writable=False)

    answer = owner.patch(f"/api/calendar-sync/calendars/{shop.calendar.pk}/", {"write_target": True}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, "read_only")


def test_not_reading_any_more_frees_the_time(shop: Shop, owner: APIClient) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    shop.visit()

    owner.patch(f"/api/calendar-sync/calendars/{shop.calendar.pk}/", {"read_busy": False}, format="json")
    assert shop.busy() == []
    shop.visit()
    assert shop.busy() == []

    owner.patch(f"/api/calendar-sync/calendars/{shop.calendar.pk}/", {"read_busy": True}, format="json")
    shop.visit()
    assert shop.busy() == [(0, 1)]


def test_conflicts_are_listed_until_somebody_keeps_them(shop: Shop, owner: APIClient) -> None:
    event = shop.book()
    shop.visit()
    shop.server.put("meeting", Stored("", busy=(span(0, 1),)))
    shop.visit()

    [conflict] = owner.get("/api/calendar-sync/conflicts/").json()
    assert (conflict["appointment"], conflict["calendar"], conflict["resource"]) == (
        str(event.pk),
        str(shop.calendar.pk),
        shop.resource.pk,
    )
    kept = owner.post("/api/calendar-sync/conflicts/keep/", {"appointment": str(event.pk)}, format="json")
    assert kept.status_code == 204
    assert owner.get("/api/calendar-sync/conflicts/").json() == []

    shop.server.put("meeting", Stored("", busy=(span(0, 2),)))
    shop.visit()
    assert len(owner.get("/api/calendar-sync/conflicts/").json()) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_any_number(
    tenant: Tenant, owner: APIClient, django_assert_num_queries: Any, rows: int
) -> None:
    server = CalDavServer("radicale", 1, "/")
    for number in range(rows):
        connected(tenant, server, f"/c{number}/", resource=ResourceFactory.create())
    owner.get(CONNECTIONS)

    with django_assert_num_queries(QUERIES):
        assert len(owner.get(CONNECTIONS).json()["results"]) == rows


QUERIES = 16
