"""`python -m bench NAME`: run one benchmark. SIZE=small (the default) or full."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from config.embedded_postgres import Cluster, running

DATA_DIR = Path(__file__).resolve().parents[1] / "var" / "bench"


def main() -> int:
    """Run the benchmark named on the command line; 0 when every figure reaches its target."""
    names = sys.argv[1:]
    if len(names) != 1 or not names[0].isidentifier():
        sys.stderr.write("usage: SIZE=small|full python -m bench exports\n")
        return 2
    size = os.environ.get("SIZE", "small")
    if size not in {"small", "full"}:
        sys.stderr.write(f"SIZE={size} is neither small nor full\n")
        return 2
    with database_server():
        return 0 if import_module(f"bench.{names[0]}").run(size) else 1


@contextmanager
def database_server() -> Iterator[None]:
    """Hold an embedded server for the benchmarks, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = Cluster.at(DATA_DIR)
    with running(cluster, database="bench"):
        os.environ["DATABASE_URL"] = (
            f"postgres://{cluster.user}@/bench?host={quote(cluster.host, safe='')}&port={cluster.port}"
        )
        yield


if __name__ == "__main__":
    sys.exit(main())
