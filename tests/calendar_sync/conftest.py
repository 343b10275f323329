"""Servers that live as long as a module's tests."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django import Settings

from core.models import Tenant
from tests.calendar_sync.between import between
from tests.calendar_sync.cyrus import Unavailable
from tests.calendar_sync.desk import Desk, make_desk
from tests.calendar_sync.servers import KINDS, CalDavServer, caldav_server
from tests.calendar_sync.shop import Shop, make_shop


@pytest.fixture(scope="session", params=KINDS)
def running_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalDavServer]:
    """Each kind of server in turn; every test makes calendars of its own in it."""
    kind: str = request.param
    folder: Path = tmp_path_factory.mktemp(kind)
    with ExitStack() as running:
        try:
            server = running.enter_context(caldav_server(kind, folder))
        except Unavailable as reason:
            pytest.skip(f"no {kind}: {reason}")
        yield server


@pytest.fixture
def server(running_server: CalDavServer, settings: Settings) -> CalDavServer:
    """A server that requests of ours may reach."""
    settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{running_server.port}",)
    return running_server


@pytest.fixture
def desk(tenant: Tenant, running_server: CalDavServer, settings: Settings) -> Iterator[Desk]:
    """A business whose calendar lies on a real server, reached through a listener."""
    with between(running_server.port) as listener:
        settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{listener.port}",)
        yield make_desk(tenant, running_server, listener)


@pytest.fixture
def shop(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A business whose calendar lies on a server in memory."""
    return make_shop(tenant, monkeypatch)
