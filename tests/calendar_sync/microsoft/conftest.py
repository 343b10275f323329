"""The fake service and an office that uses it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from core.models import Tenant
from tests.calendar_sync.fakes.microsoft import FakeGraph, fake_graph
from tests.calendar_sync.microsoft.office import Office, make_office


@pytest.fixture
def graph(settings: Settings) -> Iterator[FakeGraph]:
    """Microsoft Graph on a loopback port that requests of ours may reach."""
    with fake_graph() as service:
        settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{service.port}",)
        yield service


@pytest.fixture
def office(tenant: Tenant, graph: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A business whose calendar lies in the fake mailbox."""
    return make_office(tenant, graph, monkeypatch)
