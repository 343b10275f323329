"""`/api/schedule/date-overrides/`."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant
from schedule.models import DateOverride, Resource
from tests.factories.schedule import DateOverrideFactory, ResourceFactory
from tests.schedule.requests import bad, queries_of_a_list, refusal
from tests.schedule.test_hours_api import BAD_CLOCK, BAD_OWNER

DATES = "/api/schedule/date-overrides/"
HOLIDAY = {"date": "2031-12-25"}


@pytest.fixture
def anna(tenant: Tenant) -> Resource:
    """A member of staff."""
    return ResourceFactory.create(name="Anna")


class TestDateOverrides:
    """Other hours on single dates."""

    def test_closed_and_other_hours(self, manager: APIClient, anna: Resource) -> None:
        closed = manager.post(DATES, HOLIDAY, format="json")
        given = {"date": "2031-12-24", "resource": anna.pk, "opens": "09:00", "closes": "12:00"}
        shorter = manager.post(DATES, given, format="json")

        assert (closed.status_code, closed.json()) == (
            201,
            {"id": closed.json()["id"], "resource": None, "date": "2031-12-25", "opens": None, "closes": None},
        )
        assert shorter.json() == {"id": shorter.json()["id"], **given}

    def test_change_and_delete(self, manager: APIClient, tenant: Tenant) -> None:
        row = DateOverrideFactory.create()
        path = f"{DATES}{row.pk}/"

        opened = manager.patch(path, {"opens": "10:00", "closes": "12:00"}, format="json").json()
        closed = manager.patch(path, {"opens": None, "closes": None}, format="json").json()

        assert (opened["opens"], opened["closes"]) == ("10:00", "12:00")
        assert (closed["opens"], closed["closes"]) == (None, None)
        assert manager.delete(path).status_code == 204
        activate(tenant)
        assert DateOverride.objects.count() == 0

    @pytest.mark.parametrize(
        ("first", "second", "fits"),
        [
            (("09:00", "12:00"), ("12:00", "14:00"), True),
            (("09:00", "12:00"), ("11:00", "14:00"), False),
            (("09:00", "12:00"), (None, None), False),
            ((None, None), ("09:00", "12:00"), False),
            ((None, None), (None, None), False),
        ],
    )
    def test_intervals_of_a_date(
        self,
        manager: APIClient,
        first: tuple[str | None, str | None],
        second: tuple[str | None, str | None],
        fits: bool,
    ) -> None:
        answers = [
            manager.post(DATES, {**HOLIDAY, "opens": opens, "closes": closes}, format="json")
            for opens, closes in (first, second)
        ]

        assert answers[0].status_code == 201
        if fits:
            assert answers[1].status_code == 201
        else:
            assert (refusal(answers[1]), answers[1].json()["code"]) == ((400, ["date"]), "overlap")

    def test_half_an_interval(self, manager: APIClient) -> None:
        assert refusal(manager.post(DATES, {**HOLIDAY, "opens": "09:00"}, format="json")) == (400, ["closes"])
        assert refusal(manager.post(DATES, {**HOLIDAY, "closes": "09:00"}, format="json")) == (400, ["opens"])

    def test_one_turned_round(self, manager: APIClient) -> None:
        response = manager.post(DATES, {**HOLIDAY, "opens": "12:00", "closes": "09:00"}, format="json")

        assert refusal(response) == (400, ["closes"])

    def test_filters(self, staff: APIClient, anna: Resource) -> None:
        DateOverrideFactory.create(date="2031-01-01")
        DateOverrideFactory.create(date="2031-02-01", resource=anna)

        def dates(**query: Any) -> list[str]:
            return [row["date"] for row in staff.get(DATES, query).json()["results"]]

        assert dates() == ["2031-01-01", "2031-02-01"]
        assert dates(ordering="-date") == ["2031-02-01", "2031-01-01"]
        assert dates(resource=anna.pk) == dates(date_from="2031-01-02") == ["2031-02-01"]
        assert dates(resource="none") == dates(date_to="2031-01-31") == ["2031-01-01"]

    @pytest.mark.parametrize(
        ("name", "value"), [*bad("resource", "x"), *bad("date_from", "x", "2031-02-30"), *bad("date_to", "\x00")]
    )
    def test_a_parameter_that_cannot_be_used_is_named(self, staff: APIClient, name: str, value: str) -> None:
        assert refusal(staff.get(DATES, {name: value})) == (400, [name])

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            *bad("resource", *BAD_OWNER),
            *bad("date", "x", "", None, "2031-02-30", "1999-12-31", "2100-01-01", "9999-12-31", 5, [], {}),
            *bad("opens", *BAD_CLOCK, "24:00"),
            *bad("closes", *BAD_CLOCK),
        ],
    )
    def test_a_field_that_cannot_be_used(self, manager: APIClient, field: str, value: object) -> None:
        row = DateOverrideFactory.create(opens_minute=540, closes_minute=600)
        whole = {**HOLIDAY, "opens": "09:00", "closes": "12:00"}

        posted = manager.post(DATES, {**whole, field: value}, format="json")
        patched = manager.patch(f"{DATES}{row.pk}/", {field: value}, format="json")

        assert (refusal(posted), refusal(patched)) == ((400, [field]), (400, [field]))

    def test_the_same_number_of_queries_for_more_rows(self, tenant: Tenant, staff: APIClient) -> None:
        def add() -> None:
            DateOverrideFactory.create(resource=ResourceFactory.create())

        one, three = queries_of_a_list(tenant, staff, DATES, add)

        assert one == three
