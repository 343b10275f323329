"""The demo as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Name and label."""

    name = "demo"
    verbose_name = "Demo data"
