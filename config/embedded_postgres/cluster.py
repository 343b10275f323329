"""Where one embedded server lives, and how to connect to it."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PORT = "5432"
USER = "postgres"
SOCKET_NAME = f".s.PGSQL.{PORT}"
SOCKET_PATH_BYTES = 104 if sys.platform == "darwin" else 108  # sizeof(sun_path), the closing NUL included


@dataclass(frozen=True)
class Cluster:
    """Where one embedded server lives: data folder, socket folder, log file, computed from DATA_DIR alone.

    Building one starts nothing and writes nothing; it reads no more than the symbolic links in DATA_DIR, so
    that two spellings of one folder mean one server. (A DATA_DIR too long for a socket also asks TMPDIR.)
    """

    data_path: Path
    socket_path: Path
    log_path: Path

    @classmethod
    def at(cls, data_dir: Path) -> "Cluster":
        """Return the server of `data_dir`, which need not exist yet."""
        home = data_dir.resolve()
        data_path = home / "postgres"
        return cls(
            data_path=data_path,
            socket_path=_socket_path(home, data_path),
            log_path=home / "postgres.log",
        )

    @property
    def home(self) -> Path:
        """DATA_DIR itself: also the home of the lock files and of an initdb under way."""
        return self.data_path.parent

    @property
    def host(self) -> str:
        """The socket folder: what libpq and Django take as HOST."""
        return str(self.socket_path)

    @property
    def port(self) -> str:
        """Names the socket file in `host`; nothing listens on TCP."""
        return PORT

    @property
    def user(self) -> str:
        """The superuser. It has no password: the socket folder is closed to everybody else (folders.py)."""
        return USER

    @property
    def url(self) -> str:
        """A libpq URL without a database: the caller adds `dbname`."""
        return f"postgresql://{self.user}@/?host={quote(self.host, safe='')}&port={self.port}"


def _socket_path(home: Path, data_path: Path) -> Path:
    """Beside the data; where a socket there would have too long a name, in a temporary folder.

    Not tempfile.gettempdir(): it tries folders by writing, and settings are imported on read-only disks too.
    """
    digest = hashlib.sha256(os.fsencode(data_path)).hexdigest()[:16]
    account = "windows" if sys.platform == "win32" else str(os.geteuid())
    name = f"embedded-postgres-{account}-{digest}"
    last_resort = Path("/tmp") / name  # noqa: S108  # the folder made there is private
    candidates = (home / "postgres-socket", Path(os.environ.get("TMPDIR", "/tmp")) / name)  # noqa: S108
    return next(filter(_clients_can_name, candidates), last_resort)


def _clients_can_name(folder: Path) -> bool:
    """Whether a socket in `folder` fits the kernel's limit and libpq's syntax (a comma separates hosts)."""
    socket_bytes = len(os.fsencode(folder / SOCKET_NAME)) + 1
    return folder.is_absolute() and socket_bytes <= SOCKET_PATH_BYTES and "," not in str(folder)
