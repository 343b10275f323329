"""The arithmetic of quotas, free of Django and of any database."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

UNLIMITED: Final = None
NEARLY_USED_SHARE: Final = 0.8


def normalise_limit(raw: object) -> int | None:
    """Return the number of rows a stored limit admits, or None for unlimited (stored as null or -1).

    Raises ValueError for booleans, fractions, text and other negative numbers.
    """
    if raw is None or (type(raw) is int and raw == -1):
        return UNLIMITED
    if type(raw) is int and raw >= 0:
        return raw
    raise ValueError(f"invalid limit {raw!r}")


def admits(limit: int | None, used: int, count: int = 1) -> bool:
    """Tell whether `count` more fit. What is over its limit after a downgrade admits nothing."""
    return limit is UNLIMITED or (count >= 0 and used + count <= limit)


def state_of(limit: int | None, used: int) -> str:
    """Return `unlimited`, `ok`, `near` (80 % or more), `reached` or `over`."""
    if limit is UNLIMITED:
        return "unlimited"
    if used > limit:
        return "over"
    if used == limit:
        return "reached"
    return "near" if used >= limit * NEARLY_USED_SHARE else "ok"


def month_bounds(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the instants [start, end) of the calendar month of `zone` that holds the aware datetime `now`."""
    local = now.astimezone(zone)
    start = datetime(local.year, local.month, 1, tzinfo=zone)
    year, month = (local.year + 1, 1) if local.month == 12 else (local.year, local.month + 1)
    return start, datetime(year, month, 1, tzinfo=zone)
