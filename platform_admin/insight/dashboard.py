"""How the platform fares. The number of statements does not depend on the number of businesses."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from core.installed import registry
from core.models import PlanRequest, PlanRequestState, SubscriptionPlan, Tenant
from core.queue import failed_tasks
from core.quota_rules import state_of
from platform_admin.insight.charts import Chart, bar_chart
from platform_admin.insight.models import DayOfBusiness, Refusal
from platform_admin.lifecycle.models import OPEN_DELETIONS, BuildState, TenantBuild, TenantDeletion
from platform_admin.models import TenantStanding

PRESSED = ("near", "reached", "over")
SHOWN_IN_TROUBLE = 20


@dataclass(frozen=True)
class PlanShare:
    """How many businesses are on a plan; `percent` of all."""

    name: str
    count: int
    percent: int
    query: str


@dataclass(frozen=True)
class Gate:
    """What businesses met of one feature or quota, and what they did about it."""

    name: str
    refusals: int
    businesses: int
    requests: int
    granted: int


@dataclass(frozen=True)
class Pressure:
    """How many businesses are near, at and over one quota."""

    name: str
    near: int
    reached: int
    over: int


@dataclass(frozen=True)
class Trouble:
    """Something that does not work in one business; `page` leads there."""

    business: str
    name: str
    count: int
    page: str


@dataclass(frozen=True)
class Dashboard:
    """Everything the first page of the back office tells, over the last `days` days."""

    days: int
    tenants: int
    suspended: int
    active_7: int
    active_30: int
    counted_at: datetime | None
    plans: tuple[PlanShare, ...]
    bookings: Chart
    signups: Chart
    gates: tuple[Gate, ...]
    pressures: tuple[Pressure, ...]
    troubles: tuple[Trouble, ...]
    troubles_left_out: int
    failed_tasks: int
    open_builds: int
    open_deletions: int


def dashboard(*, days: int, now: datetime) -> Dashboard:
    """Return the figures of the last `days` days, today included, in days of UTC."""
    today = now.astimezone(UTC).date()
    since = today - timedelta(days=days - 1)
    counts = Tenant.objects.aggregate(
        tenants=Count("pk"),
        suspended=Count("pk", filter=Q(suspended_at__isnull=False)),
        active_7=Count("pk", filter=Q(standing__last_activity_at__gte=now - timedelta(days=7))),
        active_30=Count("pk", filter=Q(standing__last_activity_at__gte=now - timedelta(days=30))),
    )
    standings = list(
        TenantStanding.objects.select_related("tenant__plan").prefetch_related("tenant__override_notes").order_by("pk")
    )
    troubles = _troubles(standings)
    return Dashboard(
        days=days,
        counted_at=min((one.counted_at for one in standings if one.counted_at), default=None),
        plans=_plans(counts["tenants"]),
        bookings=_bookings(since, today),
        signups=_signups(since, today),
        gates=_gates(since),
        pressures=_pressures(standings, now),
        troubles=tuple(troubles[:SHOWN_IN_TROUBLE]),
        troubles_left_out=max(len(troubles) - SHOWN_IN_TROUBLE, 0),
        failed_tasks=failed_tasks(within=timedelta(days=1), now=now),
        open_builds=TenantBuild.objects.filter(state=BuildState.OPEN).count(),
        open_deletions=TenantDeletion.objects.filter(state__in=OPEN_DELETIONS).count(),
        **counts,
    )


def _plans(total: int) -> tuple[PlanShare, ...]:
    plans = SubscriptionPlan.objects.order_by("sort_order", "pk").annotate(count=Count("tenants"))
    shares = [
        PlanShare(name, count, _percent(count, total), f"plan__id__exact={pk}")
        for pk, name, count, is_active in plans.values_list("pk", "name", "count", "is_active")
        if count or is_active
    ]
    without = total - sum(share.count for share in shares)
    return (
        *shares,
        *([PlanShare("No plan", without, _percent(without, total), "plan__isnull=True")] if without else []),
    )


def _bookings(since: date, today: date) -> Chart:
    days = DayOfBusiness.objects.filter(day__gte=since, day__lte=today).order_by().values("day")
    counted = dict(days.annotate(total=Sum("bookings")).values_list("day", "total"))
    return bar_chart(
        identity="bookings",
        title="Bookings per day, all businesses",
        values=_day_by_day(counted, since, today),
        unit="bookings",
    )


def _signups(since: date, today: date) -> Chart:
    start = datetime.combine(since, datetime.min.time(), tzinfo=UTC)
    days = Tenant.objects.filter(created_at__gte=start).annotate(day=TruncDate("created_at", tzinfo=UTC)).order_by()
    counted = dict(days.values("day").annotate(count=Count("pk")).values_list("day", "count"))
    return bar_chart(
        identity="signups",
        title="New businesses per day",
        values=_day_by_day(counted, since, today),
        unit="new businesses",
    )


def _gates(since: date) -> tuple[Gate, ...]:
    """A plan request belongs to the feature it names; requests without one are about no gate in particular."""
    refused = Refusal.objects.filter(day__gte=since).order_by().values("key")
    refusals = {
        key: (count, businesses)
        for key, count, businesses in refused.annotate(
            total=Sum("count"), businesses=Count("tenant", distinct=True)
        ).values_list("key", "total", "businesses")
    }
    start = datetime.combine(since, datetime.min.time(), tzinfo=UTC)
    asked = PlanRequest.objects.filter(created_at__gte=start).exclude(feature="").order_by().values("feature")
    requests = {
        key: (count, granted)
        for key, count, granted in asked.annotate(
            count=Count("pk"), granted=Count("pk", filter=Q(state=PlanRequestState.GRANTED))
        ).values_list("feature", "count", "granted")
    }
    gates = [
        Gate(name_of(key), *refusals.get(key, (0, 0)), *requests.get(key, (0, 0))) for key in {*refusals, *requests}
    ]
    return tuple(sorted(gates, key=lambda gate: (-gate.refusals, -gate.requests, gate.name)))


def name_of(key: str) -> str:
    """Return what people call the feature or quota `key`."""
    known = registry().features.get(key) or registry().quotas.get(key)
    return known.name if known is not None else key


def _pressures(standings: list[TenantStanding], now: datetime) -> tuple[Pressure, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    for standing in standings:
        for key, used in standing.usage.items():
            if key in registry().quotas:
                counted[key, state_of(standing.tenant.limit_of(key, now=now), used)] += 1
    pressures = (
        Pressure(quota.name, *(counted[key, state] for state in PRESSED)) for key, quota in registry().quotas.items()
    )
    return tuple(one for one in pressures if one.near or one.reached or one.over)


def _troubles(standings: list[TenantStanding]) -> list[Trouble]:
    kinds = [(key, figure) for key, figure in registry().figures.items() if figure.is_trouble]
    found = [
        Trouble(
            business=standing.tenant.name,
            name=figure.name,
            count=standing.figures[key],
            page=(
                f"{figure.page}?business={standing.tenant.schema_name}"
                if figure.page
                else f"/admin/core/tenant/{standing.tenant_id}/change/"
            ),
        )
        for standing in standings
        for key, figure in kinds
        if standing.figures.get(key)
    ]
    return sorted(found, key=lambda trouble: (-trouble.count, trouble.business, trouble.name))


def _day_by_day(counted: dict[date, int], since: date, today: date) -> list[tuple[str, int]]:
    days = [since + timedelta(days=number) for number in range((today - since).days + 1)]
    return [(day.isoformat(), counted.get(day, 0)) for day in days]


def _percent(part: int, whole: int) -> int:
    return round(part * 100 / whole) if whole else 0
