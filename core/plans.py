"""Writing plans: new ones, changed ones, copies, archived ones. Each act is one transaction with its audit entry."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.errors import Conflict, Missing, StaleWrite
from core.installed import registry
from core.models import PlanRequest, PlanRequestState, SubscriptionPlan, User
from core.plan_requests import decline
from core.versions import changed_keys, version_of

TERMS = ("permissions", "limits")
PLAN_FIELDS = ("code", "name", "description", "price_cents", "sort_order", "is_public", "is_active", *TERMS)
CODE_LENGTH = 50


def version_of_plan(plan: SubscriptionPlan) -> str:
    """Return what `save_plan` wants as `seen` from whoever read the plan as it is now."""
    return version_of(_values(plan))


def unknown_features(permissions: Any, stored: Any = None) -> list[str]:
    """Return a sentence for each key that no app declares; those in `stored` are kept and not complained about."""
    if not isinstance(permissions, dict):
        return []
    known = {*registry().features, *(stored if isinstance(stored, dict) else ())}
    return [f"{key!r} is not a feature." for key in permissions if key not in known]


def lock_plan(plan_id: int) -> SubscriptionPlan:
    """Return the plan as stored, locked until the end of the caller's transaction. Raises Missing."""
    plan = SubscriptionPlan.objects.select_for_update(no_key=True).filter(pk=plan_id).first()
    if plan is None:
        raise Missing("There is no such plan.")
    return plan


def save_plan(*, plan: SubscriptionPlan, seen: str | None, by: User | None) -> None:
    """Store `plan` with its new values and record what changed, of permissions and limits the changed keys alone.

    `seen` is the version the writer had read, None for a new plan. Raises StaleWrite when the stored one is another by
    now, ValidationError naming a key that cannot be meant. A plan that is as stored is not written.
    """
    with transaction.atomic():
        stored = lock_plan(plan.pk) if plan.pk is not None else None
        if stored is not None and seen != version_of_plan(stored):
            raise StaleWrite(f"The plan {stored.name} was changed by somebody else after you had opened it.")
        problems = unknown_features(plan.permissions, stored.permissions if stored else None)
        if problems:
            raise ValidationError({"permissions": problems})
        plan.clean()
        before, after = changed_keys(_values(stored) if stored else {}, _values(plan))
        if not after:
            return
        plan.save()
        for term in TERMS:
            if term in before:
                before[term], after[term] = changed_keys(before[term], after[term])
        action = "plan.changed" if stored else "plan.created"
        record(action, tenant=None, actor=by, object_label=plan.name, before=before, after=after)


def duplicate_plan(*, plan: SubscriptionPlan, by: User | None) -> SubscriptionPlan:
    """Make a plan with the same terms under the code `…-copy`; it is active, and nobody can choose it yet."""
    with transaction.atomic():
        source = lock_plan(plan.pk)
        copy = SubscriptionPlan(**{**_values(source), "code": _free_code(source.code), "is_active": True})
        copy.name, copy.is_public = f"{source.name[:93]} (copy)", False
        # What an app that is gone had declared comes along.
        copy.save()
        record(
            "plan.created",
            tenant=None,
            actor=by,
            object_label=copy.name,
            after={"copy_of": source.code, **_values(copy)},
        )
    return copy


def archive_plan(*, plan: SubscriptionPlan, reason: str, by: User, now: datetime | None = None) -> int:
    """Take the plan off sale for good measure; businesses that have it keep it.

    Open requests for it are declined, their number is returned. Raises Conflict (`plan_archived`).
    """
    now = now or timezone.now()
    with transaction.atomic():
        stored = lock_plan(plan.pk)
        if not stored.is_active:
            raise Conflict(f"The plan {stored.name} is archived already.", code="plan_archived")
        SubscriptionPlan.objects.filter(pk=stored.pk).update(is_active=False)
        record(
            "plan.archived",
            tenant=None,
            actor=by,
            object_label=stored.name,
            before={"is_active": True},
            after={"is_active": False, "reason": reason},
        )
        open_requests = list(PlanRequest.objects.filter(plan=stored, state=PlanRequestState.OPEN).order_by("pk"))
        for request in open_requests:
            decline(request=request, by=by, now=now, reason=reason or f"The plan {stored.name} was archived.")
    return len(open_requests)


def bring_back_plan(*, plan: SubscriptionPlan, by: User) -> None:
    """Put an archived plan back into use. Raises Conflict (`plan_active`)."""
    with transaction.atomic():
        stored = lock_plan(plan.pk)
        if stored.is_active:
            raise Conflict(f"The plan {stored.name} is not archived.", code="plan_active")
        SubscriptionPlan.objects.filter(pk=stored.pk).update(is_active=True)
        record(
            "plan.brought_back",
            tenant=None,
            actor=by,
            object_label=stored.name,
            before={"is_active": False},
            after={"is_active": True},
        )


def _values(plan: SubscriptionPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PLAN_FIELDS}


def _free_code(code: str) -> str:
    """Return `code-copy`, or the first of `code-copy-2`, … that is free. A race for one ends at the unique index."""
    taken = set(SubscriptionPlan.objects.values_list("code", flat=True))
    stem = f"{code[: CODE_LENGTH - 9]}-copy"
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found
