"""Routes of calendar sync below `/api/` on a business's address."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from calendar_sync.views.calendars import BusyView, CalendarViewSet, ConflictsView, KeepConflictView, LinkViewSet
from calendar_sync.views.connections import ConnectionViewSet, ProvidersView
from calendar_sync.views.consent import ConsentFinishView, ConsentStartView
from calendar_sync.views.feeds import FeedFileView, FeedViewSet

router = SimpleRouter()
router.register("connections", ConnectionViewSet, basename="calendar-connection")
router.register("calendars", CalendarViewSet, basename="external-calendar")
router.register("feeds", FeedViewSet, basename="calendar-feed")
router.register("event-links", LinkViewSet, basename="event-link")

urlpatterns = [
    path(
        "calendar-sync/",
        include(
            [
                path("providers/", ProvidersView.as_view(), name="calendar-providers"),
                path("busy/", BusyView.as_view(), name="calendar-busy"),
                path("conflicts/", ConflictsView.as_view(), name="calendar-conflicts"),
                path("conflicts/keep/", KeepConflictView.as_view(), name="calendar-conflict-keep"),
                re_path(r"^feeds/(?P<secret>[\w-]{20,64})\.ics$", FeedFileView.as_view(), name="calendar-feed-file"),
                path("connections/oauth/start/", ConsentStartView.as_view(), name="calendar-consent-start"),
                re_path(
                    r"^oauth/(?P<provider>google|microsoft)/finish/$",
                    ConsentFinishView.as_view(),
                    name="calendar-consent-finish",
                ),
                *router.urls,
            ]
        ),
    ),
]
