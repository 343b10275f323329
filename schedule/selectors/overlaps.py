"""Open appointments in time that a connected calendar reports as busy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from schedule.enums import OPEN_STATUSES
from schedule.selectors.conflicts import Span


@dataclass(frozen=True, slots=True)
class Overlap:
    """An appointment that a resource has, in a time in which calendar `origin` has the entry `external_id`."""

    event_id: UUID
    resource_id: int
    resource_name: str
    service_name: str
    customer_name: str
    origin: str
    external_id: str
    booked: Span
    busy: Span


OVERLAPS = """
SELECT event.id, participant.resource_id, resource.name, service.name, customer.name, off.origin, off.external_id,
       event.start_at, event.end_at, off.start_at, off.end_at
FROM schedule_timeoff AS off
JOIN schedule_participant AS participant
  ON (off.resource_id IS NULL OR participant.resource_id = off.resource_id) AND participant.blocks
 AND participant.occupied && tstzrange(off.start_at, off.end_at, '[)')
JOIN schedule_event AS event ON event.id = participant.event_id
JOIN schedule_resource AS resource ON resource.id = participant.resource_id
JOIN schedule_service AS service ON service.id = event.service_id
JOIN schedule_customer AS customer ON customer.id = event.customer_id
WHERE off.origin <> '' AND off.end_at > %(now)s AND event.end_at > %(now)s
  AND event.status = ANY(%(open)s)
  AND event.start_at < off.end_at AND event.end_at > off.start_at
  AND (%(origin)s IS NULL OR off.origin = %(origin)s)
ORDER BY event.start_at, event.id, off.start_at
LIMIT %(most)s
"""
MOST_OVERLAPS = 500


def overlaps_with_calendars(*, now: datetime, origin: str | None = None) -> list[Overlap]:
    """Return open appointments not yet over that overlap busy time of a calendar (or of `origin`), earliest first.

    Buffers do not count: an outside event may touch them. 500 at most. One query.
    """
    parameters: dict[str, Any] = {
        "now": now,
        "open": [str(status) for status in OPEN_STATUSES],
        "origin": origin,
        "most": MOST_OVERLAPS,
    }
    with connection.cursor() as cursor:
        cursor.execute(OVERLAPS, parameters)
        return [
            Overlap(
                event_id=row[0],
                resource_id=row[1],
                resource_name=row[2],
                service_name=row[3],
                customer_name=row[4],
                origin=row[5],
                external_id=row[6],
                booked=Span(row[7], row[8]),
                busy=Span(row[9], row[10]),
            )
            for row in cursor.fetchall()
        ]
