"""Writing appointments into calendars: several at once, never two of one copy, each as often as it takes and once.

The network is asked by threads that know nothing of the database; rows are read and written by the one that began.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from calendar_sync.copies import copy_of
from calendar_sync.enums import Code, LinkState
from calendar_sync.models import CalendarConnection, EventLink
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import (
    CalendarGone,
    Copy,
    IdTaken,
    ItemChanged,
    ItemGone,
    Permanent,
    ProviderFailure,
    Session,
    Written,
)
from calendar_sync.services.remote_edits import note_gone
from core.links import tenant_url
from core.models import Tenant

WRITERS = 4
WRITTEN_AT_ONCE = 100
NOTED_AT_ONCE = 2 * WRITERS
MOST_GENERATIONS = 20
MOST_MERGES = 3


@dataclass(frozen=True)
class Write:
    """One thing to do. Without `copy` the entry is deleted; without `remote_id` it is new. `uids` are the names it may
    have, the present one first. `due_at` is what the row said when it was read.
    """

    link_id: UUID
    calendar_id: str
    due_at: datetime
    version: int
    generation: int
    uids: tuple[str, ...]
    remote_id: str
    tag: str
    copy: Copy | None


@dataclass(frozen=True)
class Outcome:
    """What a write came to: where the entry is, or why it is not. `generations` new names were needed."""

    written: Written | None = None
    generations: int = 0
    was_gone: bool = False
    failure: ProviderFailure | None = None

    @property
    def is_of_server(self) -> bool:
        """Whether the server failed, not this one entry."""
        failure = self.failure
        return failure is not None and (not isinstance(failure, Permanent) or isinstance(failure, CalendarGone))


@dataclass
class Pushed:
    """How many entries were written, deleted and given up; `failure` is what stopped the rest."""

    written: int = 0
    deleted: int = 0
    unchanged: int = 0
    failed: int = 0
    failure: ProviderFailure | None = None


def push_due(
    *, tenant: Tenant, connection: CalendarConnection, session: Session, now: datetime, keep: Callable[[], None]
) -> Pushed:
    """Write everything due of a connection. `keep` is called all the while and may raise LeaseLost.

    Stops at the first failure that is the server's: what is on its way is still noted, nothing else is sent. A failure
    of one entry is noted at that entry.
    """
    result = Pushed()
    writers = ThreadPoolExecutor(WRITERS)
    try:
        while result.failure is None:
            writes = list(_next_writes(tenant, connection, result, now=now))
            if not writes:
                if not _due(connection, now).exists():
                    break
                continue
            keep()
            futures = {writers.submit(_perform, session, write): write for write in writes}
            _note_all(tenant, futures, result, now=now, keep=keep)
    finally:
        writers.shutdown(cancel_futures=True)
    return result


def _due(connection: CalendarConnection, now: datetime) -> QuerySet[EventLink]:
    return EventLink.objects.filter(
        calendar__connection=connection, calendar__missing_since__isnull=True, due_at__lte=now
    ).exclude(state=LinkState.DETACHED)


def _next_writes(tenant: Tenant, connection: CalendarConnection, result: Pushed, *, now: datetime) -> Iterator[Write]:
    """Yield up to a hundred things to do; what turns out to be so already is noted at once."""
    links = (
        _due(connection, now)
        .select_related("calendar__connection", "event__service", "event__customer")
        .prefetch_related("event__participants")
        .order_by("due_at", "pk")[:WRITTEN_AT_ONCE]
    )
    address = tenant_url(tenant, "/appointments")
    for link in links:
        copy = copy_of(link, tenant=tenant, address=address)
        is_so_already = (copy is None and not link.remote_id) or (
            copy is not None and bool(link.remote_id) and copy.fields == link.pushed and not link.remote
        )
        if is_so_already:
            result.unchanged += 1
            state = LinkState.SYNCED if copy is not None else LinkState.DELETED
            _finish(link.pk, link.due_at, state=state, pushed_version=link.event.version)
            continue
        assert link.due_at is not None
        yield Write(
            link_id=link.pk,
            calendar_id=link.calendar.remote_id,
            due_at=link.due_at,
            version=link.event.version,
            generation=link.generation,
            uids=tuple(link.uid_of(link.generation + more) for more in range(MOST_GENERATIONS)),
            remote_id=link.remote_id,
            tag=link.tag,
            copy=copy,
        )


def _perform(session: Session, write: Write) -> Outcome:
    """Do one thing. Runs in a thread of its own, without the database."""
    try:
        if write.copy is None:
            session.delete(write.calendar_id, write.remote_id)
            return Outcome()
        if write.remote_id:
            try:
                return Outcome(_rewritten(session, write, write.copy))
            except ItemGone:
                return Outcome(was_gone=True)
        return _created(session, write, write.copy)
    except ProviderFailure as failure:
        return Outcome(failure=failure)


def _rewritten(session: Session, write: Write, copy: Copy) -> Written:
    try:
        return session.replace(write.calendar_id, write.remote_id, write.tag, copy)
    except ItemChanged:
        for _ in range(MOST_MERGES):
            try:
                return session.merge(write.calendar_id, write.remote_id, copy)
            except ItemChanged:
                continue
    raise Permanent(Code.BAD_ANSWER, "Somebody else keeps changing the entry.")


def _created(session: Session, write: Write, copy: Copy) -> Outcome:
    for generations, uid in enumerate(write.uids):
        try:
            return Outcome(session.create(write.calendar_id, replace(copy, uid=uid)), generations)
        except IdTaken:
            continue
    raise Permanent(Code.BAD_ANSWER, "The server accepts no name for the entry.")


def _note_all(
    tenant: Tenant,
    futures: dict[Future[Outcome], Write],
    result: Pushed,
    *,
    now: datetime,
    keep: Callable[[], None],
) -> None:
    """Note what became of each write, some at a time; after a failure of the server's what waits is not begun."""
    done: list[tuple[Write, Outcome]] = []
    for future in as_completed(futures):
        if future.cancelled():
            continue
        outcome = future.result()
        done.append((futures[future], outcome))
        if outcome.is_of_server:
            for waiting in futures:
                waiting.cancel()
        if len(done) >= NOTED_AT_ONCE:
            keep()
            _note_some(tenant, done, result, now=now)
            done.clear()
    _note_some(tenant, done, result, now=now)


def _note_some(tenant: Tenant, done: list[tuple[Write, Outcome]], result: Pushed, *, now: datetime) -> None:
    """Note in one transaction what nobody else is changing, the rest one by one: it never waits with rows in hand."""
    with transaction.atomic():
        rows = EventLink.objects.filter(pk__in=[write.link_id for write, outcome in done if not outcome.was_gone])
        free = set(rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
        for write, outcome in done:
            if write.link_id in free:
                _note(tenant, write, outcome, result, now=now)
    for write, outcome in done:
        if write.link_id not in free:
            _note(tenant, write, outcome, result, now=now)


def _note(tenant: Tenant, write: Write, outcome: Outcome, result: Pushed, *, now: datetime) -> None:
    failure = outcome.failure
    if outcome.was_gone:
        note_gone(tenant=tenant, link_id=write.link_id, now=now)
    elif outcome.is_of_server:
        # What is due stays due.
        result.failure = result.failure or failure
    elif failure is not None:
        result.failed += 1
        _finish(write.link_id, write.due_at, state=LinkState.FAILED, problem_code=failure.code, problem=failure.detail)
    elif write.copy is None:
        result.deleted += 1
        _finish(write.link_id, write.due_at, state=LinkState.DELETED, **NOWHERE, synced_at=now)
    else:
        result.written += 1
        _note_written(write, write.copy, outcome, now=now)


NOWHERE = {"remote_id": "", "remote_key": "", "tag": "", "pushed": {}, "remote": {}}


def _note_written(write: Write, copy: Copy, outcome: Outcome, *, now: datetime) -> None:
    assert outcome.written is not None
    _finish(
        write.link_id,
        write.due_at,
        state=LinkState.SYNCED,
        generation=write.generation + outcome.generations,
        remote_id=outcome.written.remote_id,
        remote_key=key_of(outcome.written.remote_id),
        tag=outcome.written.tag,
        pushed=copy.fields,
        pushed_version=write.version,
        remote={},
        problem_code="",
        problem="",
        synced_at=now,
    )


def _finish(link_id: UUID, due_at: datetime | None, **changes: Any) -> None:
    """Note what became of a link; it stays due if the appointment has changed since it was read."""
    EventLink.objects.filter(pk=link_id).update(
        due_at=Case(When(due_at=due_at, then=Value(None)), default=F("due_at")), **changes
    )
