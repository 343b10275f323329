"""Files of export jobs over HTTP: links, and stretches of files."""

import base64
import hashlib
import time
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.utils import timezone
from rest_framework.test import APIClient

from core.active import activate
from core.models import AuditEntry, Membership, Role, Tenant
from exports.links import LINK_SECONDS, Link, read_link
from exports.models import ExportJob
from tests.exports.committing import db as db
from tests.exports.jobs import (
    JOBS,
    body_of,
    boss,
    client,
    done,
    folder,
    manifest_of,
    nobody,
    put_shop_on_plan,
)
from tests.fixtures import client_for

__all__ = ["boss", "client", "done", "folder", "nobody", "put_shop_on_plan"]


def link_to(job: ExportJob, client: APIClient, *, manifest: bool = False) -> str:
    """The path of a link as the API gives it out."""
    url = client.get(f"{JOBS}{job.pk}/").json()["manifest_url" if manifest else "download_url"]
    address = "http://exporter.localhost:8000"
    assert url.startswith(f"{address}/api/export/files/")
    return str(url.removeprefix(address))


def test_a_whole_file(client: APIClient, nobody: APIClient, done: ExportJob, folder: Path) -> None:
    answer = nobody.get(link_to(done, client), headers={"Accept": "text/html"})

    body = body_of(answer)
    digest = hashlib.sha256(body).digest()
    assert (answer.status_code, body) == (200, (folder / done.file_name).read_bytes())
    assert {
        name: answer[name] for name in ("Content-Type", "Content-Length", "ETag", "Accept-Ranges", "Repr-Digest")
    } == {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Content-Length": str(len(body)),
        "ETag": f'"{done.sha256}"',
        "Accept-Ranges": "bytes",
        "Repr-Digest": f"sha-256=:{base64.b64encode(digest).decode()}:",
    }
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="exporter-customers-20')


def test_the_manifest(client: APIClient, nobody: APIClient, done: ExportJob, folder: Path) -> None:
    answer = nobody.get(link_to(done, client, manifest=True))

    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].endswith('.csv.manifest.json"')
    assert answer["ETag"] == f'"{done.sha256}-manifest"'
    assert body_of(answer) == (folder / f"{done.file_name}.manifest.json").read_bytes()
    assert manifest_of(done, folder)["sha256"] == done.sha256


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=5-5", 5, 5)],
)
def test_a_stretch_of_a_file(
    asked: str, first: int, last: int | None, client: APIClient, nobody: APIClient, done: ExportJob, folder: Path
) -> None:
    whole = (folder / done.file_name).read_bytes()
    expected = whole[first : None if last is None else last + 1]
    link = link_to(done, client)

    answer, head = nobody.get(link, headers={"Range": asked}), nobody.head(link, headers={"Range": asked})

    begins = first % len(whole)
    assert (answer.status_code, body_of(answer)) == (206, expected)
    assert answer["Content-Range"] == f"bytes {begins}-{begins + len(expected) - 1}/{len(whole)}"
    assert answer["Content-Length"] == str(len(expected))
    assert (head.status_code, body_of(head), head["Content-Range"]) == (206, b"", answer["Content-Range"])


def test_a_broken_download_is_continued_to_the_same_file(
    client: APIClient, nobody: APIClient, done: ExportJob, folder: Path
) -> None:
    link = link_to(done, client)
    start = nobody.get(link, headers={"Range": "bytes=0-499"})
    rest = nobody.get(link, headers={"Range": "bytes=500-", "If-Range": start["ETag"]})

    body = body_of(start) + body_of(rest)

    assert rest.status_code == 206
    assert hashlib.sha256(body).hexdigest() == done.sha256


@pytest.mark.parametrize("condition", ['"another"', 'W/"weak"', "Sun, 22 Nov 2026 12:00:00 GMT", ""])
def test_another_file_than_the_one_begun_is_sent_whole(
    condition: str, client: APIClient, nobody: APIClient, done: ExportJob
) -> None:
    answer = nobody.get(link_to(done, client), headers={"Range": "bytes=500-", "If-Range": condition})

    assert (answer.status_code, len(body_of(answer))) == (200, done.size_bytes)


def test_a_stretch_outside_the_file(client: APIClient, nobody: APIClient, done: ExportJob) -> None:
    answer = nobody.get(link_to(done, client), headers={"Range": f"bytes={done.size_bytes}-"})

    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")
    assert answer["Content-Range"] == f"bytes */{done.size_bytes}"


def test_the_headers_alone(client: APIClient, nobody: APIClient, done: ExportJob) -> None:
    answer = nobody.head(link_to(done, client))

    assert not AuditEntry.objects.filter(action="export.file_downloaded").exists()
    assert (answer.status_code, answer.content, answer["Content-Length"]) == (200, b"", str(done.size_bytes))


def test_a_download_is_noted_once_however_many_parts_it_has(
    client: APIClient, nobody: APIClient, done: ExportJob, boss: Membership
) -> None:
    link = link_to(done, client)
    for asked in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        body_of(nobody.get(link, headers={"Range": asked}))

    entry = AuditEntry.objects.get(action="export.file_downloaded", tenant=boss.tenant)
    assert (entry.actor, entry.object_label) == (boss.user, str(done.pk))
    assert entry.after == {"dataset": "customers", "manifest": False}


def test_a_link_that_was_not_given_out_opens_nothing(client: APIClient, nobody: APIClient, done: ExportJob) -> None:
    good = link_to(done, client).removeprefix("/api/export/files/").rstrip("/")
    link = read_link(good)
    unsigned = signing.dumps([link.tenant, link.job.hex, link.user, False], salt="another")

    for token in ("x", f"{good}x", f"x{good}", good[:-1], unsigned, "a" * 3000, "%00"):
        answer = nobody.get(f"/api/export/files/{token}/")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), token


def test_a_link_is_good_for_an_hour(
    client: APIClient, nobody: APIClient, done: ExportJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_to(done, client)
    signed_at = time.time()
    monkeypatch.setattr(time, "time", lambda: signed_at + LINK_SECONDS - 5)
    assert nobody.head(link).status_code == 200
    monkeypatch.setattr(time, "time", lambda: signed_at + LINK_SECONDS + 5)

    answer = nobody.get(link)

    assert (answer.status_code, answer.json()["code"]) == (410, "gone")


def test_a_link_opens_nothing_in_another_business(client: APIClient, done: ExportJob) -> None:
    link = link_to(done, client)
    at_bravo = APIClient(SERVER_NAME="bravo.localhost")

    assert at_bravo.get(link).json()["code"] == "not_found"


def test_a_link_made_for_another_business_opens_nothing_here(
    nobody: APIClient, done: ExportJob, boss: Membership
) -> None:
    bravo = Tenant.objects.get(schema_name="bravo")
    token = Link(bravo.pk, done.pk, boss.user_id).token

    assert nobody.get(f"/api/export/files/{token}/").status_code == 404


def test_a_link_ends_with_the_right_of_who_made_it(nobody: APIClient, shop: Tenant, done: ExportJob) -> None:
    manager = client_for(shop, Role.MANAGER)
    link = link_to(done, manager)
    members = Membership.objects.filter(tenant=shop, role=Role.MANAGER)
    assert nobody.head(link).status_code == 200

    statuses = []
    for change in ({"role": Role.STAFF}, {"role": Role.MANAGER}, {"is_active": False}):
        pk = Membership.objects.get(tenant=shop, user__email="manager@exporter.example").pk
        Membership.objects.filter(pk=pk).update(**change)
        statuses.append(nobody.head(link).status_code)
    members.update(is_active=True)

    assert statuses == [404, 200, 404]


def test_a_link_ends_with_the_plan(
    client: APIClient, nobody: APIClient, done: ExportJob, put_shop_on_plan: Any
) -> None:
    link = link_to(done, client)
    put_shop_on_plan("free")

    assert nobody.get(link).json()["code"] == "feature_not_in_plan"


@pytest.mark.parametrize("how", ["expired", "removed", "lost"])
def test_a_file_that_is_not_kept_any_more(
    how: str, client: APIClient, nobody: APIClient, shop: Tenant, done: ExportJob, folder: Path
) -> None:
    link = link_to(done, client)
    activate(shop)
    if how == "expired":
        ExportJob.objects.update(expires_at=timezone.now())
    elif how == "removed":
        client.delete(f"{JOBS}{done.pk}/")
    else:
        (folder / done.file_name).unlink()

    answer = nobody.get(link)

    assert (answer.status_code, answer.json()["code"]) == (410, "gone")
    if how != "lost":
        assert client.get(f"{JOBS}{done.pk}/").json()["download_url"] is None
