"""The registry of this installation, as configured."""

from django.conf import settings

from core.registry import Registry


def registry() -> Registry:
    """Return the registry the settings were built with."""
    return settings.REGISTRY
