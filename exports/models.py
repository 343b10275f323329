"""Export jobs of one business; they live in its schema."""

from datetime import datetime

from django.db import models
from django.utils.timezone import now as current_time

from core.ids import uuid7
from core.models import Leased, LeasedQuerySet
from exports.enums import UNFINISHED, JobState


class ExportJob(Leased):
    """An export written to a file by a worker.

    `asked` is what `exports.requests.request_from_json` reads. `rows` counts what has been written in the present
    attempt, `rows_expected` what there was to write when it began. A file, `file_name`, exists from success until it
    expires; `sha256` is of the whole file.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asked = models.JSONField()
    dataset = models.CharField(max_length=32)
    format = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=JobState, default=JobState.QUEUED)
    requested_by = models.ForeignKey("core.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=current_time, editable=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    rows = models.PositiveBigIntegerField(default=0)
    rows_expected = models.PositiveBigIntegerField(null=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    cursor = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=80, blank=True)
    problem_code = models.CharField(max_length=40, blank=True)
    problem = models.TextField(blank=True)

    objects = LeasedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_job_state_known", condition=models.Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="export_job_unfinished_is_due",
                condition=models.Q(state__in=UNFINISHED, next_attempt_at__isnull=False)
                | (~models.Q(state__in=UNFINISHED) & models.Q(next_attempt_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} as {self.format} ({self.state})"

    @property
    def is_unfinished(self) -> bool:
        """Whether a worker has it or will."""
        return self.state in UNFINISHED

    @property
    def percent(self) -> int:
        """How much is written: 100 for a finished file and for nothing else."""
        if self.state in {JobState.SUCCEEDED, JobState.EXPIRED}:
            return 100
        return min(99, self.rows * 100 // self.rows_expected) if self.rows_expected else 0

    def has_file(self, now: datetime) -> bool:
        """Tell whether the file can be downloaded at `now`."""
        return self.state == JobState.SUCCEEDED and self.expires_at is not None and now < self.expires_at
