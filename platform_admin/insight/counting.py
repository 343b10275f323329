"""Counting, day by day: bookings now and then in each business, refusals as they happen."""

import logging
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django_tenants.utils import tenant_context

from core.everywhere import SomeFailed
from core.models import Tenant
from platform_admin.insight.models import DayOfBusiness, Refusal
from schedule.selectors.usage import appointments_created_by_day

logger = logging.getLogger(__name__)

DAYS_BACK = 90
"""How far back a business is counted the first time."""
KEPT = timedelta(days=400)


def count_days(now: datetime) -> None:
    """Count the bookings of every business from the day it was last counted on.

    A business that cannot be counted keeps nobody else from it. Raises SomeFailed in the end, naming the businesses.
    """
    today = now.astimezone(UTC).date()
    counted_until = dict(DayOfBusiness.objects.values("tenant").annotate(day=Max("day")).values_list("tenant", "day"))
    failed = []
    for tenant in Tenant.objects.order_by("pk").iterator(chunk_size=200):
        since = counted_until.get(tenant.pk, today - timedelta(days=DAYS_BACK))
        try:
            with transaction.atomic():
                _count(tenant, since=min(since, today), today=today)
        except Exception:
            logger.exception("The bookings of %s could not be counted", tenant.schema_name)
            failed.append(tenant.schema_name)
    _forget(today)
    if failed:
        raise SomeFailed(f"Bookings could not be counted in {', '.join(failed)}")


def count_refusal(*, tenant_id: int, key: str, code: str, at: datetime) -> None:
    """Add one to the refusals of the day, in one statement, so that none of many at once is lost."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO public.platform_admin_refusal AS r (tenant_id, key, code, day, count) VALUES (%s, %s, %s, %s, 1)
            ON CONFLICT (tenant_id, key, code, day) DO UPDATE SET count = r.count + 1
            """,
            [tenant_id, key[:64], code[:40], at.astimezone(UTC).date()],
        )


def _count(tenant: Tenant, *, since: date, today: date) -> None:
    with tenant_context(tenant):
        bookings = appointments_created_by_day(since=since)
    bookings.setdefault(today, 0)
    DayOfBusiness.objects.bulk_create(
        [DayOfBusiness(tenant=tenant, day=day, bookings=count) for day, count in sorted(bookings.items())],
        update_conflicts=True,
        unique_fields=["tenant", "day"],
        update_fields=["bookings"],
    )


def _forget(today: date) -> None:
    DayOfBusiness.objects.filter(day__lt=today - KEPT).delete()
    Refusal.objects.filter(day__lt=today - KEPT).delete()
