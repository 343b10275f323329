"""`/api/schedule/working-hours/` and `/api/schedule/date-overrides/`. Acme works Monday to Friday from 9 to 17."""

import pytest
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant
from schedule.models import Resource, WorkingHours
from tests.factories.schedule import DateOverrideFactory, ResourceFactory, WorkingHoursFactory
from tests.schedule.requests import HUGE, MALFORMED, bad, problem, queries_of_a_list, refusal, send

WEEKLY = "/api/schedule/working-hours/"
WEEK = "/api/schedule/working-hours/week/"
DATES = "/api/schedule/date-overrides/"
SATURDAY = 5
OPEN = {"weekday": SATURDAY, "opens": "10:00", "closes": "14:00"}
BAD_OWNER: tuple[object, ...] = ("x", "", 0, -1, 1.5, HUGE, [], {}, 10**12)
BAD_CLOCK: tuple[object, ...] = (
    *("", "9:00", "25:00", "10:60", "10", "10:00:00", "-1:00", "24:01", "१०:००", "10:00\n"),
    *(600, [], {}),
)


@pytest.fixture
def anna(tenant: Tenant) -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def saturday(anna: Resource) -> WorkingHours:
    """Anna's Saturday morning."""
    return WorkingHoursFactory.create(resource=anna, weekday=SATURDAY, opens_minute=600, closes_minute=720)


def intervals(tenant: Tenant, resource: Resource | None) -> list[tuple[int, int, int]]:
    """Return what is stored, in order."""
    activate(tenant)
    rows = WorkingHours.objects.filter(resource=resource) if resource else WorkingHours.objects.filter(resource=None)
    return list(rows.order_by("weekday", "opens_minute").values_list("weekday", "opens_minute", "closes_minute"))


class TestWeeklyHours:
    """Single intervals."""

    def test_of_the_business_and_of_a_resource(self, manager: APIClient, anna: Resource) -> None:
        business = manager.post(WEEKLY, OPEN, format="json")
        own = manager.post(WEEKLY, {**OPEN, "resource": anna.pk, "opens": "00:00", "closes": "24:00"}, format="json")

        assert (business.status_code, business.json()) == (
            201,
            {"id": business.json()["id"], "resource": None, **OPEN},
        )
        assert own.json() == {
            "id": own.json()["id"],
            "resource": anna.pk,
            "weekday": SATURDAY,
            "opens": "00:00",
            "closes": "24:00",
        }
        assert manager.get(f"{WEEKLY}{own.json()['id']}/").json() == own.json()

    def test_change_and_delete(
        self, manager: APIClient, tenant: Tenant, anna: Resource, saturday: WorkingHours
    ) -> None:
        path = f"{WEEKLY}{saturday.pk}/"

        patched = manager.patch(path, {"closes": "13:30"}, format="json").json()
        put = manager.put(path, {**OPEN, "resource": None}, format="json").json()

        assert (patched["opens"], patched["closes"], patched["resource"]) == ("10:00", "13:30", anna.pk)
        assert put == {"id": saturday.pk, "resource": None, **OPEN}
        assert manager.delete(path).status_code == 204
        assert intervals(tenant, anna) == []

    @pytest.mark.parametrize(
        ("opens", "closes", "fits"),
        [("08:00", "10:00", True), ("12:00", "13:00", True), ("11:59", "13:00", False), ("10:30", "11:00", False)],
    )
    def test_intervals_of_a_day_may_touch_and_never_overlap(
        self, manager: APIClient, anna: Resource, saturday: WorkingHours, opens: str, closes: str, fits: bool
    ) -> None:
        given = {"weekday": SATURDAY, "opens": opens, "closes": closes, "resource": anna.pk}

        response = manager.post(WEEKLY, given, format="json")

        assert response.status_code == (201 if fits else 400)
        if not fits:
            assert response.json() == {
                "detail": "opens: These hours overlap 10:00-12:00. Change one of the two.",
                "code": "overlap",
                "errors": {"opens": ["These hours overlap 10:00-12:00. Change one of the two."]},
            }

    def test_other_owners_and_days_do_not_overlap(
        self, manager: APIClient, anna: Resource, saturday: WorkingHours
    ) -> None:
        other = ResourceFactory.create()

        for given in ({"resource": other.pk}, {"resource": None}, {"resource": anna.pk, "weekday": 6}):
            assert manager.post(WEEKLY, {**OPEN, **given}, format="json").status_code == 201

    def test_moving_one_onto_itself_is_no_overlap(self, manager: APIClient, saturday: WorkingHours) -> None:
        response = manager.patch(f"{WEEKLY}{saturday.pk}/", {"opens": "09:00"}, format="json")

        assert response.json()["opens"] == "09:00"

    def test_half_a_change_that_ends_before_it_begins(self, manager: APIClient, saturday: WorkingHours) -> None:
        for change in ({"opens": "12:00"}, {"closes": "10:00"}):
            assert refusal(manager.patch(f"{WEEKLY}{saturday.pk}/", change, format="json")) == (400, ["closes"])

    def test_list_by_owner(self, staff: APIClient, anna: Resource, saturday: WorkingHours) -> None:
        own = staff.get(WEEKLY, {"resource": anna.pk}).json()["results"]
        business = staff.get(WEEKLY, {"resource": "none"}).json()["results"]
        everybody = staff.get(WEEKLY, {"weekday": SATURDAY}).json()["results"]

        assert [row["id"] for row in own] == [row["id"] for row in everybody] == [saturday.pk]
        assert [(row["weekday"], row["opens"], row["closes"]) for row in business] == [
            (weekday, "09:00", "17:00") for weekday in range(5)
        ]

    @pytest.mark.parametrize(
        ("name", "value"),
        [*bad("resource", "x", "0", "-1", "9" * 30, "\x00", "null"), *bad("weekday", "7", "x"), *bad("ordering", "x")],
    )
    def test_a_parameter_that_cannot_be_used_is_named(self, staff: APIClient, name: str, value: str) -> None:
        assert refusal(staff.get(WEEKLY, {name: value})) == (400, [name])

    def test_the_same_number_of_queries_for_more_rows(self, tenant: Tenant, staff: APIClient) -> None:
        def add() -> None:
            WorkingHoursFactory.create(resource=ResourceFactory.create())

        one, three = queries_of_a_list(tenant, staff, WEEKLY, add)

        assert one == three

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            *bad("resource", *BAD_OWNER),
            *bad("weekday", "x", "", None, -1, 7, 1.5, HUGE, [], {}),
            *bad("opens", *BAD_CLOCK, None, "24:00"),
            *bad("closes", *BAD_CLOCK, None),
        ],
    )
    def test_a_field_that_cannot_be_used(
        self, manager: APIClient, saturday: WorkingHours, field: str, value: object
    ) -> None:
        posted = manager.post(WEEKLY, {**OPEN, field: value}, format="json")
        patched = manager.patch(f"{WEEKLY}{saturday.pk}/", {field: value}, format="json")

        assert (refusal(posted), refusal(patched)) == ((400, [field]), (400, [field]))

    def test_nothing_at_all(self, manager: APIClient) -> None:
        assert refusal(manager.post(WEEKLY, {}, format="json")) == (400, ["closes", "opens", "weekday"])


class TestWholeWeek:
    """`PUT /api/schedule/working-hours/week/`."""

    def test_it_replaces_everything_of_its_owner(
        self, manager: APIClient, tenant: Tenant, anna: Resource, saturday: WorkingHours
    ) -> None:
        monday = [{"opens": "13:00", "closes": "17:00"}, {"opens": "09:00", "closes": "12:00"}]
        days = [{"weekday": 0, "intervals": monday}, {"weekday": 1, "intervals": []}]

        response = manager.put(WEEK, {"resource": anna.pk, "days": days}, format="json")

        shown = [{"weekday": weekday, "intervals": []} for weekday in range(1, 7)]
        assert (response.status_code, response.json()) == (
            200,
            {"resource": anna.pk, "days": [{"weekday": 0, "intervals": monday[::-1]}, *shown]},
        )
        assert manager.get(WEEK, {"resource": anna.pk}).json() == response.json()
        assert intervals(tenant, anna) == [(0, 540, 720), (0, 780, 1020)]
        assert len(intervals(tenant, None)) == 5

    def test_the_business_itself(
        self, manager: APIClient, tenant: Tenant, saturday: WorkingHours, anna: Resource
    ) -> None:
        days = [{"weekday": 6, "intervals": [{"opens": "00:00", "closes": "24:00"}]}]

        response = manager.put(WEEK, {"resource": None, "days": days}, format="json")

        assert response.json()["days"][6] == days[0]
        assert manager.get(WEEK).json() == response.json()
        assert (intervals(tenant, None), len(intervals(tenant, anna))) == ([(6, 0, 1440)], 1)

    @pytest.mark.parametrize(
        "days",
        [
            [
                {
                    "weekday": 0,
                    "intervals": [{"opens": "09:00", "closes": "12:00"}, {"opens": "11:00", "closes": "13:00"}],
                }
            ],
            [{"weekday": 0, "intervals": []}, {"weekday": 0, "intervals": []}],
            [{"weekday": 7, "intervals": []}],
            [{"weekday": 0, "intervals": [{"opens": "12:00", "closes": "12:00"}]}],
            [{"weekday": 0, "intervals": [{"opens": "12:00"}]}],
            [{"weekday": 0, "intervals": "x"}],
            [{"weekday": 0, "intervals": [{"opens": "12:00", "closes": "25:00"}]}],
            [{"weekday": 0, "intervals": [{"opens": "00:00", "closes": "00:01"}] * 25}],
            [{"weekday": 0}],
            [None],
            [[]],
            "x",
            None,
            {},
            [{"weekday": number % 7, "intervals": []} for number in range(8)],
        ],
    )
    def test_days_that_cannot_be_used_change_nothing(self, manager: APIClient, tenant: Tenant, days: object) -> None:
        response = manager.put(WEEK, {"resource": None, "days": days}, format="json")

        assert refusal(response) == (400, ["days"])
        assert len(intervals(tenant, None)) == 5

    @pytest.mark.parametrize("owner", [value for value in BAD_OWNER if value != ""])
    def test_an_owner_that_cannot_be_used(self, manager: APIClient, owner: object) -> None:
        assert refusal(manager.put(WEEK, {"resource": owner, "days": []}, format="json")) == (400, ["resource"])

    def test_nothing_at_all(self, manager: APIClient) -> None:
        assert refusal(manager.put(WEEK, {}, format="json")) == (400, ["days", "resource"])

    @pytest.mark.parametrize("body", MALFORMED)
    def test_a_body_that_is_no_object(self, manager: APIClient, body: bytes) -> None:
        assert problem(send(manager, "PUT", WEEK, body)) == (400, "malformed")

    @pytest.mark.parametrize("owner", ["x", "0", "9" * 30, str(10**12)])
    def test_the_week_of_nobody(self, staff: APIClient, owner: str) -> None:
        assert refusal(staff.get(WEEK, {"resource": owner})) == (400, ["resource"])

    def test_who_may(self, staff: APIClient, anonymous: APIClient, stranger: APIClient, anna: Resource) -> None:
        week = {"resource": anna.pk, "days": []}

        assert staff.get(WEEK).status_code == 200
        assert problem(staff.put(WEEK, week, format="json")) == (403, "role_required")
        assert problem(anonymous.put(WEEK, week, format="json")) == (401, "not_authenticated")
        assert refusal(stranger.put(WEEK, week, format="json")) == (400, ["resource"])


@pytest.mark.parametrize("path", [WEEKLY, DATES])
class TestWhoMay:
    """Roles, and strangers."""

    @pytest.fixture
    def address(self, path: str, anna: Resource) -> str:
        """The address of a row."""
        row = WorkingHoursFactory.create(resource=anna) if path == WEEKLY else DateOverrideFactory.create()
        return f"{path}{row.pk}/"

    def test_staff_only_reads(self, staff: APIClient, path: str, address: str) -> None:
        assert (staff.get(path).status_code, staff.get(address).status_code) == (200, 200)
        for response in (
            staff.post(path, {}, format="json"),
            staff.put(address, {}, format="json"),
            staff.patch(address, {}, format="json"),
            staff.delete(address),
        ):
            assert problem(response) == (403, "role_required")

    def test_owners_write(self, owner: APIClient, path: str, address: str) -> None:
        assert owner.delete(address).status_code == 204

    def test_anonymous(self, anonymous: APIClient, path: str, address: str) -> None:
        for response in (anonymous.get(path), anonymous.post(path, {}), anonymous.delete(address)):
            assert problem(response) == (401, "not_authenticated")

    def test_a_stranger_finds_nothing(self, stranger: APIClient, path: str, address: str) -> None:
        for response in (stranger.get(address), stranger.patch(address, {}, format="json"), stranger.delete(address)):
            assert problem(response) == (404, "not_found")

    @pytest.mark.parametrize("body", MALFORMED)
    def test_a_body_that_is_no_object(self, manager: APIClient, path: str, address: str, body: bytes) -> None:
        for method, target in (("POST", path), ("PUT", address), ("PATCH", address)):
            response = send(manager, method, target, body)
            assert problem(response) == (400, "malformed")
