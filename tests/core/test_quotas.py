"""How much is used, and the lock that keeps a quota from growing past its limit."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context

from core.models import Membership, Role, SubscriptionPlan, Tenant, User
from core.quotas import QuotaExceeded, SubscriptionSuspended, Usage, require_room, reserve, usage
from schedule.models import Event, Resource
from tests.factories.schedule import EventFactory

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def add_resources(count: int) -> None:
    """Add active resources to the active business."""
    Resource.objects.bulk_create(Resource(name=f"Chair {number}") for number in range(count))


def test_usage_of_a_quota(tenant: Tenant) -> None:
    add_resources(4)
    Resource.objects.create(name="Broken chair", is_active=False)

    found = usage(tenant, "max_resources")

    assert found == Usage(key="max_resources", name="Resources", limit=15, used=4, window="total", resets_at=None)
    assert (found.remaining, found.state) == (11, "ok")


def test_usage_past_the_limit(tenant: Tenant) -> None:
    add_resources(4)
    tenant.max_resources = 3

    found = usage(tenant, "max_resources")

    assert (found.limit, found.used, found.remaining, found.state) == (3, 4, 0, "over")


def test_usage_without_a_limit(tenant: Tenant) -> None:
    tenant.max_resources = -1

    found = usage(tenant, "max_resources")

    assert (found.limit, found.remaining, found.state) == (None, None, "unlimited")


def test_usage_of_what_nobody_counts_yet(tenant: Tenant) -> None:
    found = usage(tenant, "max_automated_tasks")

    assert (found.limit, found.used, found.state) == (20, 0, "ok")


def test_usage_of_a_month_begins_anew_in_the_business_s_zone(tenant: Tenant) -> None:
    zone = ZoneInfo("America/New_York")
    for created_at in (
        datetime(2026, 11, 1, 3, 59, tzinfo=UTC),  # the 31st of October in New York
        datetime(2026, 11, 1, 4, 0, tzinfo=UTC),
        datetime(2026, 12, 1, 4, 59, tzinfo=UTC),
        datetime(2026, 12, 1, 5, 0, tzinfo=UTC),  # the 1st of December in New York
    ):
        event = EventFactory.create()
        Event.objects.filter(pk=event.pk).update(created_at=created_at)

    found = usage(tenant, "max_appointments", now=NOW)

    assert found == Usage(
        key="max_appointments",
        name="Appointments",
        limit=5_000,
        used=2,
        window="month",
        resets_at=datetime(2026, 12, 1, tzinfo=zone),
    )


@pytest.mark.parametrize("key", ["max_things", "save", ""])
def test_a_quota_nobody_declares(key: str, tenant: Tenant) -> None:
    with pytest.raises(LookupError):
        usage(tenant, key)
    with pytest.raises(LookupError):
        require_room(tenant, key)
    with pytest.raises(LookupError), transaction.atomic():
        reserve(tenant, key)


@pytest.mark.parametrize(
    ("used", "count", "fits"), [(0, 1, True), (2, 1, True), (3, 1, False), (2, 2, False), (0, 3, True), (4, 0, False)]
)
def test_room(used: int, count: int, *, fits: bool, tenant: Tenant) -> None:
    tenant.max_resources = 3
    add_resources(used)

    if fits:
        require_room(tenant, "max_resources", count=count)
    else:
        with pytest.raises(QuotaExceeded):
            require_room(tenant, "max_resources", count=count)


def test_the_refusal_of_a_plan_s_limit(tenant: Tenant) -> None:
    tenant.plan = SubscriptionPlan.objects.get(code="free")
    add_resources(3)

    with pytest.raises(QuotaExceeded) as caught:
        require_room(tenant, "max_resources", count=2)

    assert (caught.value.status, caught.value.body) == (
        403,
        {
            "detail": "Your current plan allows 3 resources, and 3 are in use. "
            "Please upgrade your subscription to add more.",
            "code": "quota_exceeded",
            "quota": {"key": "max_resources", "limit": 3, "used": 3, "window": "total", "resets_at": None},
            "plan": "free",
            "upgrade": {"plan": "starter", "name": "Starter", "url": "/settings/plan?quota=max_resources"},
        },
    )


def test_the_refusal_of_a_monthly_limit(tenant: Tenant) -> None:
    tenant.max_appointments = 0
    resets_at = usage(tenant, "max_appointments").resets_at
    assert resets_at is not None

    with pytest.raises(QuotaExceeded) as caught:
        require_room(tenant, "max_appointments")

    assert caught.value.body == {
        "detail": "Your current plan allows 0 appointments a month, and 0 are in use. "
        "Please upgrade your subscription to add more.",
        "code": "quota_exceeded",
        "quota": {
            "key": "max_appointments",
            "limit": 0,
            "used": 0,
            "window": "month",
            "resets_at": resets_at.isoformat(),
        },
        "plan": "professional",
        "upgrade": None,
    }


@pytest.mark.parametrize("limit", [None, -1, 100])
def test_a_suspended_business_has_no_room(limit: int | None, tenant: Tenant) -> None:
    tenant.suspended_at = timezone.now()
    tenant.max_resources = limit

    with pytest.raises(SubscriptionSuspended):
        require_room(tenant, "max_resources")
    with pytest.raises(SubscriptionSuspended), transaction.atomic():
        reserve(tenant, "max_resources")


def test_an_unlimited_quota_costs_no_query(tenant: Tenant) -> None:
    loaded = Tenant.objects.select_related("plan").prefetch_related("override_notes").get(pk=tenant.pk)
    loaded.max_resources = -1

    with CaptureQueriesContext(connection) as queries:
        reserve(loaded, "max_resources")

    assert len(queries) == 0


def test_the_lock_is_a_statement_of_its_own_before_the_count(tenant: Tenant) -> None:
    with CaptureQueriesContext(connection) as queries:
        reserve(tenant, "max_resources")

    statements = [query["sql"] for query in queries if "search_path" not in query["sql"]]
    assert [statement.split("(")[0] for statement in statements] == ["SELECT pg_advisory_xact_lock", "SELECT COUNT"]


def test_people_are_counted_by_their_active_memberships(tenant: Tenant, other_tenant: Tenant) -> None:
    for number, (is_member, can_sign_in) in enumerate([(True, True), (False, True), (True, False)]):
        person = User.objects.create_user(f"p{number}@acme.example", is_active=can_sign_in)
        Membership.objects.create(user=person, tenant=tenant, role=Role.STAFF, is_active=is_member)
        Membership.objects.create(user=person, tenant=other_tenant, role=Role.STAFF)

    assert usage(tenant, "max_users").used == 2


def test_each_business_counts_its_own(tenant: Tenant, other_tenant: Tenant) -> None:
    add_resources(4)
    with tenant_context(other_tenant):
        add_resources(1)
        elsewhere = usage(other_tenant, "max_resources").used

    assert (usage(tenant, "max_resources").used, elsewhere) == (4, 1)
