"""Serving the queue in Redis: each hand is a process, as RQ wants it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from django.conf import settings
from django.db import connections

from core.worker.stopping import Stop

WATCH_SECONDS = 1.0


class RedisHand:
    """A child process that serves Redis queues; it ends with this one."""

    def __init__(self, queues: Sequence[str]) -> None:
        self._queues = queues
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to serve."""
        self._process = subprocess.Popen(  # noqa: S603  # our own command
            [
                sys.executable,
                str(settings.BASE_DIR / "manage.py"),
                "worker",
                f"--parent={os.getpid()}",
                f"--redis-queues={','.join(self._queues)}",
            ],
            start_new_session=True,  # Ctrl-C in a terminal is for the parent, which asks once
        )

    def is_alive(self) -> bool:
        """Whether it still serves."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end after the task it is running."""
        if self._process is not None:
            self._process.terminate()

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, `timeout` seconds at most."""
        if self._process is not None:
            try:
                self._process.wait(timeout)
            except subprocess.TimeoutExpired:
                return


def serve(queues: Sequence[str], *, parent: int) -> None:
    """Be the child process of a RedisHand."""
    from django_rq.workers import get_worker  # only where the queue is in Redis

    threading.Thread(target=_end_with, args=(Stop(parent=parent),), daemon=True).start()
    connections.close_all()  # what is forked must not share them
    get_worker(*queues, job_class="django_tasks_rq.Job").work(logging_level="WARNING")


def _end_with(stop: Stop) -> None:
    while not stop.is_orphan:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
