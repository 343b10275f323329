"""Export jobs over HTTP."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from core.active import activate
from core.models import Membership, Role, Tenant, User
from exports.enums import JobState
from exports.models import ExportJob
from tests.background import NotedTasks
from tests.exports.committing import db as db
from tests.exports.jobs import JOBS, boss, client, done, folder, nobody, order, put_shop_on_plan
from tests.fixtures import client_for

__all__ = ["boss", "client", "done", "folder", "nobody", "put_shop_on_plan"]


def test_ordering_is_accepted_and_the_job_is_where_location_says(client: APIClient, queue: NotedTasks) -> None:
    answer = client.post(
        JOBS,
        {"dataset": "customers", "format": "json", "filters": {"is_active": True}, "fields": ["name", "id"]},
        format="json",
    )

    assert answer.status_code == 202
    job = answer.json()
    assert answer["Location"] == f"http://exporter.localhost:8000{JOBS}{job['id']}/"
    assert client.get(f"{JOBS}{job['id']}/").json() == job
    created_at = job.pop("created_at")
    assert created_at is not None
    assert job == {
        "id": job["id"],
        "dataset": "customers",
        "format": "json",
        "filters": {"is_active": True},
        "fields": ["id", "name"],
        "since": None,
        "bom": False,
        "state": "queued",
        "attempts": 0,
        "rows": 0,
        "rows_expected": None,
        "percent": 0,
        "size_bytes": 0,
        "sha256": "",
        "cursor": "",
        "problem": None,
        "requested_by": "owner@exporter.example",
        "started_at": None,
        "finished_at": None,
        "expires_at": None,
        "download_url": None,
        "manifest_url": None,
    }
    assert queue.names == ["render_export"]


def test_a_finished_job_tells_where_its_file_is(client: APIClient, done: ExportJob) -> None:
    found = client.get(f"{JOBS}{done.pk}/").json()

    assert {name: found[name] for name in ("state", "rows", "rows_expected", "percent", "attempts", "problem")} == {
        "state": "succeeded",
        "rows": 20,
        "rows_expected": 20,
        "percent": 100,
        "attempts": 1,
        "problem": None,
    }
    assert (found["sha256"], found["size_bytes"], found["cursor"]) == (done.sha256, done.size_bytes, done.cursor)
    assert len(found["download_url"]) < 300


def test_a_failed_job_says_why(client: APIClient, boss: Membership) -> None:
    job = order(boss)
    ExportJob.objects.update(
        state=JobState.FAILED, next_attempt_at=None, problem_code="disk_full", problem="There is no room."
    )

    found = client.get(f"{JOBS}{job.pk}/").json()

    assert (found["state"], found["problem"]) == ("failed", {"code": "disk_full", "detail": "There is no room."})
    assert found["download_url"] is None


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "dataset"),
        ({"dataset": "secrets"}, "dataset"),
        ({"dataset": 7}, "dataset"),
        ({"dataset": ["customers"]}, "dataset"),
        ({"dataset": "customers", "format": "pdf"}, "format"),
        ({"dataset": "customers", "format": {}}, "format"),
        ({"dataset": "customers", "filters": {"shoe_size": 1}}, "shoe_size"),
        ({"dataset": "customers", "filters": []}, "filters"),
        ({"dataset": "customers", "filters": {"is_active": "perhaps"}}, "is_active"),
        ({"dataset": "appointments", "filters": {"start_date": "yesterday"}}, "start_date"),
        ({"dataset": "appointments", "filters": {"service_id": 10**30}}, "service_id"),
        ({"dataset": "customers", "fields": ["password"]}, "fields"),
        ({"dataset": "customers", "fields": "id"}, "fields"),
        ({"dataset": "customers", "since": "soon"}, "since"),
        ({"dataset": "customers", "since": 7}, "since"),
        ({"dataset": "customers", "bom": "maybe"}, "bom"),
        ({"dataset": "customers", "colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_exported_is_named(
    body: dict[str, Any], named: str, client: APIClient, shop: Tenant, queue: NotedTasks
) -> None:
    answer = client.post(JOBS, body, format="json")
    activate(shop)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [named])
    assert (ExportJob.objects.count(), queue.names) == (0, [])


def test_the_eleventh_unfinished_job_is_refused(client: APIClient, queue: NotedTasks) -> None:
    answers = [client.post(JOBS, {"dataset": "resources"}, format="json") for _ in range(11)]

    assert [answer.status_code for answer in answers] == [202] * 10 + [409]
    assert answers[-1].json()["code"] == "too_many_jobs"


def test_cancelling_and_removing(client: APIClient, boss: Membership, done: ExportJob, folder: Path) -> None:
    waiting = order(boss)

    answers = [client.delete(f"{JOBS}{job.pk}/").status_code for job in (waiting, waiting, done, done)]

    assert answers == [204] * 4
    states = {job["id"]: job["state"] for job in client.get(JOBS).json()["results"]}
    assert states == {str(waiting.pk): "cancelled", str(done.pk): "expired"}
    assert list(folder.iterdir()) == []


def test_the_list_is_filtered_and_costs_the_same_for_one_and_three(client: APIClient, boss: Membership) -> None:
    order(boss)
    client.get(JOBS)  # the first use of a token is noted
    with CaptureQueriesContext(connection) as one:
        assert client.get(JOBS).json()["count"] == 1
    activate(boss.tenant)
    order(boss, format="json")
    order(boss, format="json")
    ExportJob.objects.filter(format="json").update(
        state=JobState.SUCCEEDED,
        next_attempt_at=None,
        expires_at=timezone.now() + timedelta(days=1),
        requested_by=User.objects.get(email="owner@acme.example"),
    )
    with CaptureQueriesContext(connection) as three:
        assert client.get(JOBS).json()["count"] == 3

    assert len(one) == len(three)
    assert client.get(f"{JOBS}?state=succeeded&ordering=created_at").json()["count"] == 2
    assert client.get(f"{JOBS}?dataset=customers&format=json").json()["count"] == 2
    for wrong in ("state=done", "dataset=secrets", "format=pdf"):
        assert client.get(f"{JOBS}?{wrong}").status_code == 400
    assert client.get(f"{JOBS}?ordering=sha256").status_code == 400


def test_who_may_not_export_may_not_order(shop: Tenant, nobody: APIClient, put_shop_on_plan: Any, folder: Path) -> None:
    staff, manager = client_for(shop, Role.STAFF), client_for(shop, Role.MANAGER)
    stranger = client_for(Tenant.objects.get(schema_name="bravo"), Role.OWNER)
    stranger.defaults["SERVER_NAME"] = "exporter.localhost"

    def answer(client: APIClient) -> list[tuple[int, str]]:
        got, posted = client.get(JOBS), client.post(JOBS, {"dataset": "customers"}, format="json")
        return [(one.status_code, one.json().get("code", "")) for one in (got, posted)]

    assert answer(nobody) == [(401, "not_authenticated")] * 2
    assert answer(stranger) == [(401, "not_authenticated")] * 2
    assert answer(staff) == [(403, "role_required")] * 2
    assert answer(manager) == [(200, ""), (202, "")]
    put_shop_on_plan("free")
    assert answer(manager) == [(403, "feature_not_in_plan")] * 2


def test_another_businesss_job_does_not_exist(done: ExportJob, boss: Membership) -> None:
    elsewhere = client_for(Tenant.objects.get(schema_name="bravo"), Role.OWNER)

    answers = [getattr(elsewhere, method)(f"{JOBS}{done.pk}/").status_code for method in ("get", "delete")]

    assert answers == [404, 404]
