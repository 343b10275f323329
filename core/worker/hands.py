"""What serves a queue, whichever it is."""

from typing import Protocol

from core.tasks import DEFAULT_QUEUE, LONG_QUEUE


class Hand(Protocol):
    """One that runs one task at a time."""

    def start(self) -> None:
        """Begin to serve."""

    def is_alive(self) -> bool:
        """Whether it still serves."""

    def stop(self) -> None:
        """Ask it to end after the task it is running."""

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, `timeout` seconds at most."""


def queues_of_hands(concurrency: int) -> list[tuple[str, ...]]:
    """Return the queues each of `concurrency` hands serves: where there are several, one is spared the long tasks."""
    every = (DEFAULT_QUEUE, LONG_QUEUE)
    return [every] * concurrency if concurrency < 2 else [(DEFAULT_QUEUE,), *[every] * (concurrency - 1)]
