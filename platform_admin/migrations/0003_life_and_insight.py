"""Businesses being built and deleted, and what is counted day by day."""

import core.ids
import core.time_zones
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_append_only_audit_log"),
        ("platform_admin", "0002_tenant_standings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DayOfBusiness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("bookings", models.PositiveIntegerField(default=0)),
                (
                    "tenant",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.tenant"),
                ),
            ],
            options={
                "permissions": [
                    ("view_insight", "Can see how the platform fares"),
                    ("view_health", "Can see the health of the installation"),
                ],
                "default_permissions": (),
                "indexes": [models.Index(fields=["day"], name="day_of_business_by_day")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "day"), name="day_of_business_once")],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField(default=1)),
                (
                    "tenant",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.tenant"),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["day"], name="refusal_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "key", "code", "day"), name="refusal_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="refusal_happened"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenantBuild",
            fields=[
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("woken_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("id", models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.TextField(blank=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=100)),
                ("subdomain", models.CharField(help_text="Lower-case letters, digits and hyphens.", max_length=48)),
                (
                    "timezone",
                    models.CharField(
                        default="UTC",
                        max_length=64,
                        validators=[core.time_zones.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="USD",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{3}$", "Use an ISO 4217 code such as EUR.")
                        ],
                    ),
                ),
                ("owner_email", models.EmailField(max_length=254, verbose_name="owner's e-mail address")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "being built"), ("done", "built"), ("discarded", "discarded")],
                        default="open",
                        max_length=16,
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("waiting", "Wait for a worker"),
                            ("schema", "Make its schema"),
                            ("tables", "Make its tables"),
                            ("business", "Add address, opening hours and owner"),
                            ("ready", "Ready"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.subscriptionplan"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "new business",
                "verbose_name_plural": "new businesses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "discarded"])),
                        name="tenant_build_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("subdomain",), name="tenant_build_open_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenantDeletion",
            fields=[
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("woken_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("id", models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.TextField(blank=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("tenant_number", models.BigIntegerField()),
                ("schema_name", models.CharField(max_length=63)),
                ("name", models.CharField(max_length=100)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("due_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("leaving", "being deleted"),
                            ("done", "deleted"),
                            ("undone", "undone"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("waiting", "Wait for a worker"),
                            ("archive", "Write an archive of everything"),
                            ("grace", "Wait, so that it can be undone"),
                            ("access", "Revoke tokens, close memberships, empty the queue"),
                            ("last_archive", "Write the last archive"),
                            ("removal", "Drop the schema and remove what belongs to it"),
                            ("gone", "Gone"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("wants_archive", models.BooleanField(default=True)),
                ("closes_accounts", models.BooleanField(default=True)),
                ("suspended_here", models.BooleanField(default=False, help_text="It was not suspended before.")),
                ("members", models.JSONField(default=list)),
                ("archive_name", models.CharField(blank=True, max_length=120)),
                ("archive_bytes", models.PositiveBigIntegerField(default=0)),
                ("archive_sha256", models.CharField(blank=True, max_length=64)),
                ("archive_rows", models.PositiveBigIntegerField(default=0)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("accounts_closed", models.PositiveIntegerField(default=0)),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "deletion of a business",
                "verbose_name_plural": "deletions of businesses",
                "permissions": [("download_archive", "Can download archives of businesses that leave")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "leaving", "done", "undone"])),
                        name="tenant_deletion_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "leaving"))),
                        fields=("tenant",),
                        name="tenant_deletion_open_once",
                    ),
                ],
            },
        ),
    ]
