"""Choosing what is read from a calendar and what is written to it."""

from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from calendar_sync.enums import LinkState, Privacy
from calendar_sync.errors import NotWritable
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar
from calendar_sync.services.linking import note_calendar, wake_connections
from core.audit import record
from core.errors import Conflict
from core.models import Membership, Tenant, User
from schedule.selectors.upcoming import upcoming_event_ids
from schedule.services import reschedule
from schedule.services.busy import forget_busy


class Choices(TypedDict, total=False):
    """What may be chosen for a calendar; what is not named stays."""

    read_busy: bool
    write_target: bool
    privacy: Privacy
    tentative_blocks: bool
    cancel_on_remote_delete: bool
    move_on_remote_move: bool
    invites_customers: bool


MOST_MINUTES = 24 * 60
WRITTEN_ANEW_BY = frozenset({"privacy", "invites_customers", "write_target"})
READ_ANEW_BY = frozenset({"read_busy", "tentative_blocks"})


def choose(
    *, tenant: Tenant, calendar_id: UUID, by: Membership, now: datetime, **choices: Unpack[Choices]
) -> list[CalendarConnection]:
    """Change what a calendar is used for; return the connections to be woken.

    One calendar of a connection is written to: choosing another takes our entries out of the first. Raises NotWritable.
    """
    with transaction.atomic():
        calendar = ExternalCalendar.objects.select_for_update().select_related("connection").get(pk=calendar_id)
        changed = {name for name, value in choices.items() if getattr(calendar, name) != value}
        if not changed:
            return []
        if "write_target" in changed and choices.get("write_target"):
            if not calendar.is_writable:
                raise NotWritable
            _take_over(calendar, now=now)
        before = {name: getattr(calendar, name) for name in changed}
        for name, value in choices.items():
            setattr(calendar, name, value)
        if changed & READ_ANEW_BY:
            _read_anew(calendar)
        calendar.save()
        if changed & WRITTEN_ANEW_BY:
            _write_anew(calendar, now=now)
        after = {name: getattr(calendar, name) for name in changed}
        record("calendar_changed", tenant=tenant, actor=by.user, object_label=calendar.name, before=before, after=after)
        return wake_connections([calendar.connection_id], now=now)


def _take_over(calendar: ExternalCalendar, *, now: datetime) -> None:
    """Let no other calendar of the connection be written to; our entries there are to be deleted."""
    others = ExternalCalendar.objects.filter(connection_id=calendar.connection_id, write_target=True)
    EventLink.objects.filter(calendar__in=others).exclude(state=LinkState.DETACHED).update(due_at=now)
    others.update(write_target=False)


def _read_anew(calendar: ExternalCalendar) -> None:
    """Forget what was read, so that the next visit reads all of it."""
    calendar.sync_token = calendar.collection_tag = ""
    calendar.last_complete_at = None
    calendar.items.all().delete()
    if not calendar.read_busy:
        forget_busy(origin=calendar.origin)


def _write_anew(calendar: ExternalCalendar, *, now: datetime) -> None:
    upcoming = upcoming_event_ids(resource_id=calendar.connection.resource_id, now=now) if calendar.write_target else []
    EventLink.objects.filter(calendar=calendar).update(pushed={})
    note_calendar(calendar=calendar, event_ids=upcoming, now=now)


def retry(*, link: EventLink, now: datetime) -> None:
    """Try again to write an entry that was refused."""
    _renew(link, now=now, state=LinkState.PENDING)


def detach(*, link: EventLink) -> None:
    """Leave an entry alone for good: it is neither written nor read as ours."""
    EventLink.objects.filter(pk=link.pk).update(state=LinkState.DETACHED, due_at=None)


def accept_remote(*, tenant: Tenant, link: EventLink, by: User, now: datetime) -> None:
    """Move the appointment to where its entry was moved. Raises Conflict where that was not changed, SlotTaken, …"""
    if link.state != LinkState.REMOTE_CHANGED or not link.remote:
        raise Conflict("Nobody has changed this entry.", code="not_changed")
    start_at, end_at = (datetime.fromisoformat(link.remote[name]) for name in ("start_at", "end_at"))
    minutes = (end_at - start_at) // timedelta(minutes=1)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Conflict("No appointment can be as long as this entry.", code="other_length")
    with transaction.atomic():
        reschedule(tenant=tenant, event_id=link.event_id, start_at=start_at, duration_minutes=minutes, by=by, now=now)
        EventLink.objects.filter(pk=link.pk).update(
            state=LinkState.SYNCED, pushed=link.remote, remote={}, remote_changed_at=None
        )


def put_back(*, link: EventLink, now: datetime) -> None:
    """Write our entry over what somebody changed it to. Raises Conflict where nobody did."""
    if link.state != LinkState.REMOTE_CHANGED:
        raise Conflict("Nobody has changed this entry.", code="not_changed")
    _renew(link, now=now, state=LinkState.REMOTE_CHANGED)


def _renew(link: EventLink, *, now: datetime, state: LinkState) -> None:
    with transaction.atomic():
        EventLink.objects.filter(pk=link.pk).update(state=state, due_at=now, problem="", problem_code="")
        wake_connections([link.calendar.connection_id], now=now)
