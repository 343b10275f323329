"""Audit entries as CSV, written while they are read."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from core.csv_cells import safe_cell
from core.models import AuditEntry

COLUMNS = (
    "at",
    "business",
    "person",
    "support",
    "action",
    "object",
    "before",
    "after",
    "ip_address",
    "request_id",
)
ROWS_AT_A_TIME = 2000


class _Line:
    """What a csv writer writes to: hands the line back."""

    def write(self, line: str) -> str:
        return line


def lines_of(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """Yield the entries as lines of CSV, newest first, after a line with the names of the columns.

    They are read in stretches by key, so that neither memory nor a database transaction grows with their number.
    """
    writer: Any = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    last: int | None = None
    while True:
        stretch = entries.order_by("-pk")
        if last is not None:
            stretch = stretch.filter(pk__lt=last)
        rows = list(stretch[:ROWS_AT_A_TIME])
        for row in rows:
            yield writer.writerow(_cells(row))
        if len(rows) < ROWS_AT_A_TIME:
            return
        last = rows[-1].pk


def _cells(entry: AuditEntry) -> list[str]:
    texts = (
        entry.tenant_label,
        entry.actor_label,
        entry.impersonator_label,
        entry.action,
        entry.object_label,
        json.dumps(entry.before, ensure_ascii=False) if entry.before else "",
        json.dumps(entry.after, ensure_ascii=False) if entry.after else "",
        entry.ip_address or "",
        entry.request_id,
    )
    return [entry.at.isoformat(), *(safe_cell(text) for text in texts)]
