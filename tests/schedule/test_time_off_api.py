"""`/api/schedule/time-off/`. Acme's clock is that of New York."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant
from schedule.enums import TimeOffSource
from schedule.models import Resource, TimeOff
from tests.factories.schedule import ResourceFactory, TimeOffFactory
from tests.schedule.requests import HUGE, MALFORMED, bad, problem, queries_of_a_list, refusal, send

PATH = "/api/schedule/time-off/"
NOON = datetime(2031, 6, 2, 16, 0, tzinfo=UTC)
GIVEN = {"start_at": "2031-06-02T12:00:00-04:00", "end_at": "2031-06-02T14:00:00-04:00"}


def path_of(row: TimeOff) -> str:
    """Return the address of time off."""
    return f"{PATH}{row.pk}/"


@pytest.fixture
def anna(tenant: Tenant) -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def dentist(anna: Resource) -> TimeOff:
    """Two hours of Anna's."""
    return TimeOffFactory.create(resource=anna, start_at=NOON, reason="Dentist")


@pytest.fixture
def synced(anna: Resource) -> TimeOff:
    """An hour of Anna's from her calendar."""
    return TimeOffFactory.create(
        resource=anna, start_at=NOON, source=TimeOffSource.CALENDAR, origin="a-calendar", external_id="abc"
    )


class TestShape:
    """What goes in and comes out."""

    def test_of_everybody(self, manager: APIClient) -> None:
        response = manager.post(PATH, GIVEN, format="json")

        body = response.json()
        assert {body.pop("created_at")[-6:], body.pop("updated_at")[-6:]} <= {"-05:00", "-04:00"}
        assert (response.status_code, body) == (
            201,
            {"id": body["id"], "resource": None, **GIVEN, "reason": "", "source": "manual"},
        )

    def test_of_a_resource_in_any_offset(self, manager: APIClient, anna: Resource) -> None:
        given = {
            "resource": anna.pk,
            "start_at": "2031-06-02T18:00:00+02:00",
            "end_at": "2031-06-02T14:00",
            "reason": "Dentist",
        }

        body = manager.post(PATH, given, format="json").json()

        assert {key: body[key] for key in given} == {"resource": anna.pk, **GIVEN, "reason": "Dentist"}
        assert manager.get(f"{PATH}{body['id']}/").json() == body

    def test_change_and_delete(self, manager: APIClient, tenant: Tenant, dentist: TimeOff) -> None:
        patched = manager.patch(path_of(dentist), {"end_at": "2031-06-03T12:00:00Z"}, format="json").json()
        put = manager.put(path_of(dentist), {**GIVEN, "resource": None, "reason": "Strike"}, format="json").json()

        assert (patched["end_at"], patched["reason"]) == ("2031-06-03T08:00:00-04:00", "Dentist")
        assert {key: put[key] for key in ("resource", "start_at", "end_at", "reason")} == {
            "resource": None,
            **GIVEN,
            "reason": "Strike",
        }
        assert manager.delete(path_of(dentist)).status_code == 204
        activate(tenant)
        assert TimeOff.objects.count() == 0

    def test_the_source_cannot_be_chosen(self, manager: APIClient, dentist: TimeOff) -> None:
        response = manager.patch(path_of(dentist), {"source": "calendar"}, format="json")

        assert response.json()["source"] == "manual"

    def test_what_comes_from_a_calendar_is_changed_there(self, manager: APIClient, synced: TimeOff) -> None:
        assert manager.get(path_of(synced)).json()["source"] == "calendar"
        for response in (
            manager.patch(path_of(synced), {"reason": "x"}, format="json"),
            manager.put(path_of(synced), GIVEN, format="json"),
            manager.delete(path_of(synced)),
        ):
            assert problem(response) == (409, "from_calendar")


class TestList:
    """Pages, filters and order."""

    def test_filters_and_order(self, staff: APIClient, anna: Resource, dentist: TimeOff, synced: TimeOff) -> None:
        strike = TimeOffFactory.create(resource=None, start_at=NOON - timedelta(days=1))

        def found(**query: Any) -> list[int]:
            return [row["id"] for row in staff.get(PATH, query).json()["results"]]

        assert found() == [strike.pk, dentist.pk, synced.pk]
        assert found(ordering="-start_at,-id") == [synced.pk, dentist.pk, strike.pk]
        assert found(resource=anna.pk) == [dentist.pk, synced.pk]
        assert found(resource="none") == [strike.pk]
        assert found(source="calendar") == [synced.pk]
        assert found(ends_after="2031-06-02T12:00") == [dentist.pk, synced.pk]
        assert found(starts_before=NOON.isoformat()) == [strike.pk]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            *bad("resource", "x", "9" * 30),
            *bad("source", "rumour"),
            *bad("ends_after", "x", "2031-02-30T10:00", "\x00"),
            *bad("starts_before", "9999-01-01T00:00:00Z"),
            *bad("ordering", "reason"),
        ],
    )
    def test_a_parameter_that_cannot_be_used_is_named(self, staff: APIClient, name: str, value: str) -> None:
        assert refusal(staff.get(PATH, {name: value})) == (400, [name])

    def test_the_same_number_of_queries_for_more_rows(self, tenant: Tenant, staff: APIClient) -> None:
        one, three = queries_of_a_list(tenant, staff, PATH, TimeOffFactory.create)

        assert one == three


class TestWhoMay:
    """Roles, and strangers."""

    def test_staff_only_reads(self, staff: APIClient, dentist: TimeOff) -> None:
        assert staff.get(path_of(dentist)).status_code == 200
        for response in (
            staff.post(PATH, GIVEN, format="json"),
            staff.put(path_of(dentist), GIVEN, format="json"),
            staff.patch(path_of(dentist), {}, format="json"),
            staff.delete(path_of(dentist)),
        ):
            assert problem(response) == (403, "role_required")

    def test_owners_write(self, owner: APIClient, dentist: TimeOff) -> None:
        assert owner.delete(path_of(dentist)).status_code == 204

    def test_anonymous(self, anonymous: APIClient, dentist: TimeOff) -> None:
        for response in (anonymous.get(PATH), anonymous.post(PATH, {}), anonymous.delete(path_of(dentist))):
            assert problem(response) == (401, "not_authenticated")

    def test_a_stranger_finds_nothing(self, stranger: APIClient, anna: Resource, dentist: TimeOff) -> None:
        for response in (
            stranger.get(path_of(dentist)),
            stranger.patch(path_of(dentist), {"reason": "x"}, format="json"),
            stranger.put(path_of(dentist), GIVEN, format="json"),
            stranger.delete(path_of(dentist)),
        ):
            assert problem(response) == (404, "not_found")
        assert refusal(stranger.post(PATH, {**GIVEN, "resource": anna.pk}, format="json")) == (400, ["resource"])


BAD_INSTANT: tuple[object, ...] = (
    "",
    "x",
    None,
    5,
    [],
    {},
    "2031-06-02",
    "2031-02-30T10:00:00Z",
    "9999-12-31T23:00:00Z",
    "0001-01-01T00:00:00Z",
)
BAD_FIELDS = [
    *bad("resource", "x", 0, -1, 1.5, HUGE, [], {}, 10**12),
    *bad("start_at", *BAD_INSTANT),
    *bad("end_at", *BAD_INSTANT),
    *bad("reason", None, [], {}, "x" * 201),
]


class TestBadInput:
    """Whatever is wrong is named."""

    def test_nothing_at_all(self, manager: APIClient) -> None:
        assert refusal(manager.post(PATH, {}, format="json")) == (400, ["end_at", "start_at"])

    @pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
    def test_a_field_that_cannot_be_used(self, manager: APIClient, dentist: TimeOff, field: str, value: object) -> None:
        posted = manager.post(PATH, {**GIVEN, field: value}, format="json")
        patched = manager.patch(path_of(dentist), {field: value}, format="json")

        assert (refusal(posted), refusal(patched)) == ((400, [field]), (400, [field]))

    @pytest.mark.parametrize("end_at", ["2031-06-02T12:00:00-04:00", "2031-06-02T11:59:00-04:00"])
    def test_it_ends_after_it_starts(self, manager: APIClient, dentist: TimeOff, end_at: str) -> None:
        posted = manager.post(PATH, {**GIVEN, "end_at": end_at}, format="json")
        patched = manager.patch(path_of(dentist), {"end_at": end_at}, format="json")

        assert (refusal(posted), refusal(patched)) == ((400, ["end_at"]), (400, ["end_at"]))

    def test_a_time_the_clock_skips(self, manager: APIClient) -> None:
        response = manager.post(PATH, {**GIVEN, "start_at": "2031-03-09T02:30"}, format="json")

        assert refusal(response) == (400, ["start_at"])

    @pytest.mark.parametrize("body", MALFORMED)
    def test_a_body_that_is_no_object(self, manager: APIClient, dentist: TimeOff, body: bytes) -> None:
        for method, path in (("POST", PATH), ("PUT", path_of(dentist)), ("PATCH", path_of(dentist))):
            response = send(manager, method, path, body)
            assert problem(response) == (400, "malformed")
