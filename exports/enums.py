"""Words of the exports."""

from django.db.models import TextChoices


class JobState(TextChoices):
    """What has become of an export job."""

    QUEUED = "queued"
    """It waits for a worker, for the first time or again."""
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    """Its file can be downloaded."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Its file is gone."""


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
