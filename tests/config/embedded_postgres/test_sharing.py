"""The first holder starts the server, the last one stops it, whatever happens in between."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.embedded_postgres import Cluster, EmbeddedPostgresError, running, sharing
from config.embedded_postgres import server as embedded_server
from config.embedded_postgres.locks import FileLock
from tests.config.embedded_postgres.processes import Holder, backend, is_alive, postmaster, rows


def test_a_server_runs_during_the_block_only(empty_cluster: Cluster) -> None:
    with running(empty_cluster, database="app"):
        server = postmaster(empty_cluster)
        assert rows(empty_cluster, "SELECT current_database(), current_user") == [("app", "postgres")]

    assert not is_alive(server)
    assert not empty_cluster.socket_path.exists()


def test_what_the_block_raises_passes_unchanged_and_stops_the_server(cluster: Cluster) -> None:
    failure = OSError("raised by the block")

    def fail_inside() -> None:
        with running(cluster, database="app"):
            raise failure

    with pytest.raises(OSError, match="raised by the block") as caught:
        fail_inside()

    assert caught.value is failure
    assert not cluster.socket_path.exists()


def test_data_survives_and_the_second_start_is_quick(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        rows(cluster, "CREATE TABLE kept AS SELECT 7 AS number; COMMIT; SELECT 1")
    began = time.monotonic()

    with running(cluster, database="app"):
        seconds = time.monotonic() - began
        assert rows(cluster, "SELECT number FROM kept") == [(7,)]

    assert seconds < 1.5


@pytest.mark.parametrize("name", ["two words", 'quo"ted', "it's", "größe"])
def test_any_database_name_is_created_once(cluster: Cluster, name: str) -> None:
    for _ in range(2):
        with running(cluster, database=name):
            assert rows(cluster, "SELECT current_database()", database=name) == [(name,)]


def test_the_server_is_set_up_for_one_machine_and_all_of_unicode(cluster: Cluster) -> None:
    statement = """
        SELECT current_setting('listen_addresses'), current_setting('max_connections'),
               current_setting('shared_buffers'), current_setting('timezone'),
               current_setting('server_encoding'), datlocale, upper('é'), current_setting('fsync')
        FROM pg_database WHERE datname = current_database()
    """
    with running(cluster, database="app"):
        found = rows(cluster, statement)

    assert found == [("", "200", "128MB", "UTC", "UTF8", "C.UTF-8", "É", "on")]


def test_a_test_may_give_up_durability(cluster: Cluster) -> None:
    with running(cluster, database="app", durable=False):
        found = rows(
            cluster,
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
            " current_setting('full_page_writes')",
        )

    assert found == [("off", "off", "off")]


def test_variables_of_the_caller_lead_nowhere_else(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGDATA", "PGDATABASE", "PGOPTIONS", "PGSERVICE", "LC_ALL"):
        monkeypatch.setenv(name, "elsewhere")

    with running(cluster, database="created"):
        monkeypatch.undo()
        assert rows(cluster, "SELECT current_database()", database="created") == [("created",)]


def test_an_overgrown_log_begins_anew(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_server, "LOG_BYTES_KEPT", 100)

    for _ in range(2):
        with running(cluster, database="app"):
            pass

    assert cluster.log_path.read_text().count("LOG:  starting PostgreSQL") == 1


def test_blocks_can_be_nested(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        server = postmaster(cluster)
        with running(cluster, database="other"):
            assert postmaster(cluster) == server
        assert is_alive(server)

    assert not is_alive(server)


def test_the_first_may_leave_and_the_last_stops(cluster: Cluster, hold: Callable[[], Holder]) -> None:
    first, second = hold(), hold()
    assert (first.says(), second.says()) == ("entered", "entered")
    server = postmaster(cluster)

    first.leave()
    assert rows(cluster, "SELECT 1") == [(1,)]
    assert is_alive(server)

    second.leave()
    assert not is_alive(server)


def test_four_starting_at_once_share_one_server(empty_cluster: Cluster, hold: Callable[[], Holder]) -> None:
    holders = [hold() for _ in range(4)]

    assert [holder.says() for holder in holders] == ["entered"] * 4
    server = postmaster(empty_cluster)
    for holder in holders:
        assert is_alive(server)
        holder.leave()

    assert not is_alive(server)
    assert empty_cluster.log_path.read_text().count("LOG:  starting PostgreSQL") == 1


def test_after_a_killed_holder_the_next_one_shares_and_stops(cluster: Cluster, hold: Callable[[], Holder]) -> None:
    killed = hold()
    assert killed.says() == "entered"
    server = postmaster(cluster)

    killed.kill()
    assert is_alive(server)
    with running(cluster, database="app"):
        assert postmaster(cluster) == server

    assert not is_alive(server)


def test_whoever_comes_while_another_stops_waits_and_starts(cluster: Cluster, hold: Callable[[], Holder]) -> None:
    leaving = hold()
    assert leaving.says() == "entered"
    stopping_server = postmaster(cluster)
    checkpointer = backend(cluster, "checkpointer")
    checkpointer.suspend()  # a shutdown ends with a checkpoint: this one takes as long as we like
    leaving.ask_to_leave()
    assert leaving.is_silent(seconds=0.2)

    coming = hold()
    assert coming.is_silent(seconds=0.5)
    checkpointer.resume()

    assert (leaving.says(), coming.says()) == ("left", "entered")
    assert not is_alive(stopping_server)
    assert is_alive(postmaster(cluster))
    coming.leave()


def test_ctrl_c_ends_the_block_before_the_server(data_dir: Path, cluster: Cluster) -> None:
    script = """
import sys
from pathlib import Path
from config.embedded_postgres import Cluster, running

try:
    with running(Cluster.at(Path(sys.argv[1])), database="app", durable=False):
        try:
            print("entered", flush=True)
            sys.stdin.read()
        finally:
            print("interrupted", flush=True)
            sys.stdin.read()
except KeyboardInterrupt:
    print("left", flush=True)
"""
    with Holder(data_dir, script=script) as holder:
        assert holder.says() == "entered"
        server = postmaster(cluster)

        os.killpg(holder.process.pid, signal.SIGINT)

        assert holder.says() == "interrupted"
        assert rows(cluster, "SELECT 1") == [(1,)]
        holder.leave()
        assert not is_alive(server)


def test_a_forked_child_that_leaves_the_block_does_not_stop_the_server(data_dir: Path) -> None:
    script = """
import os, sys
from pathlib import Path
from config.embedded_postgres import Cluster, running

cluster = Cluster.at(Path(sys.argv[1]))
with running(cluster, database="app", durable=False):
    child = os.fork()
    if child == 0:
        sys.exit(0)
    assert os.waitpid(child, 0)[1] == 0
    print("running" if (cluster.data_path / "postmaster.pid").exists() else "stopped", flush=True)
print("stopped" if not (cluster.data_path / "postmaster.pid").exists() else "running", flush=True)
"""
    with Holder(data_dir, script=script) as holder:
        assert (holder.says(), holder.says()) == ("running", "stopped")
        assert holder.process.wait(10) == 0


def test_a_forked_child_that_stays_behind_keeps_nobody_out(data_dir: Path, cluster: Cluster) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from config.embedded_postgres import Cluster, running

with running(Cluster.at(Path(sys.argv[1])), database="app", durable=False):
    child = os.fork()
    if child == 0:
        signal.pause()
print(child, flush=True)
"""
    with Holder(data_dir, script=script) as holder:
        child_pid = int(holder.says())
        try:
            with running(cluster, database="app"):
                server = postmaster(cluster)
            assert not is_alive(server)
        finally:
            os.kill(child_pid, signal.SIGKILL)


def test_a_program_started_in_the_block_inherits_no_share(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        server = postmaster(cluster)
        program = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)

    with program:
        assert not is_alive(server)
        with running(cluster, database="app"):
            server = postmaster(cluster)
        assert not is_alive(server)
        program.kill()


@pytest.mark.parametrize(
    ("lock", "activity"), [("postgres.holders.lock", "stopping"), ("postgres.start.lock", "starting")]
)
def test_a_stuck_process_is_waited_for_no_longer_than_the_limit(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, lock: str, activity: str
) -> None:
    monkeypatch.setattr(sharing, "LOCK_SECONDS", 0.1)

    with FileLock(cluster.home / lock) as stuck:
        assert stuck.try_exclusive()
        with pytest.raises(EmbeddedPostgresError, match=f"has been {activity} .* for more than 0.1 s"):  # noqa: SIM117
            with running(cluster, database="app"):
                pass
