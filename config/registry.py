"""The list: which apps this installation consists of. Adding a feature adds one line here."""

from core.registry import Registry

APPS = (
    "schedule",
    "payments",
    "analytics",
    "exports",
    "calendar_sync",
    "platform_admin",
    "demo",
)

REGISTRY = Registry.load(("core", *APPS))
