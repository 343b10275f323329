"""The app's entry in Django."""

from django.apps import AppConfig


class CalendarSyncConfig(AppConfig):
    """Subscribes to what happens to appointments, and checks what providers are reached with."""

    name = "calendar_sync"
    verbose_name = "Calendar sync"

    def ready(self) -> None:
        """Import the receivers so that they subscribe, and the checks so that they run."""
        from calendar_sync import checks, receivers  # noqa: F401
