"""The Range header."""

import pytest

from exports.ranges import Stretch, Unsatisfiable, requested_stretch


@pytest.mark.parametrize(
    ("header", "stretch"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-99", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-", (90, 99)),
        ("bytes=90-1000000", (90, 99)),
        ("bytes=-1", (99, 99)),
        ("bytes=-100", (0, 99)),
        ("bytes=-1000", (0, 99)),
        ("Bytes= 5-6 ", (5, 6)),
    ],
)
def test_one_stretch(header: str, stretch: tuple[int, int]) -> None:
    assert requested_stretch(header, size=100) == Stretch(*stretch)


@pytest.mark.parametrize(
    "header",
    [
        *(None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=1-2,4-5", "lines=1-2", "bytes=1"),
        *("bytes=--1", "bytes=+1-2", "bytes=0x1-2", "bytes=1.0-2", "bytes=²-³", f"bytes={'9' * 5000}-", "bytes=0-0\n"),
    ],
)
def test_what_is_no_single_stretch_is_the_whole(header: str | None) -> None:
    assert requested_stretch(header, size=100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"])
def test_a_stretch_outside_the_file(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        requested_stretch(header, size=100)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5"])
def test_an_empty_file_has_no_stretch(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        requested_stretch(header, size=0)
