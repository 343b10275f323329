"""Recurring work that leaves one line for each run in the file TICKS."""

import os
from datetime import datetime
from pathlib import Path

from core.models import PeriodicRun


def tick(_now: datetime) -> None:
    """Note the slot that comes next, and who ran this one."""
    slot = PeriodicRun.objects.get(name="tests.tick").next_at
    with Path(os.environ["TICKS"]).open("a") as ticks:
        ticks.write(f"{slot.isoformat()} {os.getpid()}\n")
