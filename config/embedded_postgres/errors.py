"""Failures of the embedded server, worded for the person at the terminal: what happened, what to do."""

import errno
import os
import shutil

from config.embedded_postgres.cluster import Cluster

LOG_LINES_SHOWN = 10


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be used. The message says what happened and what to do about it."""


def from_output(summary: str, output: str, *, cluster: Cluster) -> EmbeddedPostgresError:
    """Explain a PostgreSQL program that failed: `summary`, then the last lines of its output or log.

    A full disk is recognised and said first, whatever the program made of it.
    """
    if _tells_of_a_full_disk(output):
        summary = _disk_full(cluster)
    last_lines = [line for line in output.splitlines() if line.strip()][-LOG_LINES_SHOWN:]
    return EmbeddedPostgresError("\n    ".join([summary, *last_lines]))


def from_os_error(error: OSError, *, cluster: Cluster) -> EmbeddedPostgresError:
    """Explain a file below DATA_DIR (or the socket folder) that could not be used."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EmbeddedPostgresError(_disk_full(cluster))
    subject = error.filename or cluster.home
    return EmbeddedPostgresError(
        f"The embedded PostgreSQL cannot use {subject}: {error.strerror or error}. "
        f"Make it writable for this account, or set DATA_DIR to a folder that is, or set DATABASE_URL."
    )


def _disk_full(cluster: Cluster) -> str:
    existing = next(folder for folder in (cluster.home, *cluster.home.parents) if folder.exists())
    free_megabytes = shutil.disk_usage(existing).free // 2**20
    return (
        f"The disk of {cluster.home} is full ({free_megabytes} MB left, or your quota is used up). "
        f"Free 200 MB or more, or set DATA_DIR to a folder on another disk."
    )


def _tells_of_a_full_disk(output: str) -> bool:
    """Whether a line tells of a full disk. A full /dev/shm says the same words about "shared memory"."""
    words = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT))
    return any(word in line and "shared memory" not in line for line in output.splitlines() for word in words)
