"""Running hands and scheduler until it is time to end."""

import time
from collections.abc import Sequence

from django.conf import settings

from core.worker.database import DatabaseHand
from core.worker.hands import Hand, queues_of_hands
from core.worker.naming import name_connections
from core.worker.redis import RedisHand
from core.worker.scheduler import Scheduler
from core.worker.stopping import Stop

LOOK_SECONDS = 0.2
ORPHAN_SECONDS = 10.0
"""An orphan is not waited for longer: what it leaves unfinished is taken up when its lease has run out."""


class WorkerBroken(Exception):
    """A part of the worker ended by itself."""


def run(*, concurrency: int, parent: int | None) -> None:
    """Serve the queue with `concurrency` hands, and run recurring work, until SIGTERM, SIGINT or the parent's end.

    Running tasks are finished first. Raises WorkerBroken when a part ends by itself, after stopping the others.
    """
    name_connections()
    stop = Stop(parent=parent)
    stop.listen()
    parts: list[Hand] = [*(_hand(queues) for queues in queues_of_hands(concurrency)), Scheduler()]
    for part in parts:
        part.start()
    while not stop.is_due and all(part.is_alive() for part in parts):
        time.sleep(LOOK_SECONDS)
    broken = not stop.is_due
    for part in parts:
        part.stop()
    _wait_for(parts, seconds=ORPHAN_SECONDS if stop.is_orphan else None)
    if broken:
        raise WorkerBroken("a part of the worker ended by itself; the log says why")


def _hand(queues: Sequence[str]) -> Hand:
    return RedisHand(queues) if settings.RQ_QUEUES else DatabaseHand(queues)


def _wait_for(parts: Sequence[Hand], *, seconds: float | None) -> None:
    deadline = None if seconds is None else time.monotonic() + seconds
    for part in parts:
        while part.is_alive() and (deadline is None or time.monotonic() < deadline):
            part.join(LOOK_SECONDS)
