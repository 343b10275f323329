"""Connected calendars of one business; they live in its schema.

The busy time they report lives in `schedule` (`TimeOff` with the calendar's id as `origin`), where booking sees it.
"""

from calendar_sync.models.connection import CalendarConnection, SyncRun
from calendar_sync.models.external import ExternalCalendar, RemoteItem
from calendar_sync.models.farewell import Farewell
from calendar_sync.models.feed import Feed
from calendar_sync.models.link import EventLink, KeptOverlap
from calendar_sync.models.notice import Notice

__all__ = [
    "CalendarConnection",
    "EventLink",
    "ExternalCalendar",
    "Farewell",
    "Feed",
    "KeptOverlap",
    "Notice",
    "RemoteItem",
    "SyncRun",
]
