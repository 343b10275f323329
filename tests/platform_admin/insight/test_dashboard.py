"""The first page of the back office: its numbers are those of the rows, however many businesses there are."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Domain, PlanRequest, PlanRequestState, SubscriptionPlan, Tenant, User
from platform_admin.insight.charts import bar_chart, round_up
from platform_admin.insight.counting import count_days, count_refusal
from platform_admin.insight.dashboard import dashboard
from platform_admin.models import TenantStanding
from schedule.models import Event
from tests.core.browser import person
from tests.factories.schedule import EventFactory
from tests.platform_admin.office import signed_in

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def extra(number: int, plan: SubscriptionPlan | None = None) -> Tenant:
    """A business that is nothing but a row."""
    tenant = Tenant(name=f"Extra {number}", schema_name=f"extra_{number}", plan=plan)
    (tenant,) = Tenant.objects.bulk_create([tenant])
    Domain.objects.bulk_create([Domain(tenant=tenant, domain=f"extra-{number}.localhost", is_primary=True)])
    return tenant


def stand(
    tenant: Tenant, *, days_ago: float | None = None, usage: dict[str, int] | None = None, **figures: int
) -> None:
    TenantStanding.objects.update_or_create(
        tenant=tenant,
        defaults={
            "usage": usage or {},
            "figures": figures,
            "last_activity_at": NOW - timedelta(days=days_ago) if days_ago is not None else None,
            "counted_at": NOW,
        },
    )


def test_bookings_agree_with_the_appointments(tenant: Tenant) -> None:
    moments = [NOW - timedelta(days=days) for days in (0, 0, 3, 29, 30, 89)]
    for moment in moments:
        Event.objects.filter(pk=EventFactory.create().pk).update(created_at=moment)
    count_days(NOW)

    month, quarter = dashboard(days=30, now=NOW).bookings, dashboard(days=90, now=NOW).bookings

    direct = Event.objects.filter(created_at__gte=datetime(2026, 2, 9, tzinfo=UTC)).count()
    assert (month.total, quarter.total, len(month.bars), len(quarter.bars)) == (direct, len(moments), 30, 90)
    assert {bar.label: bar.value for bar in month.bars if bar.value} == {
        "2026-03-10": 2,
        "2026-03-07": 1,
        "2026-02-09": 1,
    }
    assert month.description == "4 bookings in all, 2 at most, on 2026-03-10."


def test_businesses_are_counted_by_plan_and_activity(tenant: Tenant, other_tenant: Tenant) -> None:
    starter = SubscriptionPlan.objects.get(code="starter")
    loose, idle = extra(1), extra(2, starter)
    Tenant.objects.filter(pk=idle.pk).update(suspended_at=NOW)
    stand(tenant, days_ago=6.9)
    stand(other_tenant, days_ago=29)
    stand(idle, days_ago=31)
    stand(loose)

    board = dashboard(days=30, now=NOW)

    assert (board.tenants, board.suspended, board.active_7, board.active_30) == (4, 1, 1, 2)
    assert [(share.name, share.count, share.percent) for share in board.plans if share.count] == [
        ("Starter", 1, 25),
        ("Professional", 2, 50),
        ("No plan", 1, 25),
    ]
    assert board.counted_at == NOW


def test_gates_are_met_and_lead_to_plans(tenant: Tenant, other_tenant: Tenant) -> None:
    for business, times in ((tenant, 3), (other_tenant, 2)):
        for _ in range(times):
            count_refusal(tenant_id=business.pk, key="can_white_label", code="feature_not_in_plan", at=NOW)
    count_refusal(tenant_id=tenant.pk, key="max_resources", code="quota_exceeded", at=NOW)
    count_refusal(tenant_id=tenant.pk, key="max_users", code="quota_exceeded", at=NOW - timedelta(days=31))
    plan = SubscriptionPlan.objects.get(code="business")
    for business, state in ((tenant, PlanRequestState.GRANTED), (other_tenant, PlanRequestState.DECLINED)):
        PlanRequest.objects.create(
            tenant=business, plan=plan, feature="can_white_label", state=state, created_at=NOW, decided_at=NOW
        )

    gates = dashboard(days=30, now=NOW).gates

    assert [(gate.name, gate.refusals, gate.businesses, gate.requests, gate.granted) for gate in gates] == [
        ("White Labeling", 5, 2, 2, 1),
        ("Resources", 1, 1, 0, 0),
    ]


def test_pressure_on_quotas(tenant: Tenant, other_tenant: Tenant) -> None:
    stand(tenant, usage={"max_resources": 12, "max_users": 20, "max_services": 3})
    stand(other_tenant, usage={"max_resources": 16, "max_users": 21, "gone_quota": 5})

    pressures = dashboard(days=30, now=NOW).pressures

    assert [(one.name, one.near, one.reached, one.over) for one in pressures] == [
        ("Users", 0, 1, 1),
        ("Resources", 1, 0, 1),
    ]


def test_troubles_lead_to_where_they_are_mended(tenant: Tenant, other_tenant: Tenant) -> None:
    stand(tenant, failing_connections=2, failed_exports_7_days=0)
    stand(other_tenant, failing_connections=0, failed_exports_7_days=1)

    troubles = dashboard(days=30, now=NOW).troubles

    assert [(one.business, one.count, one.page) for one in troubles] == [
        ("Acme", 2, "/admin/calendar_sync/calendarconnection/?business=acme"),
        ("Bravo", 1, f"/admin/core/tenant/{other_tenant.pk}/change/"),
    ]


def test_the_number_of_statements_does_not_grow(tenant: Tenant) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            dashboard(days=30, now=NOW)
        return len(captured)

    plan = SubscriptionPlan.objects.get(code="starter")
    stand(tenant, usage={"max_resources": 1})
    few = statements()
    for number in range(60):
        stand(extra(number, plan), usage={"max_resources": 5}, failing_connections=1)

    assert statements() == few
    assert dashboard(days=30, now=NOW).troubles_left_out == 40


@pytest.mark.parametrize(("value", "ceiling"), [(0, 1), (1, 1), (2, 2), (3, 5), (9, 10), (11, 20), (50, 50), (51, 100)])
def test_scales_end_at_round_numbers(value: int, ceiling: int) -> None:
    assert round_up(value) == ceiling


def test_bars_stay_inside_and_grow_with_their_values() -> None:
    chart = bar_chart(identity="x", title="X", values=[("a", 0), ("b", 5), ("c", 10)], unit="things")

    heights = [float(bar.height) for bar in chart.bars]
    assert heights[0] == 0
    assert heights[1] * 2 == pytest.approx(heights[2])
    assert all(float(bar.y) + float(bar.height) == pytest.approx(chart.base) for bar in chart.bars)
    assert all(chart.left <= float(bar.x) <= chart.width - float(bar.width) for bar in chart.bars)
    assert bar_chart(identity="x", title="X", values=[("a", 0)], unit="things").description == "No things in this time."


def test_the_page_shows_charts_with_words_and_tables(office: Client, tenant: Tenant) -> None:
    Event.objects.filter(pk=EventFactory.create().pk).update(created_at=timezone.now())
    count_days(timezone.now())

    page = office.get("/admin/?days=90").content.decode()

    assert page.count("<svg viewBox") >= 2
    for identity in re.findall(r'aria-labelledby="(\S+-title) \S+-desc"', page):
        assert f'<title id="{identity}">' in page
    assert "1 bookings in all, 1 at most, on" in page
    assert page.count('<rect class="insight-bar" x=') == 180
    assert "/admin/core/tenant/?plan__id__exact=" in page


def test_only_who_was_given_it_sees_figures(tenant: Tenant, admin: User) -> None:
    clerk = person("clerk@platform.example")
    clerk.is_staff = True
    clerk.save()
    without = signed_in(clerk).get("/admin/")
    clerk.user_permissions.set(Permission.objects.filter(codename="view_insight"))
    with_it = signed_in(User.objects.get(pk=clerk.pk)).get("/admin/")

    found = [b"How the platform fares" in response.content for response in (without, with_it)]
    assert ([without.status_code, with_it.status_code], found) == ([200, 200], [False, True])
    assert Client(SERVER_NAME="localhost").get("/admin/").status_code == 302
    owner = signed_in(User.objects.get(email="owner@acme.example"))
    assert owner.get("/admin/").status_code == 302
