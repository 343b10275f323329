"""What the command shows while it works."""

from django.core.management.base import OutputWrapper

ERASE_LINE = "\r\x1b[2K"
STAGES = {"schema": "creating its schema", "story": "making up its story"}


class Progress:
    """Says how far one business is: in a line that rewrites itself on a terminal, in plain lines elsewhere."""

    def __init__(self, out: OutputWrapper, name: str) -> None:
        self._out = out
        self._name = name
        self._stage = ""

    def report(self, stage: str, done: int, total: int) -> None:
        """Say what is being done, and how much of it is."""
        text = STAGES.get(stage, f"storing {total:,} {stage}")
        if self._out.isatty():
            share = f" · {done / total:.0%}" if done else ""
            self._out.write(f"{ERASE_LINE}{self._name}: {text}{share} …", ending="")
            self._out.flush()
        elif stage != self._stage:
            self._out.write(f"{self._name}: {text}")
        self._stage = stage

    def finish(self, text: str) -> None:
        """Say how it ended."""
        start = ERASE_LINE if self._out.isatty() and self._stage else ""
        self._out.write(f"{start}{self._name}: {text}")
