"""The endpoints: parameters, headers, audit, isolation."""

import gzip
import json
from collections.abc import Iterator

import pytest
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.active import deactivate
from core.models import AuditEntry, Role, Tenant, User
from core.tenants import create_tenant
from schedule.models import Customer
from tests.audit import forget_audit
from tests.exports.committing import db as db
from tests.exports.reading import cells
from tests.factories.schedule import CustomerFactory
from tests.fixtures import client_for

DATASETS = ["appointments", "customers", "resources", "services"]


@pytest.fixture
def client(shop: Tenant) -> Iterator[APIClient]:
    """A client of the shop's owner."""
    yield client_for(shop, Role.OWNER)
    forget_audit(shop)


def body_of(client: APIClient, path: str, **headers: str) -> bytes:
    response = client.get(path, headers=headers)
    assert response.status_code == 200, response.content
    body: bytes = response.getvalue()
    response.close()
    return body


def test_the_catalogue(client: APIClient) -> None:
    found = client.get("/api/export/").json()

    assert found["formats"] == ["csv", "json", "ndjson", "xlsx"]
    assert [dataset["key"] for dataset in found["datasets"]] == DATASETS
    customers = found["datasets"][1]
    assert customers["schema_version"] == 1
    assert customers["columns"][3] == {"name": "phone", "type": "code", "summary": "Phone number."}
    assert customers["filters"][0] == {
        "name": "is_active",
        "type": "boolean",
        "summary": "active or not",
        "choices": [],
    }


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("word", ["format", "export_format"])
def test_format_is_a_parameter_and_no_404(client: APIClient, dataset: str, word: str) -> None:
    found = json.loads(body_of(client, f"/api/export/{dataset}/?{word}=json"))

    assert (found["dataset"], found["data"], found["count"]) == (dataset, [], 0)


def test_headers(client: APIClient) -> None:
    response = client.get("/api/export/customers/?format=csv", headers={"Accept": "text/html"})
    head = client.head("/api/export/customers/?format=csv")
    response.getvalue()

    day = (
        response["Content-Disposition"].removeprefix('attachment; filename="exporter-customers-').removesuffix('.csv"')
    )
    assert len(day) == len("2026-07-01")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Cache-Control"] == "no-store"
    assert "Accept-Encoding" in response["Vary"]
    assert response["Export-Cursor"]
    response.close()
    for name in ("Content-Disposition", "Content-Type", "Cache-Control", "Vary"):
        assert head[name] == response[name]
    assert (head.status_code, head.getvalue(), head.get("Content-Length")) == (200, b"", None)


@pytest.mark.parametrize("wanted", ["csv", "json", "ndjson"])
def test_gzip_where_it_is_accepted(client: APIClient, wanted: str) -> None:
    CustomerFactory.create(name="Zoë")
    path = f"/api/export/customers/?format={wanted}&fields=id,name"

    packed = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    body = gzip.decompress(packed.getvalue())
    packed.close()
    assert "Zoë".encode() in body
    if wanted != "json":  # which tells the time
        assert body == body_of(client, path)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("format=xml", "format"),
        ("nonsense=1", "nonsense"),
        ("status=confirmed", "status"),
        ("is_active=perhaps", "is_active"),
        ("fields=secret", "fields"),
        ("since=x", "since"),
        ("updated_since=%00", "updated_since"),
        ("%00=1", "\x00"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_bad_parameters_are_named(client: APIClient, shop: Tenant, method: str, query: str, named: str) -> None:
    response = getattr(client, method)(f"/api/export/customers/?{query}")

    assert response.status_code == 400
    if method == "get":
        assert list(response.json()["errors"]) == [named]
    assert not AuditEntry.objects.filter(tenant=shop, action="export.downloaded").exists()


@pytest.mark.parametrize("name", ["nonsense", "APPOINTMENTS", "schedule.datasets:CUSTOMERS", "%00", "..", "a" * 500])
def test_an_unknown_dataset_is_404(client: APIClient, name: str) -> None:
    response = client.get(f"/api/export/{name}/")

    assert response.status_code == 404


def test_an_export_is_noted_when_it_ends(client: APIClient, shop: Tenant) -> None:
    CustomerFactory.create_batch(3)

    body_of(client, "/api/export/customers/?format=json&is_active=true", **{"X-Request-ID": "the-request-1"})

    entry = AuditEntry.objects.get(tenant=shop, action="export.downloaded")
    assert entry.actor is not None
    assert (entry.actor.email, entry.ip_address, entry.request_id) == (
        "owner@exporter.example",
        "127.0.0.1",
        "the-request-1",
    )
    assert entry.after == {
        "dataset": "customers",
        "format": "json",
        "filters": {"is_active": True},
        "rows": 3,
        "complete": True,
    }


def test_an_export_that_is_left_is_noted_as_incomplete(client: APIClient, shop: Tenant) -> None:
    CustomerFactory.create()
    response = client.get("/api/export/customers/?format=csv")

    first = next(iter(response))
    response.close()

    assert first.startswith(b"id,name")
    assert AuditEntry.objects.get(tenant=shop, action="export.downloaded").after["complete"] is False


@pytest.fixture
def neighbour(shop: Tenant) -> Iterator[Tenant]:
    """Another business with rows of its own; the shop stays active."""
    tenant = create_tenant(
        name="Neighbour",
        subdomain="neighbour",
        timezone="UTC",
        plan="enterprise",
        owner_email="owner@exporter.example",
        owner_password="correct horse battery",
    )
    with tenant_context(tenant):
        Customer.objects.create(name="CANARY-B-customer", notes="CANARY-B-notes")
    try:
        with tenant_context(shop):
            yield tenant
    finally:
        deactivate()
        forget_audit(tenant)
        tenant.delete(force_drop=True)  # type: ignore[no-untyped-call]  # of django-tenants
        User.objects.filter(email__endswith="@neighbour.example")._raw_delete("default")
        with tenant_context(shop):
            Customer.objects.all().delete()


@pytest.mark.parametrize("wanted", ["csv", "json", "ndjson", "xlsx"])
def test_another_business_never_appears(client: APIClient, neighbour: Tenant, wanted: str) -> None:
    CustomerFactory.create(name="Ours")

    mine = body_of(client, f"/api/export/customers/?format={wanted}")
    theirs = client_for(neighbour, Role.OWNER).get(f"/api/export/customers/?format={wanted}")

    assert b"CANARY-B" not in mine
    if wanted == "csv":
        assert [row["name"] for row in cells(mine)] == ["Ours"]
        assert [row["name"] for row in cells(theirs.getvalue())] == ["CANARY-B-customer"]
    theirs.close()
