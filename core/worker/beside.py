"""A command beside a server: started with it, started again when it dies, ended with it."""

import os
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

from django.conf import settings

PAUSE_SECONDS = 1.0
STOP_SECONDS = 15.0


class CommandBeside:
    """While the block runs, so does a command of `manage.py`. One that dies is replaced after a second, if it is to be
    kept.
    """

    def __init__(self, *arguments: str, is_kept: bool) -> None:
        self._arguments = arguments
        self._is_kept = is_kept
        self._owner = os.getpid()
        self._is_stopping = False
        self._process = self._start()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
        if self._is_kept:
            self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if os.getpid() != self._owner:  # a web worker forked inside the block leaves it too
            return
        self._is_stopping = True
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:  # its leases run out, and the next worker takes over
            self._process.kill()

    def _keep(self) -> None:
        while not self._is_stopping:
            self._process.wait()
            time.sleep(PAUSE_SECONDS)
            if not self._is_stopping:
                self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *self._arguments],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in a terminal is for the parent, which asks once
        )


class WorkerBeside(CommandBeside):
    """While the block runs, a `manage.py worker` does; one that dies is replaced after a second."""

    def __init__(self) -> None:
        super().__init__("worker", f"--parent={os.getpid()}", is_kept=True)
