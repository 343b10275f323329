"""Locks between processes. They are kept by the kernel: however a process dies, its locks go with it."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

if sys.platform != "win32":
    import fcntl

POLL_SECONDS = 0.02


class FileLock:
    """One open file with a `flock`, which belongs to the opening of the file, not to the process.

    A forked child, or a program given `descriptor` to keep, therefore holds the very same lock: closing one
    copy leaves it locked, releasing one copy unlocks all. No program inherits it unless it is handed over.
    """

    def __init__(self, path: Path) -> None:
        """Open `path`, creating it for this account alone. Raises OSError where that is impossible."""
        self.path = path
        self.is_exclusive = False
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def try_shared(self) -> bool:
        """Take the lock beside other sharers, unless someone has it alone. Never waits."""
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Take the lock alone, unless someone else has it. Never waits.

        Asked by a sharer it gives the share up first: afterwards it has the lock alone or not at all.
        """
        self.is_exclusive = self._try(fcntl.LOCK_EX)
        return self.is_exclusive

    def release(self) -> None:
        """Unlock, for every process that has a copy of this opening of the file, and close."""
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)
        self.close()

    def close(self) -> None:
        """Close this copy. The file is unlocked once the last copy is closed."""
        os.close(self.descriptor)

    def _try(self, operation: int) -> bool:
        try:
            fcntl.flock(self.descriptor, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def wait_until(claim: Callable[[], bool], *, seconds: float) -> bool:
    """Ask until `claim` is true; say whether it was within `seconds`."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True
