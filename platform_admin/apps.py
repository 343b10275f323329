"""The back office as a Django app."""

from django.apps import AppConfig


class PlatformAdminConfig(AppConfig):
    """Registers what listens."""

    name = "platform_admin"
    verbose_name = "Back office"

    def ready(self) -> None:
        """Listen to the topics the back office counts."""
        from platform_admin import receivers  # noqa: F401
