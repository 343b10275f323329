"""How much of each quota of the scheduling domain is in use. Each runs in the tenant's schema."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from core.models import Tenant
from core.quota_rules import month_bounds
from schedule.models import Event, Resource, Service


def count_resources(tenant: Tenant, now: datetime) -> int:
    """Return how many active resources exist. What is switched off does not count."""
    return Resource.objects.filter(is_active=True).count()


def count_services(tenant: Tenant, now: datetime) -> int:
    """Return how many active services exist. What is switched off does not count."""
    return Service.objects.filter(is_active=True).count()


def count_appointments_created_this_month(tenant: Tenant, now: datetime) -> int:
    """Return how many appointments were created in the calendar month of `now`, in the tenant's zone.

    Cancelled ones count: the quota is about what was booked.
    """
    start, end = month_bounds(now, tenant.zone)
    return Event.objects.filter(created_at__gte=start, created_at__lt=end).count()


def count_appointments_created_in_30_days(tenant: Tenant, now: datetime) -> int:
    """Return how many appointments were created in the 30 days before `now`, cancelled ones included."""
    return Event.objects.filter(created_at__gt=now - timedelta(days=30), created_at__lte=now).count()


def appointments_created_by_day(*, since: date) -> dict[date, int]:
    """Return how many appointments were created on each day of UTC from `since` on; days without any are left out."""
    start = datetime.combine(since, datetime.min.time(), tzinfo=UTC)
    found = Event.objects.filter(created_at__gte=start).annotate(day=TruncDate("created_at", tzinfo=UTC)).order_by()
    return dict(found.values("day").annotate(count=Count("pk")).values_list("day", "count"))
