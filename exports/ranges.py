"""The Range header (RFC 9110, section 14): one stretch of bytes, or the whole."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=[ \t]*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))[ \t]*", re.IGNORECASE | re.ASCII)


class Unsatisfiable(Exception):
    """The stretch lies outside the file."""


@dataclass(frozen=True)
class Stretch:
    """Bytes from offset `first` to offset `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes that are."""
        return self.last - self.first + 1


def requested_stretch(header: str | None, *, size: int) -> Stretch | None:
    """Return the stretch a Range header asks for; None, the whole, for none, several, or one that is no range.

    Raises Unsatisfiable for a stretch without a byte of the file.
    """
    found = _ONE_RANGE.fullmatch(header or "")
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        if int(suffix) == 0 or size == 0:
            raise Unsatisfiable
        return Stretch(max(0, size - int(suffix)), size - 1)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return Stretch(int(first), min(int(last), size - 1) if last else size - 1)
