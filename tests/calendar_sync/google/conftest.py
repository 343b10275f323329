"""Google on this machine, and sessions with it."""

from collections.abc import Iterator
from subprocess import CalledProcessError

import pytest
from pytest_django import Settings

from calendar_sync.providers.google.session import GoogleSession
from core.models import Tenant
from tests.calendar_sync.fakes.discovery import Contract
from tests.calendar_sync.fakes.google import FakeGoogle
from tests.calendar_sync.fakes.google_tools import document
from tests.calendar_sync.google.shop import GoogleShop, make_google_shop, session_at


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Google's description of its interface."""
    try:
        return Contract(document())
    except (CalledProcessError, OSError) as reason:
        pytest.skip(f"Google's description of its interface cannot be had: {reason}")


@pytest.fixture
def google(contract: Contract, settings: Settings) -> Iterator[FakeGoogle]:
    """A Google account with one calendar, that of Anna in New York."""
    with FakeGoogle(contract).running() as fake:
        settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{fake.port}",)
        yield fake


@pytest.fixture
def session(google: FakeGoogle) -> Iterator[GoogleSession]:
    """The account, open."""
    opened = session_at(google)
    yield opened
    opened.close()


@pytest.fixture
def shop(tenant: Tenant, google: FakeGoogle, monkeypatch: pytest.MonkeyPatch) -> GoogleShop:
    """A business whose calendar lies at Google."""
    return make_google_shop(tenant, google, monkeypatch)
