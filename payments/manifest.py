"""What payments offer."""

from core.registry import Feature, Manifest, NavItem, Topic

MANIFEST = Manifest(
    label="payments",
    name="Payments",
    summary="The money of appointments, recorded by hand.",
    layer="domain",
    tables="tenant",
    routes="payments.urls",
    features=(Feature("can_accept_payments", "Payment Processing", "Record payments and refunds."),),
    topics=(
        Topic("payment.recorded", "A payment was recorded."),
        Topic("payment.refunded", "A payment was refunded, in part or whole."),
    ),
    nav=(NavItem("/payments", "Payments", feature="can_accept_payments", least_role="staff"),),
)
