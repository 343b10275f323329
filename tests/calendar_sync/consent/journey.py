"""The way of a browser from the wish to connect an account to the connection."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.calendar_sync.clients import StayingClient
from tests.calendar_sync.fakes.oauth import OAuthFake

START = "/api/calendar-sync/connections/oauth/start/"
PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"


def parameters(address: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def where(address: str) -> tuple[str, str, str]:
    """Return host, path and query of an address."""
    parts = urlsplit(address)
    return parts.netloc, parts.path, parts.query


@dataclass
class Journey:
    """A person at the business's address, a browser at the platform's, and the provider between them."""

    provider: OAuthFake
    person: StayingClient
    passer_by: StayingClient
    name: str = "google"
    body: dict[str, Any] = field(default_factory=dict)

    def start(self) -> Any:
        """Ask for the consent page."""
        return self.person.post(START, {"provider": self.name, **self.body}, format="json")

    def consent(self) -> str:
        """Ask for the page, answer it, and return where it leads back to."""
        begun = self.start()
        assert begun.status_code == 200, begun.json()
        status, address = self.provider.open_page(begun.json()["authorize_url"])
        assert status == 302, status
        return address

    def arrive(self, address: str, **headers: str) -> Any:
        """Follow the way back on the platform's address."""
        parts = urlsplit(address)
        return self.passer_by.get(f"{parts.path}?{parts.query}", headers=headers)

    def finish(self, address: str, client: StayingClient | None = None, **headers: str) -> Any:
        """Follow the way on at a business's address."""
        parts = urlsplit(address)
        return (client or self.person).get(f"{parts.path}?{parts.query}", headers=headers)

    def go(self) -> str:
        """Go all the way; return where it ends."""
        onward = self.arrive(self.consent())
        assert onward.status_code == 302, onward.content
        ended = self.finish(onward["Location"])
        assert ended.status_code == 302, ended.content
        return str(ended["Location"])
