"""Which schema the connection reads and writes."""

from typing import Any, cast

from django.db import connection


def schema_set() -> str:
    """Return the schema django-tenants believes to be active."""
    return str(cast("Any", connection).schema_name)


def schema_now() -> str:
    """Return the schema PostgreSQL itself looks into first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])
