"""IANA time zone names."""

from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from core.time_zones import time_zone_names, validate_time_zone


def test_every_name_can_be_used() -> None:
    assert {ZoneInfo(name).key for name in time_zone_names()} == time_zone_names()
    assert time_zone_names() >= {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"}


@pytest.mark.parametrize(
    "name", ["", "Mars/Base", "europe/berlin", "Europe/Berlin ", "../etc/passwd", "posix/UTC", "localtime", "+02:00"]
)
def test_any_other_is_refused(name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_time_zone(name)

    assert caught.value.messages == [f"{name!r} is not an IANA time zone name. Use one such as Europe/Berlin."]
