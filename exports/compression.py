"""gzip for a stream that should not be held back."""

import re
import zlib
from collections.abc import Iterable, Iterator

LEVEL = 1
"""The data is repetitive and in a hurry: higher levels cost several times more for a few per cent."""
_GZIP_FRAME = 31
_ACCEPTED = re.compile(r"(?:^|,)\s*(?:gzip|x-gzip|\*)\s*(?:;\s*q=(?P<weight>[0-9.]+)\s*)?(?=,|$)", re.IGNORECASE)


def accepts_gzip(accept_encoding: str) -> bool:
    """Tell whether a header `Accept-Encoding` admits gzip."""
    found = _ACCEPTED.search(accept_encoding)
    if found is None:
        return False
    weight = found["weight"]
    return weight is None or weight.strip("0.") != ""


def gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks compressed. The first is passed on at once; the end carries a checksum of the whole."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP_FRAME)
    is_first = True
    for chunk in chunks:
        packed = packer.compress(chunk)
        if is_first:
            packed += packer.flush(zlib.Z_SYNC_FLUSH)
            is_first = False
        if packed:
            yield packed
    yield packer.flush()
