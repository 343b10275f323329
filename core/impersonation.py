"""Acting as a member of a business, for support: with a reason, for half an hour, seen by the business's owners.

A grant is a secret that works once, within a minute, at the one business; it begins a session of that business's host.
`SupportAccess` is the truth of both: what it does not allow any more ends with the next request.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.audit import record
from core.errors import Conflict, DomainError, FieldError, Forbidden
from core.models import Membership, SupportAccess, Tenant, User
from core.models.token import digest_of

GRANT_LIFETIME = timedelta(seconds=60)
SESSION_LIFETIME = timedelta(minutes=30)
PERMISSION = "core.impersonate"
SESSION_KEY = "support_access_id"
MAX_REASON = 300
EVERYTHING = "everything"
"""What a view says in `not_while_impersonating` when nothing of it is for support."""


class SupportLinkInvalid(DomainError):
    """The secret is unknown, used, expired, of another business, or its grant holds no more; which is not told."""

    code = "support_link_invalid"

    def __init__(self) -> None:
        super().__init__("This link has been used or has expired. Begin again in the back office.")


class SupportAccessOff(Conflict):
    """An owner of the business does not want support to act as its members."""

    code = "support_access_off"


class NotWhileImpersonating(Forbidden):
    """This is for the person alone, not for whoever acts in their place."""

    code = "not_while_impersonating"

    def __init__(self) -> None:
        super().__init__("Support cannot do this in somebody's place. They have to do it themselves.")


def may_impersonate(user: User) -> bool:
    """Tell whether somebody of the platform's staff may act as a member of a business at all."""
    return user.is_active and user.is_staff and user.has_perm(PERMISSION)


def grant(*, by: User, membership: Membership, reason: str, now: datetime | None = None) -> str:
    """Return a secret with which `by` can begin one session as the member within a minute.

    Raises Forbidden, FieldError for a reason that is missing or too long, SupportAccessOff, and Conflict
    (`cannot_act_as`) for former members, platform staff and oneself.
    """
    now = now or timezone.now()
    if not may_impersonate(by):
        raise Forbidden("You may not act as a member of a business.")
    reason = reason.strip()
    if not reason or len(reason) > MAX_REASON:
        raise FieldError("reason", f"Say why, in at most {MAX_REASON} characters. The business's owners can read it.")
    _require_possible(by, membership)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        SupportAccess.objects.create(
            tenant=membership.tenant,
            by=by,
            by_label=by.label,
            person=membership.user,
            person_label=membership.user.label,
            reason=reason,
            digest=digest_of(secret),
            granted_at=now,
            expires_at=now + GRANT_LIFETIME,
        )
        record(
            "support.granted",
            tenant=membership.tenant,
            actor=by,
            object_label=membership.user.email,
            after={"reason": reason},
        )
    return secret


def begin(*, secret: str, tenant: Tenant, now: datetime | None = None) -> tuple[SupportAccess, Membership]:
    """Use up the tenant's grant with this secret; return it and the member it is for. Raises SupportLinkInvalid.

    Of several who use the same one at once a single one succeeds.
    """
    now = now or timezone.now()
    mine = SupportAccess.objects.filter(digest=digest_of(secret), tenant=tenant)
    with transaction.atomic():
        # Conditions on the row itself alone: PostgreSQL checks them again for whoever waited for the row's lock.
        begun = mine.filter(started_at__isnull=True, ended_at__isnull=True, expires_at__gt=now)
        if not begun.update(started_at=now, ends_at=now + SESSION_LIFETIME):
            raise SupportLinkInvalid
        access = running(access_id=mine.values_list("pk", flat=True).get(), tenant=tenant, now=now)
        membership = _membership_of(access, tenant) if access is not None else None
        if access is None or membership is None:
            raise SupportLinkInvalid
        record(
            "support.began",
            tenant=tenant,
            actor=membership.user,
            impersonator=access.by,
            object_label=membership.user.email,
            after={"reason": access.reason, "ends_at": access.ends_at.isoformat() if access.ends_at else None},
        )
    return access, membership


def running(*, access_id: int, tenant: Tenant, now: datetime | None = None) -> SupportAccess | None:
    """Return the begun access if it goes on: its time is not over, nobody ended it, and who has it still may."""
    if not tenant.support_access_allowed:
        return None
    access = (
        SupportAccess.objects.select_related("by")
        .filter(pk=access_id, tenant=tenant, started_at__isnull=False, ended_at__isnull=True)
        .filter(ends_at__gt=now or timezone.now())
        .first()
    )
    return access if access is not None and access.by is not None and may_impersonate(access.by) else None


def end(*, access: SupportAccess, now: datetime | None = None) -> None:
    """End a session before its time. Ending one that is over changes nothing."""
    with transaction.atomic():
        unended = SupportAccess.objects.filter(pk=access.pk, ended_at__isnull=True)
        if unended.update(ended_at=now or timezone.now()):
            record(
                "support.ended",
                tenant=access.tenant,
                actor=access.person,
                impersonator=access.by,
                object_label=access.person_label,
            )


def allow_support(*, by: Membership, allowed: bool, now: datetime | None = None) -> None:
    """Let support act as members of the business, or no more; what support is doing there ends with that."""
    now = now or timezone.now()
    with transaction.atomic():
        tenant = Tenant.objects.select_for_update(no_key=True).get(pk=by.tenant_id)
        before = tenant.support_access_allowed
        if before == allowed:
            return
        Tenant.objects.filter(pk=tenant.pk).update(support_access_allowed=allowed)
        if not allowed:
            SupportAccess.objects.filter(tenant=tenant, ended_at__isnull=True, ends_at__gt=now).update(ended_at=now)
        record(
            "support.allowed" if allowed else "support.refused",
            tenant=tenant,
            actor=by.user,
            object_label=tenant.name,
            before={"support_access_allowed": before},
            after={"support_access_allowed": allowed},
        )


def require_own_hands(view: Any, method: str) -> None:
    """Raise NotWhileImpersonating when the view keeps this from support.

    A view says so in `not_while_impersonating`: EVERYTHING, or the names of its actions (of methods, in lower case,
    where it has no actions).
    """
    kept: Any = getattr(view, "not_while_impersonating", ())
    action = getattr(view, "action", None) or method.lower()
    if kept == EVERYTHING or action in kept:
        raise NotWhileImpersonating


def _require_possible(by: User, membership: Membership) -> None:
    person, tenant = membership.user, membership.tenant
    if not tenant.support_access_allowed:
        raise SupportAccessOff(
            f"An owner of {tenant.name} has switched support access off. Ask them to allow it on their team page."
        )
    if not (membership.is_active and person.is_active):
        raise Conflict(f"{person.email} cannot sign in to {tenant.name} themselves.", code="cannot_act_as")
    if person.is_staff or person.is_superuser or person.pk == by.pk:
        raise Conflict("Nobody acts as somebody of the platform's staff.", code="cannot_act_as")


def _membership_of(access: SupportAccess, tenant: Tenant) -> Membership | None:
    found = (
        Membership.objects.select_related("user")
        .filter(tenant=tenant, user=access.person_id, is_active=True, user__is_active=True)
        .filter(user__is_staff=False, user__is_superuser=False)
        .first()
    )
    if found is not None:
        found.tenant = tenant
    return found
