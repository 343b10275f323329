"""How businesses stood when they were last counted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_signposts"),
        ("platform_admin", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TenantStanding",
            fields=[
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="core.tenant",
                    ),
                ),
                ("usage", models.JSONField(default=dict)),
                ("figures", models.JSONField(default=dict)),
                ("last_activity_at", models.DateTimeField(null=True)),
                ("counted_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["last_activity_at"], name="standing_by_activity")],
            },
        ),
    ]
