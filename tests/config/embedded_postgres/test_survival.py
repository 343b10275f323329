"""What a crash, a kill or an odd path leaves behind does not keep the next start from working."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg2
import pytest

from config.embedded_postgres import Cluster, EmbeddedPostgresError, running, server
from config.embedded_postgres.cluster import SOCKET_NAME
from config.embedded_postgres.locks import wait_until
from tests.config.embedded_postgres.processes import (
    Holder,
    backend,
    is_alive,
    postmaster,
    rows,
    servers_below,
)


@pytest.fixture
def bystander(cluster: Cluster) -> Iterator[psutil.Process]:
    """A process of the server's account that is no PostgreSQL: the one that got an old process number."""
    owner = cluster.data_path.stat().st_uid
    with subprocess.Popen(["/bin/sleep", "60"], user=owner if os.geteuid() == 0 else None) as process:
        yield psutil.Process(process.pid)
        process.kill()


def test_a_pid_file_of_a_dead_process_is_overcome(cluster: Cluster) -> None:
    with subprocess.Popen(["/bin/true"]) as ended:
        pass
    (cluster.data_path / "postmaster.pid").write_text(f"{ended.pid}\n{cluster.data_path}\n")

    with running(cluster, database="app", durable=False):
        assert rows(cluster, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("text", ["", "nonsense\n", "-1\n"])
def test_a_damaged_pid_file_is_overcome(cluster: Cluster, text: str) -> None:
    (cluster.data_path / "postmaster.pid").write_text(text)

    with running(cluster, database="app", durable=False):
        assert rows(cluster, "SELECT 1") == [(1,)]


def test_a_reused_process_number_is_neither_believed_nor_signalled(cluster: Cluster, bystander: psutil.Process) -> None:
    pid_file = f"{bystander.pid}\n{cluster.data_path}\n1\n5432\n{cluster.host}\n\n\nready\n"
    (cluster.data_path / "postmaster.pid").write_text(pid_file)
    cluster.socket_path.mkdir(mode=0o700)
    (cluster.socket_path / f"{SOCKET_NAME}.lock").write_text(pid_file)

    with running(cluster, database="app", durable=False):
        assert rows(cluster, "SELECT 1") == [(1,)]

    assert is_alive(bystander)


def test_a_stale_socket_file_is_overcome(cluster: Cluster) -> None:
    cluster.socket_path.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(cluster.socket_path / SOCKET_NAME))

    with running(cluster, database="app", durable=False):
        assert rows(cluster, "SELECT 1") == [(1,)]


def test_committed_rows_survive_a_killed_server(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        rows(cluster, "CREATE TABLE kept AS SELECT 7 AS number; COMMIT; SELECT 1")
        postmaster(cluster).kill()

    with running(cluster, database="app"):
        assert rows(cluster, "SELECT number FROM kept") == [(7,)]


def test_a_start_waits_for_the_backends_of_a_killed_server(cluster: Cluster, hold: Callable[[], Holder]) -> None:
    first = hold()
    assert first.says() == "entered"
    connection = psycopg2.connect(cluster.url, dbname="app")
    orphan = psutil.Process(connection.get_backend_pid())
    orphan.suspend()
    postmaster(cluster).kill()
    first.kill()

    second = hold()
    assert second.is_silent(seconds=0.5)
    assert is_alive(orphan)
    orphan.resume()
    connection.close()

    assert second.says() == "entered"
    assert not is_alive(orphan)
    second.leave()


def test_a_start_gives_up_on_backends_that_never_end(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    share = ExitStack()
    share.enter_context(running(cluster, database="app"))
    monkeypatch.setattr(server, "START_SECONDS", 0.2)
    monkeypatch.setattr(server, "STOP_SECONDS", 0.2)
    connection = psycopg2.connect(cluster.url, dbname="app")
    orphan = psutil.Process(connection.get_backend_pid())
    orphan.suspend()
    postmaster(cluster).kill()

    with pytest.raises(EmbeddedPostgresError, match=r"did not stop within 0\.2 s"):
        share.close()
    with pytest.raises(EmbeddedPostgresError, match="did not stop") as caught:
        share.enter_context(running(cluster, database="app"))

    assert "are still busy after 0.2 s" in str(caught.value.__context__)
    orphan.kill()
    connection.close()


def test_a_server_that_does_not_stop_is_reported(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "STOP_SECONDS", 0.2)
    share = ExitStack()
    share.enter_context(running(cluster, database="app"))
    checkpointer = backend(cluster, "checkpointer")
    checkpointer.suspend()

    with pytest.raises(EmbeddedPostgresError, match=r"did not stop within 0\.2 s"):
        share.close()

    checkpointer.resume()


def test_a_holder_whose_starter_was_killed_in_the_midst_waits_for_the_server(
    cluster: Cluster, hold: Callable[[], Holder]
) -> None:
    with running(cluster, database="app"):
        postmaster(cluster).kill()
    starter = hold()
    assert wait_until(lambda: bool(servers_below(cluster.data_path)), seconds=10)
    starter.kill()

    with running(cluster, database="app"):
        assert rows(cluster, "SELECT 1") == [(1,)]


def test_a_kill_during_initdb_leaves_nothing_half_made(empty_cluster: Cluster, hold: Callable[[], Holder]) -> None:
    def unfinished() -> list[Path]:
        return list(empty_cluster.home.glob("postgres-init-*/base"))

    killed = hold()
    assert wait_until(lambda: bool(unfinished()), seconds=10)
    killed.kill()
    assert not empty_cluster.data_path.exists()

    with running(empty_cluster, database="app", durable=False):
        assert rows(empty_cluster, "SELECT 1") == [(1,)]

    assert unfinished() == []


def test_a_killed_initdb_is_reported_and_the_next_one_succeeds(
    data_dir: Path, empty_cluster: Cluster, hold: Callable[[], Holder]
) -> None:
    script = """
import sys
from pathlib import Path
from config.embedded_postgres import Cluster, EmbeddedPostgresError, running

try:
    with running(Cluster.at(Path(sys.argv[1])), database="app"):
        pass
except EmbeddedPostgresError as error:
    print(error, flush=True)
"""

    def initdb() -> list[psutil.Process]:
        children = psutil.Process(holder.process.pid).children()
        return [child for child in children if child.name() == "initdb"]

    with Holder(data_dir, script=script) as holder:
        assert wait_until(lambda: bool(initdb()), seconds=10)
        initdb()[0].kill()
        assert holder.says().startswith("PostgreSQL could not create its data folder")

    with running(empty_cluster, database="app", durable=False):
        assert rows(empty_cluster, "SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    "name",
    ["two words", "it's", "a,b", 'quo"ted', "$(touch x) `touch y` \\", "größe", "-D", "l" * 120],
    ids=["space", "quote", "comma", "double quote", "shell", "not ASCII", "dash", "too long for a socket"],
)
def test_any_path_will_do(home: Path, name: str) -> None:
    cluster = Cluster.at(home / name)

    for _ in range(2):
        with running(cluster, database="app", durable=False):
            assert rows(cluster, "SELECT current_setting('data_directory')") == [(f"{home}/{name}/postgres",)]

    assert not cluster.socket_path.exists()


def test_a_data_dir_deleted_under_the_server_does_not_disturb_leaving(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        deleted = postmaster(cluster)
        shutil.rmtree(cluster.home)

    deleted.send_signal(signal.SIGQUIT)  # what it would do itself within a minute
    assert wait_until(lambda: not is_alive(deleted), seconds=10)
