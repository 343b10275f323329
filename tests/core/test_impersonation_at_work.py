"""Support in a member's place: what it books, and many browsers that want in with one grant."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context
from pytest_django.plugin import DjangoDbBlocker

from core.impersonation import SupportLinkInvalid, begin, grant
from core.models import Membership, SupportAccess, Tenant, User
from schedule.models import EventHistory
from tests.audit import forget_audit
from tests.core.supporters import REASON, in_the_place_of, member, supporter
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, open_around_the_clock


def test_a_booking_has_both_people_in_its_history(tenant: Tenant) -> None:
    sue, ann = supporter(), member(tenant)
    open_around_the_clock()
    service: Any = ServiceFactory.create(resources=[ResourceFactory.create()])
    customer: Any = CustomerFactory.create()
    browser = in_the_place_of(ann, by=sue)
    start = (timezone.now() + timedelta(days=3)).replace(hour=15, minute=0, second=0, microsecond=0)

    response = browser.send(
        "POST",
        "/api/appointments/",
        {"service": service.pk, "customer": str(customer.pk), "start_at": start.isoformat()},
    )

    assert response.status_code == 201, response.json()
    with tenant_context(tenant):
        row = EventHistory.objects.select_related("by", "impersonator").get(event_id=response.json()["id"])
    assert (row.by, row.impersonator) == (ann.user, sue)
    entry = browser.get(f"/api/appointments/{response.json()['id']}/history/").json()["results"][0]
    assert (entry["by_name"], entry["support_name"]) == ("ann@acme.example", "Sue Port")


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[User, Membership]]:
    """Support and a member of Acme, committed, so that other connections see them."""
    with django_db_blocker.unblock():
        tenant = Tenant.objects.get(schema_name="acme")
        people = supporter("hasty@platform.example"), member(tenant, email="slow@acme.example")
        try:
            yield people
        finally:
            forget_audit(tenant)
            SupportAccess.objects.filter(tenant=tenant).delete()
            Membership.objects.filter(pk=people[1].pk).delete()
            # A cascade would look for the people's rows in the tables of a tenant, and none is active.
            User.objects.filter(pk__in=[people[0].pk, people[1].user_id])._raw_delete("default")


def test_of_two_browsers_with_one_grant_one_gets_in(committed: tuple[User, Membership]) -> None:
    by, membership = committed
    secret = grant(by=by, membership=membership, reason=REASON)
    ready = Barrier(8, timeout=60)

    def attempt(_: int) -> bool:
        try:
            connection.ensure_connection()
            ready.wait()
            begin(secret=secret, tenant=membership.tenant)
        except SupportLinkInvalid:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(8))) == [False] * 7 + [True]
