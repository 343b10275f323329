"""PostgreSQL never runs as root, whoever starts it and wherever the files lie."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from config.embedded_postgres import Cluster, EmbeddedPostgresError, running
from config.embedded_postgres.programs import find_programs
from tests.config.embedded_postgres.processes import REPOSITORY, Holder, postmaster, rows

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
CAP_DAC_OVERRIDE = 1 << 1
HOLD_OR_SAY_WHY_NOT = """
import sys
from pathlib import Path
from config.embedded_postgres import Cluster, EmbeddedPostgresError, running

try:
    with running(Cluster.at(Path(sys.argv[1])), database="app", durable=False):
        print("entered", flush=True)
        sys.stdin.read()
    print("left", flush=True)
except EmbeddedPostgresError as error:
    print(error, flush=True)
"""


def effective_capabilities(process: psutil.Process) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("CapEff:")[1].split()[0], 16)


def test_everything_is_private_to_an_account_that_is_not_root(empty_cluster: Cluster) -> None:
    with running(empty_cluster, database="app"):
        uid = postmaster(empty_cluster).uids().effective
        folders = [empty_cluster.data_path.stat(), empty_cluster.socket_path.stat()]

    assert uid != 0
    assert [(folder.st_uid, folder.st_mode & 0o777) for folder in folders] == [(uid, 0o700)] * 2
    assert empty_cluster.log_path.stat().st_mode & 0o777 == 0o600


def test_a_data_folder_opened_to_others_is_closed_again(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        pass
    cluster.data_path.chmod(0o755)

    with running(cluster, database="app"):
        assert cluster.data_path.stat().st_mode & 0o777 == 0o700


@as_root
def test_without_closed_doors_the_account_has_no_capability(
    home: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_wheel(home)
    monkeypatch.setattr(sys, "path", [str(home), *sys.path])

    with running(cluster, database="app"):
        assert effective_capabilities(postmaster(cluster)) == 0


@as_root
def test_a_data_dir_below_a_closed_folder_of_root_works_and_stays_closed(home: Path) -> None:
    closed = home / "root only"
    closed.mkdir(mode=0o700)
    cluster = Cluster.at(closed / "project/data")

    for _ in range(2):
        with running(cluster, database="app"):
            assert rows(cluster, "SELECT 1") == [(1,)]
            assert postmaster(cluster).uids().effective != 0
            assert effective_capabilities(postmaster(cluster)) == CAP_DAC_OVERRIDE

    assert (closed.stat().st_uid, closed.stat().st_mode & 0o777) == (0, 0o700)


@as_root
def test_a_wheel_below_a_closed_folder_of_root_works(
    home: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = home / "root only"
    closed.mkdir(mode=0o700)
    copy_wheel(closed)
    monkeypatch.setattr(sys, "path", [str(closed), *sys.path])

    with running(cluster, database="app"):
        assert Path(postmaster(cluster).exe()).is_relative_to(closed)
        assert rows(cluster, "SELECT 1") == [(1,)]


@as_root
def test_closed_doors_without_setpriv_are_explained(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = home / "root only"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("PATH", "")

    message = f"PostgreSQL refuses to run as root, and the account .* cannot reach {closed}/data .* setpriv"
    with (
        pytest.raises(EmbeddedPostgresError, match=message),
        running(Cluster.at(closed / "data"), database="app"),
    ):
        pass


@as_root
def test_root_runs_the_server_as_the_owner_of_the_data(cluster: Cluster) -> None:
    nobody = pwd.getpwnam("nobody")
    with running(cluster, database="app"):
        pass
    change_owner(cluster.data_path, uid=nobody.pw_uid, gid=nobody.pw_gid)

    with running(cluster, database="app"):
        assert postmaster(cluster).uids().effective == nobody.pw_uid

    assert cluster.data_path.stat().st_uid == nobody.pw_uid


@as_root
def test_data_copied_by_root_is_handed_to_the_account(cluster: Cluster) -> None:
    with running(cluster, database="app"):
        rows(cluster, "CREATE TABLE kept AS SELECT 7 AS number; COMMIT; SELECT 1")
    change_owner(cluster.data_path, uid=0, gid=0)

    with running(cluster, database="app"):
        assert rows(cluster, "SELECT number FROM kept") == [(7,)]


@pytest.fixture
def as_nobody(home: Path) -> Iterator[Callable[[Path], Holder]]:
    """Starts holders that run as the account "nobody", from copies it can read."""
    account = pwd.getpwnam("nobody")
    python = python_for(account)
    copy_wheel(home)
    copy_package(home)
    with ExitStack() as started:
        yield lambda data_dir: started.enter_context(
            Holder(data_dir, script=HOLD_OR_SAY_WHY_NOT, python=python, modules=home, account=account)
        )


@as_root
def test_a_normal_user_runs_the_server_as_themselves(
    data_dir: Path, empty_cluster: Cluster, as_nobody: Callable[[Path], Holder]
) -> None:
    nobody = pwd.getpwnam("nobody")
    data_dir.mkdir()
    change_owner(data_dir, uid=nobody.pw_uid, gid=nobody.pw_gid)

    holder = as_nobody(data_dir)

    assert holder.says() == "entered"
    assert postmaster(empty_cluster).uids().effective == nobody.pw_uid
    assert effective_capabilities(postmaster(empty_cluster)) == 0
    assert rows(empty_cluster, "SELECT 1") == [(1,)]
    holder.leave()


@as_root
def test_a_normal_user_and_root_share_the_server(
    data_dir: Path, empty_cluster: Cluster, as_nobody: Callable[[Path], Holder]
) -> None:
    nobody = pwd.getpwnam("nobody")
    data_dir.mkdir()
    change_owner(data_dir, uid=nobody.pw_uid, gid=nobody.pw_gid)
    first = as_nobody(data_dir)
    assert first.says() == "entered"

    with running(empty_cluster, database="app"):
        first.leave()
        assert rows(empty_cluster, "SELECT 1") == [(1,)]
    second = as_nobody(data_dir)

    assert second.says() == "entered"
    second.leave()


@as_root
def test_a_normal_user_is_told_whose_the_data_is(
    data_dir: Path, empty_cluster: Cluster, as_nobody: Callable[[Path], Holder]
) -> None:
    empty_cluster.data_path.mkdir(parents=True, mode=0o700)
    os.chown(empty_cluster.data_path, 4242, 4242)
    data_dir.chmod(0o777)

    told = as_nobody(data_dir).says()

    assert told.startswith(f"{empty_cluster.data_path} belongs to 4242, but PostgreSQL runs as nobody. Run as 4242, ")


@as_root
def test_a_normal_user_is_told_of_a_data_dir_that_is_closed_to_them(
    data_dir: Path, as_nobody: Callable[[Path], Holder]
) -> None:
    data_dir.mkdir()

    told = as_nobody(data_dir).says()

    assert told == (
        f"The embedded PostgreSQL cannot use {data_dir}/postgres.holders.lock: Permission denied. "
        f"Make it writable for this account, or set DATA_DIR to a folder that is, or set DATABASE_URL."
    )


def python_for(account: pwd.struct_passwd) -> str:
    """A Python that `account` can start. Skips the test where there is none."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            found = subprocess.run(
                [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
                check=False,
                user=account.pw_uid,
                group=account.pw_gid,
                extra_groups=[],
                cwd="/",
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            continue
        if found.returncode == 0:
            return python
    pytest.skip(f"no Python 3.11 that the account {account.pw_name} can reach")


def copy_wheel(target: Path) -> None:
    """Copy the programs of the wheel, and psutil, to where PYTHONPATH will find them."""
    program_folder = find_programs().parent
    wheel = program_folder.parent
    for part in ("bin", "lib", "share"):
        shutil.copytree(program_folder / part, target / wheel.name / program_folder.name / part, symlinks=True)
    libraries = f"{wheel.name}.libs"
    shutil.copytree(wheel.parent / libraries, target / libraries)
    (target / wheel.name / "__init__.py").touch()
    shutil.copytree(Path(psutil.__file__).parent, target / "psutil")


def copy_package(target: Path) -> None:
    shutil.copytree(REPOSITORY / "config/embedded_postgres", target / "config/embedded_postgres")
    (target / "config/__init__.py").touch()


def change_owner(folder: Path, *, uid: int, gid: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, gid)
