"""Counting how businesses stand, each in a transaction of its own."""

import logging
from datetime import datetime

from django.db import transaction
from django_tenants.utils import tenant_context

from core.everywhere import SomeFailed
from core.installed import registry
from core.models import Tenant
from core.quotas import count_inside
from core.registry import resolve
from platform_admin.models import TenantStanding
from platform_admin.selectors.activity import last_activity

logger = logging.getLogger(__name__)

COUNTED_TOGETHER = 200
PROBLEM_LENGTH = 300


def recount_all(now: datetime) -> None:
    """Count in every business, suspended ones too. One that cannot be counted does not keep the others from it.

    Raises SomeFailed in the end, naming those.
    """
    failed = []
    tenants = list(Tenant.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(tenants), COUNTED_TOGETHER):
        chunk = Tenant.objects.filter(pk__in=tenants[start : start + COUNTED_TOGETHER]).order_by("pk")
        activity = last_activity(tenant.pk for tenant in chunk)
        failed += [tenant.schema_name for tenant in chunk if not _recount(tenant, activity.get(tenant.pk), now=now)]
    if failed:
        raise SomeFailed(f"Could not be counted: {', '.join(failed)}")


def recount(*, tenant: Tenant, now: datetime) -> TenantStanding:
    """Count in one business and return how it stands; `problem` says so where that is not possible."""
    _recount(tenant, last_activity([tenant.pk]).get(tenant.pk), now=now)
    return TenantStanding.objects.get(tenant_id=tenant.pk)


def _recount(tenant: Tenant, last_activity_at: datetime | None, *, now: datetime) -> bool:
    seen = {"last_activity_at": last_activity_at}
    try:
        with transaction.atomic():
            counted = {"usage": count_inside(tenant, now=now), "figures": _figures(tenant, now)}
            _keep(tenant, {**seen, **counted, "counted_at": now, "problem": ""})
    except Exception as error:
        logger.exception("%s could not be counted", tenant.schema_name)
        problem = f"{type(error).__name__}: {error}".splitlines()[0][:PROBLEM_LENGTH]
        with transaction.atomic():
            if Tenant.objects.select_for_update(no_key=True).filter(pk=tenant.pk).exists():
                _keep(tenant, {**seen, "problem": problem})
        return False
    return True


def _figures(tenant: Tenant, now: datetime) -> dict[str, int]:
    with tenant_context(tenant):
        return {key: int(resolve(figure.count)(tenant, now)) for key, figure in registry().figures.items()}


def _keep(tenant: Tenant, values: dict[str, object]) -> None:
    TenantStanding.objects.update_or_create(tenant_id=tenant.pk, defaults=values)
