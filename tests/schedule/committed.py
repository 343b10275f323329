"""A business whose rows are really committed, and threads that meet in it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar

from django.db import connection
from django_tenants.utils import tenant_context

from core.active import activate, deactivate
from core.errors import DomainError
from core.models import Tenant, User
from core.tenants import create_tenant
from schedule.models import WorkingHours
from tests.audit import forget_audit
from tests.factories.schedule import open_around_the_clock

Returned = TypeVar("Returned")

IN_A_MONTH = (datetime.now(UTC) + timedelta(days=30)).replace(hour=12, minute=0, second=0, microsecond=0)
"""A time that no rule forbids in a business that is always open."""


@contextmanager
def committed_tenant(subdomain: str) -> Iterator[Tenant]:
    """Make a business on the plan without limits, open around the clock, active meanwhile; drop it afterwards."""
    host = f"{subdomain}.example"
    tenant = create_tenant(
        name=subdomain.title(),
        subdomain=subdomain,
        timezone="UTC",
        plan="enterprise",
        owner_email=f"owner@{host}",
        owner_password="correct horse battery",
    )
    try:
        with tenant_context(tenant):
            WorkingHours.objects.all().delete()
            open_around_the_clock()
            yield tenant
    finally:
        deactivate()
        forget_audit(tenant)
        tenant.delete(force_drop=True)  # type: ignore[no-untyped-call]  # of django-tenants
        # A cascade would look for the person's rows in the tables of a tenant, and none is active.
        User.objects.filter(email__endswith=f"@{host}")._raw_delete("default")


def at_once(tenant: Tenant, jobs: Sequence[Callable[[], Returned]]) -> list[Returned | DomainError]:
    """Run every job in a thread and on a connection of its own, all at the same moment, in the tenant's schema.

    Returns what they returned or were refused with, in order; anything else a job raises is raised here.
    """
    ready = Barrier(len(jobs), timeout=60)

    def run(job: Callable[[], Returned]) -> Returned | DomainError:
        try:
            connection.ensure_connection()
            activate(tenant)
            ready.wait()
            return job()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        return list(pool.map(run, jobs))
