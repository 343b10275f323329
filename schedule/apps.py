"""The scheduling domain as a Django app."""

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    """Subscribes to what happens elsewhere."""

    name = "schedule"
    verbose_name = "Scheduling"

    def ready(self) -> None:
        """Import the receivers so that they subscribe."""
        from schedule import receivers  # noqa: F401
