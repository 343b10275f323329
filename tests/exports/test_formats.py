"""What stands in the files: every text, number and time, in every format."""

import importlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from core.datasets import ColumnType
from core.errors import FieldError
from core.installed import datasets
from core.models import Tenant
from exports.formats import Format
from exports.requests import ExportRequest
from exports.sql import FORMULA_STARTS
from exports.streaming import open_export
from schedule.models import Customer, Event, Participant, Resource, Service, ServiceResource
from tests.exports.committing import db as db
from tests.exports.conftest import BERLIN
from tests.exports.reading import NOW, cells, export, parse_json
from tests.factories.schedule import CustomerFactory, EventFactory, ParticipantFactory, ResourceFactory, ServiceFactory

TEXTS = [
    "=cmd|'/C calc'!A0",
    '"quoted", and a comma',
    "two\nlines\r\nand more\rend",
    "emoji 🎉👩‍👩‍👧",
    "עברית مرحبا",
    "back\\slash \\. \\N \\x00",
    "\\.",
    "NULL",
    " spaces ",
    "plain",
    "tab\tinside",
    "bell \x07 and \x01\x02 controls",
    *(f"{start}begins" for start in FORMULA_STARTS),
]


def neutral(text: str) -> str:
    """Return the text as CSV has it."""
    return f"'{text}" if text[:1] and text[0] in FORMULA_STARTS else text


def written(moment: datetime) -> str:
    """Return a moment as PostgreSQL writes it: local, with no zeros at the end of the fraction."""
    text = moment.astimezone(BERLIN).isoformat()
    return re.sub(r"(\.\d*?)0+(?=[+-])", r"\1", text)


def add_customers() -> list[Customer]:
    return [
        CustomerFactory.create(name=text, notes=text, phone="+49 30 123456", email="", tags=[text, "a;b", "=c"])
        for text in TEXTS
    ]


def listed(elements: list[str]) -> str:
    """Return the elements as one cell."""
    return ";".join(re.sub(r"([;\\])", r"\\\1", element) for element in elements)


def test_csv_keeps_every_text_and_defuses_formulas(shop: Tenant) -> None:
    customers = add_customers()

    body, _ = export(shop, "customers")

    assert cells(body) == [
        {
            "id": str(customer.pk),
            "name": neutral(customer.name),
            "email": "",
            "phone": "+49 30 123456",
            "notes": neutral(customer.notes),
            "tags": neutral(listed(customer.tags)),
            "is_active": "true",
            "created_at": written(customer.created_at),
            "updated_at": written(customer.updated_at),
        }
        for customer in sorted(customers, key=lambda customer: customer.pk)
    ]
    assert body.startswith(b"id,name,email,phone,notes,tags,is_active,created_at,updated_at\r\n")
    assert body.endswith(b"\r\n")


def test_csv_reads_the_same_in_pandas(shop: Tenant) -> None:
    add_customers()
    body, _ = export(shop, "customers")
    pandas = importlib.import_module("pandas")

    frame = pandas.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False)

    assert frame.to_dict("records") == cells(body)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_csv_reads_the_same_in_libreoffice(shop: Tenant, tmp_path: Path) -> None:
    for name in ("=cmd|'/C calc'!A0", 'Zoë "Q" 🎉', "שלום"):
        CustomerFactory.create(name=name, notes="two\nlines")
    body, _ = export(shop, "customers", fields=("name", "notes"), bom=True)
    (tmp_path / "in.csv").write_bytes(body)

    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--infilter=CSV:44,34,76",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
            "--outdir",
            "out",
            "in.csv",
        ],
        cwd=tmp_path,
        check=True,
        timeout=60,
    )

    read = sorted(cells((tmp_path / "out" / "in.csv").read_bytes()), key=lambda row: row["name"])
    assert read == [{"name": name, "notes": "two\nlines"} for name in ("'=cmd|'/C calc'!A0", 'Zoë "Q" 🎉', "שלום")]


def test_json_keeps_every_text_as_it_is(shop: Tenant) -> None:
    customers = add_customers()

    body, cursor = export(shop, "customers", format=Format.JSON, filters={"is_active": True})

    wanted = {
        "dataset": "customers",
        "schema_version": 1,
        "generated_at": NOW.astimezone(BERLIN).isoformat(),
        "timezone": "Europe/Berlin",
        "filters": {"is_active": True},
        "cursor": cursor.token,
        "data": [
            {
                "id": str(customer.pk),
                "name": customer.name,
                "email": "",
                "phone": "+49 30 123456",
                "notes": customer.notes,
                "tags": customer.tags,
                "is_active": True,
                "created_at": written(customer.created_at),
                "updated_at": written(customer.updated_at),
            }
            for customer in sorted(customers, key=lambda customer: customer.pk)
        ],
        "count": len(customers),
    }
    assert json.loads(body) == wanted
    assert parse_json(body.decode()) == wanted


def test_the_independent_parser_is_strict() -> None:
    for broken in ('{"a": 1', '{"a": 1,}', "[1 2]", '{"a" 1}', '"\n"', "[01]", '{"a":1}{}', '{"a":1,"a":2}', "[nul]"):
        with pytest.raises((ValueError, IndexError)):
            parse_json(broken)


@pytest.mark.parametrize("dataset", list(datasets()))
def test_an_empty_export_is_whole(shop: Tenant, dataset: str) -> None:
    columns = list(datasets()[dataset].columns_by_name)

    assert export(shop, dataset)[0] == ",".join(columns).encode() + b"\r\n"
    assert export(shop, dataset, bom=True)[0] == b"\xef\xbb\xbf" + ",".join(columns).encode() + b"\r\n"
    assert export(shop, dataset, format=Format.NDJSON)[0] == b""
    found = json.loads(export(shop, dataset, format=Format.JSON)[0])
    assert (found["data"], found["count"]) == ([], 0)
    assert sheet_of(export(shop, dataset, format=Format.XLSX)[0]) == [columns]


def booked(start_at: datetime, **fields: Any) -> Event:
    return EventFactory.create(start_at=start_at, end_at=start_at + timedelta(minutes=30), **fields)


def test_appointments_with_everything_around_them(shop: Tenant) -> None:
    room, chair = ResourceFactory.create(name="Room"), ResourceFactory.create(name="-Chair; left")
    event = booked(datetime(2026, 7, 1, 8, tzinfo=UTC), notes="", price_cents=0)
    ParticipantFactory.create(event=event, resource=chair)
    ParticipantFactory.create(event=event, resource=room)
    alone = booked(datetime(2026, 7, 2, 8, tzinfo=UTC))

    (row, bare) = json.loads(export(shop, "appointments", format=Format.JSON)[0])["data"]
    (as_text, _) = cells(export(shop, "appointments")[0])

    assert row == {
        "id": str(event.pk),
        "start_at": "2026-07-01T10:00:00+02:00",
        "end_at": "2026-07-01T10:30:00+02:00",
        "status": event.status,
        "service_id": event.service.pk,
        "service_name": event.service.name,
        "customer_id": str(event.customer.pk),
        "customer_name": event.customer.name,
        "customer_email": event.customer.email,
        "customer_phone": event.customer.phone,
        "resource_ids": [room.pk, chair.pk],
        "resource_names": ["Room", "-Chair; left"],
        "price_cents": 0,
        "currency": event.currency,
        "source": event.source,
        "notes": "",
        "created_at": written(event.created_at),
        "updated_at": written(event.updated_at),
        "cancelled_at": None,
        "completed_at": None,
    }
    assert (bare["id"], bare["resource_ids"], bare["resource_names"]) == (str(alone.pk), [], [])
    assert as_text["resource_ids"] == f"{room.pk};{chair.pk}"
    assert as_text["resource_names"] == r"Room;-Chair\; left"
    assert as_text["cancelled_at"] == ""


def test_offsets_follow_the_clocks_of_the_business(shop: Tenant) -> None:
    for start_at in (
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),  # an hour before the clocks go forward
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the hour that comes twice
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ):
        booked(start_at)
    wanted = [
        "2026-03-29T01:30:00+01:00",
        "2026-03-29T03:30:00+02:00",
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]

    assert sorted(row["start_at"] for row in cells(export(shop, "appointments")[0])) == sorted(wanted)
    found = json.loads(export(shop, "appointments", format=Format.JSON)[0])["data"]
    assert sorted(row["start_at"] for row in found) == sorted(wanted)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({}, "abcd"),
        ({"start_date": "2026-07-01"}, "bcd"),
        ({"end_date": "2026-07-01"}, "ab"),
        ({"start_date": "2026-07-01", "end_date": "2026-07-01"}, "b"),
        ({"status": "cancelled"}, "d"),
        ({"updated_since": "2026-07-05T00:00:00+02:00"}, "c"),
        ({"service_id": 0}, ""),
        ({"service_id": "of c", "start_date": "2026-07-01"}, "c"),
        ({"resource_id": "of b"}, "b"),
    ],
)
def test_filters(shop: Tenant, filters: dict[str, Any], kept: str) -> None:
    early = datetime(2026, 6, 1, tzinfo=UTC)
    events = {
        "a": booked(datetime(2026, 6, 30, 21, 59, tzinfo=UTC), updated_at=early),  # 23:59 in Berlin
        "b": booked(datetime(2026, 6, 30, 22, 0, tzinfo=UTC), updated_at=early),  # midnight
        "c": booked(datetime(2026, 7, 1, 22, 0, tzinfo=UTC), updated_at=datetime(2026, 7, 4, 22, tzinfo=UTC)),
        "d": booked(datetime(2026, 7, 9, 8, tzinfo=UTC), updated_at=early, status="cancelled", cancelled_at=early),
    }
    part = ParticipantFactory.create(event=events["b"])
    known = {"of b": part.resource.pk, "of c": events["c"].service.pk}

    found = cells(export(shop, "appointments", filters={k: known.get(v, v) for k, v in filters.items()})[0])

    assert sorted(row["id"] for row in found) == sorted(str(events[name].pk) for name in kept)


def test_chosen_columns_come_in_the_datasets_order(shop: Tenant) -> None:
    resource = ResourceFactory.create(name="Anna", max_concurrent_events=3)

    body, _ = export(shop, "resources", fields=("id", "max_concurrent_events", "is_active"))

    assert body.decode() == f"id,max_concurrent_events,is_active\r\n{resource.pk},3,true\r\n"


def test_services_name_who_performs_them(shop: Tenant) -> None:
    service = ServiceFactory.create(name="Cut")
    able = [ResourceFactory.create(), ResourceFactory.create()]
    ServiceResource.objects.filter(service=service).delete()
    for resource in able:
        ServiceResource.objects.create(service=service, resource=resource)

    (row,) = json.loads(export(shop, "services", format=Format.JSON)[0])["data"]

    assert row["resource_ids"] == [resource.pk for resource in able]
    assert row["duration_minutes"] == service.duration_minutes


def test_ndjson_is_one_object_a_line(shop: Tenant) -> None:
    add_customers()

    body, _ = export(shop, "customers", format=Format.NDJSON)

    lines = body.decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == json.loads(export(shop, "customers", format=Format.JSON)[0])["data"]


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_of(body: bytes) -> list[list[Any]]:
    """Return the cells of the only sheet; a formula would be an error."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        root = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # our own file
    assert not list(root.iter(f"{SHEET}f"))
    rows = []
    for row in root.iter(f"{SHEET}row"):
        values: list[Any] = []
        for cell in row.iter(f"{SHEET}c"):
            text = cell.find(f"{SHEET}is/{SHEET}t")
            number = cell.find(f"{SHEET}v")
            kind = cell.get("t")
            if kind == "inlineStr":
                values.append("" if text is None else text.text or "")
            else:
                assert number is not None
                values.append(number.text == "1" if kind == "b" else int(number.text or ""))
        rows.append(values)
    return rows


def test_a_spreadsheet_holds_texts_as_texts(shop: Tenant) -> None:
    customer = CustomerFactory.create(
        name="=1+1", notes='=HYPERLINK("http://x")', phone="+49", tags=["a", "b"], email="a@b.cd"
    )

    body, _ = export(
        shop, "customers", format=Format.XLSX, fields=("id", "name", "phone", "notes", "tags", "is_active")
    )

    assert sheet_of(body) == [
        ["id", "name", "phone", "notes", "tags", "is_active"],
        [str(customer.pk), "=1+1", "+49", '=HYPERLINK("http://x")', "a;b", True],
    ]


def test_a_spreadsheet_refuses_what_does_not_fit(shop: Tenant) -> None:
    CustomerFactory.create(notes="x" * 40_000)
    CustomerFactory.create()
    asked = ExportRequest(datasets()["customers"], Format.XLSX)

    with pytest.raises(FieldError) as too_long:
        open_export(asked, tenant=shop, now=NOW)
    with pytest.raises(FieldError) as too_many:
        open_export(asked, tenant=shop, now=NOW, most_spreadsheet_rows=1)

    assert (too_long.value.code, too_many.value.code) == ("text_too_long", "too_many_rows")


def test_every_column_type_has_a_cell_in_every_format() -> None:
    used = {column.type for dataset in datasets().values() for column in dataset.columns}

    assert used == set(ColumnType)


def test_nothing_is_left_behind(shop: Tenant) -> None:
    assert (Participant.objects.count(), Resource.objects.count(), Service.objects.count()) == (0, 0, 0)
