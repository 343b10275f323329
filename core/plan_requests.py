"""A business asks for another plan; the people who run the platform grant or decline."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audit import record
from core.errors import Conflict, FieldError, Missing
from core.models import Membership, PlanRequest, PlanRequestState, SubscriptionPlan, User
from core.tenants import change_plan


class PlanRequestOpen(Conflict):
    """A business has one open request at most."""

    code = "plan_request_open"


class PlanRequestDecided(Conflict):
    """The request was granted, declined or withdrawn already; `state` says which."""

    code = "plan_request_decided"


def ask_for_plan(
    *, by: Membership, plan_code: str, feature: str = "", note: str = "", now: datetime | None = None
) -> PlanRequest:
    """Ask for the plan with this code in the name of the member's business; `feature` is what it is about, if any.

    Raises FieldError for a plan that is not on sale, Conflict (`already_on_plan`), PlanRequestOpen.
    """
    plan = SubscriptionPlan.objects.on_sale().filter(code=plan_code).first()
    if plan is None:
        raise FieldError("plan", f"There is no plan {plan_code!r} on sale.", code="does_not_exist")
    if by.tenant.plan_id == plan.pk:
        raise Conflict(f"You are on the plan {plan.name} already.", code="already_on_plan")
    try:
        with transaction.atomic():
            request = PlanRequest.objects.create(
                tenant=by.tenant,
                plan=plan,
                feature=feature,
                note=note,
                requested_by=by.user,
                created_at=now or timezone.now(),
            )
            record(
                "plan_request.created",
                tenant=by.tenant,
                actor=by.user,
                object_label=plan.name,
                after={"plan": plan.code, "feature": feature},
            )
    except IntegrityError as error:
        raise PlanRequestOpen("Your business has asked for a plan already. Withdraw that request first.") from error
    return request


def withdraw(*, request: PlanRequest, by: Membership, now: datetime | None = None) -> PlanRequest:
    """Take back an open request of the member's business. Raises PlanRequestDecided."""
    return _decide(request, PlanRequestState.WITHDRAWN, by=by.user, now=now)


def grant(*, request: PlanRequest, by: User, now: datetime | None = None) -> PlanRequest:
    """Give the business the plan it asked for. Raises PlanRequestDecided, Conflict (`plan_archived`)."""
    with transaction.atomic():
        granted = _decide(request, PlanRequestState.GRANTED, by=by, now=now)
        if not granted.plan.is_active:
            raise Conflict(f"The plan {granted.plan.name} has been archived meanwhile.", code="plan_archived")
        change_plan(tenant=granted.tenant, plan=granted.plan, by=by)
    return granted


def decline(*, request: PlanRequest, by: User, now: datetime | None = None, reason: str = "") -> PlanRequest:
    """Leave the business on the plan it has; a `reason` is kept in the audit log. Raises PlanRequestDecided."""
    return _decide(request, PlanRequestState.DECLINED, by=by, now=now, reason=reason)


def _decide(
    request: PlanRequest, state: PlanRequestState, *, by: User, now: datetime | None, reason: str = ""
) -> PlanRequest:
    with transaction.atomic():
        locked = (
            PlanRequest.objects.select_for_update(no_key=True, of=("self",))
            .select_related("plan", "tenant")
            .filter(pk=request.pk)
            .first()
        )
        if locked is None:
            raise Missing("There is no such request.")
        if locked.state != PlanRequestState.OPEN:
            raise PlanRequestDecided(f"This request was {locked.state} already.", state=locked.state)
        locked.state, locked.decided_at, locked.decided_by = state, now or timezone.now(), by
        locked.save(update_fields=["state", "decided_at", "decided_by"])
        record(
            f"plan_request.{state.value}",
            tenant=locked.tenant,
            actor=by,
            object_label=locked.plan.name,
            after={"plan": locked.plan.code, "feature": locked.feature, **({"reason": reason} if reason else {})},
        )
    return locked
