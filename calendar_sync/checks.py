"""Checks of what Google and Microsoft are reached with: half a configuration is a mistake, none is a choice."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


@checks.register("calendar_sync")
def check_providers(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[checks.CheckMessage]:
    """Warn of an id without its secret or the other way round, and of notices that could never arrive."""
    found: list[checks.CheckMessage] = []
    for name in ("GOOGLE", "MICROSOFT"):
        has_id, has_secret = (bool(getattr(settings, f"{name}_CLIENT_{part}")) for part in ("ID", "SECRET"))
        if has_id != has_secret:
            given, missing = ("ID", "SECRET") if has_id else ("SECRET", "ID")
            found.append(
                checks.Warning(
                    f"{name}_CLIENT_{given} is set and {name}_CLIENT_{missing} is not; the provider is not offered.",
                    hint="Set both, or neither.",
                    id="calendar_sync.W001",
                )
            )
    if settings.CALENDAR_HOOKS and settings.PUBLIC_SCHEME != "https":
        found.append(
            checks.Warning(
                "CALENDAR_HOOKS is on, and this installation is not reached over https; no server can tell of changes.",
                id="calendar_sync.W002",
            )
        )
    return found
