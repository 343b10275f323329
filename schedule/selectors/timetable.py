"""What the statements of `availability_sql` need to know about resources and their clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from core.models import Tenant
from schedule.selectors.zone_spans import FURTHEST_OFFSET, zone_spans


@dataclass(frozen=True)
class Chosen:
    """A resource to look at: the zone its hours are in, how many it serves at once, which requirement it meets."""

    id: int
    zone: str
    capacity: int = 1
    requirement: int = 0


def zone_of(timezone: str, tenant: Tenant) -> str:
    """Return the zone of a resource whose own time zone is `timezone`, which may be empty."""
    return timezone or tenant.timezone


def calendar_parameters(chosen: Sequence[Chosen], *, look_from_at: datetime, look_to_at: datetime) -> dict[str, Any]:
    """Return the parameters of `CALENDAR` for everything that may matter within [look_from_at, look_to_at)."""
    first_date, last_date = (look_from_at - FURTHEST_OFFSET).date(), (look_to_at + FURTHEST_OFFSET).date()
    # All of the first date: a grid is counted from its opening, whatever the clock did since.
    zones_from_at = datetime.combine(first_date, time.min, UTC) - FURTHEST_OFFSET
    spans = [
        (zone, span)
        for zone in sorted({resource.zone for resource in chosen})
        for span in zone_spans(ZoneInfo(zone), zones_from_at, look_to_at + 2 * FURTHEST_OFFSET)
    ]
    return {
        "ids": [resource.id for resource in chosen],
        "zones": [resource.zone for resource in chosen],
        "capacities": [resource.capacity for resource in chosen],
        "requirements": [resource.requirement for resource in chosen],
        "span_zones": [zone for zone, _ in spans],
        "span_offsets": [span.utc_offset for _, span in spans],
        "span_starts": [span.start_at for _, span in spans],
        "span_ends": [span.end_at for _, span in spans],
        "first_date": first_date,
        "last_date": last_date,
        "look_from_at": look_from_at,
        "look_to_at": look_to_at,
    }
