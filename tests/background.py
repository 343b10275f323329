"""What tests of background work use: the noted tasks of the test's own thread, and real workers as processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django_tasks import default_task_backend
from django_tasks.backends.dummy import DummyBackend
from django_tasks_db.management.commands.db_worker import Worker

ROOT = Path(__file__).resolve().parents[1]
DATABASE_TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}


class NotedTasks:
    """The tasks enqueued in this test and not run yet."""

    def __init__(self, backend: DummyBackend) -> None:
        self._backend = backend
        backend.clear()

    @property
    def names(self) -> list[str]:
        """The names of the tasks, in order."""
        return [result.task.name for result in self._backend.results]

    @property
    def arguments(self) -> list[tuple[list[Any], dict[str, Any]]]:
        """What the tasks were given, in order."""
        return [(result.args, result.kwargs) for result in self._backend.results]

    def run(self) -> list[str]:
        """Run the tasks as a worker does, those they enqueue included; return their names. Raises what they raise."""
        ran = []
        while self._backend.results:
            result = self._backend.results.pop(0)
            ran.append(result.task.name)
            result.task.call(*result.args, **result.kwargs)
        return ran

    def lose(self) -> None:
        """Forget the tasks, as a killed worker would."""
        self._backend.clear()


@pytest.fixture
def queue() -> Iterator[NotedTasks]:
    """The tasks this test enqueues."""
    backend: Any = default_task_backend
    noted = NotedTasks(backend)
    yield noted
    noted.lose()


def active_schema() -> str:
    """The schema that Django believes to be active."""
    wrapper: Any = connection  # django-stubs knows nothing of django-tenants
    return str(wrapper.schema_name)


def work_off() -> None:
    """Run everything in the database's queue with a worker of the library, in this thread and transaction."""
    with mock.patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="worker-of-the-test",
        ).run()


@contextmanager
def worker_process(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py worker` on the test's database; killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "worker", f"--parent={os.getpid()}"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
            "WORKER_DATABASE": connection.settings_dict["NAME"],
            **environment,
        },
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(10)


def wait_until(claim: Callable[[], object], *, seconds: float = 30) -> None:
    """Ask until `claim` is true. Raises TimeoutError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.05)
