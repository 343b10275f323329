"""What exports do when the kernel says it is time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.active import current_tenant
from core.topics import subscribe
from exports.services.jobs import forget_old_jobs
from exports.tasks import wake_jobs


@subscribe("work.sweep_due")
def take_up_unfinished_jobs(fact: Mapping[str, Any]) -> None:
    """Queue jobs that a killed worker left, or whose pause is over."""
    wake_jobs(datetime.fromisoformat(fact["at"]))


@subscribe("housekeeping.due")
def forget(fact: Mapping[str, Any]) -> None:
    """Remove files and jobs past their time."""
    forget_old_jobs(tenant=current_tenant(), now=datetime.fromisoformat(fact["at"]))
