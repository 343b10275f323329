"""What `manage.py check` says of half a configuration."""

import pytest
from pytest_django import Settings

from calendar_sync.checks import check_providers


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, []),
        ({"GOOGLE_CLIENT_ID": "a", "GOOGLE_CLIENT_SECRET": "b"}, []),
        (
            {"GOOGLE_CLIENT_ID": "a"},
            ["GOOGLE_CLIENT_ID is set and GOOGLE_CLIENT_SECRET is not; the provider is not offered."],
        ),
        (
            {"MICROSOFT_CLIENT_SECRET": "b"},
            ["MICROSOFT_CLIENT_SECRET is set and MICROSOFT_CLIENT_ID is not; the provider is not offered."],
        ),
        ({"CALENDAR_HOOKS": True, "PUBLIC_SCHEME": "https"}, []),
        (
            {"CALENDAR_HOOKS": True},
            ["CALENDAR_HOOKS is on, and this installation is not reached over https; no server can tell of changes."],
        ),
    ],
    ids=str,
)
def test_half_a_configuration_is_pointed_out(given: dict[str, object], said: list[str], settings: Settings) -> None:
    for name, value in given.items():
        setattr(settings, name, value)

    assert [message.msg for message in check_providers(None)] == said
