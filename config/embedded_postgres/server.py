"""Start and stop the server of a data folder."""

import os
import signal

from config.embedded_postgres.cluster import SOCKET_NAME, Cluster
from config.embedded_postgres.errors import EmbeddedPostgresError, from_output
from config.embedded_postgres.folders import prepare_data_folder, prepare_socket_folder
from config.embedded_postgres.liveness import is_ready, postmaster_pid, server_lock, socket_answers
from config.embedded_postgres.locks import FileLock, wait_until
from config.embedded_postgres.programs import Programs

START_SECONDS = 60
STOP_SECONDS = 60
LOG_BYTES_KEPT = 10 * 2**20
CREATE_DATABASE = """
SELECT format('CREATE DATABASE %I TEMPLATE template0', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \\gexec
"""


def start(cluster: Cluster, programs: Programs, *, durable: bool) -> None:
    """Return once the server accepts connections, having started it if it was not running.

    Waits for what is left of a killed server to end. To be called by one process at a time. Raises
    EmbeddedPostgresError where the server cannot be started, OSError where DATA_DIR cannot be used.
    """
    with server_lock(cluster) as alive:
        if _runs_already(cluster, alive):
            return
        prepare_socket_folder(cluster, programs)
        prepare_data_folder(cluster, programs, keep_open=alive.descriptor)
        _refuse_strangers(cluster)
        _remove_stale_files(cluster)
        log_start = _spawn(cluster, programs, durable=durable, keep_open=alive.descriptor)
    _wait_until_ready(cluster, log_start=log_start)


def create_database(cluster: Cluster, programs: Programs, *, name: str) -> None:
    """Create the database `name` in the running server unless it is there. Raises EmbeddedPostgresError."""
    connection = (f"--host={cluster.host}", f"--port={cluster.port}", f"--username={cluster.user}")
    options = ("--no-psqlrc", "--no-password", "--quiet", "--set=ON_ERROR_STOP=1", f"--set=name={name}")
    psql = programs.run("psql", *connection, *options, "--dbname=postgres", text=CREATE_DATABASE)
    if psql.returncode != 0:
        summary = f"The database {name!r} could not be created. PostgreSQL said:"
        raise from_output(summary, psql.stdout, cluster=cluster)


def stop(cluster: Cluster) -> None:
    """Shut the server down as `pg_ctl stop -m fast` does; return once its last process is gone.

    Does nothing where nothing runs. Signals only a process seen to serve this very data folder, where pg_ctl
    would trust the number in postmaster.pid. Raises EmbeddedPostgresError if the server does not end.
    """
    try:
        alive = server_lock(cluster)
    except FileNotFoundError:
        return  # DATA_DIR was deleted under the server, which then ends by itself within a minute
    with alive:
        if not wait_until(lambda: alive.try_exclusive() or _shut_down(cluster), seconds=STOP_SECONDS):
            raise _failure(cluster, f"The embedded PostgreSQL did not stop within {STOP_SECONDS} s.")


def _shut_down(cluster: Cluster) -> bool:
    """Ask for a fast shutdown (asking again changes nothing), and say that the server is not gone yet."""
    pid = postmaster_pid(cluster)
    if pid is not None:
        try:
            os.kill(pid, signal.SIGINT)
        except ProcessLookupError:
            return False
    return False


def _runs_already(cluster: Cluster, alive: FileLock) -> bool:
    """Whether the server accepts connections. If not, nothing of it is alive, and `alive` is now locked."""
    settled = wait_until(lambda: alive.try_exclusive() or is_ready(cluster), seconds=START_SECONDS)
    if not settled:
        raise _failure(
            cluster,
            f"Processes of an earlier embedded PostgreSQL are still busy after {START_SECONDS} s. "
            f"`fuser -v '{alive.path}'` lists them: wait for them or end them, then try again. "
            f"(A server started under another TMPDIR counts: it does not listen at {cluster.socket_path}.)",
        )
    return not alive.is_exclusive


def _refuse_strangers(cluster: Cluster) -> None:
    """Raise EmbeddedPostgresError if a server we did not start uses the data folder or the socket."""
    pid = postmaster_pid(cluster)
    if pid is not None:
        raise EmbeddedPostgresError(
            f"A PostgreSQL server started by other means (process {pid}) uses {cluster.data_path}. "
            f"Stop it (kill -INT {pid}), then try again."
        )
    if socket_answers(cluster):
        raise EmbeddedPostgresError(
            f"Another server listens at {cluster.socket_path / SOCKET_NAME}. "
            f"Stop it, or set DATA_DIR to another folder."
        )


def _remove_stale_files(cluster: Cluster) -> None:
    """Remove what a killed server left: PostgreSQL heeds it if the old process number is in use again."""
    (cluster.data_path / "postmaster.pid").unlink(missing_ok=True)
    (cluster.socket_path / SOCKET_NAME).unlink(missing_ok=True)
    (cluster.socket_path / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _spawn(cluster: Cluster, programs: Programs, *, durable: bool, keep_open: int) -> int:
    """Start postgres in the background; return where in the log file its messages begin."""
    log = os.open(cluster.log_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        if os.fstat(log).st_size > LOG_BYTES_KEPT:
            os.ftruncate(log, 0)
        log_start = os.fstat(log).st_size
        settings = [f"-c{name}={setting}" for name, setting in _settings(cluster, durable=durable).items()]
        arguments = ("-D", str(cluster.data_path), *settings)
        programs.spawn("postgres", *arguments, output=log, keep_open=(keep_open,))
        return log_start
    finally:
        os.close(log)


def _settings(cluster: Cluster, *, durable: bool) -> dict[str, str]:
    """What the server is told on its command line, which outranks every file in the data folder."""
    quoted_socket_path = cluster.host.replace('"', '""')
    settings = {
        "listen_addresses": "",
        "port": cluster.port,
        "unix_socket_directories": f'"{quoted_socket_path}"',
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    if durable:
        return settings
    return settings | {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _wait_until_ready(cluster: Cluster, *, log_start: int) -> None:
    with server_lock(cluster) as alive:
        settled = wait_until(lambda: is_ready(cluster) or alive.try_exclusive(), seconds=START_SECONDS)
        if alive.is_exclusive:
            raise _failure(cluster, "The embedded PostgreSQL did not start.", log_start=log_start)
        if not settled:
            raise _failure(
                cluster,
                f"The embedded PostgreSQL was not ready within {START_SECONDS} s. "
                f"Try again: after a crash or on a slow disk it may need longer once.",
                log_start=log_start,
            )


def _failure(cluster: Cluster, summary: str, *, log_start: int = 0) -> EmbeddedPostgresError:
    try:
        log = cluster.log_path.read_bytes()[log_start:].decode(errors="replace")
    except FileNotFoundError:
        log = ""
    return from_output(f"{summary} Its log, {cluster.log_path}, ends:", log, cluster=cluster)
