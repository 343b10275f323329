"""Recurring work without cron: any number of schedulers, each due slot run by one of them."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from core.active import deactivate
from core.installed import registry
from core.models import PeriodicRun
from core.registry import Periodic, resolve

logger = logging.getLogger(__name__)


def run_due(*, now: datetime) -> list[str]:
    """Run the recurring work that is due and that no other process takes; return the names of what was run.

    Work declared since the last start is due at once. A failure is kept in the row, logged, and stops nothing else.
    """
    deactivate()
    declared = registry().periodic
    due_times = dict(PeriodicRun.objects.filter(name__in=declared).values_list("name", "next_at"))
    new = [PeriodicRun(name=name, next_at=now) for name in declared if name not in due_times]
    PeriodicRun.objects.bulk_create(new, ignore_conflicts=True)
    ran = []
    for name, periodic in declared.items():
        if _claim(periodic, due_at=due_times.get(name, now), now=now):
            _run(periodic, now=now)
            ran.append(name)
    return ran


def _claim(periodic: Periodic, *, due_at: datetime, now: datetime) -> bool:
    """Move the row on to the first slot after `now`; of several that try, one finds it where it was."""
    if due_at > now:
        return False
    every = timedelta(seconds=periodic.every_seconds)
    next_at = due_at + every * ((now - due_at) // every + 1)
    moved = PeriodicRun.objects.filter(name=periodic.name, next_at=due_at).update(next_at=next_at, last_started_at=now)
    return bool(moved)


def _run(periodic: Periodic, *, now: datetime) -> None:
    problem = ""
    try:
        resolve(periodic.run)(now)
    except Exception as error:
        logger.exception("The recurring work %s failed", periodic.name)
        problem = f"{type(error).__name__}: {error}"
    deactivate()
    PeriodicRun.objects.filter(name=periodic.name).update(last_finished_at=timezone.now(), last_error=problem)
