"""The list of businesses: what it says, how it is narrowed, and what it costs however many there are."""

from datetime import timedelta
from itertools import product
from time import perf_counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.installed import registry
from core.models import OverrideNote, SubscriptionPlan, Tenant, User
from core.quota_rules import state_of
from platform_admin.models import TenantStanding
from platform_admin.selectors.tenants import with_quota_near, with_quota_over
from tests.platform_admin.businesses import businesses, counted
from tests.platform_admin.office import TENANTS

USAGE = {"max_resources": 4, "max_users": 1, "max_services": 3, "max_appointments": 500}


def listed(office: Client, query: str) -> list[str]:
    """The names on the list, narrowed."""
    response: Any = office.get(f"{TENANTS}{query}")
    assert response.status_code == 200
    return [tenant.name for tenant in response.context["cl"].result_list]


def test_a_line_tells_how_the_business_stands(office: Client, tenant: Tenant) -> None:
    now = timezone.now()
    counted([tenant], {"max_resources": 16, "max_users": 20}, at=now, last_activity_at=now - timedelta(hours=3))
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=now)

    text = office.get(f"{TENANTS}?q=acme").content.decode()

    for word in (
        "Acme",
        "Professional",
        "suspended",
        "Resources 16/15",
        "over",
        "Users 20/20",
        "reached",
        "3\xa0hours ago",
    ):
        assert word in text


def test_a_business_nobody_has_counted(office: Client, tenant: Tenant) -> None:
    assert "not counted yet" in office.get(f"{TENANTS}?q=acme").content.decode()


@pytest.mark.parametrize("words", ["acme", "Acm", "acme.localhost", "owner@acme.example"])
def test_searching(words: str, office: Client, tenant: Tenant) -> None:
    assert listed(office, f"?q={words}") == ["Acme"]


def test_narrowing(office: Client, admin: User, tenant: Tenant, other_tenant: Tenant) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=90)
    full, near, silent, free = (
        businesses(1, prefix=name, created_at=long_ago)[0] for name in ("full", "near", "silent", "free")
    )
    Tenant.objects.filter(pk=free.pk).update(plan=SubscriptionPlan.objects.get(code="free"), max_users=-1)
    counted([full], {"max_resources": 6}, at=now, last_activity_at=now)
    counted([near], {"max_resources": 4}, at=now, last_activity_at=now)
    counted([silent], {"max_resources": 1}, at=now, last_activity_at=long_ago)
    counted([free], {"max_users": 50, "max_automated_tasks": 0}, at=now, last_activity_at=now)
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=now)
    starter = SubscriptionPlan.objects.get(code="starter").pk

    found = {
        query: listed(office, f"?{query}")
        for query in (
            f"plan__id__exact={starter}",
            "status=suspended",
            "quotas=over",
            "quotas=near",
            "activity=none",
            "overrides=some",
        )
    }

    assert found == {
        f"plan__id__exact={starter}": ["Full 0000", "Near 0000", "Silent 0000"],
        "status=suspended": ["Acme"],
        "quotas=over": ["Full 0000"],
        "quotas=near": ["Near 0000"],
        "activity=none": ["Silent 0000"],
        "overrides=some": ["Free 0000"],
    }
    assert "Acme" not in listed(office, "?status=active")
    assert "Free 0000" not in listed(office, "?overrides=none")


def test_the_database_decides_as_the_rules_do(db: None) -> None:
    now = timezone.now()
    notes: list[dict[str, int] | None] = [None, {"expires_at": -1}, {"expires_at": 1}, {"effective_from": 1}]
    endless = SubscriptionPlan.objects.create(code="endless", limits={"max_resources": 10**30, "max_users": -1})
    plans = [*SubscriptionPlan.objects.filter(code__in=("starter", "enterprise")), endless, None]
    cases = list(product((0, 3, 4, 5, 6, 11, 200), (None, -1, 0, 10), notes, plans))
    tenants = businesses(len(cases))
    for tenant, (used, own, note, plan) in zip(tenants, cases, strict=True):
        tenant.max_resources, tenant.plan = own, plan
        counted([tenant], {"max_resources": used}, at=now)
        if note is not None:
            times = {name: now + timedelta(days=days) for name, days in note.items()}
            OverrideNote.objects.create(tenant=tenant, key="max_resources", reason="Trial", **times)
    Tenant.objects.bulk_update(tenants, ["max_resources", "plan"])

    found = {
        "over": set(with_quota_over(Tenant.objects.all(), now)),
        "near": set(with_quota_near(Tenant.objects.all(), now)),
    }

    expected: dict[str, set[Tenant]] = {"over": set(), "near": set()}
    for tenant, (used, *_) in zip(
        Tenant.objects.filter(pk__in=[one.pk for one in tenants]).order_by("pk"), cases, strict=True
    ):
        limit = tenant.limit_of("max_resources", now=now)
        state = state_of(limit, used)
        if state == "over":
            expected["over"].add(tenant)
        elif state == "near" or (state == "reached" and limit):
            expected["near"].add(tenant)
    assert found == expected
    assert expected["over"]
    assert expected["near"]


def test_every_quota_is_looked_at(office: Client) -> None:
    for key in registry().quotas:
        one = businesses(1, prefix=key)[0]
        counted([one], {key: 501}, at=timezone.now())

    assert len(listed(office, "?quotas=over")) == len(registry().quotas)


@pytest.mark.parametrize(
    "query", ["", "?q=many", "?quotas=over", "?quotas=near&overrides=none", "?activity=none", "?o=6"]
)
def test_the_list_costs_the_same_queries_for_20_and_for_2000(query: str, office: Client) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=90)
    costs = []
    for prefix, count in (("many", 20), ("manymore", 1980)):
        found = businesses(count, prefix=prefix, max_users=2, created_at=long_ago)
        counted(found, USAGE, at=now)
        OverrideNote.objects.bulk_create(OverrideNote(tenant=one, key="max_users", reason="Trial") for one in found)
        with CaptureQueriesContext(connection) as queries:
            assert office.get(f"{TENANTS}{query}").status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[0] <= 15


def test_the_list_of_2000_takes_at_most_three_times_as_long_as_of_20(office: Client) -> None:
    counted(businesses(20), USAGE, at=timezone.now())
    few = fastest(office)
    counted(businesses(1980, prefix="more"), USAGE, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_tenant, platform_admin_tenantstanding")

    assert fastest(office) <= 3 * few


def fastest(office: Client) -> float:
    """The shortest of some times the list takes, in seconds."""
    times = []
    for _ in range(7):
        began = perf_counter()
        assert office.get(TENANTS).status_code == 200
        times.append(perf_counter() - began)
    return min(times)


def test_a_deleted_business_leaves_no_standing(tenant: Tenant) -> None:
    one = businesses(1)[0]
    counted([one], USAGE, at=timezone.now())

    Tenant.objects.filter(pk=one.pk).delete()

    assert not TenantStanding.objects.exists()
