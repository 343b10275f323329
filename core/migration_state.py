"""Which migrations there are, and which of them each schema has."""

from collections.abc import Mapping
from functools import cache

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

SCHEMAS_AT_ONCE = 400
"""One statement locks a table and an index of each; more would ask for more locks than PostgreSQL has by default."""

_WITH_MIGRATIONS = """
    SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = 'django_migrations' AND c.relkind = 'r' ORDER BY 1
"""


@cache
def known_migrations() -> frozenset[str]:
    """Return every migration this version brings, as `app.name`. Each schema, the public one too, records them all."""
    loader = MigrationLoader(None)
    return frozenset(f"{app}.{name}" for app, name in loader.disk_migrations)


def migrations_behind() -> Mapping[str, tuple[str, ...]]:
    """Return what each schema with unapplied migrations lacks, by schema. Two statements for 400 schemas."""
    with connection.cursor() as cursor:
        cursor.execute(_WITH_MIGRATIONS)
        schemas = [name for (name,) in cursor.fetchall()]
        behind: dict[str, tuple[str, ...]] = {}
        for start in range(0, len(schemas), SCHEMAS_AT_ONCE):
            behind.update(_behind_of(cursor, schemas[start : start + SCHEMAS_AT_ONCE]))
    return behind


def _behind_of(cursor: CursorWrapper, schemas: list[str]) -> dict[str, tuple[str, ...]]:
    """Compare inside the database: what travels is what is missing, not what is there."""
    table = 'SELECT {number} AS schema, app, name FROM "{name}".django_migrations'
    tables = (table.format(number=number, name=name.replace('"', '""')) for number, name in enumerate(schemas))
    cursor.execute(
        f"""
        WITH known AS (SELECT unnest(%s::text[]) AS migration),
             applied AS ({" UNION ALL ".join(tables)}),
             found AS (SELECT schema, app || '.' || name AS migration FROM applied)
        SELECT s.schema, k.migration FROM generate_series(0, %s) AS s(schema) CROSS JOIN known k
        WHERE NOT EXISTS (SELECT FROM found f WHERE f.schema = s.schema AND f.migration = k.migration)
        ORDER BY 1, 2
        """,  # noqa: S608  # names of schemas, quoted
        [sorted(known_migrations()), len(schemas) - 1],
    )
    behind: dict[str, tuple[str, ...]] = {}
    for number, migration in cursor.fetchall():
        behind[schemas[number]] = (*behind.get(schemas[number], ()), migration)
    return behind
