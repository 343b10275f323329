"""The kernel as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the start-up checks."""

    name = "core"
    verbose_name = "Account"

    def ready(self) -> None:
        """Import the checks so that Django runs them."""
        from core import checks  # noqa: F401
