"""Processes the tests look at, and one of their own that holds a share in a server."""

import os
import pwd
import select
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg2

from config.embedded_postgres import Cluster

REPOSITORY = Path(__file__).parents[3]
HOLD = """
import sys
from pathlib import Path
from config.embedded_postgres import Cluster, running

with running(Cluster.at(Path(sys.argv[1])), database="app", durable=False):
    print("entered", flush=True)
    sys.stdin.read()
print("left", flush=True)
"""


class Holder:
    """Another Python process inside `running(…)`, until it is told to leave or is killed."""

    def __init__(
        self,
        data_dir: Path,
        *,
        script: str = HOLD,
        python: str = sys.executable,
        modules: Path = REPOSITORY,
        account: pwd.struct_passwd | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [python, "-W", "error", "-c", script, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=modules,
            env={**os.environ, "PYTHONPATH": str(modules), "PYTHONDONTWRITEBYTECODE": "1"},
            text=True,
            bufsize=1,
            process_group=0,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        with self.process:
            pass

    def says(self) -> str:
        """The next line it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def is_silent(self, *, seconds: float) -> bool:
        """Whether it prints nothing for a while."""
        assert self.process.stdout is not None
        return not select.select([self.process.stdout], [], [], seconds)[0]

    def ask_to_leave(self) -> None:
        """End its block; the answer "left" comes when it is out."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def leave(self) -> None:
        """End its block and see it end well."""
        self.ask_to_leave()
        assert self.says() == "left"
        assert self.process.wait(10) == 0

    def kill(self) -> None:
        """End it as the kernel's out-of-memory killer would."""
        self.process.kill()
        self.process.wait(10)


def rows(cluster: Cluster, statement: str, *, database: str = "app") -> list[tuple[object, ...]]:
    """What `statement` returns."""
    connection = psycopg2.connect(cluster.url, dbname=database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            found: list[tuple[object, ...]] = cursor.fetchall()
            return found
    finally:
        connection.close()


def postmaster(cluster: Cluster) -> psutil.Process:
    """The server that runs now."""
    return psutil.Process(int((cluster.data_path / "postmaster.pid").read_text().splitlines()[0]))


def backend(cluster: Cluster, kind: str) -> psutil.Process:
    """The server's process of that `backend_type`."""
    ((pid,),) = rows(cluster, f"SELECT pid FROM pg_stat_activity WHERE backend_type = '{kind}'")  # noqa: S608
    assert isinstance(pid, int)
    return psutil.Process(pid)


def is_alive(process: psutil.Process) -> bool:
    """Whether it still runs; one that ended and was not collected yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def servers_below(folder: Path) -> list[psutil.Process]:
    """The live processes of PostgreSQL that work below `folder`: the servers of a test, or what is left of them."""
    return [process for process in psutil.process_iter() if _serves_below(process, folder)]


def _serves_below(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()).is_relative_to(folder)
    except psutil.Error:
        return False
