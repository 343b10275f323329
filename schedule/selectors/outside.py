"""Time that connected calendars take, without what it is taken for."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from schedule.selectors.conflicts import Span


@dataclass(frozen=True, slots=True)
class OutsideBusy:
    """A stretch in which calendar `origin` keeps a resource busy, or everybody where that is None."""

    resource_id: int | None
    origin: str
    span: Span


MERGED = """
SELECT resource_id, origin, lower(stretch), upper(stretch)
FROM (
  SELECT resource_id, origin, unnest(range_agg(tstzrange(start_at, end_at, '[)'))) AS stretch
  FROM schedule_timeoff
  WHERE origin <> '' AND start_at < %(until)s AND end_at > %(since)s
    AND (%(resource)s IS NULL OR resource_id = %(resource)s OR resource_id IS NULL)
  GROUP BY resource_id, origin
) AS merged
ORDER BY lower(stretch), resource_id NULLS FIRST, origin
"""


def outside_busy(*, span: Span, resource_id: int | None = None) -> list[OutsideBusy]:
    """Return the stretches that share a moment with `span`, whole, those that touch made one; earliest first.

    With a resource: what keeps it busy, the business's own calendars included. One query.
    """
    parameters: dict[str, Any] = {"since": span.start_at, "until": span.end_at, "resource": resource_id}
    with connection.cursor() as cursor:
        cursor.execute(MERGED, parameters)
        return [OutsideBusy(row[0], row[1], Span(row[2], row[3])) for row in cursor.fetchall()]
