"""What must never be found in a business's schedule. Each function runs in the tenant's schema."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from core.installed import registry
from core.models import Tenant
from core.quotas import usage
from schedule.enums import BLOCKING_STATUSES
from schedule.selectors.conflicts import crowds


@dataclass(frozen=True)
class Finding:
    """One broken promise: `kind` is `overlap`, `participant` or `quota`, `subject` says where, `detail` what."""

    kind: str
    subject: str
    detail: str


MISFITS = """
SELECT participant.event_id::text, participant.resource_id, array_remove(ARRAY[
    CASE WHEN NOT participant.occupied @> tstzrange(event.start_at, event.end_at, '[)')
         THEN 'occupied does not hold the appointment' END,
    CASE WHEN participant.blocks <> (event.status = ANY(%(blocking)s))
         THEN 'blocks does not fit the status ' || event.status END,
    CASE WHEN participant.exclusive <> (resource.max_concurrent_events = 1)
          AND upper(participant.occupied) > coalesce(resource.capacity_changed_at, '-infinity')
         THEN 'exclusive does not fit the capacity ' || resource.max_concurrent_events END
], NULL) AS faults
FROM schedule_participant AS participant
JOIN schedule_event AS event ON event.id = participant.event_id
JOIN schedule_resource AS resource ON resource.id = participant.resource_id
"""


def findings(tenant: Tenant, *, now: datetime) -> list[Finding]:
    """Return every broken promise of the active tenant."""
    return [*overlaps(), *misfits(), *quota_overshoots(tenant, now=now)]


def overlaps() -> list[Finding]:
    """Return the stretches of time in which a resource serves more appointments than it has room for.

    What ended before a resource's capacity was last changed was booked under another one and is not judged.
    """
    return [
        Finding(
            "overlap",
            f"resource {crowd.resource_id}",
            f"{crowd.depth} appointments with room for {crowd.capacity} from {_utc(crowd.span.start_at)} "
            f"to {_utc(crowd.span.end_at)}: {', '.join(str(number) for number in crowd.event_ids)}",
        )
        for crowd in crowds()
    ]


def misfits() -> list[Finding]:
    """Return the participants whose time, `blocks` or `exclusive` does not fit their appointment and resource.

    Buffers may have changed since an appointment was booked: its time must lie within the occupied one, no more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({MISFITS}) AS judged WHERE cardinality(faults) > 0 ORDER BY 1, 2",  # noqa: S608
            {"blocking": [status.value for status in BLOCKING_STATUSES]},
        )
        rows = cursor.fetchall()
    return [
        Finding("participant", f"appointment {event_id}, resource {resource_id}", "; ".join(faults))
        for event_id, resource_id, faults in rows
    ]


def quota_overshoots(tenant: Tenant, *, now: datetime) -> list[Finding]:
    """Return the quotas of which more is used than the plan admits. After a downgrade that is nobody's fault."""
    standings = [usage(tenant, key, now=now) for key, quota in registry().quotas.items() if quota.used is not None]
    return [
        Finding("quota", standing.key, f"{standing.used} used, {standing.limit} admitted")
        for standing in standings
        if standing.state == "over"
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
