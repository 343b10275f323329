"""One visit to a calendar account: write what is due, read what changed, note how it went."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from calendar_sync.enums import RESTING_STATES, Code, ConnectionState, RunKind, RunOutcome
from calendar_sync.models import CalendarConnection, ExternalCalendar, SyncRun
from calendar_sync.providers.base import CalendarGone, Passing, ProviderFailure, Pulled, Reading, Session, TokenRefused
from calendar_sync.providers.opening import open_session
from calendar_sync.services.applying import Applied, MassDelete, apply, note_emptied
from calendar_sync.services.connecting import forget
from calendar_sync.services.health import note_failure, note_success, pause_after, pause_by_plan
from calendar_sync.services.pushing import Pushed, push_due
from calendar_sync.services.watching import keep_watched
from core.leases import LeaseLost, claim, renew, rest_until
from core.models import Tenant
from schedule.selectors.conflicts import Span

FEATURE = "can_use_calendar_sync"
BEFORE = timedelta(days=1)
AHEAD = timedelta(days=400)
COMPARED_EVERY_HOURS = 24
MOST_FAREWELLS = 10
Clock = Callable[[], datetime]


@dataclass
class Visit:
    """What a visit came to, for its record."""

    pushed: Pushed = field(default_factory=Pushed)
    applied: list[Applied] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    degraded_by: Code = Code.NONE
    is_complete: bool = False
    requests: int = 0

    @property
    def figures(self) -> dict[str, int]:
        """Counts by name; without those that are zero."""
        counted = {
            "written": self.pushed.written,
            "deleted": self.pushed.deleted,
            "failed": self.pushed.failed,
            "items": sum(one.items for one in self.applied),
            "removed": sum(one.removed for one in self.applied),
            "busy_added": sum(one.busy.added for one in self.applied),
            "busy_removed": sum(one.busy.removed for one in self.applied),
            "moved": sum(len(one.edits.moved) for one in self.applied),
            "cancelled": sum(len(one.edits.cancelled) for one in self.applied),
            "detached": sum(len(one.edits.detached) for one in self.applied),
        }
        return {name: count for name, count in counted.items() if count}


def sync(*, tenant: Tenant, connection_id: UUID, clock: Clock = timezone.now) -> bool:
    """Visit a connection, unless it is at rest or somebody else has it; tell whether it was visited."""
    now = clock()
    rows = CalendarConnection.objects.exclude(state__in=RESTING_STATES)
    connection = claim(rows, pk=connection_id, now=now)
    if connection is None:
        return False
    try:
        if connection.state == ConnectionState.DISCONNECTING:
            _leave(tenant, connection, clock)
        elif tenant.has_feature(FEATURE):
            _visit(tenant, connection, clock)
        else:
            pause_by_plan(connection, now=now)
    except LeaseLost:
        return False
    return True


def _visit(tenant: Tenant, connection: CalendarConnection, clock: Clock) -> None:
    visit = Visit()
    began = clock()
    try:
        session = open_session(connection, tenant=tenant)
        try:
            _exchange(tenant, connection, session, visit, clock)
            keep_watched(tenant=tenant, connection=connection, session=session, now=clock())
        finally:
            visit.requests = session.requests
            session.close()
    except ProviderFailure as failure:
        note_failure(connection, failure, now=clock())
        _record(connection, visit, began, clock(), failure)
    else:
        note_success(connection, now=clock(), degraded_by=visit.degraded_by)
        _record(connection, visit, began, clock(), None)


def _leave(tenant: Tenant, connection: CalendarConnection, clock: Clock) -> None:
    """Delete our entries, then the connection; where the server will not have it, the connection goes all the same."""

    def keep() -> None:
        renew(connection, now=clock())

    try:
        session = open_session(connection, tenant=tenant)
        try:
            failure = push_due(tenant=tenant, connection=connection, session=session, now=clock(), keep=keep).failure
        finally:
            session.close()
    except ProviderFailure as refusal:
        failure = refusal
    if isinstance(failure, Passing) and connection.failures < MOST_FAREWELLS:
        at = clock() + pause_after(connection.failures + 1)
        rest_until(connection, at=at, failures=connection.failures + 1)
    else:
        forget(tenant=tenant, connection_id=connection.pk, by=None)


def _exchange(tenant: Tenant, connection: CalendarConnection, session: Session, visit: Visit, clock: Clock) -> None:
    def keep() -> None:
        renew(connection, now=clock())

    visit.pushed = push_due(tenant=tenant, connection=connection, session=session, now=clock(), keep=keep)
    if isinstance(visit.pushed.failure, CalendarGone):
        visit.degraded_by = Code.NOT_FOUND
    elif visit.pushed.failure is not None:
        raise visit.pushed.failure
    used = ExternalCalendar.objects.filter(Q(read_busy=True) | Q(write_target=True), connection=connection)
    for calendar in used.select_related("connection").order_by("pk"):
        keep()
        try:
            _read(tenant, calendar, session, visit, clock(), keep=keep)
        except CalendarGone:
            ExternalCalendar.objects.filter(pk=calendar.pk, missing_since__isnull=True).update(missing_since=clock())
            visit.degraded_by = Code.NOT_FOUND
        except MassDelete:
            note_emptied(calendar, now=clock())
            visit.degraded_by = Code.MASS_DELETE


def _read(
    tenant: Tenant,
    calendar: ExternalCalendar,
    session: Session,
    visit: Visit,
    now: datetime,
    *,
    keep: Callable[[], None],
) -> None:
    window = Span(now - BEFORE, now + AHEAD)
    is_due_for_comparison = calendar.is_due_for_comparison(now, hours=COMPARED_EVERY_HOURS)
    reading = Reading(
        remote_id=calendar.remote_id,
        window=window,
        time_zone=calendar.time_zone or tenant.timezone,
        tentative_blocks=calendar.tentative_blocks,
        keep=keep,
    )
    pulled = _pulled(calendar, session, reading, is_complete=is_due_for_comparison)
    visit.is_complete = visit.is_complete or pulled.is_complete
    visit.warnings += [*pulled.warnings, *(warning for item in pulled.items for warning in item.warnings)]
    visit.applied.append(apply(tenant=tenant, calendar=calendar, pulled=pulled, window=window, now=now))


def _pulled(calendar: ExternalCalendar, session: Session, reading: Reading, *, is_complete: bool) -> Pulled:
    """Read what changed, or everything where that is due or the server does not know our mark any more."""
    if not is_complete and (calendar.sync_token or calendar.collection_tag):
        marked = replace(reading, token=calendar.sync_token, collection_tag=calendar.collection_tag)
        if not calendar.sync_token:
            marked = replace(marked, known=_known(calendar))
        try:
            return session.pull(marked)
        except TokenRefused:
            pass
    try:
        return session.pull(replace(reading, known=_known(calendar)))
    except TokenRefused:
        raise Passing(Code.BAD_ANSWER, "The server cannot be read from the beginning.") from None


def _known(calendar: ExternalCalendar) -> dict[str, str]:
    """Return the tags of entries that need not be read again; series are laid out anew, for the window has moved."""
    return dict(calendar.items.filter(repeats_beyond_window=False).values_list("remote_id", "tag"))


def _record(
    connection: CalendarConnection, visit: Visit, began: datetime, ended: datetime, failure: ProviderFailure | None
) -> None:
    """Keep a record of a visit in which something happened; five minutes later nothing happens again."""
    figures: dict[str, Any] = visit.figures
    if not figures and failure is None and not visit.degraded_by and not visit.warnings:
        return
    wrote = visit.pushed.written or visit.pushed.deleted or visit.pushed.failed
    kind = RunKind.RECONCILE if visit.is_complete else (RunKind.PUSH if wrote else RunKind.PULL)
    SyncRun.objects.create(
        connection=connection,
        kind=kind,
        outcome=RunOutcome.FAILED if failure else RunOutcome.DONE,
        code=failure.code if failure else visit.degraded_by,
        detail=failure.detail[:300] if failure else "",
        started_at=began,
        finished_at=ended,
        figures={**figures, "requests": visit.requests},
        warnings=sorted(set(visit.warnings))[:50],
    )
