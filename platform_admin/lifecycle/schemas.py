"""Schemas of PostgreSQL that belong to nobody yet, or are about to belong to nobody."""

from django.db import connection

from core.errors import Conflict
from core.migration_state import known_migrations

BUILDING = "being built: "


def quoted(schema: str) -> str:
    """Return the schema's name as it is written in SQL."""
    return '"' + schema.replace('"', '""') + '"'


def make_schema(schema: str, *, build: str) -> None:
    """Make the schema with a mark that it belongs to this build; one with that mark is left as it is.

    Raises Conflict (`schema_exists`) for one that is somebody else's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(quote_ident(%s)), 'pg_namespace')", [schema])
        (comment,) = cursor.fetchone()
        cursor.execute("SELECT to_regnamespace(quote_ident(%s)) IS NOT NULL", [schema])
        (exists,) = cursor.fetchone()
        if not exists:
            cursor.execute(f"CREATE SCHEMA {quoted(schema)}")
            cursor.execute(f"COMMENT ON SCHEMA {quoted(schema)} IS %s", [f"{BUILDING}{build}"])
        elif comment != f"{BUILDING}{build}":
            raise Conflict(f"There is a schema {schema} that was not made for this business.", code="schema_exists")


def take_mark_away(schema: str) -> None:
    """Let the schema be a business's like any other."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA {quoted(schema)} IS NULL")


def drop_unfinished(schema: str, *, build: str) -> bool:
    """Drop the schema if it bears the mark of this build; tell whether it did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(quote_ident(%s)), 'pg_namespace')", [schema])
        (comment,) = cursor.fetchone()
        if comment != f"{BUILDING}{build}":
            return False
        cursor.execute(f"DROP SCHEMA {quoted(schema)} CASCADE")
    return True


def migrations_applied(schema: str) -> tuple[int, int]:
    """Return how many migrations the schema has, and how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{quoted(schema)}.django_migrations"])
        (exists,) = cursor.fetchone()
        applied = 0
        if exists:
            cursor.execute(f"SELECT count(*) FROM {quoted(schema)}.django_migrations")  # noqa: S608  # quoted above
            (applied,) = cursor.fetchone()
    return int(applied), len(known_migrations())
