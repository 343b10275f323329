"""A booking and a calendar's busy time that come at once, in rows that are really committed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from pytest_django.plugin import DjangoDbBlocker

from core.models import Tenant
from schedule.enums import BookingSource
from schedule.models import Event
from schedule.selectors.conflicts import Span
from schedule.selectors.overlaps import overlaps_with_calendars
from schedule.services.booking import book
from schedule.services.busy import replace_busy
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory
from tests.schedule.committed import IN_A_MONTH, at_once, committed_tenant


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work outside the test's transaction."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def shop(db: None) -> Iterator[Tenant]:
    """A business of these tests' own."""
    with committed_tenant("busyrace") as made:
        yield made


@pytest.mark.parametrize("day", range(6))
def test_one_of_them_sees_the_other(shop: Tenant, day: int) -> None:
    """Either the booking is refused, or the busy time is told to overlap it; never neither."""
    at = IN_A_MONTH + timedelta(days=day)
    anna = ResourceFactory.create()
    jobs: list[Callable[[], object]] = [
        partial(
            book,
            tenant=shop,
            service_id=ServiceFactory.create(resources=[anna]).pk,
            customer_id=CustomerFactory.create().pk,
            start_at=at,
            by=None,
            source=BookingSource.STAFF,
        ),
        partial(
            replace_busy,
            origin=f"cal{day}",
            resource_id=anna.pk,
            items={"a": [Span(at, at + timedelta(hours=1))]},
            is_complete=True,
            now=datetime.now(UTC),
        ),
    ]

    at_once(shop, jobs)

    assert (
        len(overlaps_with_calendars(now=datetime.now(UTC), origin=f"cal{day}"))
        == Event.objects.filter(start_at=at).count()
    )
