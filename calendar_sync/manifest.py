"""What calendar sync offers."""

from core.registry import Feature, Figure, Manifest, NavItem, Topic

MANIFEST = Manifest(
    label="calendar_sync",
    name="Calendar sync",
    summary="Appointments in the calendars people use, and their busy time in the schedule.",
    tables="tenant",
    routes="calendar_sync.urls",
    platform_routes="calendar_sync.platform_urls",
    features=(Feature("can_use_calendar_sync", "Calendar Sync", "Two-way sync with the calendars your team uses."),),
    figures=(
        Figure(
            "failing_connections",
            "Calendar connections that fail",
            count="calendar_sync.selectors.connections:count_failing",
            is_trouble=True,
            page="/admin/calendar_sync/calendarconnection/",
        ),
    ),
    topics=(Topic("calendar.connection_failed", "A connected calendar needs a person."),),
    nav=(NavItem("/settings/calendar-sync", "Calendar sync", section="settings", feature="can_use_calendar_sync"),),
)
