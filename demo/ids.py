"""Identifiers of rows that pretend to be old."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def uuid7_at(at: datetime, random: Random) -> UUID:
    """Return the UUID that `core.ids.uuid7` could have made at the aware datetime `at`, so that ids sort by time."""
    milliseconds = (at - EPOCH) // timedelta(milliseconds=1)
    value = milliseconds << 80 | random.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
