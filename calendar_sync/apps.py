"""The app's entry in Django."""

from django.apps import AppConfig


class CalendarSyncConfig(AppConfig):
    """Calendar sync."""

    name = "calendar_sync"
    verbose_name = "Calendar sync"
