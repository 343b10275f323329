"""The kinds of servers, for people to choose from."""

from dataclasses import dataclass
from typing import Literal

from calendar_sync.enums import ProviderKey


@dataclass(frozen=True)
class Preset:
    """A service that speaks CalDAV, with the address to start from and what people have to know."""

    name: str
    url: str
    hint: str


@dataclass(frozen=True)
class Provider:
    """A kind of server."""

    key: ProviderKey
    name: str
    auth: Literal["oauth", "password", "url"]
    can_write: bool
    presets: tuple[Preset, ...] = ()


CALDAV_PRESETS = (
    Preset("iCloud", "https://caldav.icloud.com/", "Use an app-specific password, made at account.apple.com."),
    Preset("Fastmail", "https://caldav.fastmail.com/", "Use an app password, made in Settings, Privacy & Security."),
    Preset("Nextcloud", "https://your-server.example/remote.php/dav/", "Put in the address of your own server."),
    Preset("Other", "", "The address of the server or of one calendar."),
)

PROVIDERS = (
    Provider(ProviderKey.CALDAV, "CalDAV", "password", can_write=True, presets=CALDAV_PRESETS),
    Provider(ProviderKey.GOOGLE, "Google Calendar", "oauth", can_write=True),
    Provider(ProviderKey.MICROSOFT, "Microsoft 365", "oauth", can_write=True),
    Provider(ProviderKey.ICS, "Calendar address (ICS)", "url", can_write=False),
)
