"""Routes of calendar sync below `/api/` on a business's address."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from calendar_sync.views.calendars import CalendarViewSet, ConflictsView, KeepConflictView, LinkViewSet
from calendar_sync.views.connections import ConnectionViewSet, ProvidersView

router = SimpleRouter()
router.register("connections", ConnectionViewSet, basename="calendar-connection")
router.register("calendars", CalendarViewSet, basename="external-calendar")
router.register("event-links", LinkViewSet, basename="event-link")

urlpatterns = [
    path(
        "calendar-sync/",
        include(
            [
                path("providers/", ProvidersView.as_view(), name="calendar-providers"),
                path("conflicts/", ConflictsView.as_view(), name="calendar-conflicts"),
                path("conflicts/keep/", KeepConflictView.as_view(), name="calendar-conflict-keep"),
                *router.urls,
            ]
        ),
    ),
]
