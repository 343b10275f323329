"""The back office as a Django app."""

from django.apps import AppConfig


class PlatformAdminConfig(AppConfig):
    """Name and label."""

    name = "platform_admin"
    verbose_name = "Back office"
