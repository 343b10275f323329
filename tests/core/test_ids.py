"""Identifiers ordered by time."""

import time
from uuid import RFC_4122, UUID

import pytest

from core.ids import uuid7


def test_the_layout_of_rfc_9562() -> None:
    found = [uuid7() for _ in range(500)]

    assert {(one.version, one.variant) for one in found} == {(7, RFC_4122)}
    assert len(set(found)) == 500


def test_the_time_inside() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000

    assert before <= made.int >> 80 <= after


def test_a_later_millisecond_sorts_later(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [0, 1, 255, 256, 1_700_000_000_000, 1_700_000_000_001, 2**48 - 1]
    made = []
    for moment in moments:
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment * 1_000_000 + 999_999)
        made.append(uuid7())

    assert made == sorted(made)
    assert [one.int >> 80 for one in made] == moments


@pytest.mark.parametrize("bits", [0, 2**80 - 1])
def test_randomness_never_reaches_version_variant_or_time(bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbits", lambda _count: bits)
    monkeypatch.setattr(time, "time_ns", lambda: 0x0123_4567_89AB * 1_000_000)

    expected = "01234567-89ab-7000-8000-000000000000" if bits == 0 else "01234567-89ab-7fff-bfff-ffffffffffff"

    assert uuid7() == UUID(expected)
