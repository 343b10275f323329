"""Rows into a table by PostgreSQL's COPY: several times faster than INSERT, and `auto_now` leaves them alone."""

import csv
import json
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model

NULL = r"\N"

Row = Mapping[str, object]
"""Values by attribute of the model, foreign keys as `…_id`."""


def copy_into(model: type[Model], rows: Iterable[Row]) -> None:
    """Insert `rows` into the table of `model`. What a row does not name gets its field's default.

    A primary key that is a running number is left to the database. Values are text, numbers, booleans, aware datetimes,
    UUIDs, pairs of datetimes for half-open ranges, dicts for JSON, and None.
    Raises LookupError for an attribute the model does not have.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields if not isinstance(field, AutoField)}
    lines = StringIO()
    writer = csv.writer(lines)
    for row in rows:
        unknown = row.keys() - fields.keys()
        if unknown:
            raise LookupError(f"{model.__name__} has no attribute {', '.join(sorted(unknown))}")
        writer.writerow([_in_csv(row[name] if name in row else field.get_default()) for name, field in fields.items()])
    lines.seek(0)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or name) for name, field in fields.items())
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')"
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, lines)


def _in_csv(value: Any) -> Any:
    """Return the value as `csv` and PostgreSQL understand it."""
    if value is None:
        return NULL
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, tuple):
        lower, upper = value
        return f"[{lower.isoformat()},{upper.isoformat()})"
    return value
