"""Counting day by day, and counting what was refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django_tenants.utils import tenant_context
from rest_framework.test import APIClient

from core.everywhere import SomeFailed
from core.models import Tenant
from platform_admin.insight import counting
from platform_admin.insight.counting import count_days, count_refusal
from platform_admin.insight.models import DayOfBusiness, Refusal
from schedule.models import Event
from schedule.selectors.usage import appointments_created_by_day
from tests.core.schemas import schema_set
from tests.factories.schedule import EventFactory
from tests.fixtures import PutOnPlan

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def book(tenant: Tenant, *moments: datetime) -> None:
    """Book an appointment at each of these moments."""
    with tenant_context(tenant):
        for moment in moments:
            Event.objects.filter(pk=EventFactory.create().pk).update(created_at=moment)


def counted() -> dict[tuple[str, str], int]:
    """What has been counted, by business and day."""
    rows = DayOfBusiness.objects.values_list("tenant__schema_name", "day", "bookings")
    return {(schema, day.isoformat()): bookings for schema, day, bookings in rows}


def test_bookings_are_counted_by_day_of_utc(tenant: Tenant, other_tenant: Tenant) -> None:
    midnight = datetime(2026, 3, 9, tzinfo=UTC)
    book(tenant, midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=23))
    book(other_tenant, NOON)

    count_days(NOON)

    assert counted() == {
        ("acme", "2026-03-08"): 1,
        ("acme", "2026-03-09"): 2,
        ("acme", "2026-03-10"): 0,
        ("bravo", "2026-03-10"): 1,
    }
    assert schema_set() == "acme"  # as the test had it


def test_counting_again_counts_from_the_last_day_on(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    book(tenant, NOON)
    count_days(NOON)
    book(tenant, NOON + timedelta(hours=2), NOON + timedelta(days=1))
    asked: list[Any] = []

    def noted(*, since: Any) -> Any:
        asked.append(since)
        return appointments_created_by_day(since=since)

    monkeypatch.setattr(counting, "appointments_created_by_day", noted)

    count_days(NOON + timedelta(days=1))
    count_days(NOON + timedelta(days=1))

    assert counted() | {("bravo", "2026-03-10"): 0} == {
        ("acme", "2026-03-10"): 2,
        ("acme", "2026-03-11"): 1,
        ("bravo", "2026-03-10"): 0,
        ("bravo", "2026-03-11"): 0,
    }
    assert [day.isoformat() for day in asked] == ["2026-03-10", "2026-03-10", "2026-03-11", "2026-03-11"]


def test_one_that_fails_does_not_stop_the_rest(
    tenant: Tenant, other_tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(other_tenant, NOON)

    def broken(*, since: Any) -> Any:
        if schema_set() == "acme":
            raise DatabaseError("relation does not exist")
        return appointments_created_by_day(since=since)

    monkeypatch.setattr(counting, "appointments_created_by_day", broken)

    with pytest.raises(SomeFailed, match="acme"):
        count_days(NOON)

    assert counted() == {("bravo", "2026-03-10"): 1}


def test_days_are_forgotten_after_four_hundred(tenant: Tenant) -> None:
    DayOfBusiness.objects.create(tenant=tenant, day=NOON.date() - timedelta(days=401), bookings=3)
    count_refusal(tenant_id=tenant.pk, key="x", code="y", at=NOON - timedelta(days=401))

    count_days(NOON)

    assert ("acme", "2025-02-02") not in counted()
    assert Refusal.objects.count() == 0


def test_refusals_of_a_feature_are_counted(owner: APIClient, tenant: Tenant, put_on_plan: PutOnPlan) -> None:
    put_on_plan("free")

    statuses = [owner.get("/api/export/appointments/").status_code for _ in range(3)]

    assert statuses == [403, 403, 403]
    assert list(Refusal.objects.values_list("tenant", "key", "code", "count")) == [
        (tenant.pk, "can_export_data", "feature_not_in_plan", 3)
    ]


def test_refusals_of_a_quota_are_counted(owner: APIClient, tenant: Tenant) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(max_resources=0)

    response = owner.post("/api/resources/", {"name": "Room 1", "kind": "room"}, format="json")

    assert (response.status_code, response.json()["code"]) == (403, "quota_exceeded")
    assert list(Refusal.objects.values_list("key", "code", "count")) == [("max_resources", "quota_exceeded", 1)]


def test_a_refusal_that_cannot_be_counted_is_still_a_refusal(
    owner: APIClient, put_on_plan: PutOnPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_plan("free")

    def broken(**_: Any) -> None:
        raise DatabaseError("read-only")

    monkeypatch.setattr("platform_admin.receivers.count_refusal", broken)

    assert owner.get("/api/export/appointments/").status_code == 403
    assert Refusal.objects.count() == 0


def test_what_is_not_about_a_plan_is_not_counted(staff: APIClient, anonymous: APIClient) -> None:
    assert staff.get("/api/tokens/").status_code in {200, 403}
    assert anonymous.get("/api/export/appointments/").status_code == 401
    assert Refusal.objects.exclude(code="feature_not_in_plan").count() == 0
