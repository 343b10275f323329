"""The exports as a Django app."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Subscribes to what the kernel says it is time for."""

    name = "exports"
    verbose_name = "Data export"

    def ready(self) -> None:
        """Import the receivers so that they subscribe."""
        from exports import receivers  # noqa: F401
