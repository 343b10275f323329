"""Reading connections and what belongs to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from calendar_sync.enums import ConnectionState, LinkState
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar, Feed, KeptOverlap
from core.models import Membership, Role, Tenant
from schedule.selectors.conflicts import Span
from schedule.selectors.outside import OutsideBusy, outside_busy
from schedule.selectors.overlaps import Overlap, overlaps_with_calendars

SEES_ALL = Role.MANAGER
FAILING_STATES = (ConnectionState.DEGRADED, ConnectionState.NEEDS_REAUTH, ConnectionState.ERROR)


def connections_for(reader: Membership) -> QuerySet[CalendarConnection]:
    """Return the connections a person may see: managers all, others those of the resources they are."""
    connections = CalendarConnection.objects.select_related("resource").prefetch_related("calendars")
    if reader.may_act_as(SEES_ALL):
        return connections
    return connections.filter(Q(resource__user_id=reader.user_id) | Q(owner_id=reader.user_id))


def count_failing(tenant: Tenant, now: datetime) -> int:
    """Return how many connections did not work at their last visit or need a person."""
    return CalendarConnection.objects.filter(state__in=FAILING_STATES).count()


def with_counts(connections: QuerySet[CalendarConnection]) -> QuerySet[CalendarConnection]:
    """Add how many copies there are, how many wait, and how many failed."""

    def count(**of: object) -> Coalesce:
        links = EventLink.objects.filter(calendar__connection=OuterRef("pk"), **of).order_by()
        counted = links.values("calendar__connection").annotate(count=Count("pk")).values("count")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return connections.annotate(
        link_count=count(state=LinkState.SYNCED),
        pending_count=count(due_at__isnull=False),
        failed_count=count(state=LinkState.FAILED),
    )


def calendars_for(reader: Membership) -> QuerySet[ExternalCalendar]:
    """Return the calendars of the connections a person may see."""
    return ExternalCalendar.objects.select_related("connection").filter(connection__in=connections_for(reader))


def links_for(reader: Membership) -> QuerySet[EventLink]:
    """Return the copies in the calendars a person may see."""
    return EventLink.objects.select_related("calendar__connection", "event__service", "event__customer").filter(
        calendar__connection__in=connections_for(reader)
    )


def feeds_for(reader: Membership) -> QuerySet[Feed]:
    """Return the feeds a person may see: managers all, others those of the resources they are."""
    feeds = Feed.objects.select_related("resource")
    return feeds if reader.may_act_as(SEES_ALL) else feeds.filter(resource__user_id=reader.user_id)


@dataclass(frozen=True)
class BusyTime:
    """A stretch that a connected calendar takes. `calendar` is None for those the reader may not see."""

    stretch: OutsideBusy
    calendar: ExternalCalendar | None
    is_stale: bool


def busy_times(reader: Membership, *, span: Span, resource_id: int | None) -> list[BusyTime]:
    """Return when connected calendars keep a resource, or anybody, busy; earliest first. Two queries."""
    everywhere = ExternalCalendar.objects.select_related("connection__resource")
    calendars = {calendar.origin: calendar for calendar in everywhere}
    found = []
    for stretch in outside_busy(span=span, resource_id=resource_id):
        calendar = calendars.get(stretch.origin)
        is_stale = calendar is not None and calendar.connection.stale_since is not None
        shown = calendar if calendar is not None and may_see(reader, calendar.connection) else None
        found.append(BusyTime(stretch, shown, is_stale))
    return found


def may_see(reader: Membership, connection: CalendarConnection) -> bool:
    """Tell whether a connection, loaded with its resource, is among those of `connections_for`."""
    resource = connection.resource
    is_own = connection.owner_id == reader.user_id or (resource is not None and resource.user_id == reader.user_id)
    return is_own or reader.may_act_as(SEES_ALL)


def open_conflicts(reader: Membership, *, now: datetime) -> list[tuple[Overlap, ExternalCalendar]]:
    """Return appointments in busy time of a calendar that nobody has decided to live with, earliest first."""
    calendars = {calendar.origin: calendar for calendar in calendars_for(reader)}
    found = [overlap for overlap in overlaps_with_calendars(now=now) if overlap.origin in calendars]
    kept = {
        (row.event_id, str(row.calendar_id), row.item_key, row.event_start_at, row.busy_start_at, row.busy_end_at)
        for row in KeptOverlap.objects.filter(event_id__in=[overlap.event_id for overlap in found])
    }
    return [(overlap, calendars[overlap.origin]) for overlap in found if _identity(overlap) not in kept]


def _identity(overlap: Overlap) -> tuple[UUID, str, str, datetime, datetime, datetime]:
    return (
        overlap.event_id,
        overlap.origin,
        overlap.external_id,
        overlap.booked.start_at,
        overlap.busy.start_at,
        overlap.busy.end_at,
    )
