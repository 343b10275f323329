"""Exports through the real server: callers who leave, a database that leaves, and memory."""

import csv
import http.client
import io
import json
from collections.abc import Iterator

import pytest
from django.db import connection

from core.active import activate
from core.models import AuditEntry, Role, Tenant
from tests.exports.committing import db as db
from tests.exports.serving import Server, export_backends, read_to_the_end, served, wait_until
from tests.fixtures import client_for

ROWS = 200_000
PATH = "/api/export/customers/"
HOST = "exporter.localhost"


@pytest.fixture(scope="module")
def big_shop(committed_shop: Tenant) -> Tenant:
    """The shop with many customers, about 60 MB of them as CSV."""
    activate(committed_shop)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO schedule_customer (id, name, email, phone, notes, tags, is_active, created_at, updated_at)
            SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '=name ' || n, '', '+49 ' || n,
                   repeat('x', 150), '{}', true, now(), now()
            FROM generate_series(1, %s) n
            """,
            [ROWS],
        )
    return committed_shop


@pytest.fixture(scope="module")
def server(big_shop: Tenant) -> Iterator[Server]:
    """The server."""
    with served() as running:
        yield running


@pytest.fixture
def token(big_shop: Tenant) -> str:
    """A token of the shop's owner."""
    activate(big_shop)
    credentials: dict[str, str] = client_for(big_shop, Role.OWNER)._credentials  # type: ignore[attr-defined]  # untyped
    return credentials["HTTP_AUTHORIZATION"].removeprefix("Token ")


def last_note(tenant: Tenant) -> dict[str, object]:
    entry = AuditEntry.objects.filter(tenant=tenant, action="export.downloaded").order_by("pk").last()
    return entry.after if entry else {}


def notes(tenant: Tenant) -> int:
    return AuditEntry.objects.filter(tenant=tenant, action="export.downloaded").count()


def get(server: Server, token: str, query: str) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    line.request("GET", f"{PATH}?{query}", headers={"Host": HOST, "Authorization": f"Token {token}"})
    response = line.getresponse()
    assert response.status == 200
    body = response.read()
    line.close()
    return body


def test_every_row_in_constant_memory(server: Server, big_shop: Tenant, token: str) -> None:
    get(server, token, "fields=id&updated_since=2100-01-01")
    before = server.peak_kilobytes()

    as_csv = get(server, token, "format=csv")
    as_json = get(server, token, "format=json")

    grown = server.peak_kilobytes() - before
    assert sum(1 for _ in csv.reader(io.StringIO(as_csv.decode(), newline=""))) == ROWS + 1
    found = json.loads(as_json)
    assert (found["count"], len(found["data"])) == (ROWS, ROWS)
    assert len(as_csv) > 40_000_000
    assert grown <= 40_000
    assert last_note(big_shop) == {
        "dataset": "customers",
        "format": "json",
        "filters": {},
        "rows": ROWS,
        "complete": True,
    }


@pytest.mark.parametrize("query", ["format=csv", "format=json", "format=xlsx"])
def test_a_caller_who_leaves_frees_everything(server: Server, big_shop: Tenant, token: str, query: str) -> None:
    noted = notes(big_shop)
    line = server.open(f"{PATH}?{query}", host=HOST, token=token)
    wait_until(lambda: bool(export_backends()), seconds=10)
    if query != "format=xlsx":
        line.recv(1000)

    line.close()

    assert wait_until(lambda: not export_backends(), seconds=5) < 5
    wait_until(lambda: notes(big_shop) > noted, seconds=5)
    assert last_note(big_shop)["complete"] is False


@pytest.mark.parametrize("query", ["format=csv", "format=json", "format=ndjson"])
def test_a_database_that_breaks_off_breaks_the_response(
    server: Server, big_shop: Tenant, token: str, query: str
) -> None:
    noted = notes(big_shop)
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    line.request("GET", f"{PATH}?{query}", headers={"Host": HOST, "Authorization": f"Token {token}"})
    response = line.getresponse()
    body = response.read(100_000)

    terminate_exports()
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        body += response.read()
    response.close()
    line.close()

    assert 0 < len(body) < 40_000_000
    if query == "format=json":
        with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
            json.loads(body)
    wait_until(lambda: notes(big_shop) > noted, seconds=5)
    assert last_note(big_shop)["complete"] is False


def test_a_broken_response_shows_in_http_1_0_too(server: Server, token: str) -> None:
    line = server.open(f"{PATH}?format=csv", host=HOST, token=token, version="1.0")
    line.recv(1000)
    wait_until(lambda: bool(export_backends()), seconds=10)

    terminate_exports()

    with pytest.raises(ConnectionResetError):
        read_to_the_end(line)
    line.close()


def test_a_whole_response_ends_well_in_http_1_0(server: Server, token: str) -> None:
    line = server.open(f"{PATH}?format=csv&fields=id", host=HOST, token=token, version="1.0")

    body = read_to_the_end(line).partition(b"\r\n\r\n")[2]
    line.close()

    assert body.count(b"\r\n") == ROWS + 1


def terminate_exports() -> None:
    with connection.cursor() as cursor:
        for pid in export_backends():
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
