"""Serving the queue in the database."""

import logging
import threading
import time
from collections.abc import Sequence

from django.db import Error, connection
from django.utils.crypto import get_random_string
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
PAUSE_SECONDS = 2.0


class DatabaseHand(threading.Thread):
    """A thread with a connection of its own; outlives the database being restarted."""

    def __init__(self, queues: Sequence[str]) -> None:
        super().__init__(daemon=True)
        self._worker = Worker(
            queue_names=list(queues),
            excluded_queue_names=[],
            interval=IDLE_SECONDS,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def run(self) -> None:
        """Serve until asked to stop."""
        while self._worker.running:
            try:
                self._worker.run()
            except Error:
                logger.exception("The queue cannot be read at the moment")
                connection.close()
                time.sleep(PAUSE_SECONDS)
        connection.close()

    def stop(self) -> None:
        """Ask it to end after the task it is running."""
        self._worker.running = False
