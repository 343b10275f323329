"""Where in the dashboard people look after their calendars."""

from urllib.parse import urlencode

from calendar_sync.models import CalendarConnection

SCREEN = "/settings/calendar-sync"


def place_of(connection: CalendarConnection) -> str:
    """Return the path, within the business's dashboard, at which a connection is looked after."""
    return f"{SCREEN}?{urlencode({'connection': connection.pk})}"
