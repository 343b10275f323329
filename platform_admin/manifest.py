"""What the back office offers: Django admin on the platform host."""

from core.registry import Manifest

MANIFEST = Manifest(
    label="platform_admin",
    name="Back office",
    summary="Plans and tenants, for the people who run the platform.",
    tables="public",
)
