"""What analytics offers."""

from core.registry import Feature, Manifest, NavItem

MANIFEST = Manifest(
    label="analytics",
    name="Analytics",
    summary="Appointments and revenue over time.",
    routes="analytics.urls",
    features=(Feature("advanced_analytics", "Advanced Analytics", "Bookings, no-shows and revenue over time."),),
    nav=(NavItem("/analytics", "Analytics", feature="advanced_analytics", least_role="manager"),),
)
