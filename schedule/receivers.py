"""What scheduling does when something happens elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.topics import subscribe
from schedule.idempotency import purge_idempotency_keys
from schedule.models import WorkingHours


@subscribe("tenant.created")
def open_for_business(_fact: Mapping[str, Any]) -> None:
    """Give a new business the usual opening hours: Monday to Friday, 09:00 to 17:00."""
    WorkingHours.objects.bulk_create(
        WorkingHours(weekday=weekday, opens_minute=9 * 60, closes_minute=17 * 60) for weekday in range(5)
    )


@subscribe("housekeeping.due")
def forget_old_requests(fact: Mapping[str, Any]) -> None:
    """Delete the idempotency keys whose time is over."""
    purge_idempotency_keys(now=datetime.fromisoformat(fact["at"]))
