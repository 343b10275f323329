"""What exports offer."""

from core.registry import Feature, Figure, Manifest, NavItem, Periodic

MANIFEST = Manifest(
    label="exports",
    name="Data export",
    summary="Every row of the business, in open formats.",
    tables="tenant",
    routes="exports.urls",
    features=(Feature("can_export_data", "Data Export", "Every row of your business as CSV or JSON."),),
    figures=(
        Figure(
            "failed_exports_7_days",
            "Exports that failed in 7 days",
            count="exports.selectors:count_failed_in_7_days",
            is_trouble=True,
        ),
    ),
    periodic=(
        Periodic("exports.forget_former_businesses", run="exports.tasks:forget_former_businesses", every_seconds=3600),
    ),
    nav=(
        NavItem(
            "/settings/data-export",
            "Data export",
            section="settings",
            feature="can_export_data",
            least_role="manager",
        ),
    ),
)
