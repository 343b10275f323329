"""How much of a quota is used, and the lock that keeps it from growing past its limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from core.entitlements import cheapest_plan_with_room, upgrade_offer
from core.errors import Forbidden
from core.installed import registry
from core.models import Tenant
from core.quota_rules import admits, month_bounds, state_of
from core.registry import Quota, resolve


@dataclass(frozen=True)
class Usage:
    """How a tenant stands with one quota. `limit` and `remaining` are None when unlimited."""

    key: str
    name: str
    limit: int | None
    used: int
    window: str
    resets_at: datetime | None

    @property
    def remaining(self) -> int | None:
        """How many more may be created; never below 0."""
        return None if self.limit is None else max(self.limit - self.used, 0)

    @property
    def state(self) -> str:
        """One of `unlimited`, `ok`, `near`, `reached`, `over`."""
        return state_of(self.limit, self.used)


class QuotaExceeded(Forbidden):
    """The plan admits no more of something."""

    code = "quota_exceeded"


class SubscriptionSuspended(Forbidden):
    """The subscription is suspended: what exists can be read, edited and deleted, nothing is added."""

    code = "subscription_suspended"


def usage(tenant: Tenant, key: str, *, now: datetime | None = None) -> Usage:
    """Count what the tenant uses of the quota `key`, in its schema. Raises KeyError for an unknown key."""
    quota = registry().quotas[key]
    now = now or timezone.now()
    return Usage(
        key=key,
        name=quota.name,
        limit=tenant.limit_of(key, now=now),
        used=_count(quota, tenant, now),
        window=quota.window,
        resets_at=month_bounds(now, tenant.zone)[1] if quota.window == "month" else None,
    )


def count_inside(tenant: Tenant, *, now: datetime, keys: Iterable[str] | None = None) -> dict[str, int]:
    """Enter the tenant's schema and count what it uses of each of the quotas `keys` (all of them), exactly.

    A failure leaves the caller's transaction usable. Raises DatabaseError for a tenant whose schema is not there.
    """
    quotas = registry().quotas
    with transaction.atomic(), tenant_context(tenant):
        return {key: _count(quotas[key], tenant, now) for key in (quotas if keys is None else keys)}


def require_room(tenant: Tenant, key: str, *, count: int = 1) -> None:
    """Raise QuotaExceeded or SubscriptionSuspended unless `count` more fit now. Takes no lock: an early answer."""
    if tenant.is_suspended:
        raise SubscriptionSuspended(
            "Your subscription is suspended. What exists can be read, changed and deleted; nothing can be added."
        )
    if tenant.limit_of(key) is None:
        return
    standing = usage(tenant, key)
    if not admits(standing.limit, standing.used, count):
        raise QuotaExceeded(
            f"Your current plan allows {standing.limit} {standing.name.lower()}"
            f"{' a month' if standing.window == 'month' else ''}, and {standing.used} are in use. "
            "Please upgrade your subscription to add more.",
            quota={
                "key": key,
                "limit": standing.limit,
                "used": standing.used,
                "window": standing.window,
                "resets_at": standing.resets_at.isoformat() if standing.resets_at else None,
            },
            plan=tenant.plan.code if tenant.plan else None,
            upgrade=upgrade_offer(cheapest_plan_with_room(tenant, key, standing.used + count), f"quota={key}"),
        )


def reserve(tenant: Tenant, key: str, n: int = 1) -> None:
    """Make sure `n` rows may be inserted in the caller's transaction, however many others try at the same time.

    Takes a transaction-level advisory lock on (quota, tenant) as a statement of its own, then counts, so that under
    READ COMMITTED the count sees every row committed by the previous holder. Raises QuotaExceeded,
    SubscriptionSuspended, or RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("quotas.reserve() needs the transaction of the insert it guards")
    if tenant.limit_of(key) is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_lock_number(key), tenant.pk % 2**31])
    require_room(tenant, key, count=n)


def _count(quota: Quota, tenant: Tenant, now: datetime) -> int:
    return int(resolve(quota.used)(tenant, now)) if quota.used is not None else 0


def _lock_number(key: str) -> int:
    number = crc32(f"quota:{key}".encode())
    return number - 2**32 if number >= 2**31 else number
