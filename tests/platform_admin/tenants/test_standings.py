"""Counting how businesses stand."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from core.active import deactivate
from core.audit import record
from core.everywhere import SomeFailed
from core.models import AuditEntry, Role, Tenant, User
from core.tokens import issue_sign_in_token
from platform_admin.models import TenantStanding
from platform_admin.selectors.activity import last_activity
from platform_admin.services.standings import recount, recount_all
from tests.factories.schedule import EventFactory, ResourceFactory
from tests.platform_admin.businesses import businesses

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_every_business_is_counted_in_its_own_schema(tenant: Tenant, other_tenant: Tenant) -> None:
    ResourceFactory.create_batch(2)
    with tenant_context(other_tenant):
        ResourceFactory.create_batch(3)
    deactivate()

    recount_all(NOW)

    found = {one.tenant.schema_name: one for one in TenantStanding.objects.select_related("tenant")}
    assert {name: one.usage["max_resources"] for name, one in found.items()} == {"acme": 2, "bravo": 3}
    assert {one.counted_at for one in found.values()} == {NOW}
    assert {one.problem for one in found.values()} == {""}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schemas(false)")
        assert cursor.fetchone()[0] == ["public"]


def test_one_that_cannot_be_counted_keeps_none_from_it(tenant: Tenant) -> None:
    broken = businesses(1, prefix="aaa")[0]
    TenantStanding.objects.create(tenant=broken, usage={"max_users": 9}, counted_at=NOW - timedelta(hours=1))
    deactivate()

    with pytest.raises(SomeFailed, match="aaa_0000"):
        recount_all(NOW)

    broken_standing = TenantStanding.objects.get(tenant=broken)
    assert TenantStanding.objects.get(tenant=tenant).counted_at == NOW
    assert (broken_standing.usage, broken_standing.counted_at) == ({"max_users": 9}, NOW - timedelta(hours=1))
    assert broken_standing.problem.startswith("ProgrammingError: relation")


def test_counting_again_replaces_the_numbers(tenant: Tenant) -> None:
    first = recount(tenant=tenant, now=NOW)
    resource = ResourceFactory.create()
    start = NOW - timedelta(days=10)
    for days in (1, 29, 31):
        EventFactory.create(
            resources=[resource], created_at=NOW - timedelta(days=days), start_at=start + timedelta(days=days)
        )

    second = recount(tenant=tenant, now=NOW)

    assert (first.usage["max_resources"], second.usage["max_resources"]) == (0, 1)
    assert (first.figures["appointments_30_days"], second.figures["appointments_30_days"]) == (0, 2)
    assert TenantStanding.objects.filter(tenant=tenant).count() == 1


def test_activity_is_what_its_own_people_do(tenant: Tenant, other_tenant: Tenant, admin: User) -> None:
    owner = tenant.memberships.select_related("user", "tenant").get(role=Role.OWNER)
    own = record("signed_in", tenant=tenant, actor=owner.user)
    record("tenant.changed", tenant=tenant, actor=admin)
    record("tenant.changed", tenant=other_tenant, actor=admin)
    record("tenant.changed", tenant=tenant, actor=None)

    assert last_activity([tenant.pk, other_tenant.pk]) == {tenant.pk: own.at}

    token = issue_sign_in_token(membership=owner).token
    token.last_used_at = own.at + timedelta(hours=1)
    token.save()
    assert last_activity([tenant.pk, other_tenant.pk]) == {tenant.pk: token.last_used_at}


def test_what_the_platform_s_people_do_for_a_member_is_no_activity(tenant: Tenant, admin: User) -> None:
    owner = tenant.memberships.select_related("user").get(role=Role.OWNER)
    AuditEntry.objects.create(action="member.changed", tenant=tenant, actor=owner.user, impersonator=admin)

    assert last_activity([tenant.pk]) == {}
