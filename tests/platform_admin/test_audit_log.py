"""The audit log in the back office: narrowed down, read, taken along."""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.audit import record
from core.audit_retention import erasure_allowed
from core.models import AuditEntry, Tenant, User
from platform_admin.audit_log import export
from tests.core.browser import person

LOG = "/admin/core/auditentry/"


@pytest.fixture
def entries(tenant: Tenant, other_tenant: Tenant) -> list[AuditEntry]:
    """Four things that happened."""
    ann, sue = person("ann@acme.example"), person("sue@platform.example")
    return [
        at(1, record("tenant.changed", tenant=tenant, actor=ann, object_label="Acme", before={"a": 1}, after={"a": 2})),
        at(2, record("tenant.created", tenant=other_tenant, actor=sue, object_label="Bravo")),
        at(3, record("signed_in", tenant=tenant, actor=ann, object_label="session")),
        at(4, record("export.downloaded", tenant=tenant, actor=ann, impersonator=sue, object_label="=1+1")),
    ]


def at(day: int, entry: AuditEntry) -> AuditEntry:
    """Put an entry on a day of March 2026."""
    with erasure_allowed():
        AuditEntry.objects.filter(pk=entry.pk).update(at=datetime(2026, 3, day, 12, tzinfo=UTC))
    entry.refresh_from_db()
    return entry


def listed(office: Client, query: str) -> list[str]:
    """Return the actions of the entries that a query leaves, newest first."""
    response: Any = office.get(f"{LOG}?{query}")
    assert response.status_code == 200
    return [
        entry.action for entry in response.context["cl"].result_list if entry.at.year == 2026 and entry.at.month == 3
    ]


EVERYTHING = ["export.downloaded", "signed_in", "tenant.created", "tenant.changed"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", EVERYTHING),
        ("business=acm", ["export.downloaded", "signed_in", "tenant.changed"]),
        ("business=bravo", ["tenant.created"]),
        ("actor=ANN@", ["export.downloaded", "signed_in", "tenant.changed"]),
        ("impersonator=sue", ["export.downloaded"]),
        ("impersonator=*", ["export.downloaded"]),
        ("impersonator=ann", []),
        ("group=tenant", ["tenant.created", "tenant.changed"]),
        ("group=signed_in", ["signed_in"]),
        ("from=2026-03-02&to=2026-03-03", ["signed_in", "tenant.created"]),
        ("from=2026-03-04", ["export.downloaded"]),
        ("to=2026-03-01", ["tenant.changed"]),
        ("from=yesterday&to=9999-12-31", EVERYTHING),
        ("business=acme&group=tenant&to=2026-03-02", ["tenant.changed"]),
        ("q=bravo", ["tenant.created"]),
        ("q=sess&actor=ann", ["signed_in"]),
    ],
)
def test_it_is_narrowed_down(query: str, found: list[str], office: Client, entries: list[AuditEntry]) -> None:
    assert listed(office, query) == found


def test_filters_are_kept_when_another_is_used(office: Client, entries: list[AuditEntry]) -> None:
    page = office.get(f"{LOG}?business=acme&q=sess").content.decode()

    assert '<input type="search" name="business" value="acme">' in page
    assert page.count('<input type="hidden" name="business" value="acme">') >= 3
    assert '<a href="?q=sess">Clear</a>' in page


def test_the_groups_that_occur_are_offered(office: Client, entries: list[AuditEntry]) -> None:
    page = office.get(LOG).content.decode()

    assert [f'href="?group={group}"' in page for group in ("tenant", "signed_in", "export", "token")] == [
        True,
        True,
        True,
        False,
    ]


def test_details_are_readable(office: Client, tenant: Tenant) -> None:
    entry = record(
        "plan.changed",
        tenant=tenant,
        actor=None,
        before={"name": "Old", "is_public": True, "gone": None},
        after={"name": "<b>New</b>", "is_public": False, "limits": {"max_users": 5}},
    )

    page = office.get(f"{LOG}{entry.pk}/change/").content.decode()

    for row in (
        '<tr><th scope="row">name</th><td>Old</td><td>&lt;b&gt;New&lt;/b&gt;</td></tr>',
        '<tr><th scope="row">is_public</th><td>yes</td><td>no</td></tr>',
        '<tr><th scope="row">gone</th><td>nothing</td><td></td></tr>',
        '<tr><th scope="row">limits</th><td></td><td>{\n &quot;max_users&quot;: 5\n}</td></tr>',
    ):
        assert row in page


def exported(office: Client, query: str = "") -> list[list[str]]:
    """Return the cells of an export, without the one line about the exporter's own sign-in or so."""
    response: Any = office.post(f"{LOG}export/?{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))


def test_what_is_listed_is_taken_along(office: Client, entries: list[AuditEntry]) -> None:
    rows = exported(office, "business=acme")

    assert rows[0] == list(export.COLUMNS)
    assert [row[1:6] for row in rows[1:]] == [
        ["Acme", "ann@acme.example", "sue@platform.example", "export.downloaded", "'=1+1"],
        ["Acme", "ann@acme.example", "", "signed_in", "session"],
        ["Acme", "ann@acme.example", "", "tenant.changed", "Acme"],
    ]
    assert (rows[3][0], rows[3][6:8]) == ("2026-03-01T12:00:00+00:00", ['{"a": 1}', '{"a": 2}'])


def test_taking_along_is_recorded(office: Client, admin: User, entries: list[AuditEntry]) -> None:
    exported(office, "business=acme&group=&q=sess")

    entry = AuditEntry.objects.get(action="audit.exported")
    assert (entry.actor, entry.after) == (admin, {"filters": {"business": "acme", "q": "sess"}, "entries": 1})


@pytest.mark.parametrize("text", ["=cmd", "+1", "-1", "@x", "\tx", "\rx", "＝x"])
def test_no_cell_is_a_formula(text: str, office: Client, tenant: Tenant) -> None:
    record("odd", tenant=tenant, actor=None, object_label=text)

    cell = exported(office, "group=odd")[1][5]
    assert cell[0] not in "=+-@\t\r＝"


def test_it_is_read_in_stretches(office: Client, tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ROWS_AT_A_TIME", 3)
    numbers = [record("many", tenant=tenant, actor=None, object_label=str(number)).object_label for number in range(7)]

    assert [row[5] for row in exported(office, "group=many")[1:]] == numbers[::-1]


def test_taking_along_is_an_act(office: Client, db: None) -> None:
    assert office.get(f"{LOG}export/").status_code == 405
    assert not AuditEntry.objects.filter(action="audit.exported").exists()


def test_many_entries_take_as_many_queries_as_one(office: Client, tenant: Tenant) -> None:
    counts = []
    for _ in range(2):
        for number in range(3):
            record("many", tenant=tenant, actor=None, object_label=str(number))
        office.get(LOG)
        with CaptureQueriesContext(connection) as queries:
            office.get(LOG)
        counts.append(len(queries))

    assert counts[0] == counts[1]
