"""The plans that ship."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STARTER = ("can_accept_payments",)
PROFESSIONAL = (
    *STARTER,
    "advanced_analytics",
    "can_export_data",
    "can_use_calendar_sync",
    "can_use_webhooks",
    "can_use_sms_reminders",
    "can_api_access",
)
BUSINESS = (
    *PROFESSIONAL,
    "advanced_reporting",
    "can_use_custom_domain",
    "can_white_label",
    "can_use_masked_phone_numbers",
    "can_create_plugins",
)
QUOTAS = (
    "max_resources",
    "max_users",
    "max_services",
    "max_appointments",
    "max_email_templates",
    "max_automated_tasks",
)
UNLIMITED = (None,) * len(QUOTAS)

# code, name, price in cents a month, public, features, limits in the order of QUOTAS
PLANS = (
    ("free", "Free", 0, True, (), (3, 2, 5, 100, 1, 0)),
    ("starter", "Starter", 1900, True, STARTER, (5, 5, 20, 500, 5, 3)),
    ("professional", "Professional", 4900, True, PROFESSIONAL, (15, 20, 100, 5_000, 25, 20)),
    ("business", "Business", 9900, True, BUSINESS, (50, 100, 500, 50_000, 100, 100)),
    ("enterprise", "Enterprise", 0, False, BUSINESS, UNLIMITED),
)


def add_plans(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create each plan that is not there yet; one that an admin has edited stays as it is."""
    plan_model = apps.get_model("core", "SubscriptionPlan")
    for position, (code, name, price, public, features, limits) in enumerate(PLANS):
        plan_model.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "price_cents": price,
                "sort_order": position * 10,
                "is_public": public,
                "permissions": dict.fromkeys(features, True),
                "limits": dict(zip(QUOTAS, limits, strict=True)),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    # Going back leaves the plans: tenants may hold them.
    operations = [migrations.RunPython(add_plans, migrations.RunPython.noop)]
