"""The zero-setup database of `make run` and `make test`: a private PostgreSQL 18 below DATA_DIR.

`Cluster.at(DATA_DIR)` says where it lives and is safe to call from settings; only `running(…)` starts one.
Used where DATABASE_URL is absent.
"""

from config.embedded_postgres.cluster import Cluster
from config.embedded_postgres.errors import EmbeddedPostgresError
from config.embedded_postgres.sharing import running

__all__ = ["Cluster", "EmbeddedPostgresError", "running"]
