"""`/api/appointments/`: lists, filters, and versions."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.models import Tenant
from schedule.enums import Status
from schedule.models import Event, Resource, Service
from tests.factories.schedule import (
    CustomerFactory,
    EventFactory,
)
from tests.schedule.calls import URL, patch, post

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class TestPreconditions:
    def test_every_change_checks_the_version(self, staff: APIClient, event: Event, ten_at: datetime) -> None:
        path = f"{URL}{event.pk}/"
        later = {"start_at": (ten_at + HOUR).isoformat()}
        answers = [patch(staff, event, {"notes": "x"}, **{"If-Match": '"2"'})]
        answers += [
            post(staff, f"{path}{action}/", later, **{"If-Match": '"2"'})
            for action in ("reschedule", "cancel", "complete", "no-show", "confirm")
        ]

        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(412, "stale_version")] * 6
        assert patch(staff, event, {"notes": "x"}, **{"If-Match": '"1"'}).status_code == 200
        assert post(staff, f"{path}reschedule/", later, **{"If-Match": '"2"'}).headers["ETag"] == '"3"'

    @pytest.mark.parametrize(
        ("header", "status_code"),
        [
            ("*", 200),
            ('"1"', 200),
            ('"abc"', 412),
            ('W/"1"', 412),
            ('""', 412),
            (f'"{10**50}"', 412),
            ("1", 400),
            ("", 400),
            ('"1", "2"', 400),
            ("\"1'", 400),
        ],
    )
    def test_if_match(self, staff: APIClient, event: Event, header: str, status_code: int) -> None:
        response = patch(staff, event, {"notes": "x"}, **{"If-Match": header})

        assert response.status_code == status_code
        if status_code == 400:
            assert list(response.json()["errors"]) == ["If-Match"]

    @pytest.mark.parametrize(
        ("header", "status_code"),
        [('"1"', 304), ('W/"1"', 304), ('"7", "1"', 304), ("*", 304), ('"2"', 200), ("nonsense", 200)],
    )
    def test_if_none_match(self, staff: APIClient, event: Event, header: str, status_code: int) -> None:
        response = staff.get(f"{URL}{event.pk}/", headers={"If-None-Match": header})

        assert (response.status_code, response.headers["ETag"]) == (status_code, '"1"')
        assert bool(response.content) is (status_code == 200)


class TestListing:
    @pytest.fixture
    def three(self, massage: Service, anna: Resource, ten_at: datetime) -> list[Event]:
        """Three appointments an hour apart; the second is cancelled."""
        names = ("Clara", "Dora", "Emma")
        return [
            EventFactory.create(
                service=massage,
                customer=CustomerFactory.create(name=name, email=f"{name}@example.com"),
                resources=[anna],
                start_at=ten_at + number * HOUR,
                updated_at=ten_at + number * HOUR,
                status=Status.CANCELLED if number == 1 else Status.CONFIRMED,
            )
            for number, name in enumerate(names)
        ]

    def numbers(self, client: APIClient, three: list[Event], **parameters: Any) -> list[int]:
        """Return which of the three the list shows."""
        response = client.get(URL, parameters)
        assert response.status_code == 200, response.content
        ids = [str(event.pk) for event in three]
        return [ids.index(row["id"]) for row in response.json()["results"]]

    def test_a_row_is_what_one_gets(self, staff: APIClient, event: Event) -> None:
        listed = staff.get(URL).json()

        assert listed == {
            "count": 1,
            "next": None,
            "previous": None,
            "results": [staff.get(f"{URL}{event.pk}/").json()],
        }

    def test_filters(self, staff: APIClient, three: list[Event], ten_at: datetime, anna: Resource) -> None:
        other = EventFactory.create(start_at=ten_at + 9 * HOUR, updated_at=ten_at - HOUR)
        everything = [*three, other]
        second = (ten_at + HOUR).isoformat()
        found = [
            self.numbers(staff, everything, **parameters)
            for parameters in (
                {},
                {"start_after": second},
                {"start_before": second},
                {"start_after": second[:16], "start_before": (ten_at + 2 * HOUR).isoformat()[:16]},
                {"updated_since": second},
                {"status": "cancelled"},
                {"status": "cancelled,confirmed", "service_id": three[0].service_id},
                {"service_id": other.service_id},
                {"resource_id": anna.pk},
                {"customer_id": three[2].customer_id},
                {"search": "dora"},
                {"search": "emma@EXAMPLE.com"},
                {"search": "Massage clara"},
            )
        ]

        assert found == [
            [0, 1, 2, 3],
            [1, 2, 3],
            [0],
            [1],
            [1, 2],
            [1],
            [0, 1, 2],
            [3],
            [0, 1, 2],
            [2],
            [1],
            [2],
            [0],
        ]

    @pytest.mark.parametrize(
        ("ordering", "expected"),
        [
            ("start_at", [0, 1, 2]),
            ("-start_at", [2, 1, 0]),
            ("status,-start_at", [1, 2, 0]),
            ("-updated_at", [2, 1, 0]),
        ],
    )
    def test_ordering(self, staff: APIClient, three: list[Event], ordering: str, expected: list[int]) -> None:
        assert self.numbers(staff, three, ordering=ordering) == expected

    def test_pages(self, staff: APIClient, three: list[Event]) -> None:
        body = staff.get(URL, {"page": 2, "page_size": 2}).json()

        assert (body["count"], body["next"], len(body["results"])) == (3, None, 1)

    @pytest.mark.parametrize(
        ("parameter", "value"),
        [
            ("start_after", "yesterday"),
            ("start_after", "0001-01-01T00:00:00"),
            ("start_before", "9999-12-31T23:59:59Z"),
            ("start_before", "2030-03-10T02:30"),
            ("updated_since", "1\x002"),
            ("status", "lost"),
            ("status", "confirmed,lost"),
            ("service_id", "x"),
            ("service_id", "1.5"),
            ("service_id", "9" * 30),
            ("resource_id", "0"),
            ("resource_id", "-1"),
            ("customer_id", "clara"),
            ("ordering", "notes"),
            ("ordering", "customer__notes"),
            ("page", "0"),
            ("page_size", "201"),
            ("search", "a\x00b"),
        ],
    )
    def test_bad_parameters_are_named(self, staff: APIClient, parameter: str, value: str) -> None:
        response = staff.get(URL, {parameter: value})

        assert (response.status_code, list(response.json()["errors"])) == (400, [parameter])

    def test_the_number_of_queries_does_not_grow(self, staff: APIClient, three: list[Event], tenant: Tenant) -> None:
        staff.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as for_three:
            staff.get(URL)
        with CaptureQueriesContext(connection) as for_one:
            staff.get(URL, {"page_size": 1})

        assert len(for_three) == len(for_one)
