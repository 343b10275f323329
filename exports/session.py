"""A database connection of an export's own: read-only, in the business's schema and time zone, without a time limit."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg2
from django.db import DEFAULT_DB_ALIAS, connections
from django_tenants.utils import get_public_schema_name
from psycopg2.extensions import connection as Connection  # noqa: N812  # psycopg2 spells its class in lower case

from core.models import Tenant
from exports.sql import Statement

APPLICATION_NAME = "smoothschedule export"
OVERLAP = timedelta(seconds=30)
"""How far a cursor stays behind the oldest open transaction.

A service takes the time before its transaction begins, may begin it anew after losing a race, and its clock is not the
database's. What changes within these seconds is delivered twice instead of never.
"""

_OLDEST_OPEN = """
    SELECT least(clock_timestamp(), min(xact_start))
    FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
      AND pid <> pg_backend_pid() AND application_name <> %s
"""


@dataclass
class Session:
    """The connection, in a transaction that is never committed, and the moment up to which it sees every change."""

    connection: Connection
    complete_until: datetime
    is_cancelled: bool = False

    def text_of(self, statement: Statement) -> str:
        """Return the statement with its parameters in place: COPY takes none."""
        with self.connection.cursor() as cursor:
            filled: bytes = cursor.mogrify(statement.sql, dict(statement.parameters))
        return filled.decode()

    def cancel(self) -> None:
        """Interrupt what the connection is doing, from another thread."""
        self.is_cancelled = True
        try:
            self.connection.cancel()
        except psycopg2.Error:
            return  # it is closed, or its server is gone

    def close(self) -> None:
        """Give the connection up."""
        self.connection.close()


def open_session(tenant: Tenant) -> Session:
    """Connect. Statements see one another's rows change: an export is a single one of them."""
    wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
    wrapper.connect()
    connection: Connection = wrapper.connection
    try:
        connection.set_session(readonly=True, autocommit=False)
        with connection.cursor() as cursor:
            for name, value in _settings(tenant).items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
            # Asked before the export's statement sees anything: what is committed in between is in both.
            cursor.execute(_OLDEST_OPEN, [APPLICATION_NAME])
            (oldest,) = cursor.fetchone() or (None,)
    except BaseException:
        connection.close()
        raise
    return Session(connection, oldest.astimezone(UTC) - OVERLAP)


def _settings(tenant: Tenant) -> dict[str, str]:
    return {
        "application_name": APPLICATION_NAME,
        "search_path": f'"{tenant.schema_name}", {get_public_schema_name()}',
        "TimeZone": tenant.timezone,
        "DateStyle": "ISO",
        "statement_timeout": "0",
        "idle_in_transaction_session_timeout": "0",
        "jit": "off",
    }
