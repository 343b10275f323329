"""Share one server between processes: the first to come starts it, the last to leave stops it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from config.embedded_postgres.accounts import programs_for
from config.embedded_postgres.cluster import Cluster
from config.embedded_postgres.errors import EmbeddedPostgresError, from_os_error
from config.embedded_postgres.locks import FileLock, wait_until
from config.embedded_postgres.server import create_database, start, stop

LOCK_SECONDS = 120


@contextmanager
def running(cluster: Cluster, *, database: str, durable: bool = True) -> Iterator[None]:
    """Hold a share in the server while the block runs.

    Starts the server if it is not running, creates `database` if absent, stops the server after the last
    holder left. A holder that is killed no longer counts; the server then goes on until another holder leaves
    last. A child forked inside the block counts as part of its parent and never stops the server.
    `durable=False` lets a test trade its data for speed (no fsync); a server already running stays as it is.

    Raises EmbeddedPostgresError where the server cannot be used; what the block raises passes unchanged.
    """
    if sys.platform == "win32":
        raise EmbeddedPostgresError(
            "The embedded PostgreSQL runs on Linux and macOS. On Windows use WSL, or set DATABASE_URL."
        )
    holder_pid = os.getpid()
    try:
        cluster.home.mkdir(parents=True, exist_ok=True)
        share = FileLock(cluster.home / "postgres.holders.lock")
    except OSError as error:
        raise from_os_error(error, cluster=cluster) from error
    try:
        _enter(cluster, share, database=database, durable=durable)
        yield
    finally:
        if os.getpid() == holder_pid:
            _leave(cluster, share)


def _enter(cluster: Cluster, share: FileLock, *, database: str, durable: bool) -> None:
    if not wait_until(share.try_shared, seconds=LOCK_SECONDS):
        raise _stuck(share, "stopping")
    try:
        with FileLock(cluster.home / "postgres.start.lock") as starting:
            if not wait_until(starting.try_exclusive, seconds=LOCK_SECONDS):
                raise _stuck(starting, "starting")
            programs = programs_for(cluster)
            start(cluster, programs, durable=durable)
            create_database(cluster, programs, name=database)
    except OSError as error:
        raise from_os_error(error, cluster=cluster) from error


def _leave(cluster: Cluster, share: FileLock) -> None:
    try:
        if share.try_exclusive():
            stop(cluster)
            with suppress(OSError):  # absent, or holding a file of somebody else's
                cluster.socket_path.rmdir()
    finally:
        share.release()


def _stuck(lock: FileLock, activity: str) -> EmbeddedPostgresError:
    return EmbeddedPostgresError(
        f"Another process has been {activity} the embedded PostgreSQL for more than {LOCK_SECONDS} s. "
        f"`fuser -v '{lock.path}'` names it: end it if it is stuck, then try again."
    )
