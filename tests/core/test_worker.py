"""Real worker processes: killed, stopped, orphaned, cut off from the database, and beside each other."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from config.background import task_settings
from core.models import Invitation, Membership, PeriodicRun, Role, Tenant
from core.people import invite
from core.worker.beside import WorkerBeside
from core.worker.hands import queues_of_hands
from tests.audit import forget_audit
from tests.background import DATABASE_TASKS, ROOT, wait_until, worker_process
from tests.schedule.committed import committed_tenant

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    with django_db_blocker.unblock(), committed_tenant("workshop") as made:
        yield made


@pytest.fixture
def host(shop: Tenant) -> Iterator[Membership]:
    """Its owner; afterwards nothing that was queued or recurs is left behind."""
    yield Membership.objects.select_related("user", "tenant__plan").get(tenant=shop)
    Invitation.objects.filter(tenant=shop).delete()
    forget_audit(shop)
    DBTaskResult.objects.all().delete()
    PeriodicRun.objects.all().delete()


class MailFolder:
    """What the mail server of `tests.core.held_mail` has seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hold(self) -> None:
        """Accept nothing until released."""
        (self.folder / "hold").touch()

    def release(self) -> None:
        """Accept again."""
        (self.folder / "hold").unlink()

    def has_begun(self) -> bool:
        """Whether a message is being handed over."""
        return (self.folder / "begun").exists()

    def accepted(self) -> int:
        """How many messages were taken."""
        return len(list(self.folder.glob("accepted-*")))


@pytest.fixture
def mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MailFolder:
    """A mail server in a folder, for the processes this test starts."""
    monkeypatch.setenv("MAIL_FOLDER", str(tmp_path))
    return MailFolder(tmp_path)


def queue_invitation(host: Membership) -> Invitation:
    """Invite somebody by way of the database's queue."""
    with override_settings(TASKS=DATABASE_TASKS):
        return invite(by=host, email="new@guest.example", role=Role.STAFF)


def task_states() -> list[str]:
    """The states of the tasks in the queue."""
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def is_gone(pid: int) -> bool:
    """Whether the process has ended, reaped or not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_one_hand_of_several_is_spared_long_tasks(db: None) -> None:  # `db` makes pytest-django set a database up
    assert [queues_of_hands(count) for count in (1, 2, 3)] == [
        [("default", "long")],
        [("default",), ("default", "long")],
        [("default",), ("default", "long"), ("default", "long")],
    ]


def test_what_a_killed_worker_was_doing_is_finished_by_the_next_once(host: Membership, mails: MailFolder) -> None:
    mails.hold()
    invitation = queue_invitation(host)
    with worker_process() as first:
        wait_until(mails.has_begun)
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    invitation.refresh_from_db()
    assert (invitation.attempts, invitation.sent_at, mails.accepted()) == (1, None, 0)
    lease_until = invitation.lease_until
    assert lease_until is not None
    assert task_states() == [TaskResultStatus.RUNNING]
    mails.release()

    with worker_process():
        wait_until(lambda: timezone.now() > lease_until)
        PeriodicRun.objects.filter(name="core.sweep").update(next_at=timezone.now())
        wait_until(lambda: Invitation.objects.get(pk=invitation.pk).sent_at)

    invitation.refresh_from_db()
    assert (invitation.attempts, invitation.next_attempt_at, mails.accepted()) == (2, None, 1)
    assert task_states()[0] == TaskResultStatus.RUNNING  # the sweep calls it lost after four hours


def test_a_worker_that_is_told_to_stop_finishes_its_task(host: Membership, mails: MailFolder) -> None:
    mails.hold()
    invitation = queue_invitation(host)
    with worker_process() as worker:
        wait_until(mails.has_begun)
        worker.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(1.5)
        mails.release()

        code = worker.wait(20)

    invitation.refresh_from_db()
    assert (code, mails.accepted(), task_states()) == (0, 1, [TaskResultStatus.SUCCESSFUL])
    assert invitation.sent_at is not None


def test_a_worker_told_twice_ends_there_and_then(host: Membership, mails: MailFolder) -> None:
    mails.hold()
    queue_invitation(host)
    with worker_process() as worker:
        wait_until(mails.has_begun)
        worker.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(1)
        worker.terminate()

        code = worker.wait(10)

    assert (code, mails.accepted()) == (128 + signal.SIGTERM, 0)


def test_a_worker_ends_with_its_parent(host: Membership, mails: MailFolder) -> None:
    script = (
        "import os, subprocess, sys, time\n"
        "command = [sys.executable, 'manage.py', 'worker', f'--parent={os.getpid()}']\n"
        "print(subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL).pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "WORKER_DATABASE": connection.settings_dict["NAME"],
    }
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    with parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        queue_invitation(host)
        wait_until(mails.accepted)
        parent.kill()
        parent.wait(10)

        wait_until(lambda: is_gone(worker), seconds=15)


def test_a_worker_outlives_its_connections(host: Membership, mails: MailFolder) -> None:
    with worker_process(PGAPPNAME="test_worker") as worker:
        queue_invitation(host)
        wait_until(lambda: mails.accepted() == 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'test_worker'"
            )
            (ended,) = cursor.fetchone()

        queue_invitation(host)
        wait_until(lambda: mails.accepted() == 2)

        assert ended >= 2
        assert worker.poll() is None


def test_two_workers_run_each_slot_once(host: Membership, mails: MailFolder, tmp_path: Path) -> None:
    ticks = tmp_path / "ticks"
    ticks.touch()
    with worker_process(TICKS=str(ticks)), worker_process(TICKS=str(ticks)):
        wait_until(lambda: len(ticks.read_text().splitlines()) >= 4)

    slots = [line.split()[0] for line in ticks.read_text().splitlines()]
    assert sorted(set(slots)) == sorted(slots)


def test_a_worker_beside_a_server_is_replaced_and_ended(
    host: Membership, mails: MailFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.worker_settings")
    monkeypatch.setenv("WORKER_DATABASE", connection.settings_dict["NAME"])

    def workers() -> set[int]:
        return {child.pid for child in psutil.Process().children() if not is_gone(child.pid)}

    before = workers()
    with WorkerBeside():
        (first,) = workers() - before
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: workers() - before - {first})
        queue_invitation(host)
        wait_until(mails.accepted)

    assert workers() == before


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A Redis of the test's own; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(port))
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as client:
            client.sendall(b"PING\r\n")
            return client.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_the_same_command_serves_redis(host: Membership, mails: MailFolder, tmp_path: Path) -> None:
    with redis_server(tmp_path) as address, worker_process(TASKS_BACKEND="rq", REDIS_URL=address) as worker:
        with override_settings(**task_settings("rq", redis_url=address)):
            invitation = invite(by=host, email="new@guest.example", role=Role.STAFF)
        wait_until(mails.accepted)
        hands = [child.pid for child in psutil.Process(worker.pid).children()]
        worker.terminate()
        code = worker.wait(30)

    invitation.refresh_from_db()
    assert invitation.sent_at is not None
    assert (code, len(hands), [is_gone(hand) for hand in hands]) == (0, 2, [True, True])
