"""IANA time zone names."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError


@cache
def time_zone_names() -> frozenset[str]:
    """Return every zone name of the installed IANA database that names a place or UTC."""
    return frozenset(name for name in available_timezones() if not name.startswith(("posix/", "right/", "local")))


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` is an IANA zone name such as ``Europe/Berlin``."""
    if value not in time_zone_names():
        raise ValidationError(f"{value!r} is not an IANA time zone name. Use one such as Europe/Berlin.")
