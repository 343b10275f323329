"""What stands around the rows in each format, and between them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.datasets import Column
from exports.formats import Format

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Envelope(Protocol):
    """Turns what PostgreSQL sends into a file. `rows` counts the rows that went through."""

    rows: int

    def head(self) -> bytes:
        """Return what comes before the first row."""

    def body(self, chunk: bytes) -> bytes:
        """Return any stretch of the rows, as it stands in the file."""

    def tail(self) -> bytes:
        """Return what comes after the last row."""


class CsvEnvelope:
    """RFC 4180: a header, and CRLF at the end of every record. PostgreSQL ends them with LF."""

    def __init__(self, columns: Sequence[Column], *, bom: bool) -> None:
        self.rows = 0
        self._header = ",".join(column.name for column in columns).encode() + b"\r\n"
        self._bom = bom
        self._quoted = False

    def head(self) -> bytes:
        """Return the names of the columns."""
        return BYTE_ORDER_MARK + self._header if self._bom else self._header

    def body(self, chunk: bytes) -> bytes:
        """Change the line ends between records and leave those within quotes alone."""
        stretches = chunk.split(b'"')
        first = int(self._quoted)  # every other stretch lies outside quotes
        self._quoted ^= len(stretches) % 2 == 0
        if b"\n" not in b"".join(stretches[1 - first :: 2]):
            self.rows += chunk.count(b"\n")
            return chunk.replace(b"\n", b"\r\n")
        for number in range(first, len(stretches), 2):
            self.rows += stretches[number].count(b"\n")
            stretches[number] = stretches[number].replace(b"\n", b"\r\n")
        return b'"'.join(stretches)

    def tail(self) -> bytes:
        """Return nothing: a CSV file has no end of its own."""
        return b""


class JsonEnvelope:
    """One object whose `data` are the rows, one a line, and whose last member is their number."""

    def __init__(self, members: dict[str, object]) -> None:
        self.rows = 0
        self._members = members
        self._between = False

    def head(self) -> bytes:
        """Return everything that is known beforehand."""
        opening = json.dumps(self._members, ensure_ascii=False)
        return f'{opening[:-1]}, "data": [\n'.encode()

    def body(self, chunk: bytes) -> bytes:
        """Put a comma between lines; the last line's end is kept back until another follows."""
        self.rows += chunk.count(b"\n")
        lead = b",\n" if self._between else b""
        self._between = chunk.endswith(b"\n")
        return lead + chunk.removesuffix(b"\n").replace(b"\n", b",\n")

    def tail(self) -> bytes:
        """Close the list and say how many rows it holds."""
        return f'\n], "count": {self.rows}}}\n'.encode()


class NdjsonEnvelope:
    """One object a line and nothing else."""

    def __init__(self) -> None:
        self.rows = 0

    def head(self) -> bytes:
        """Return nothing."""
        return b""

    def body(self, chunk: bytes) -> bytes:
        """Return the lines as they are."""
        self.rows += chunk.count(b"\n")
        return chunk

    def tail(self) -> bytes:
        """Return nothing."""
        return b""


@dataclass
class FileEnvelope:
    """A file that is finished already; whoever wrote it counted its rows."""

    rows: int = 0

    def head(self) -> bytes:
        """Return nothing."""
        return b""

    def body(self, chunk: bytes) -> bytes:
        """Return the bytes as they are."""
        return chunk

    def tail(self) -> bytes:
        """Return nothing."""
        return b""


def envelope_of(chosen: Format, *, columns: Sequence[Column], bom: bool, members: dict[str, object]) -> Envelope:
    """Return the envelope of a format. `members` are what JSON says about itself."""
    match chosen:
        case Format.CSV:
            return CsvEnvelope(columns, bom=bom)
        case Format.JSON:
            return JsonEnvelope(members)
        case Format.NDJSON:
            return NdjsonEnvelope()
        case Format.XLSX:
            return FileEnvelope()
