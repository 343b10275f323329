"""What the platform is told about a business's exports."""

from datetime import UTC, datetime, timedelta

from core.models import Tenant
from exports.enums import JobState
from exports.models import ExportJob
from exports.selectors import count_failed_in_7_days

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_exports_that_failed_lately_are_counted(tenant: Tenant) -> None:
    for state, days in ((JobState.FAILED, 1), (JobState.FAILED, 6), (JobState.FAILED, 8), (JobState.SUCCEEDED, 1)):
        ExportJob.objects.create(
            asked={}, dataset="appointments", format="csv", state=state, finished_at=NOW - timedelta(days=days)
        )

    assert count_failed_in_7_days(tenant, NOW) == 2
