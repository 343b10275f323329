"""Who belongs to a business: members, their roles, and invitations."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from core.audit import record
from core.errors import Conflict, Forbidden, Missing
from core.ids import uuid7
from core.invitation_mail import secret_of, send_invitation
from core.models import ApiToken, Invitation, Membership, Role, Tenant, User
from core.models.token import digest_of
from core.quotas import require_room, reserve


class RoleNotYours(Forbidden):
    """A manager tried to touch an owner, or to make one."""

    code = "role_required"


class LastOwner(Conflict):
    """A business keeps at least one owner."""

    code = "last_owner"


def count_active_members(tenant: Tenant, now: datetime) -> int:
    """Count the people who can sign in to the business."""
    return Membership.objects.filter(tenant=tenant, is_active=True, user__is_active=True).count()


def invite(*, by: Membership, email: str, role: Role, now: datetime | None = None) -> Invitation:
    """Offer a person to join, by e-mail; inviting the same address again replaces the open invitation.

    Raises QuotaExceeded early, RoleNotYours when a manager invites an owner, Conflict (`already_member`).
    """
    now = now or timezone.now()
    email = email.strip().lower()
    _require_reach(by, role)
    require_room(by.tenant, "max_users")
    if Membership.objects.filter(tenant=by.tenant, user__email=email, is_active=True).exists():
        raise Conflict(f"email: {email} is a member already.", code="already_member")
    number = uuid7()
    try:
        with transaction.atomic():
            earlier = Invitation.objects.filter(tenant=by.tenant, email=email, accepted_at__isnull=True)
            for replaced in earlier:
                _require_reach(by, Role(replaced.role))
            earlier.delete()
            invitation = Invitation.objects.create(
                id=number,
                tenant=by.tenant,
                email=email,
                role=role,
                digest=digest_of(secret_of(number)),
                invited_by=by.user,
                expires_at=now + timedelta(days=settings.INVITATION_DAYS),
                next_attempt_at=now,
                woken_at=now,
            )
            record(
                "invitation.created",
                tenant=by.tenant,
                actor=by.user,
                object_label=email,
                after={"role": role},
            )
            with tenant_context(by.tenant):
                send_invitation.enqueue(str(number))
    except IntegrityError as error:
        raise Conflict(f"email: {email} is being invited by somebody else at this moment.", code="conflict") from error
    return invitation


def invite_owner(*, tenant: Tenant, email: str, by: User | None, now: datetime) -> Invitation:
    """Offer a person to own a business that the platform made for them; an open invitation of theirs is replaced.

    The quota on people is asked when they accept.
    """
    number = uuid7()
    with transaction.atomic():
        Invitation.objects.filter(tenant=tenant, email=email, accepted_at__isnull=True).delete()
        invitation = Invitation.objects.create(
            id=number,
            tenant=tenant,
            email=email,
            role=Role.OWNER,
            digest=digest_of(secret_of(number)),
            invited_by=by,
            expires_at=now + timedelta(days=settings.INVITATION_DAYS),
            next_attempt_at=now,
            woken_at=now,
        )
        record("invitation.created", tenant=tenant, actor=by, object_label=email, after={"role": Role.OWNER.value})
        with tenant_context(tenant):
            send_invitation.enqueue(str(number))
    return invitation


def find_invitation(secret: str, *, tenant: Tenant, now: datetime | None = None) -> Invitation:
    """Return the tenant's open invitation with this secret. Raises Missing for one unknown, used or expired."""
    invitation = (
        Invitation.objects.select_related("tenant__plan").filter(digest=digest_of(secret), tenant=tenant).first()
    )
    if invitation is None or not invitation.is_open(now or timezone.now()):
        raise Missing(
            "token: this invitation does not exist, was used or has expired. Ask for a new one.",
            code="invitation_not_open",
        )
    return invitation


def accept_invitation(*, secret: str, tenant: Tenant, user: User | None, name: str, password: str) -> Membership:
    """Join the business. `user` is the person signed in as, None to create one with `name` and `password`.

    The quota on people is held exactly. Raises Missing, QuotaExceeded, Conflict (`account_exists`) when the address
    has an account and nobody signed in to it, Conflict (`already_member`) for who was let in by other means.
    """
    invitation = find_invitation(secret, tenant=tenant)
    with transaction.atomic():
        if user is not None and Membership.objects.filter(tenant=tenant, user=user, is_active=True).exists():
            raise Conflict(f"email: {user.email} is a member already.", code="already_member")
        reserve(tenant, "max_users")
        claimed = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(
            accepted_at=timezone.now()
        )
        if not claimed:
            raise Missing("token: this invitation was used a moment ago.", code="invitation_not_open")
        if user is None:
            user = _create_person(invitation.email, name, password)
        membership, _ = Membership.objects.update_or_create(
            tenant=tenant, user=user, defaults={"role": invitation.role, "is_active": True}
        )
        record("invitation.accepted", tenant=tenant, actor=user, object_label=user.email)
    return membership


def withdraw_invitation(*, invitation: Invitation, by: Membership) -> None:
    """Make an open invitation void. Raises RoleNotYours when a manager withdraws an owner's."""
    _require_reach(by, Role(invitation.role))
    with transaction.atomic():
        invitation.delete()
        record("invitation.withdrawn", tenant=by.tenant, actor=by.user, object_label=invitation.email)


def change_member(
    *, membership: Membership, by: Membership, role: Role | None = None, is_active: bool | None = None
) -> Membership:
    """Change a member's role, or let them in or out. Whoever leaves loses their tokens in this business.

    Raises RoleNotYours, LastOwner, and QuotaExceeded when letting somebody back in does not fit.
    """
    with transaction.atomic():
        locked = list(Membership.objects.select_for_update().filter(tenant=by.tenant).order_by("pk"))
        target = next((member for member in locked if member.pk == membership.pk), None)
        if target is None:
            raise Missing("There is no such member.")
        _require_reach(by, Role(target.role))
        before = {"role": target.role, "is_active": target.is_active}
        if role is not None:
            _require_reach(by, role)
            target.role = role
        if is_active is not None:
            if is_active and not target.is_active:
                reserve(by.tenant, "max_users")
            target.is_active = is_active
        others = (member for member in locked if member.pk != target.pk)
        if not any(m.is_active and m.role == Role.OWNER for m in (target, *others)):
            raise LastOwner("A business keeps at least one active owner. Make somebody else an owner first.")
        target.save(update_fields=["role", "is_active"])
        if not target.is_active:
            ApiToken.objects.filter(user=target.user, tenant=by.tenant, revoked_at__isnull=True).update(
                revoked_at=timezone.now()
            )
        record(
            "member.changed",
            tenant=by.tenant,
            actor=by.user,
            object_label=str(target),
            before=before,
            after={"role": target.role, "is_active": target.is_active},
        )
    return target


def _require_reach(by: Membership, role: Role) -> None:
    if role is Role.OWNER and not by.may_act_as(Role.OWNER):
        raise RoleNotYours("Only an owner can make or change an owner.", required_role=Role.OWNER.value)


def _create_person(email: str, name: str, password: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, name=name)
    except IntegrityError as error:
        raise Conflict(
            f"email: {email} has an account already. Sign in with its password to accept.",
            code="account_exists",
        ) from error
