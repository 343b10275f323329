"""The analytics as a Django app."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """Name and label."""

    name = "analytics"
    verbose_name = "Analytics"
