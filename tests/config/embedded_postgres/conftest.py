"""A DATA_DIR of its own for every test, and the certainty that no process stays behind."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from config.embedded_postgres import Cluster, running
from config.embedded_postgres.locks import wait_until
from tests.config.embedded_postgres.processes import Holder, servers_below


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty folder any account may enter (pytest's tmp_path is closed to the one PostgreSQL runs as)."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def data_dir(home: Path) -> Path:
    """Where the server of the test lives."""
    return home / "data"


@pytest.fixture
def empty_cluster(data_dir: Path) -> Cluster:
    """A server that never ran: nothing of it exists."""
    return Cluster.at(data_dir)


@pytest.fixture
def cluster(data_dir: Path, initialised_data: Path) -> Cluster:
    """A server that ran once, has a database "app", and was stopped."""
    made = Cluster.at(data_dir)
    shutil.copytree(initialised_data, made.data_path)
    return made


@pytest.fixture(scope="session")
def initialised_data() -> Iterator[Path]:
    """A data folder to copy, because initdb takes longer than a start."""
    with open_folder() as folder:
        original = Cluster.at(folder)
        with running(original, database="app", durable=False):
            pass
        yield original.data_path


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder any account may enter, removed at the end; fails if a server still runs in it then."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp")).resolve()
    folder.chmod(0o755)
    yield folder
    nothing_left = wait_until(lambda: not servers_below(folder), seconds=5)
    left_behind = servers_below(folder)
    for process in left_behind:
        process.kill()
    psutil.wait_procs(left_behind, timeout=5)
    shutil.rmtree(folder)
    assert nothing_left, "a server process was left behind"


@pytest.fixture
def hold(data_dir: Path) -> Iterator[Callable[[], Holder]]:
    """Starts processes that share the server of `data_dir`; ends them with the test."""
    with ExitStack() as started:
        yield lambda: started.enter_context(Holder(data_dir))
