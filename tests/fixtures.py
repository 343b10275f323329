"""What every test can use: a database with two businesses in it, and clients for every role."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection
from django_tenants.utils import tenant_context
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from config import embedded_postgres
from core.models import Membership, Role, SubscriptionPlan, Tenant, User
from core.tenants import create_tenant
from core.tokens import issue_sign_in_token

PutOnPlan = Callable[[str], None]

_server = ExitStack()


def pytest_configure() -> None:
    """Start the embedded server, unless DATABASE_URL names another."""
    if settings.USES_EMBEDDED_POSTGRES:
        _server.enter_context(embedded_postgres.running(settings.EMBEDDED_CLUSTER, database="postgres", durable=False))


def pytest_unconfigure() -> None:
    """Leave the embedded server; the last test process stops it."""
    _server.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Add two businesses to the test database, with ids that never coincide."""
    with django_db_blocker.unblock():
        for name, subdomain, zone in (
            ("Acme", "acme", "America/New_York"),
            ("Bravo", "bravo", "Europe/Berlin"),
        ):
            create_tenant(
                name=name,
                subdomain=subdomain,
                timezone=zone,
                plan="professional",
                owner_email=f"owner@{subdomain}.example",
                owner_password="correct horse battery",
            )
        _keep_ids_apart(Tenant.objects.get(schema_name="bravo"))


def _keep_ids_apart(tenant: Tenant) -> None:
    """Start the tenant's sequences far from the other's, so that an id of one is never an id of the other."""
    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = %s", [tenant.schema_name])
        for (sequence,) in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{sequence}" RESTART WITH 1000000')


@pytest.fixture
def tenant(db: None) -> Iterator[Tenant]:
    """Acme (Professional, America/New_York), active for the whole test."""
    found = Tenant.objects.select_related("plan").get(schema_name="acme")
    with tenant_context(found):
        yield found


@pytest.fixture
def other_tenant(db: None) -> Tenant:
    """Bravo (Professional, Europe/Berlin), not active; enter it with `tenant_context`."""
    return Tenant.objects.select_related("plan").get(schema_name="bravo")


@pytest.fixture
def put_on_plan(tenant: Tenant) -> PutOnPlan:
    """Return a function that moves Acme to another plan by its code."""

    def put(code: str) -> None:
        Tenant.objects.filter(pk=tenant.pk).update(plan=SubscriptionPlan.objects.get(code=code))
        tenant.refresh_from_db()

    return put


def client_for(tenant: Tenant, role: Role) -> APIClient:
    """Return a client signed in by token as a member of `tenant` with `role`, on the tenant's own host."""
    user, _ = User.objects.get_or_create(email=f"{role.value}@{tenant.schema_name}.example")
    membership, _ = Membership.objects.get_or_create(user=user, tenant=tenant, defaults={"role": role})
    client = APIClient(SERVER_NAME=f"{tenant.schema_name}.localhost")
    client.credentials(HTTP_AUTHORIZATION=f"Token {issue_sign_in_token(membership=membership).secret}")
    return client


@pytest.fixture
def owner(tenant: Tenant) -> APIClient:
    """A client of Acme's owner."""
    return client_for(tenant, Role.OWNER)


@pytest.fixture
def manager(tenant: Tenant) -> APIClient:
    """A client of a manager of Acme."""
    return client_for(tenant, Role.MANAGER)


@pytest.fixture
def staff(tenant: Tenant) -> APIClient:
    """A client of a staff member of Acme."""
    return client_for(tenant, Role.STAFF)


@pytest.fixture
def stranger(tenant: Tenant, other_tenant: Tenant) -> APIClient:
    """A client of Bravo's owner, on Bravo's host."""
    return client_for(other_tenant, Role.OWNER)


@pytest.fixture
def anonymous(tenant: Tenant) -> APIClient:
    """A client of nobody, on Acme's host."""
    return APIClient(SERVER_NAME=f"{tenant.schema_name}.localhost")
