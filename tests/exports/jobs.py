"""A business of committed rows whose jobs write into a folder of the test's own. Import `db` and these fixtures."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from core.active import activate
from core.models import ApiToken, AuditEntry, Membership, Role, SubscriptionPlan, Tenant
from exports.models import ExportJob
from exports.requests import request_from_json
from exports.services import rendering
from exports.tasks import order_export
from schedule.models import Customer
from tests.audit import forget_audit
from tests.background import NotedTasks
from tests.fixtures import client_for

JOBS = "/api/export/jobs/"


@pytest.fixture
def folder(shop: Tenant, settings: Settings, tmp_path: Path) -> Path:
    """Where the shop's files are."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "exports" / shop.schema_name


@pytest.fixture
def boss(shop: Tenant, folder: Path) -> Iterator[Membership]:
    """The shop's owner; afterwards there are no jobs."""
    yield Membership.objects.select_related("user", "tenant__plan").get(tenant=shop, role=Role.OWNER)
    activate(shop)
    ExportJob.objects.all().delete()
    forget_audit(shop)
    ApiToken.objects.filter(tenant=shop).delete()
    Membership.objects.filter(tenant=shop).exclude(role=Role.OWNER).delete()


@pytest.fixture
def client(boss: Membership, shop: Tenant) -> APIClient:
    """A client of the owner."""
    return client_for(shop, Role.OWNER)


def order(boss: Membership, *, now: datetime | None = None, **body: Any) -> ExportJob:
    """Order an export of the customers, or of whatever `body` says."""
    asked = request_from_json({"dataset": "customers", **body})
    return order_export(asked=asked, by=boss, now=now or timezone.now())


def names_in(folder: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def file_of(job: ExportJob, folder: Path) -> bytes:
    """The job's file, which must be what the job says it is."""
    job.refresh_from_db()
    body = (folder / job.file_name).read_bytes()
    assert (job.size_bytes, job.sha256) == (len(body), hashlib.sha256(body).hexdigest())
    return body


def manifest_of(job: ExportJob, folder: Path) -> dict[str, Any]:
    """The manifest beside the job's file."""
    found: dict[str, Any] = json.loads((folder / f"{job.file_name}.manifest.json").read_text())
    return found


def add_customers(count: int) -> None:
    """Add people with names that need quoting."""
    Customer.objects.bulk_create(Customer(name=f'No. {number}, "Zoë"') for number in range(count))


class Chunks:
    """A stream that runs `between` before each of its chunks but the first."""

    def __init__(self, between: Callable[[int], None], count: int = 3) -> None:
        self.rows = 0
        self._between = between
        self._count = count
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        for number in range(self._count):
            if number:
                self._between(number)
            self.rows += 10
            yield b"x" * 1000

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def streaming(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int], None]], Chunks]:
    """Return a function that puts a stream in the place of exports, with progress noted after every chunk."""
    monkeypatch.setattr(rendering, "NOTED_EVERY_SECONDS", 0)

    def put(between: Callable[[int], None]) -> Chunks:
        stream = Chunks(between)
        monkeypatch.setattr(rendering, "open_export", lambda *_, **__: stream)
        return stream

    return put


def problem(job: ExportJob) -> tuple[str, str]:
    """State and problem as they are stored."""
    job.refresh_from_db()
    return job.state, job.problem_code


def actions(shop: Tenant) -> list[str]:
    """What the audit log says happened."""
    return list(AuditEntry.objects.filter(tenant=shop).order_by("pk").values_list("action", flat=True))


@pytest.fixture
def nobody(client: APIClient, shop: Tenant) -> APIClient:
    """A client that is not signed in."""
    return APIClient(SERVER_NAME=f"{shop.schema_name}.localhost")


@pytest.fixture
def put_shop_on_plan(shop: Tenant) -> Iterator[Any]:
    """Return a function that moves the shop to another plan; undone afterwards."""
    before = shop.plan_id

    def put(code: str) -> None:
        Tenant.objects.filter(pk=shop.pk).update(plan=SubscriptionPlan.objects.get(code=code))

    yield put
    Tenant.objects.filter(pk=shop.pk).update(plan_id=before)


@pytest.fixture
def done(boss: Membership, queue: NotedTasks) -> ExportJob:
    """A finished job of twenty customers."""
    add_customers(20)
    job = order(boss)
    queue.run()
    job.refresh_from_db()
    return job


def body_of(response: Any) -> bytes:
    """Everything a response streams."""
    body: bytes = response.getvalue()
    response.close()
    return body
