"""Being the only one at a piece of work, however long it takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def alone(work: str) -> Iterator[bool]:
    """Yield whether nobody else is inside such a block for the same `work`, in any process.

    A lease runs out under work that takes minutes in one statement. This is an advisory lock on a connection of its
    own, which PostgreSQL gives back with the process, however that ends.
    """
    wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
    wrapper.connect()
    try:
        with wrapper.connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [work])
            (is_alone,) = cursor.fetchone()
            try:
                yield bool(is_alone)
            finally:
                # The server notices a closed connection a little later; the next one may be there by then.
                cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        wrapper.close()
