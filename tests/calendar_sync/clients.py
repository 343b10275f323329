"""Clients whose requests leave the test in its business: rows are looked at between requests."""

from typing import Any

from rest_framework.test import APIClient

from core.active import activate
from core.models import Role, Tenant
from tests.fixtures import client_for


class StayingClient(APIClient):
    """A client of one business; after each request that business is active again."""

    tenant: Tenant

    def request(self, **kwargs: Any) -> Any:
        """Send a request."""
        try:
            return super().request(**kwargs)
        finally:
            activate(self.tenant)


def client_of(tenant: Tenant, role: Role | None) -> StayingClient:
    """Return a client signed in with `role`, or as nobody."""
    client = StayingClient(SERVER_NAME=f"{tenant.schema_name}.localhost")
    client.tenant = tenant
    if role is not None:
        signed_in: Any = client_for(tenant, role)
        client.credentials(**signed_in._credentials)
    return client
