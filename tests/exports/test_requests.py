"""Reading a request from an address and from JSON."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import QueryDict

from core.errors import FieldError
from core.installed import datasets
from exports.cursors import Cursor
from exports.formats import Format
from exports.requests import ExportRequest, request_from_json, request_from_query

APPOINTMENTS = datasets()["appointments"]
CURSOR = Cursor("appointments", 1, datetime(2026, 7, 1, 8, 0, 0, 123456, tzinfo=UTC))


def test_nothing_asked_is_everything_as_csv() -> None:
    assert request_from_query(APPOINTMENTS, QueryDict()) == ExportRequest(APPOINTMENTS, Format.CSV)


@pytest.mark.parametrize("query", ["format=json", "export_format=json", "format=json&export_format=json"])
def test_both_words_for_the_format(query: str) -> None:
    assert request_from_query(APPOINTMENTS, QueryDict(query)).format is Format.JSON


def test_everything_at_once_and_back_again() -> None:
    query = QueryDict(
        f"format=csv&start_date=2026-01-01&end_date=2026-01-31&status=confirmed&service_id=3&fields=status,id&bom=1"
        f"&since={CURSOR.token}"
    )

    asked = request_from_query(APPOINTMENTS, query)

    assert asked == ExportRequest(
        dataset=APPOINTMENTS,
        format=Format.CSV,
        filters={"start_date": "2026-01-01", "end_date": "2026-01-31", "status": "confirmed", "service_id": 3},
        fields=("id", "status"),
        since=CURSOR,
        bom=True,
    )
    assert request_from_json(asked.to_json()) == asked


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("format=xml", "format"),
        ("format=", "format"),
        ("format=csv&export_format=json", "format"),
        ("format=csv&format=csv", "format"),
        ("foo=1", "foo"),
        ("is_active=true", "is_active"),
        ("page=2", "page"),
        ("status=gone", "status"),
        ("status=", "status"),
        ("service_id=99999999999999999999", "service_id"),
        ("resource_id=1%00", "resource_id"),
        ("start_date=2026-02-30", "start_date"),
        ("start_date=2026-02-02&end_date=2026-02-01", "end_date"),
        ("updated_since=yesterday", "updated_since"),
        ("updated_since=2026-01-01T00:00:00 01:00", "updated_since"),
        ("fields=", "fields"),
        ("fields=id,,status", "fields"),
        ("fields=id,password", "fields"),
        ("bom=yes", "bom"),
        ("bom=1&format=json", "bom"),
        ("since=", "since"),
        ("since=W10", "since"),
        ("since=%00", "since"),
        (f"since={CURSOR.token}&fields=status", "fields"),
        (f"since={Cursor('customers', 1, CURSOR.at).token}", "since"),
        (f"since={Cursor('appointments', 99, CURSOR.at).token}", "since"),
    ],
)
def test_what_cannot_be_used_is_named(query: str, named: str) -> None:
    with pytest.raises(FieldError) as refused:
        request_from_query(APPOINTMENTS, QueryDict(query))

    assert list(refused.value.extra["errors"]) == [named]
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "dataset"),
        ({"dataset": 3}, "dataset"),
        ({"dataset": "appointments", "format": ["csv"]}, "format"),
        ({"dataset": "appointments", "filters": []}, "filters"),
        ({"dataset": "appointments", "filters": {"status": ["confirmed"]}}, "status"),
        ({"dataset": "appointments", "filters": {"service_id": True}}, "service_id"),
        ({"dataset": "appointments", "fields": "id"}, "fields"),
        ({"dataset": "appointments", "fields": []}, "fields"),
        ({"dataset": "appointments", "since": 3}, "since"),
        ({"dataset": "appointments", "bom": []}, "bom"),
        ({"dataset": "appointments", "mail_to": "x"}, "mail_to"),
    ],
)
def test_what_cannot_be_used_in_json_is_named(body: dict[str, Any], named: str) -> None:
    with pytest.raises(FieldError) as refused:
        request_from_json(body)

    assert list(refused.value.extra["errors"]) == [named]


def test_a_cursor_survives_its_token() -> None:
    assert Cursor.of_token(CURSOR.token, APPOINTMENTS) == CURSOR
