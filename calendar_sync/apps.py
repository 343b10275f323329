"""The app's entry in Django."""

from django.apps import AppConfig


class CalendarSyncConfig(AppConfig):
    """Subscribes to what happens to appointments."""

    name = "calendar_sync"
    verbose_name = "Calendar sync"

    def ready(self) -> None:
        """Import the receivers so that they subscribe."""
        from calendar_sync import receivers  # noqa: F401
