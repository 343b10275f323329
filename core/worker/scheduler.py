"""Running recurring work when it is due."""

import logging
import threading

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from core.periodic import run_due

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


class Scheduler(threading.Thread):
    """A thread that looks every second; any number of processes may have one."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Look until asked to stop; outlives the database being restarted."""
        while not self._stopped.is_set():
            try:
                close_old_connections()
                run_due(now=timezone.now())
            except Error:
                logger.exception("Recurring work cannot be looked up at the moment")
                connection.close()
            self._stopped.wait(LOOK_SECONDS)
        connection.close()

    def stop(self) -> None:
        """Ask it to end after what it is running."""
        self._stopped.set()
