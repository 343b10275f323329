"""What the kernel offers, and the keys of apps that are still to come."""

from core.registry import Feature, Manifest, NavItem, Periodic, Quota, Topic

MANIFEST = Manifest(
    label="core",
    name="Account",
    summary="Businesses, people, plans, tokens.",
    layer="kernel",
    tables="public",
    routes="core.urls",
    platform_routes="core.platform_urls",
    features=(
        Feature("can_api_access", "API Access", "Named, long-lived API tokens for your own programs."),
        Feature("advanced_reporting", "Advanced Reporting", "Saved reports, sent by e-mail on a schedule."),
        Feature("can_use_webhooks", "Webhooks", "Tell other systems what happened, as it happens."),
        Feature("can_create_plugins", "Plugin Creation", "Add your own plug-ins to your business."),
        Feature("can_use_sms_reminders", "SMS Reminders", "Text messages before an appointment."),
        Feature("can_use_masked_phone_numbers", "Masked Calling", "Calls that keep private numbers private."),
        Feature("can_use_custom_domain", "Custom Domains", "Your own address instead of ours."),
        Feature("can_white_label", "White Labeling", "Your brand in place of ours."),
    ),
    quotas=(
        Quota("max_users", "Users", "People who can sign in.", used="core.people:count_active_members"),
        Quota("max_email_templates", "E-mail templates", "Your own texts for e-mails."),
        Quota("max_automated_tasks", "Automated tasks", "Tasks that run by themselves."),
    ),
    topics=(
        Topic("tenant.created", "A business was created; told inside its schema."),
        Topic("entitlement.refused", "A business met a limit of its plan; told inside its schema."),
        Topic("housekeeping.due", "Time to delete what has expired; told inside each schema."),
        Topic("work.sweep_due", "Time to queue unfinished work that nobody has; told inside each schema."),
    ),
    periodic=(
        Periodic("core.sweep", run="core.sweep:sweep", every_seconds=30),
        Periodic("core.housekeeping", run="core.housekeeping:tidy_up", every_seconds=3600),
    ),
    nav=(
        NavItem("/settings/plan", "Plan & usage", section="settings"),
        NavItem("/settings/team", "Team", section="settings", least_role="manager"),
        NavItem("/settings/api-tokens", "API tokens", section="settings"),
    ),
)
