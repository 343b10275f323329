"""gzip on the way."""

import gzip
import zlib

import pytest

from exports.compression import accepts_gzip, gzipped


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("GZIP", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("notgzip", False),
    ],
)
def test_what_the_caller_accepts(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


def test_the_first_chunk_is_not_held_back() -> None:
    chunks = gzipped([b"header\r\n", b"x" * 100_000, b"end"])
    first = next(chunks)

    assert zlib.decompressobj(31).decompress(first) == b"header\r\n"
    assert gzip.decompress(first + b"".join(chunks)) == b"header\r\n" + b"x" * 100_000 + b"end"
