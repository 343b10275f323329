"""Businesses by how they stand, decided in SQL so that lists of thousands stay one statement."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, F, FloatField, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, NullIf

from core.installed import registry
from core.models import OverrideNote, Tenant
from core.overrides import override_keys
from core.quota_rules import NEARLY_USED_SHARE

INACTIVE_AFTER = timedelta(days=30)


def with_quota_over(tenants: QuerySet[Tenant], now: datetime) -> QuerySet[Tenant]:
    """Keep the businesses that have more of something than they may, as last counted."""
    return _where_some_quota(tenants, now, lambda used, limit: Q(**{f"{used}__gt": F(limit)}))


def with_quota_near(tenants: QuerySet[Tenant], now: datetime) -> QuerySet[Tenant]:
    """Keep the businesses at a limit above 0 or near it (80 %), as last counted."""
    return _where_some_quota(
        tenants,
        now,
        lambda used, limit: Q(
            **{f"{used}__lte": F(limit), f"{used}__gte": F(limit) * NEARLY_USED_SHARE, f"{limit}__gt": 0}
        ),
    )


def with_overrides(tenants: QuerySet[Tenant], *, have: bool = True) -> QuerySet[Tenant]:
    """Keep the businesses that have an override, in force or not; with `have=False` those that have none."""
    none = Q(**{f"{key}__isnull": True for key in override_keys()})
    return tenants.exclude(none) if have else tenants.filter(none)


def inactive(tenants: QuerySet[Tenant], now: datetime) -> QuerySet[Tenant]:
    """Keep the businesses whose people have done nothing for 30 days, as last counted."""
    since = now - INACTIVE_AFTER
    silent = Q(standing__last_activity_at__isnull=True) | Q(standing__last_activity_at__lt=since)
    return tenants.filter(silent, created_at__lt=since)


def _where_some_quota(tenants: QuerySet[Tenant], now: datetime, condition: Any) -> QuerySet[Tenant]:
    columns: dict[str, Any] = {}
    some = Q(pk__in=())
    for key in registry().quotas:
        columns[f"used_{key}"] = Cast(KeyTextTransform(key, "standing__usage"), IntegerField())
        columns[f"limit_{key}"] = _limit(key, now)
        some |= condition(f"used_{key}", f"limit_{key}")
    return tenants.alias(**columns).filter(some)


def _limit(key: str, now: datetime) -> Any:
    """Return what `Tenant.limit_of` returns, in SQL; a fraction's type, for a plan's limit may be of any size."""
    planned = Case(
        When(plan__isnull=True, then=Value(0.0)), default=Cast(KeyTextTransform(key, "plan__limits"), FloatField())
    )
    if key not in override_keys():
        return NullIf(planned, Value(-1.0))
    notes = OverrideNote.objects.filter(tenant=OuterRef("pk"), key=key)
    out_of_force = Exists(notes.filter(Q(expires_at__lte=now) | Q(effective_from__gt=now)))
    own = Q(**{f"{key}__isnull": False}) & ~Q(out_of_force)
    return NullIf(
        Case(When(own, then=Cast(F(key), FloatField())), default=planned, output_field=FloatField()), Value(-1.0)
    )
