"""Knowing when to end."""

import os
import signal
import sys
from types import FrameType


class Stop:
    """Whether it is time to end: somebody said so, or the process this one belongs to is gone."""

    def __init__(self, *, parent: int | None) -> None:
        self.parent = parent
        self.is_asked = False

    @property
    def is_orphan(self) -> bool:
        """Whether the parent that was named is not the parent any more."""
        return self.parent is not None and os.getppid() != self.parent

    @property
    def is_due(self) -> bool:
        """Whether to end now."""
        return self.is_asked or self.is_orphan

    def listen(self) -> None:
        """Heed SIGTERM and SIGINT from now on: the first asks, the second ends the process there and then."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.is_asked:
            sys.exit(128 + number)
        self.is_asked = True
