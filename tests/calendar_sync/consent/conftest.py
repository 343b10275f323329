"""The providers' servers, and the product set up to meet them."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from core.models import Role, Tenant
from tests.calendar_sync.clients import StayingClient, client_of
from tests.calendar_sync.fakes.oauth import OAuthFake, oauth_server


@pytest.fixture
def provider(settings: Settings) -> Iterator[OAuthFake]:
    """Both providers, which requests of ours reach in place of the real ones."""
    with oauth_server() as fake:
        for name, value in fake.settings.items():
            setattr(settings, name, value)
        yield fake


@pytest.fixture
def owner(tenant: Tenant) -> StayingClient:
    """Acme's owner."""
    return client_of(tenant, Role.OWNER)


@pytest.fixture
def staff(tenant: Tenant) -> StayingClient:
    """A staff member of Acme."""
    return client_of(tenant, Role.STAFF)


@pytest.fixture
def passer_by(tenant: Tenant) -> StayingClient:
    """A browser on the platform's own address, where nobody is signed in."""
    client = StayingClient(SERVER_NAME="localhost")
    client.tenant = tenant
    return client
