"""Where a connection stands after an attempt, when it is tried again, and telling a person once."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min

from calendar_sync.enums import Code, ConnectionState, PausedBy
from calendar_sync.models import CalendarConnection, EventLink
from calendar_sync.providers.base import AuthLost, Passing, Permanent, ProviderFailure, Throttled
from core.leases import rest_until
from core.topics import publish

POLLED_EVERY = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=15)


def note_success(connection: CalendarConnection, *, now: datetime, degraded_by: Code = Code.NONE) -> None:
    """Note that an attempt worked (in part, where `degraded_by` says what did not); due again in five minutes.

    Sooner where something has become due to be written meanwhile, or the server has told of a change. Raises LeaseLost.
    """
    with transaction.atomic():
        # Whoever notes a change of an appointment updates this row as well: of the two, one sees the other.
        row = CalendarConnection.objects.select_for_update(no_key=True).filter(pk=connection.pk).first()
        was_told = row is not None and row.told_at != connection.told_at
        left = EventLink.objects.filter(calendar__connection=connection, calendar__missing_since__isnull=True)
        next_due_at: datetime | None = left.aggregate(at=Min("due_at"))["at"]
        rest_until(
            connection,
            at=now if was_told else min(next_due_at or now + POLLED_EVERY, now + POLLED_EVERY),
            state=ConnectionState.DEGRADED if degraded_by else ConnectionState.ACTIVE,
            state_code=degraded_by,
            state_detail=_PARTLY.get(degraded_by, ""),
            failures=0,
            quiet_until=None,
            last_attempt_at=now,
            last_success_at=now,
            stale_since=connection.stale_since if degraded_by else None,
            notified_at=connection.notified_at if degraded_by else None,
        )


_PARTLY = {
    Code.MASS_DELETE: "Most entries of a calendar have vanished at once. Looking again before believing it.",
    Code.NOT_FOUND: "The server no longer has one of the calendars. Its busy time is kept.",
}


def note_failure(connection: CalendarConnection, failure: ProviderFailure, *, now: datetime) -> None:
    """Note why an attempt failed, and when the next one is due, if one is of any use. Raises LeaseLost.

    What is known of the calendars is kept: busy time that may be over is safer than free time that is not.
    """
    failures = connection.failures + 1
    state, at, quiet_until = _outlook(failure, failures=failures, now=now)
    changes: dict[str, Any] = {
        "state": state,
        "state_code": failure.code,
        "state_detail": failure.detail[:300],
        "failures": failures,
        "quiet_until": quiet_until,
        "last_attempt_at": now,
        "stale_since": connection.stale_since or connection.last_success_at or now,
    }
    needs_person = at is None and connection.notified_at is None
    with transaction.atomic():
        rest_until(connection, at=at, **changes, **({"notified_at": now} if needs_person else {}))
        if needs_person:
            publish("calendar.connection_failed", {"connection_id": str(connection.pk), "code": str(failure.code)})


def pause_by_plan(connection: CalendarConnection, *, now: datetime) -> None:
    """Let a connection rest until the plan allows it again; nothing is removed. Raises LeaseLost."""
    rest_until(
        connection,
        at=None,
        state=ConnectionState.PAUSED,
        paused_by=PausedBy.PLAN,
        stale_since=connection.stale_since or connection.last_success_at or now,
    )


def resume_after_plan(*, now: datetime) -> int:
    """Make due what the plan had paused; return how many connections that were."""
    paused = CalendarConnection.objects.filter(state=ConnectionState.PAUSED, paused_by=PausedBy.PLAN)
    return paused.update(state=ConnectionState.ACTIVE, paused_by=PausedBy.NOBODY, next_attempt_at=now)


def _outlook(
    failure: ProviderFailure, *, failures: int, now: datetime
) -> tuple[ConnectionState, datetime | None, datetime | None]:
    """Return the state, when to try again, and until when the server wants to be left alone."""
    match failure:
        case Throttled():
            return ConnectionState.RATE_LIMITED, failure.until, failure.until
        case AuthLost():
            return ConnectionState.NEEDS_REAUTH, None, None
        case Permanent():
            return ConnectionState.ERROR, None, None
        case Passing():
            return ConnectionState.DEGRADED, now + pause_after(failures), None
    raise AssertionError(f"{failure!r} is none of the four")


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row: 15 s, doubled each time, 15 min at most, with jitter."""
    pause = min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311  # nothing secret
