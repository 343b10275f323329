"""`/api/customers/`."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.models import Customer
from tests.factories.schedule import CustomerFactory, EventFactory
from tests.schedule.calls import UNKNOWN_ID
from tests.schedule.requests import BAD_FLAG, BAD_TEXT, MALFORMED, bad, problem, queries_of_a_list, refusal, send

PATH = "/api/customers/"


def path_of(customer: Customer) -> str:
    """Return the address of a customer."""
    return f"{PATH}{customer.pk}/"


@pytest.fixture
def carla(tenant: Tenant) -> Customer:
    """A customer."""
    return CustomerFactory.create(name="Carla", email="carla@example.com", tags=["vip"])


class TestShape:
    """What goes in and comes out. Staff may do everything here."""

    def test_the_least_that_is_needed(self, staff: APIClient) -> None:
        response = staff.post(PATH, {"name": "Carla"}, format="json")

        body = response.json()
        del body["created_at"], body["updated_at"]
        assert (response.status_code, body) == (
            201,
            {
                "id": body["id"],
                "name": "Carla",
                "email": "",
                "phone": "",
                "notes": "",
                "tags": [],
                "is_active": True,
            },
        )

    def test_everything(self, staff: APIClient) -> None:
        given = {
            "name": "Carla Müller",
            "email": "carla@example.com",
            "phone": "+49 30 1234567",
            "notes": "Allergic to cats.\nLikes tea.",
            "tags": ["vip", "monthly"],
            "is_active": False,
        }

        created = staff.post(PATH, given, format="json").json()
        read = staff.get(f"{PATH}{created['id']}/").json()

        assert read == created
        assert {key: created[key] for key in given} == given

    def test_put_patch_and_delete(self, staff: APIClient, carla: Customer) -> None:
        put = staff.put(path_of(carla), {"name": "C. Müller"}, format="json").json()
        patch = staff.patch(path_of(carla), {"tags": ["b", "a", "b"]}, format="json").json()

        assert (put["name"], put["tags"]) == ("C. Müller", ["vip"])
        assert patch["tags"] == ["b", "a"]
        assert staff.delete(path_of(carla)).status_code == 204
        assert staff.get(path_of(carla)).status_code == 404


class TestList:
    """Pages, filters, search and order."""

    def names(self, client: APIClient, **query: Any) -> list[str]:
        """Return the names on the first page."""
        return [row["name"] for row in client.get(PATH, query).json()["results"]]

    def test_filters_search_and_order(self, staff: APIClient, carla: Customer) -> None:
        CustomerFactory.create(name="Bo", email="bo@example.com", phone="030 99", tags=["new", "vip"])
        CustomerFactory.create(name="Ada", email="", is_active=False)

        assert self.names(staff) == ["Ada", "Bo", "Carla"]
        assert self.names(staff, ordering="-name") == ["Carla", "Bo", "Ada"]
        assert self.names(staff, is_active="false") == ["Ada"]
        assert self.names(staff, tag="vip") == ["Bo", "Carla"]
        assert self.names(staff, email="CARLA@example.com") == ["Carla"]
        assert self.names(staff, search="030 99") == ["Bo"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            *bad("is_active", "maybe"),
            *bad("tag", "\x00", "x" * 41),
            *bad("email", "\x00"),
            *bad("ordering", "notes", "phone"),
            *bad("search", "\x00"),
        ],
    )
    def test_a_parameter_that_cannot_be_used_is_named(self, staff: APIClient, name: str, value: str) -> None:
        assert refusal(staff.get(PATH, {name: value})) == (400, [name])

    def test_some_by_their_ids(self, staff: APIClient, carla: Customer) -> None:
        others = CustomerFactory.create_batch(2)
        wanted = f"{carla.pk},{others[1].pk},00000000-0000-7000-8000-000000000000"

        found = [{one["id"] for one in staff.get(PATH, {"ids": ids}).json()["results"]} for ids in (wanted, "")]

        assert found == [{str(carla.pk), str(others[1].pk)}, {str(one.pk) for one in (carla, *others)}]

    @pytest.mark.parametrize("ids", ["x", ",", "1,2", f"{UNKNOWN_ID},", f"{UNKNOWN_ID} ", ",".join([UNKNOWN_ID] * 201)])
    def test_ids_that_are_none(self, staff: APIClient, ids: str) -> None:
        assert refusal(staff.get(PATH, {"ids": ids})) == (400, ["ids"])

    def test_the_same_number_of_queries_for_more_rows(self, tenant: Tenant, staff: APIClient) -> None:
        one, three = queries_of_a_list(tenant, staff, PATH, CustomerFactory.create)

        assert one == three


class TestWhoMay:
    """Nobody from outside."""

    def test_anonymous(self, anonymous: APIClient, carla: Customer) -> None:
        for response in (anonymous.get(PATH), anonymous.post(PATH, {}), anonymous.delete(path_of(carla))):
            assert problem(response) == (401, "not_authenticated")

    def test_a_stranger_finds_nothing(self, stranger: APIClient, carla: Customer) -> None:
        for response in (
            stranger.get(path_of(carla)),
            stranger.patch(path_of(carla), {"name": "x"}, format="json"),
            stranger.put(path_of(carla), {"name": "x"}, format="json"),
            stranger.delete(path_of(carla)),
        ):
            assert problem(response) == (404, "not_found")

    @pytest.mark.parametrize("number", ["0", "x", "%00", "00000000-0000-7000-8000-000000000000", "9" * 100])
    def test_an_address_of_nothing(self, staff: APIClient, number: str) -> None:
        assert problem(staff.get(f"{PATH}{number}/")) == (404, "not_found")


BAD_FIELDS = [
    *bad("name", *BAD_TEXT, "  ", "x" * 151),
    *bad("email", "x", "a@b", "@example.com", None, [], 5, f"{'x' * 250}@example.com"),
    *bad("phone", None, [], {}, "1" * 41),
    *bad("notes", None, [], {}, "x" * 5001),
    *bad("tags", "", None, "vip", 5, {}, [None], [[]], [""], ["x" * 41], ["x"] * 21),
    *bad("is_active", *BAD_FLAG),
]


class TestBadInput:
    """Whatever is wrong is named."""

    def test_nothing_at_all(self, staff: APIClient) -> None:
        assert refusal(staff.post(PATH, {}, format="json")) == (400, ["name"])

    @pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
    def test_a_field_that_cannot_be_used(self, staff: APIClient, carla: Customer, field: str, value: object) -> None:
        posted = staff.post(PATH, {"name": "Bo", field: value}, format="json")
        patched = staff.patch(path_of(carla), {field: value}, format="json")

        assert (refusal(posted), refusal(patched)) == ((400, [field]), (400, [field]))

    @pytest.mark.parametrize("body", MALFORMED)
    def test_a_body_that_is_no_object(self, staff: APIClient, carla: Customer, body: bytes) -> None:
        for method, path in (("POST", PATH), ("PUT", path_of(carla)), ("PATCH", path_of(carla))):
            response = send(staff, method, path, body)
            assert problem(response) == (400, "malformed")


def test_one_with_appointments_cannot_be_deleted(staff: APIClient, carla: Customer) -> None:
    EventFactory.create(customer=carla, status="cancelled")

    response = staff.delete(path_of(carla))

    assert (response.status_code, response.json()) == (
        409,
        {"detail": "This customer has appointments; deactivate it instead.", "code": "in_use"},
    )
    assert staff.patch(path_of(carla), {"is_active": False}, format="json").json()["is_active"] is False
