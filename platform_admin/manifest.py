"""What the back office offers: Django admin on the platform host."""

from core.registry import Manifest, Periodic

MANIFEST = Manifest(
    label="platform_admin",
    name="Back office",
    summary="Plans and tenants, for the people who run the platform.",
    tables="public",
    periodic=(
        Periodic("platform_admin.standings", run="platform_admin.services.standings:recount_all", every_seconds=3600),
        Periodic("platform_admin.lifecycle", run="platform_admin.lifecycle.tasks:wake_lifecycle", every_seconds=30),
        Periodic("platform_admin.archives", run="platform_admin.lifecycle.tasks:forget_archives", every_seconds=3600),
        Periodic("platform_admin.days", run="platform_admin.insight.counting:count_days", every_seconds=900),
    ),
)
