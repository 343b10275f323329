"""The web server is killed outright in the middle of bookings, and started again."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Event as Signal

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from core.models import Membership, Tenant
from core.tokens import issue_sign_in_token
from schedule.models import Customer, Event, EventHistory, Participant, Service
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory
from tests.processes import database_url, free_port
from tests.schedule.committed import IN_A_MONTH, committed_tenant

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 30
CLIENTS = 6
BOOKINGS_BEFORE_THE_KILL = 12


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test commit: other processes are to see its rows."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def business(db: None) -> Iterator[Tenant]:
    """Return a business whose rows other processes can see."""
    with committed_tenant("killed") as tenant:
        yield tenant


@contextmanager
def server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py serve`; whatever is left of it at the end is killed."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), "--threads", "4"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        wait_until_ready(port)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def wait_until_ready(port: int) -> None:
    """Return as soon as the server answers; fail after READY_SECONDS."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except OSError:
            Signal().wait(0.1)
    raise AssertionError("the server did not become ready")


def book(port: int, token: str, service: Service, customer: Customer, number: int) -> str | None:
    """Book the slot `number`; return the appointment's id once it is acknowledged, None when the server was gone."""
    start_at = IN_A_MONTH + timedelta(minutes=30 * number)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/appointments/",
        data=json.dumps(
            {"service": service.pk, "customer": str(customer.pk), "start_at": start_at.isoformat()}
        ).encode(),
        headers={
            "Host": f"killed.localhost:{port}",
            "Authorization": f"Token {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"slot-{number}",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310  # our own server
            return str(json.load(response)["id"])
    except urllib.error.HTTPError as refusal:
        raise AssertionError(f"{refusal.code}: {refusal.read()!r}") from refusal
    except OSError:
        return None


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(business: Tenant) -> None:
    resource = ResourceFactory.create()
    service = ServiceFactory.create(duration_minutes=30, resources=[resource])
    customer = CustomerFactory.create()
    owner = Membership.objects.select_related("user", "tenant").get(tenant=business)
    token = issue_sign_in_token(membership=owner).secret
    port = free_port()
    acknowledged: dict[int, str] = {}
    enough = Signal()

    def client(lane: int) -> None:
        for number in range(lane, 600, CLIENTS):
            booked = book(port, token, service, customer, number)
            if booked is None:
                return
            acknowledged[number] = booked
            if len(acknowledged) >= BOOKINGS_BEFORE_THE_KILL:
                enough.set()

    with server(port) as process, ThreadPoolExecutor(CLIENTS) as pool:
        lanes = [pool.submit(client, lane) for lane in range(CLIENTS)]
        assert enough.wait(60)
        os.killpg(process.pid, signal.SIGKILL)
        for lane in lanes:
            lane.result(timeout=30)

    with server(port):
        replayed = {number: book(port, token, service, customer, number) for number in acknowledged}

    stored = {str(pk) for pk in Event.objects.values_list("pk", flat=True)}
    assert replayed == acknowledged
    assert set(acknowledged.values()) <= stored
    assert Participant.objects.count() == EventHistory.objects.count() == len(stored)
    report = StringIO()
    call_command("audit_schedule", schema=business.schema_name, stdout=report)
    assert report.getvalue() == "0 found in 1 schema.\n"
