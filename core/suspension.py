"""Suspending a business, and letting it go on."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.errors import Conflict, FieldError, Missing
from core.models import Tenant, User

EFFECT = (
    "People can still sign in, and read, change and delete what exists. Paid features are withheld, nothing new can be "
    "added, and background work rests. No data is deleted."
)


def suspend(*, tenant: Tenant, reason: str, by: User | None, now: datetime | None = None) -> Tenant:
    """Withhold paid features and all growth from a business. Raises FieldError, Conflict (`already_suspended`)."""
    with transaction.atomic():
        locked = _lock(tenant, reason)
        if locked.suspended_at is not None:
            raise Conflict(f"{locked.name} is suspended already.", code="already_suspended")
        return _set(locked, now or timezone.now(), reason=reason, by=by)


def resume(*, tenant: Tenant, reason: str, by: User | None) -> Tenant:
    """Give a suspended business back what its plan says. Raises FieldError, Conflict (`not_suspended`)."""
    with transaction.atomic():
        locked = _lock(tenant, reason)
        if locked.suspended_at is None:
            raise Conflict(f"{locked.name} is not suspended.", code="not_suspended")
        return _set(locked, None, reason=reason, by=by)


def _lock(tenant: Tenant, reason: str) -> Tenant:
    if not reason.strip():
        raise FieldError("reason", "Say why.")
    locked = Tenant.objects.select_for_update(no_key=True).filter(pk=tenant.pk).first()
    if locked is None:
        raise Missing("There is no such business.")
    return locked


def _set(tenant: Tenant, suspended_at: datetime | None, *, reason: str, by: User | None) -> Tenant:
    before, tenant.suspended_at = tenant.suspended_at, suspended_at
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=suspended_at)
    record(
        "tenant.suspended" if suspended_at else "tenant.resumed",
        tenant=tenant,
        actor=by,
        object_label=tenant.name,
        before={"suspended_at": before.isoformat() if before else None},
        after={"suspended_at": suspended_at.isoformat() if suspended_at else None, "reason": reason.strip()},
    )
    return tenant
