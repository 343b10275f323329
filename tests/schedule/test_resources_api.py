"""`/api/resources/`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.active import activate
from core.models import Membership, Role, Tenant, User
from schedule.models import Participant, Resource, WorkingHours
from tests.factories.schedule import EventFactory, ResourceFactory, ServiceFactory, WorkingHoursFactory
from tests.schedule.requests import (
    BAD_FLAG,
    BAD_NUMBER,
    BAD_TEXT,
    MALFORMED,
    bad,
    problem,
    queries_of_a_list,
    refusal,
    send,
)

PATH = "/api/resources/"
AHEAD = datetime.now(UTC) + timedelta(days=3)


def path_of(resource: Resource) -> str:
    """Return the address of a resource."""
    return f"{PATH}{resource.pk}/"


@pytest.fixture
def anna(tenant: Tenant) -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


class TestShape:
    """What goes in and comes out."""

    def test_the_least_that_is_needed(self, manager: APIClient) -> None:
        response = manager.post(PATH, {"name": "Room 1"}, format="json")

        body = response.json()
        assert (body.pop("created_at")[:10], body.pop("updated_at")[:10]) == (str(datetime.now(UTC).date()),) * 2
        assert (response.status_code, body) == (
            201,
            {
                "id": body["id"],
                "name": "Room 1",
                "type": "staff",
                "max_concurrent_events": 1,
                "is_active": True,
                "timezone": "",
                "color": "#5b6cff",
                "user": None,
            },
        )

    def test_everything(self, manager: APIClient, tenant: Tenant) -> None:
        user = User.objects.get(email="owner@acme.example")
        given = {
            "name": "Sauna",
            "type": "room",
            "max_concurrent_events": 6,
            "is_active": False,
            "timezone": "Europe/Berlin",
            "color": "#00ff7F",
            "user": user.pk,
        }

        created = manager.post(PATH, given, format="json").json()
        read = manager.get(f"{PATH}{created['id']}/").json()

        assert read == created
        assert {key: created[key] for key in given} == given

    def test_put_and_patch(self, manager: APIClient, anna: Resource) -> None:
        put = manager.put(path_of(anna), {"name": "Ann", "type": "equipment"}, format="json")
        patch = manager.patch(path_of(anna), {"color": "#123456"}, format="json")

        shown = patch.json()
        assert (put.status_code, patch.status_code) == (200, 200)
        assert (shown["name"], shown["type"], shown["color"]) == ("Ann", "equipment", "#123456")

    def test_an_id_cannot_be_chosen(self, manager: APIClient, anna: Resource) -> None:
        response = manager.patch(path_of(anna), {"id": 1, "created_at": "2000-01-01T00:00:00Z"}, format="json")

        assert response.json()["id"] == anna.pk
        assert response.json()["created_at"][:4] != "2000"

    def test_deleting_takes_its_hours_along(self, manager: APIClient, tenant: Tenant, anna: Resource) -> None:
        WorkingHoursFactory.create(resource=anna)

        response = manager.delete(path_of(anna))

        activate(tenant)
        assert (response.status_code, response.content) == (204, b"")
        assert not WorkingHours.objects.filter(resource_id=anna.pk).exists()


class TestList:
    """Pages, filters, search and order."""

    @pytest.fixture(autouse=True)
    def _three(self, tenant: Tenant) -> None:
        ResourceFactory.create(name="Beth", type="staff")
        ResourceFactory.create(name="Attic", type="room", is_active=False)
        ResourceFactory.create(name="Cellar", type="room")

    def names(self, client: APIClient, **query: Any) -> list[str]:
        """Return the names on the first page."""
        return [row["name"] for row in client.get(PATH, query).json()["results"]]

    def test_a_page(self, staff: APIClient) -> None:
        body = staff.get(PATH, {"page_size": 2}).json()

        assert (body["count"], body["previous"], len(body["results"])) == (3, None, 2)
        assert "page=2" in body["next"]

    def test_by_name_unless_asked_otherwise(self, staff: APIClient) -> None:
        assert self.names(staff) == ["Attic", "Beth", "Cellar"]
        assert self.names(staff, ordering="type,-name") == ["Cellar", "Attic", "Beth"]

    def test_filters(self, staff: APIClient, tenant: Tenant) -> None:
        beth = Resource.objects.get(name="Beth")
        service = ServiceFactory.create(resources=[beth])

        assert self.names(staff, is_active="true") == ["Beth", "Cellar"]
        assert self.names(staff, is_active="false") == ["Attic"]
        assert self.names(staff, type="room") == ["Attic", "Cellar"]
        assert self.names(staff, service_id=service.pk) == ["Beth"]
        assert self.names(staff, user=2**40) == []
        assert self.names(staff, search="ATT") == ["Attic"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            *bad("is_active", "yes", "1", "TRUE"),
            *bad("type", "animal", "\x00"),
            *bad("service_id", "x", "1.5", "-1", "9" * 30),
            *bad("user", "x", "9" * 30),
            *bad("ordering", "user__password", "color", "\x00"),
            *bad("search", "\x00"),
            *bad("page_size", "0", "201", "x"),
        ],
    )
    def test_a_parameter_that_cannot_be_used_is_named(self, staff: APIClient, name: str, value: str) -> None:
        assert refusal(staff.get(PATH, {name: value})) == (400, [name])

    def test_the_same_number_of_queries_for_more_rows(self, tenant: Tenant, staff: APIClient) -> None:
        one, three = queries_of_a_list(tenant, staff, PATH, ResourceFactory.create)

        assert one == three


class TestWhoMay:
    """Roles, and strangers."""

    def test_staff_only_reads(self, staff: APIClient, anna: Resource) -> None:
        assert staff.get(path_of(anna)).status_code == 200
        for response in (
            staff.post(PATH, {"name": "x"}, format="json"),
            staff.put(path_of(anna), {"name": "x"}, format="json"),
            staff.patch(path_of(anna), {"name": "x"}, format="json"),
            staff.delete(path_of(anna)),
        ):
            assert problem(response) == (403, "role_required")

    def test_owners_write(self, owner: APIClient, anna: Resource) -> None:
        assert owner.patch(path_of(anna), {"name": "x"}, format="json").status_code == 200

    def test_anonymous(self, anonymous: APIClient, anna: Resource) -> None:
        for response in (anonymous.get(PATH), anonymous.post(PATH, {}), anonymous.delete(path_of(anna))):
            assert problem(response) == (401, "not_authenticated")

    def test_a_stranger_finds_nothing(self, stranger: APIClient, anna: Resource) -> None:
        for response in (
            stranger.get(path_of(anna)),
            stranger.patch(path_of(anna), {"name": "x"}, format="json"),
            stranger.put(path_of(anna), {"name": "x"}, format="json"),
            stranger.delete(path_of(anna)),
        ):
            assert problem(response) == (404, "not_found")

    @pytest.mark.parametrize("number", ["0", "x", "9" * 30, "-1", "%00"])
    def test_an_address_of_nothing(self, owner: APIClient, number: str) -> None:
        assert problem(owner.get(f"{PATH}{number}/")) == (404, "not_found")


BAD_FIELDS = [
    *bad("name", *BAD_TEXT, "  ", "x" * 101),
    *bad("type", "animal", "", None, 3, [], {}),
    *bad("max_concurrent_events", *BAD_NUMBER, 0, 1001),
    *bad("is_active", *BAD_FLAG),
    *bad("timezone", "Mars/Olympus", "x" * 100, None, 5, [], "posix/UTC"),
    *bad("color", "red", "#12345", "#1234567", "", None, 5),
    *bad("user", "x", 0, -1, 10**30, [], {}, 2**40),
]


class TestBadInput:
    """Whatever is wrong is named."""

    def test_nothing_at_all(self, manager: APIClient) -> None:
        assert refusal(manager.post(PATH, {}, format="json")) == (400, ["name"])

    @pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
    def test_a_field_that_cannot_be_used(self, manager: APIClient, anna: Resource, field: str, value: object) -> None:
        posted = manager.post(PATH, {"name": "Beth", field: value}, format="json")
        patched = manager.patch(path_of(anna), {field: value}, format="json")

        assert (refusal(posted), refusal(patched)) == ((400, [field]), (400, [field]))

    @pytest.mark.parametrize("body", MALFORMED)
    def test_a_body_that_is_no_object(self, manager: APIClient, anna: Resource, body: bytes) -> None:
        for method, path in (("POST", PATH), ("PUT", path_of(anna)), ("PATCH", path_of(anna))):
            response = send(manager, method, path, body)
            assert problem(response) == (400, "malformed")


class TestUser:
    """The login behind a resource."""

    def test_a_stranger_to_the_business(self, manager: APIClient, anna: Resource) -> None:
        other = User.objects.create_user("nobody@elsewhere.example")

        assert refusal(manager.patch(path_of(anna), {"user": other.pk}, format="json")) == (400, ["user"])

    def test_somebody_who_left(self, manager: APIClient, tenant: Tenant, anna: Resource) -> None:
        left = User.objects.create_user("left@acme.example")
        Membership.objects.create(user=left, tenant=tenant, role=Role.STAFF, is_active=False)

        assert refusal(manager.post(PATH, {"name": "x", "user": left.pk}, format="json")) == (400, ["user"])

    def test_one_who_left_meanwhile_may_stay(self, manager: APIClient, tenant: Tenant, anna: Resource) -> None:
        user = User.objects.create_user("leaving@acme.example")
        membership = Membership.objects.create(user=user, tenant=tenant, role=Role.STAFF)
        manager.patch(path_of(anna), {"user": user.pk}, format="json")
        membership.is_active = False
        membership.save()

        response = manager.put(path_of(anna), {"name": "Ann", "user": user.pk}, format="json")

        assert (response.status_code, response.json()["user"]) == (200, user.pk)
        assert manager.patch(path_of(anna), {"user": None}, format="json").json()["user"] is None


class TestAppointments:
    """A resource with appointments is not lost by accident."""

    def test_it_cannot_be_deleted(self, manager: APIClient, anna: Resource) -> None:
        EventFactory.create(resources=[anna], status="cancelled")

        response = manager.delete(path_of(anna))

        assert (response.status_code, response.json()) == (
            409,
            {"detail": "This resource has appointments; deactivate it instead.", "code": "in_use"},
        )

    def test_switching_it_off_with_appointments_ahead_needs_force(
        self, manager: APIClient, tenant: Tenant, anna: Resource
    ) -> None:
        for number in range(2):
            EventFactory.create(resources=[anna], start_at=AHEAD + timedelta(hours=2 * number))

        refused = manager.patch(path_of(anna), {"is_active": False}, format="json")
        renamed = manager.patch(path_of(anna), {"name": "Ann"}, format="json")
        forced = manager.patch(f"{path_of(anna)}?force=true", {"is_active": False}, format="json")

        assert (refused.status_code, refused.json()) == (
            409,
            {
                "detail": "2 appointments with this resource lie ahead. Move or cancel them, or repeat the request "
                "with ?force=true to keep them as they are.",
                "code": "has_future_appointments",
                "count": 2,
            },
        )
        assert renamed.status_code == 200
        assert (forced.status_code, forced.json()["is_active"]) == (200, False)
        activate(tenant)
        assert Participant.objects.filter(resource=anna, blocks=True).count() == 2

    @pytest.mark.parametrize("status", ["cancelled", "no_show"])
    def test_what_will_not_happen_does_not_hinder(self, manager: APIClient, anna: Resource, status: str) -> None:
        EventFactory.create(resources=[anna], start_at=AHEAD, status=status)

        assert manager.patch(path_of(anna), {"is_active": False}, format="json").status_code == 200

    def test_nor_what_is_over(self, manager: APIClient, anna: Resource) -> None:
        EventFactory.create(resources=[anna], start_at=AHEAD - timedelta(days=30))

        assert manager.patch(path_of(anna), {"is_active": False}, format="json").status_code == 200

    def test_force_is_true_or_false(self, manager: APIClient, anna: Resource) -> None:
        response = manager.patch(f"{path_of(anna)}?force=perhaps", {"name": "x"}, format="json")

        assert refusal(response) == (400, ["force"])

    def test_capacity_cannot_shrink_below_what_is_booked(self, manager: APIClient, tenant: Tenant) -> None:
        sauna = ResourceFactory.create(name="Sauna", max_concurrent_events=2)
        for _ in range(2):
            EventFactory.create(resources=[sauna], start_at=AHEAD)

        response = manager.patch(path_of(sauna), {"max_concurrent_events": 1, "name": "Bath"}, format="json")

        assert problem(response) == (409, "capacity_overlaps")
        assert len(response.json()["overlaps"]) == 1
        activate(tenant)
        sauna.refresh_from_db()
        assert (sauna.name, sauna.max_concurrent_events) == ("Sauna", 2)

    def test_capacity_grows_with_everything_else(self, manager: APIClient, tenant: Tenant, anna: Resource) -> None:
        EventFactory.create(resources=[anna], start_at=AHEAD)

        response = manager.patch(path_of(anna), {"max_concurrent_events": 3, "name": "Hall"}, format="json")

        assert (response.json()["name"], response.json()["max_concurrent_events"]) == ("Hall", 3)
        activate(tenant)
        assert list(Participant.objects.filter(resource=anna).values_list("exclusive", flat=True)) == [False]
