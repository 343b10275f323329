"""What of a server is alive right now.

Whether anything is alive is asked of a lock, never guessed from a process number: postgres, its backends and
initdb hold the server lock from their first to their last moment. A server killed while its backends go on,
an initdb whose starter died, a process number given to somebody else: the lock tells the truth about each.
"""

import socket

from config.embedded_postgres.cluster import SOCKET_NAME, Cluster
from config.embedded_postgres.locks import FileLock

PID_LINE, STATUS_LINE = 0, 7  # of postmaster.pid: see src/include/utils/pidfile.h in PostgreSQL


def server_lock(cluster: Cluster) -> FileLock:
    """Open the lock every process of the server holds. Raises FileNotFoundError where DATA_DIR is gone."""
    return FileLock(cluster.home / "postgres.server.lock")


def is_ready(cluster: Cluster) -> bool:
    """Whether the server has finished starting and listens at its socket."""
    lines = _pid_file_lines(cluster)
    return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready" and socket_answers(cluster)


def socket_answers(cluster: Cluster) -> bool:
    """Whether any process listens at the socket; a file without a listener does not count."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(str(cluster.socket_path / SOCKET_NAME))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True


def postmaster_pid(cluster: Cluster) -> int | None:
    """The live process named by postmaster.pid, if it really is a postgres at work in this data folder."""
    import psutil  # comes with the wheel; settings import this package where the wheel may be absent

    lines = _pid_file_lines(cluster)
    if not lines:
        return None
    try:
        process = psutil.Process(int(lines[PID_LINE]))
        works_here = process.cwd() == str(cluster.data_path.resolve())
        return process.pid if works_here and process.name() == "postgres" else None
    except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError):
        return None  # ended, another account's, or the file is half-written: not a server of ours


def _pid_file_lines(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data_path / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
