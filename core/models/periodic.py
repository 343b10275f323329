"""Recurring work and when it is due."""

from django.db import models


class PeriodicRun(models.Model):
    """The next slot of one piece of recurring work (`Manifest.periodic`), and how the last run went."""

    name = models.CharField(max_length=64, unique=True)
    next_at = models.DateTimeField()
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
