"""Deciding about appointments that lie in busy time of a connected calendar."""

from datetime import datetime
from uuid import UUID

from calendar_sync.models import KeptOverlap
from calendar_sync.selectors.connections import open_conflicts
from core.audit import record
from core.errors import Missing
from core.models import Membership, Tenant


def keep(*, tenant: Tenant, by: Membership, event_id: UUID, now: datetime) -> int:
    """Leave an appointment where it is, over everything it overlaps at present; return how many entries that are.

    Moved by either side, it is asked about again. Raises Missing where nothing overlaps.
    """
    overlaps = [overlap for overlap, _ in open_conflicts(by, now=now) if overlap.event_id == event_id]
    if not overlaps:
        raise Missing("This appointment overlaps nothing any more.")
    KeptOverlap.objects.bulk_create(
        [
            KeptOverlap(
                event_id=event_id,
                calendar_id=overlap.origin,
                item_key=overlap.external_id,
                event_start_at=overlap.booked.start_at,
                busy_start_at=overlap.busy.start_at,
                busy_end_at=overlap.busy.end_at,
                kept_by_id=by.user_id,
                kept_at=now,
            )
            for overlap in overlaps
        ],
        ignore_conflicts=True,
    )
    record("calendar_overlap_kept", tenant=tenant, actor=by.user, object_label=str(event_id))
    return len(overlaps)
