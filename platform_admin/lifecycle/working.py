"""What unfinished work of the platform has in common: taken by one, tried again, stopped where a person must decide."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import Error
from django.utils import timezone

from core.active import deactivate
from core.errors import Conflict, DomainError
from core.leases import LeaseLost, claim, retry_later, wake
from core.tasks import PlatformTask
from platform_admin.lifecycle.alone import alone
from platform_admin.lifecycle.models import Work

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=Work)

MOST_FAILURES = 3


def bring_on(model: type[Row], *, number: str, advance: Callable[[Row], None]) -> None:
    """Take the row with this id, if it is to be had, and let `advance` do what is next.

    What `advance` refuses stops the work, with the reason for people to read; what breaks it is tried again, three
    times. Whoever was killed is followed by the next, once its lease has run out.
    """
    with alone(f"{model._meta.label}:{number}") as is_alone:
        rows = model._default_manager.all()
        if not is_alone:
            # Whoever has it is slow, or has just been killed: the next sweep may ask again at once.
            rows.filter(pk=UUID(number)).update(woken_at=None)
            return
        row = claim(rows, pk=UUID(number), now=timezone.now())
        if row is None:
            return
        try:
            _advance(row, advance)
        except LeaseLost:
            logger.info("%s %s is in other hands", model._meta.label, number)
        finally:
            deactivate()


def stop(row: Work, *, problem: str) -> None:
    """Do no more until a person says so. Raises LeaseLost."""
    mine = type(row)._default_manager.filter(pk=row.pk, attempts=row.attempts, next_attempt_at__isnull=False)
    if not mine.update(next_attempt_at=None, lease_until=None, woken_at=None, problem=problem):
        raise LeaseLost(f"{row} is in other hands")


def go_on(row: Work, task: PlatformTask[[str], None], *, now: datetime) -> None:
    """Let stopped work be taken up again, in the caller's transaction, in which the row is locked.

    Raises Conflict (`not_stopped`) for work that goes on by itself.
    """
    if row.next_attempt_at is not None:
        raise Conflict("It goes on by itself. There is nothing to try again.", code="not_stopped")
    row.next_attempt_at, row.woken_at, row.failures, row.problem = now, now, 0, ""
    row.save(update_fields=["next_attempt_at", "woken_at", "failures", "problem"])
    task.enqueue(str(row.pk))


def wake_all(model: type[Row], task: PlatformTask[[str], None], *, now: datetime) -> None:
    """Queue what is due and nobody has."""
    wake(model._default_manager.all(), lambda row: task.enqueue(str(row.pk)), now=now)


def _advance(row: Any, advance: Callable[[Any], None]) -> None:
    try:
        advance(row)
    except LeaseLost:
        raise
    except DomainError as refusal:
        stop(row, problem=refusal.detail)
    except Exception as error:
        logger.exception("%s %s broke off", row._meta.label, row.pk)
        deactivate()
        _try_again(row, error)


def _try_again(row: Work, error: Exception) -> None:
    problem = f"{'The database' if isinstance(error, Error) else 'This installation'} answered: {error}".strip()
    failures = row.failures + 1
    if failures >= MOST_FAILURES:
        type(row)._default_manager.filter(pk=row.pk, attempts=row.attempts).update(failures=failures)
        stop(row, problem=problem)
    else:
        retry_later(row, now=timezone.now(), failures=failures, problem=problem)
