import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_background_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="accent_color",
            field=models.CharField(
                blank=True,
                help_text=(
                    "The one color of the business's own in the dashboard, such as #2f6f4f. Empty: the platform's."
                ),
                max_length=7,
                null=True,
                validators=[django.core.validators.RegexValidator("^#[0-9a-fA-F]{6}$", "Use a color such as #2f6f4f.")],
            ),
        ),
        migrations.AddConstraint(
            model_name="tenant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accent_color__isnull", True), ("accent_color__regex", "^#[0-9a-fA-F]{6}$"), _connector="OR"
                ),
                name="tenant_accent_color_is_hexadecimal",
            ),
        ),
    ]
