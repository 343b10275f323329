"""`/api/services/`."""

from functools import partial
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant
from schedule.models import Resource, Service
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory
from tests.fixtures import PutOnPlan
from tests.schedule.requests import (
    BAD_FLAG,
    BAD_NUMBER,
    BAD_TEXT,
    HUGE,
    MALFORMED,
    bad,
    problem,
    queries_of_a_list,
    refusal,
    send,
)

PATH = "/api/services/"
LEAST = {"name": "Haircut", "duration_minutes": 30}


def path_of(service: Service) -> str:
    """Return the address of a service."""
    return f"{PATH}{service.pk}/"


@pytest.fixture
def team(tenant: Tenant) -> list[Resource]:
    """Three resources, by id."""
    return ResourceFactory.create_batch(3)


@pytest.fixture
def haircut(team: list[Resource]) -> Service:
    """A service of the first two."""
    return ServiceFactory.create(name="Haircut", resources=team[:2])


class TestShape:
    """What goes in and comes out."""

    def test_the_least_that_is_needed(self, manager: APIClient) -> None:
        response = manager.post(PATH, LEAST, format="json")

        body = response.json()
        del body["created_at"], body["updated_at"]
        assert (response.status_code, body) == (
            201,
            {
                "id": body["id"],
                "name": "Haircut",
                "description": "",
                "duration_minutes": 30,
                "buffer_before_minutes": 0,
                "buffer_after_minutes": 0,
                "price_cents": 0,
                "currency": "USD",
                "min_notice_minutes": 0,
                "max_advance_days": 365,
                "slot_step_minutes": 15,
                "is_active": True,
                "resources": [],
                "resource_groups": [],
            },
        )

    def test_everything(self, manager: APIClient, team: list[Resource]) -> None:
        given = {
            "name": "Massage",
            "description": "Fifty minutes.\nThen tea.",
            "duration_minutes": 50,
            "buffer_before_minutes": 5,
            "buffer_after_minutes": 10,
            "price_cents": 7550,
            "currency": "EUR",
            "min_notice_minutes": 90,
            "max_advance_days": 60,
            "slot_step_minutes": 20,
            "is_active": False,
            "resource_groups": [[team[0].pk, team[2].pk], [team[1].pk]],
        }

        created = manager.post(PATH, given, format="json").json()
        read = manager.get(f"{PATH}{created['id']}/").json()

        assert read == created
        assert {key: created[key] for key in given} == given
        assert created["resources"] == [resource.pk for resource in team]

    def test_the_currency_is_the_business_s(self, manager: APIClient, tenant: Tenant) -> None:
        Tenant.objects.filter(pk=tenant.pk).update(currency="CHF")

        assert manager.post(PATH, LEAST, format="json").json()["currency"] == "CHF"

    def test_what_is_read_can_be_written_back(self, manager: APIClient, haircut: Service) -> None:
        read = manager.get(path_of(haircut)).json()

        written = manager.put(path_of(haircut), read, format="json").json()

        del read["updated_at"], written["updated_at"]
        assert written == read


class TestResources:
    """Who performs a service."""

    def test_a_plain_list_is_one_group(self, manager: APIClient, haircut: Service, team: list[Resource]) -> None:
        ids = [team[2].pk, team[0].pk]

        body = manager.patch(path_of(haircut), {"resources": ids}, format="json").json()

        assert (body["resources"], body["resource_groups"]) == (sorted(ids), [sorted(ids)])

    def test_groups(self, manager: APIClient, haircut: Service, team: list[Resource]) -> None:
        groups = [[team[1].pk], [team[0].pk, team[2].pk]]

        body = manager.patch(path_of(haircut), {"resource_groups": groups}, format="json").json()

        assert (body["resources"], body["resource_groups"]) == ([one.pk for one in team], groups)

    def test_other_changes_leave_them_alone(self, manager: APIClient, haircut: Service, team: list[Resource]) -> None:
        body = manager.patch(path_of(haircut), {"name": "Cut"}, format="json").json()

        assert body["resources"] == [team[0].pk, team[1].pk]

    @pytest.mark.parametrize("field", ["resources", "resource_groups"])
    def test_nobody_any_more(self, manager: APIClient, haircut: Service, field: str) -> None:
        body = manager.patch(path_of(haircut), {field: []}, format="json").json()

        assert (body["resources"], body["resource_groups"]) == ([], [])

    def test_both_must_agree(self, manager: APIClient, haircut: Service, team: list[Resource]) -> None:
        first, second, _ = (resource.pk for resource in team)

        refused = manager.patch(
            path_of(haircut), {"resources": [first], "resource_groups": [[first], [second]]}, format="json"
        )
        agreed = manager.patch(
            path_of(haircut), {"resources": [second, first], "resource_groups": [[first], [second]]}, format="json"
        )

        assert refusal(refused) == (400, ["resources"])
        assert agreed.json()["resource_groups"] == [[first], [second]]

    @pytest.mark.parametrize("field", ["resources", "resource_groups"])
    def test_one_that_does_not_exist_changes_nothing(
        self, manager: APIClient, haircut: Service, team: list[Resource], field: str
    ) -> None:
        ids = [team[2].pk, 10**12]

        response = manager.patch(
            path_of(haircut), {"name": "x", field: ids if field == "resources" else [ids]}, format="json"
        )

        assert (refusal(response), response.json()["code"]) == ((400, [field]), "does_not_exist")
        assert manager.get(path_of(haircut)).json()["name"] == "Haircut"
        assert manager.get(path_of(haircut)).json()["resources"] == [team[0].pk, team[1].pk]

    def test_one_resource_in_two_places(self, manager: APIClient, haircut: Service, team: list[Resource]) -> None:
        first, second, _ = (resource.pk for resource in team)

        for field, value in (("resources", [first, first]), ("resource_groups", [[first], [second, first]])):
            assert refusal(manager.patch(path_of(haircut), {field: value}, format="json")) == (400, [field])


class TestList:
    """Pages, filters, search and order."""

    def names(self, client: APIClient, **query: Any) -> list[str]:
        """Return the names on the first page."""
        return [row["name"] for row in client.get(PATH, query).json()["results"]]

    def test_filters_search_and_order(self, staff: APIClient, haircut: Service, team: list[Resource]) -> None:
        ServiceFactory.create(name="Colour", price_cents=9000, resources=[team[2]], description="With care")
        ServiceFactory.create(name="Advice", is_active=False, price_cents=0)

        assert self.names(staff) == ["Advice", "Colour", "Haircut"]
        assert self.names(staff, ordering="-price_cents") == ["Colour", "Haircut", "Advice"]
        assert self.names(staff, is_active="true") == ["Colour", "Haircut"]
        assert self.names(staff, resource_id=team[1].pk) == ["Haircut"]
        assert self.names(staff, search="care") == ["Colour"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [*bad("is_active", "maybe"), *bad("resource_id", "x", "9" * 30), *bad("ordering", "resources")],
    )
    def test_a_parameter_that_cannot_be_used_is_named(self, staff: APIClient, name: str, value: str) -> None:
        assert refusal(staff.get(PATH, {name: value})) == (400, [name])

    def test_the_same_number_of_queries_for_more_rows(
        self, tenant: Tenant, staff: APIClient, team: list[Resource]
    ) -> None:
        one, three = queries_of_a_list(tenant, staff, PATH, partial(ServiceFactory.create, resources=team))

        assert one == three


class TestWhoMay:
    """Roles, and strangers."""

    def test_staff_only_reads(self, staff: APIClient, haircut: Service) -> None:
        assert staff.get(path_of(haircut)).status_code == 200
        for response in (
            staff.post(PATH, LEAST, format="json"),
            staff.put(path_of(haircut), LEAST, format="json"),
            staff.patch(path_of(haircut), {"name": "x"}, format="json"),
            staff.delete(path_of(haircut)),
        ):
            assert problem(response) == (403, "role_required")

    def test_owners_write(self, owner: APIClient, haircut: Service) -> None:
        assert owner.delete(path_of(haircut)).status_code == 204

    def test_anonymous(self, anonymous: APIClient, haircut: Service) -> None:
        for response in (anonymous.get(PATH), anonymous.post(PATH, {}), anonymous.delete(path_of(haircut))):
            assert problem(response) == (401, "not_authenticated")

    def test_a_stranger_finds_nothing(self, stranger: APIClient, haircut: Service) -> None:
        for response in (
            stranger.get(path_of(haircut)),
            stranger.patch(path_of(haircut), {"name": "x"}, format="json"),
            stranger.delete(path_of(haircut)),
        ):
            assert problem(response) == (404, "not_found")

    def test_a_stranger_cannot_name_our_resources(self, stranger: APIClient, team: list[Resource]) -> None:
        response = stranger.post(PATH, {**LEAST, "resources": [team[0].pk]}, format="json")

        assert refusal(response) == (400, ["resources"])


BAD_LIST: tuple[object, ...] = ("", None, "x", 3, {}, [None], ["x"], [0], [-1], [1.5], [HUGE], [[]], [1] * 501)
BAD_FIELDS = [
    *bad("name", *BAD_TEXT, "x" * 101),
    *bad("description", None, [], {}, "x" * 5001),
    *bad("duration_minutes", *BAD_NUMBER, 0, 1441),
    *bad("buffer_before_minutes", *BAD_NUMBER, 721),
    *bad("buffer_after_minutes", *BAD_NUMBER, 721),
    *bad("price_cents", *BAD_NUMBER, 100_000_001),
    *bad("currency", "eur", "EURO", "", None, 5, [], "€€€"),
    *bad("min_notice_minutes", *BAD_NUMBER, 129_601),
    *bad("max_advance_days", *BAD_NUMBER, 0, 1096),
    *bad("slot_step_minutes", *BAD_NUMBER, 4, 1441),
    *bad("is_active", *BAD_FLAG),
    *bad("resources", *BAD_LIST),
    *bad("resource_groups", *BAD_LIST, [["x"]], [[HUGE]], [[1]] * 11),
]


class TestBadInput:
    """Whatever is wrong is named."""

    def test_nothing_at_all(self, manager: APIClient) -> None:
        assert refusal(manager.post(PATH, {}, format="json")) == (400, ["duration_minutes", "name"])

    @pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
    def test_a_field_that_cannot_be_used(self, manager: APIClient, haircut: Service, field: str, value: object) -> None:
        posted = manager.post(PATH, {**LEAST, field: value}, format="json")
        patched = manager.patch(path_of(haircut), {field: value}, format="json")

        assert (refusal(posted), refusal(patched)) == ((400, [field]), (400, [field]))

    @pytest.mark.parametrize("body", MALFORMED)
    def test_a_body_that_is_no_object(self, manager: APIClient, haircut: Service, body: bytes) -> None:
        for method, path in (("POST", PATH), ("PUT", path_of(haircut)), ("PATCH", path_of(haircut))):
            response = send(manager, method, path, body)
            assert problem(response) == (400, "malformed")


class TestAppointments:
    """A service that was booked stays known."""

    def test_it_cannot_be_deleted(self, manager: APIClient, haircut: Service) -> None:
        EventFactory.create(service=haircut)

        response = manager.delete(path_of(haircut))

        assert (response.status_code, response.json()) == (
            409,
            {"detail": "This service has appointments; deactivate it instead.", "code": "in_use"},
        )
        assert manager.patch(path_of(haircut), {"is_active": False}, format="json").status_code == 200


class TestQuota:
    """Free admits five active services."""

    @pytest.fixture(autouse=True)
    def _on_free(self, tenant: Tenant, put_on_plan: PutOnPlan) -> None:
        put_on_plan("free")
        ServiceFactory.create_batch(4)

    def test_the_last_one_fits_and_one_more_does_not(self, manager: APIClient) -> None:
        fits = manager.post(PATH, LEAST, format="json")
        refused = manager.post(PATH, LEAST, format="json")

        assert fits.status_code == 201
        assert problem(refused) == (403, "quota_exceeded")
        assert (refused.json()["quota"]["key"], refused.json()["quota"]["used"]) == ("max_services", 5)

    def test_switching_one_on_again_needs_room_too(self, manager: APIClient, tenant: Tenant) -> None:
        asleep = ServiceFactory.create(is_active=False)
        ServiceFactory.create()

        refused = manager.patch(path_of(asleep), {"is_active": True}, format="json")

        assert problem(refused) == (403, "quota_exceeded")
        assert manager.get(path_of(asleep)).json()["is_active"] is False


def test_nothing_is_left_of_a_refused_service(tenant: Tenant, manager: APIClient) -> None:
    refused = manager.post(PATH, {**LEAST, "resources": [10**12]}, format="json")

    activate(tenant)
    assert (refused.status_code, Service.objects.count()) == (400, 0)
