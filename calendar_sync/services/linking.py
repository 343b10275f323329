"""Which appointments have a copy in which calendar, and that something is to be written."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from calendar_sync.enums import RESTING_STATES, ConnectionState, LinkState
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar

CREATED_AT_ONCE = 1000


def note_change(*, event_id: UUID, resource_ids: Collection[int], now: datetime) -> list[CalendarConnection]:
    """Note that an appointment has to be written to the calendars of its resources and to those that have a copy.

    In the caller's transaction. Returns the connections to be woken.
    """
    targets = ExternalCalendar.objects.filter(
        Q(connection__resource_id__in=resource_ids) | Q(connection__resource__isnull=True), write_target=True
    )
    EventLink.objects.bulk_create(
        [EventLink(event_id=event_id, calendar=calendar, due_at=now) for calendar in targets], ignore_conflicts=True
    )
    links = EventLink.objects.filter(event_id=event_id).exclude(state=LinkState.DETACHED)
    links.update(due_at=now)
    return wake_connections(links.values_list("calendar__connection_id", flat=True), now=now)


def note_calendar(*, calendar: ExternalCalendar, event_ids: Iterable[UUID], now: datetime) -> None:
    """Note that these appointments have to be written to a calendar that was chosen for it."""
    EventLink.objects.bulk_create(
        [EventLink(event_id=event_id, calendar=calendar, due_at=now) for event_id in event_ids],
        ignore_conflicts=True,
        batch_size=CREATED_AT_ONCE,
    )
    calendar.links.exclude(state=LinkState.DETACHED).update(due_at=now)


def wake_connections(ids: Iterable[UUID], *, now: datetime) -> list[CalendarConnection]:
    """Make connections due that are not at rest; return them. One the server wants left alone stays so."""
    connections = CalendarConnection.objects.filter(pk__in=set(ids)).exclude(
        state__in=[*RESTING_STATES, ConnectionState.DISCONNECTING]
    )
    # In one order everywhere, so that two bookings never wait for each other in a circle.
    woken = list(connections.order_by("pk").select_for_update(no_key=True))
    ready = [connection for connection in woken if connection.quiet_until is None or connection.quiet_until <= now]
    CalendarConnection.objects.filter(pk__in=[connection.pk for connection in ready]).update(next_attempt_at=now)
    return ready
