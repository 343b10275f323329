"""Files of finished exports, below DATA_DIR/exports/<schema>/: whole or not there at all."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from django.conf import settings

from core.models import Tenant

PART = ".part"
MANIFEST = ".manifest.json"
CHUNK_BYTES = 64 * 1024
STRAYS_KEPT = timedelta(hours=1)


def exports_folder() -> Path:
    """Return where the folders of all businesses are."""
    folder: Path = settings.DATA_DIR / "exports"
    return folder


def folder_of(tenant: Tenant) -> Path:
    """Return the business's folder, which may not exist yet."""
    return exports_folder() / tenant.schema_name


def manifest_name(file_name: str) -> str:
    """Return the name of the manifest beside a file."""
    return f"{file_name}{MANIFEST}"


@dataclass
class NewFile:
    """A file being written; it appears under its name, with its manifest, when `publish` is called, or never.

    `size_bytes` and `sha256` are of what has been written so far.
    """

    folder: Path
    name: str
    size_bytes: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)

    def __enter__(self) -> Self:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = _open_new(self._part)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
        finally:
            self._part.unlink(missing_ok=True)

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has been written (64 hexadecimal digits)."""
        digest: str = self._hash.hexdigest()
        return digest

    def write(self, chunk: bytes) -> None:
        """Append. Raises OSError when there is no room."""
        self._file.write(chunk)
        self._hash.update(chunk)
        self.size_bytes += len(chunk)

    def publish(self, manifest: dict[str, Any]) -> None:
        """Give the file and its manifest their names; both are on the disk, not merely on their way, afterwards."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.rename(self.folder / self.name)
        manifest_part = self.folder / f"{manifest_name(self.name)}{PART}"
        with _open_new(manifest_part) as file:
            file.write(json.dumps(manifest, indent=2, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        manifest_part.rename(self.folder / manifest_name(self.name))
        _sync_folder(self.folder)

    @property
    def _part(self) -> Path:
        return self.folder / f"{self.name}{PART}"


def remove(folder: Path, name: str) -> None:
    """Remove a file, its manifest, and what was written of either."""
    for found in (name, manifest_name(name)):
        for path in (folder / found, folder / f"{found}{PART}"):
            path.unlink(missing_ok=True)


def remove_strays(folder: Path, *, kept: Iterable[str], now: datetime) -> None:
    """Remove files nobody has written to for an hour, unless their names begin with a word of `kept`."""
    if not folder.is_dir():
        return
    words = tuple(kept)
    for path in folder.iterdir():
        age = now.timestamp() - path.stat().st_mtime
        if age > STRAYS_KEPT.total_seconds() and not path.name.startswith(words):
            path.unlink(missing_ok=True)


def read_part(path: Path, first: int, last: int) -> Iterator[bytes]:
    """Yield the bytes of a file from offset `first` to offset `last`, both included."""
    with path.open("rb") as file:
        file.seek(first)
        remaining = last - first + 1
        while remaining > 0:
            chunk = file.read(min(CHUNK_BYTES, remaining))
            if not chunk:
                return
            remaining -= len(chunk)
            yield chunk


def _open_new(path: Path) -> BinaryIO:
    """Open a file for its owner alone; one that an earlier attempt left is begun anew."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    return os.fdopen(descriptor, "wb")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
