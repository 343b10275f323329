"""The two folders of a server, checked before every start: its data and its socket."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

from config.embedded_postgres.accounts import account_name
from config.embedded_postgres.cluster import USER, Cluster
from config.embedded_postgres.errors import EmbeddedPostgresError, from_output
from config.embedded_postgres.programs import MAJOR_VERSION, Programs

PRIVATE = 0o700
UNFINISHED_PREFIX = "postgres-init-"


def prepare_socket_folder(cluster: Cluster, programs: Programs) -> None:
    """Make the socket folder, private to the server's account. EmbeddedPostgresError if it is another's."""
    cluster.socket_path.mkdir(mode=PRIVATE, exist_ok=True)
    _make_private(cluster.socket_path, programs)


def prepare_data_folder(cluster: Cluster, programs: Programs, *, keep_open: int) -> None:
    """Make sure a complete data folder of our version and owner exists; initialise it where it is absent.

    Removes what interrupted initialisations left. `keep_open` stays open in initdb, so that a lock on it
    outlives this process as long as initdb writes. Raises EmbeddedPostgresError for an unusable folder.
    """
    for unfinished in cluster.home.glob(f"{UNFINISHED_PREFIX}*"):
        shutil.rmtree(unfinished)
    if not _is_filled(cluster.data_path):
        _initialise(cluster, programs, keep_open=keep_open)
        return
    _make_private(cluster.data_path.resolve(), programs)
    _require_our_version(cluster)


def _is_filled(data_path: Path) -> bool:
    try:
        return any(data_path.iterdir())
    except FileNotFoundError:
        return False
    except PermissionError:
        return True  # the owner is told apart, and named, by _make_private


def _require_our_version(cluster: Cluster) -> None:
    try:
        version = (cluster.data_path / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise EmbeddedPostgresError(
            f"{cluster.data_path} holds files, but no PostgreSQL data. "
            f"Move them away, or set DATA_DIR to another folder."
        ) from None
    if version != MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"{cluster.data_path} was made by PostgreSQL {version}; this is PostgreSQL {MAJOR_VERSION}. "
            f"Move the folder away to begin with an empty database, or dump it with PostgreSQL {version} "
            f"(pg_dumpall) and load the dump afterwards."
        )


def _initialise(cluster: Cluster, programs: Programs, *, keep_open: int) -> None:
    """Build the data folder aside and rename it, so that a kill at any moment leaves nothing half-made."""
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED_PREFIX, dir=cluster.home))
    try:
        _make_private(unfinished, programs)
        initdb = programs.run("initdb", *_initdb_arguments(unfinished), keep_open=(keep_open,))
        if initdb.returncode != 0:
            raise from_output(
                f"PostgreSQL could not create its data folder {cluster.data_path}. initdb said:",
                initdb.stdout,
                cluster=cluster,
            )
        unfinished.rename(cluster.data_path)
    finally:
        # Renamed away after a success. What cannot be removed after a failure, the next start removes.
        shutil.rmtree(unfinished, ignore_errors=True)


def _initdb_arguments(folder: Path) -> list[str]:
    """Text sorts by code point, the same on every machine; upper() and lower() know all of Unicode.

    `trust` asks nobody for a password. That is sound only because the socket folder is 0700 and nothing
    listens on TCP: whoever can connect could as well read the data files.
    """
    return [
        "--pgdata",
        str(folder),
        f"--username={USER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
    ]


def _make_private(folder: Path, programs: Programs) -> None:
    """Close `folder` to all but the server's account. Raises EmbeddedPostgresError if it is another's."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise EmbeddedPostgresError(f"{folder} is in the way: a folder is needed there. Move it away.")
    if programs.as_root and found.st_uid == 0:
        _hand_over(folder, programs)
    elif found.st_uid != programs.uid:
        owner = account_name(found.st_uid)
        raise EmbeddedPostgresError(
            f"{folder} belongs to {owner}, but PostgreSQL runs as {account_name(programs.uid)}. Run as "
            f"{owner}, or hand the folder over (chown -R), or remove it, or set DATA_DIR to another folder."
        )
    if stat.S_IMODE(found.st_mode) != PRIVATE:
        folder.chmod(PRIVATE)


def _hand_over(folder: Path, programs: Programs) -> None:
    """Give a folder of root's to the server's account, its top last, so that a second try resumes a first."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            os.chown(Path(parent, name), programs.uid, programs.gid, follow_symlinks=False)
        os.chown(parent, programs.uid, programs.gid, follow_symlinks=False)
