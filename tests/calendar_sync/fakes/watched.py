"""A calendar server in memory that tells of changes by itself."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from calendar_sync.enums import ProviderKey
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import ProviderFailure, Watch
from tests.calendar_sync.fakes.memory import MemoryServer, MemorySession
from tests.calendar_sync.shop import Shop


@dataclass(frozen=True)
class Channel:
    """A promise the server made."""

    calendar: str
    address: str
    name: str
    secret: str


@dataclass
class Promises:
    """What the server promised, and what was ended. `refusal` is raised instead of promising."""

    made: list[Channel] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    refusal: ProviderFailure | None = None
    last: timedelta = timedelta(days=7)
    made_at: datetime = field(default_factory=timezone.now)


class WatchedSession(MemorySession):
    """A session at a server that makes promises."""

    def __init__(self, server: MemoryServer, promises: Promises) -> None:
        super().__init__(server)
        self.promises = promises

    def watch(self, calendar_id: str, *, address: str, channel: str, secret: str) -> Watch:
        """Promise to tell of changes."""
        if self.promises.refusal is not None:
            raise self.promises.refusal
        self.promises.made.append(Channel(calendar_id, address, channel, secret))
        return Watch(f"reference-{len(self.promises.made)}", self.promises.made_at + self.promises.last)

    def unwatch(self, reference: str) -> None:
        """End a promise."""
        if self.promises.refusal is not None:
            raise self.promises.refusal
        self.promises.ended.append(reference)


def watched(shop: Shop, monkeypatch: pytest.MonkeyPatch, *, provider: ProviderKey = ProviderKey.GOOGLE) -> Promises:
    """Let the shop's calendar lie at a provider that tells of changes."""
    promises = Promises()
    CalendarConnection.objects.update(provider=provider)
    monkeypatch.setattr(
        "calendar_sync.services.syncing.open_session", lambda *_, **__: WatchedSession(shop.server, promises)
    )
    return promises
