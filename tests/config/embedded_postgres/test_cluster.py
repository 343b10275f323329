"""Where a server lives is computed from DATA_DIR alone."""

import os
from pathlib import Path

import pytest

from config.embedded_postgres import Cluster

LONGEST_SOCKET_FOLDER = 108 - len("/.s.PGSQL.5432\0")


def test_a_server_lives_inside_data_dir(home: Path) -> None:
    cluster = Cluster.at(home / "data")

    assert cluster == Cluster(
        data_path=home / "data/postgres",
        socket_path=home / "data/postgres-socket",
        log_path=home / "data/postgres.log",
    )
    assert (cluster.home, cluster.host, cluster.port, cluster.user) == (
        home / "data",
        f"{home}/data/postgres-socket",
        "5432",
        "postgres",
    )


def test_computing_the_place_touches_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(home))

    Cluster.at(home / "data")
    Cluster.at(home / ("long" * 30))

    assert list(home.iterdir()) == []


def test_the_socket_moves_to_the_temporary_folder_exactly_where_the_kernel_would_refuse_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", "/var/tmp")  # noqa: S108
    fitting = Path("/" + "x" * (LONGEST_SOCKET_FOLDER - len("/" + "/postgres-socket")))
    too_long = Path(f"{fitting}x")

    inside, outside = Cluster.at(fitting).socket_path, Cluster.at(too_long).socket_path

    assert inside == fitting / "postgres-socket"
    assert outside.parent == Path("/var/tmp")  # noqa: S108
    assert outside.name.startswith(f"embedded-postgres-{os.geteuid()}-")


@pytest.mark.parametrize("unusable", ["/" + "t" * 90, "/a,b", "relative"])
def test_a_temporary_folder_that_no_socket_fits_is_passed_over(monkeypatch: pytest.MonkeyPatch, unusable: str) -> None:
    monkeypatch.setenv("TMPDIR", unusable)

    assert Cluster.at(Path("/" + "x" * 100)).socket_path.parent == Path("/tmp")  # noqa: S108


def test_long_folders_have_different_sockets() -> None:
    assert Cluster.at(Path("/" + "x" * 100)).socket_path != Cluster.at(Path("/" + "y" * 100)).socket_path


def test_a_comma_moves_the_socket_because_clients_would_read_two_hosts() -> None:
    assert Cluster.at(Path("/srv/a,b")).socket_path.parent == Path(os.environ.get("TMPDIR", "/tmp"))  # noqa: S108


def test_two_spellings_of_one_folder_are_one_server(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "data").mkdir()
    (home / "link").symlink_to("data")
    with monkeypatch.context() as inside:
        inside.chdir(home)
        relative = Cluster.at(Path("data"))

    assert Cluster.at(home / "link") == relative == Cluster.at(home / "data")


def test_the_url_quotes_the_socket_folder() -> None:
    url = Cluster.at(Path("/srv/it's data")).url

    assert url == "postgresql://postgres@/?host=%2Fsrv%2Fit%27s%20data%2Fpostgres-socket&port=5432"
