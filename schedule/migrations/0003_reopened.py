from django.db import migrations, models


class Migration(migrations.Migration):
    """A new kind of history; the column stays as it is."""

    dependencies = [
        ("schedule", "0002_deleted_rows"),
    ]

    operations = [
        migrations.AlterField(
            model_name="eventhistory",
            name="kind",
            field=models.CharField(
                choices=[
                    ("created", "Created"),
                    ("confirmed", "Confirmed"),
                    ("rescheduled", "Rescheduled"),
                    ("edited", "Edited"),
                    ("cancelled", "Cancelled"),
                    ("completed", "Completed"),
                    ("no_show", "No Show"),
                    ("reopened", "Reopened"),
                ],
                max_length=16,
            ),
        ),
    ]
