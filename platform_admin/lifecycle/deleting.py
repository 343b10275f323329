"""Deleting a business: asked for, undone while there is time, and carried out so that a killed worker harms nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from core.audit import record
from core.errors import Conflict, FieldError, Missing
from core.leases import finish, renew, rest_until
from core.models import ApiToken, Membership, Tenant, User
from core.queue import forget_tasks_of
from core.suspension import resume, suspend
from platform_admin.lifecycle.archives import archives_folder, write_archive
from platform_admin.lifecycle.models import OPEN_DELETIONS, DeletionState, DeletionStep, TenantDeletion
from platform_admin.lifecycle.people import close_account, members_of, people_of_nowhere_else
from platform_admin.lifecycle.schemas import quoted

GRACE = timedelta(days=7)
DROP_WAITS = "5s"
"""How long dropping waits for who uses a table. All who sign in wait behind it, for it locks the table of people."""


@dataclass(frozen=True)
class Choices:
    """What is to happen with a business that leaves."""

    at_once: bool = False
    wants_archive: bool = True
    closes_accounts: bool = True
    even_active: bool = False


def ask_for_deletion(
    *, tenant: Tenant, confirmation: str, reason: str, choices: Choices, by: User | None, now: datetime
) -> TenantDeletion:
    """Suspend the business and note that it is to be deleted; a task has to be queued for it.

    `confirmation` is its schema name, typed. Raises FieldError, Conflict (`not_suspended`, `being_deleted`).
    """
    if confirmation.strip() != tenant.schema_name:
        raise FieldError("confirmation", f"Type {tenant.schema_name} to delete this business.")
    if not reason.strip():
        raise FieldError("reason", "Say why.")
    with transaction.atomic():
        present = Tenant.objects.select_for_update(no_key=True).filter(pk=tenant.pk).first()
        if present is None:
            raise Missing("There is no such business.")
        if not (present.is_suspended or choices.even_active):
            raise Conflict(
                f"{present.name} is not suspended. Suspend it first, or say that it is to go all the same.",
                code="not_suspended",
            )
        deletion = _note(present, reason=reason.strip(), choices=choices, by=by, now=now)
        if deletion.suspended_here:
            suspend(tenant=present, reason=f"To be deleted: {reason.strip()}", by=by, now=now)
        record(
            "tenant.deletion_asked",
            tenant=present,
            actor=by,
            object_label=present.name,
            after={
                "schema_name": present.schema_name,
                "due_at": deletion.due_at.isoformat(),
                "reason": deletion.reason,
                "archive": choices.wants_archive,
                "close_accounts": choices.closes_accounts,
            },
        )
    return deletion


def undo(*, deletion: TenantDeletion, by: User | None, now: datetime) -> TenantDeletion:
    """Let the business stay as it was before. Raises Conflict (`too_late`)."""
    with transaction.atomic():
        locked = locked_deletion(deletion)
        if not locked.can_be_undone or locked.tenant is None:
            raise Conflict(f"{locked.name} is being deleted already. It is too late.", code="too_late")
        locked.state, locked.next_attempt_at, locked.woken_at = DeletionState.UNDONE, None, None
        locked.lease_until, locked.finished_at, locked.problem = None, now, ""
        locked.save(update_fields=["state", "next_attempt_at", "woken_at", "lease_until", "finished_at", "problem"])
        record("tenant.deletion_undone", tenant=locked.tenant, actor=by, object_label=locked.name)
        if locked.suspended_here and locked.tenant.is_suspended:
            resume(tenant=locked.tenant, reason="Its deletion was undone.", by=by)
    return locked


def locked_deletion(deletion: TenantDeletion) -> TenantDeletion:
    """Return the row as it is, locked for the caller's transaction. Raises Conflict (`deletion_decided`), Missing."""
    rows = TenantDeletion.objects.select_related("tenant").select_for_update(no_key=True, of=("self",))
    locked = rows.filter(pk=deletion.pk).first()
    if locked is None:
        raise Missing("There is no such deletion.")
    if not locked.is_open:
        raise Conflict(f"The deletion of {locked.name} was {locked.get_state_display()}.", code="deletion_decided")
    return locked


def open_deletion_of(tenant_id: int) -> TenantDeletion | None:
    """Return the deletion that the business with this id waits for, if any."""
    return TenantDeletion.objects.filter(tenant=tenant_id, state__in=OPEN_DELETIONS).first()


def advance(deletion: TenantDeletion) -> None:
    """Do what is due. Raises LeaseLost, DomainError for what a person must decide."""
    renew(deletion, now=timezone.now())
    tenant = Tenant.objects.select_related("plan").filter(pk=deletion.tenant_number).first()
    if tenant is None:
        _finish_without_business(deletion)
        return
    if deletion.state == DeletionState.WAITING:
        if timezone.now() < deletion.due_at:
            _prepare(deletion, tenant)
            return
        _begin_to_leave(deletion, tenant)
    _take_access(deletion, tenant)
    if deletion.wants_archive and (deletion.archived_at is None or _is_earlier(deletion)):
        renew(deletion, now=timezone.now(), step=DeletionStep.LAST_ARCHIVE)
        _archive(deletion, tenant)
    renew(deletion, now=timezone.now(), step=DeletionStep.REMOVAL)
    _remove(deletion, tenant)


def _note(tenant: Tenant, *, reason: str, choices: Choices, by: User | None, now: datetime) -> TenantDeletion:
    try:
        with transaction.atomic():
            return TenantDeletion.objects.create(
                tenant=tenant,
                tenant_number=tenant.pk,
                schema_name=tenant.schema_name,
                name=tenant.name,
                reason=reason,
                due_at=now if choices.at_once else now + GRACE,
                wants_archive=choices.wants_archive,
                closes_accounts=choices.closes_accounts,
                suspended_here=not tenant.is_suspended,
                requested_by=by,
                created_at=now,
                next_attempt_at=now,
                woken_at=now,
            )
    except IntegrityError as error:
        raise Conflict(f"{tenant.name} is to be deleted already.", code="being_deleted") from error


def _prepare(deletion: TenantDeletion, tenant: Tenant) -> None:
    """Write the first archive, at the beginning of the time in which everything can be undone; then wait."""
    if deletion.wants_archive and deletion.archived_at is None:
        renew(deletion, now=timezone.now(), step=DeletionStep.ARCHIVE)
        _archive(deletion, tenant)
    rest_until(deletion, at=deletion.due_at, step=DeletionStep.GRACE, failures=0, problem="")


def _begin_to_leave(deletion: TenantDeletion, tenant: Tenant) -> None:
    if not tenant.is_suspended:
        raise Conflict(
            f"{tenant.name} is not suspended any more. Undo its deletion, or suspend it and try again.",
            code="not_suspended",
        )
    now = timezone.now()
    renew(
        deletion,
        now=now,
        state=DeletionState.LEAVING,
        step=DeletionStep.ACCESS,
        left_at=now,
        members=members_of(tenant),
    )


def _take_access(deletion: TenantDeletion, tenant: Tenant) -> None:
    """Let nobody in any more, neither people nor programs nor waiting tasks."""
    now = timezone.now()
    with transaction.atomic():
        renew(deletion, now=now, step=DeletionStep.ACCESS)
        ApiToken.objects.filter(tenant=tenant, revoked_at__isnull=True).update(revoked_at=now)
        Membership.objects.filter(tenant=tenant).update(is_active=False)
        Tenant.objects.filter(pk=tenant.pk).update(session_epoch=F("session_epoch") + 1)
        forget_tasks_of(tenant)


def _is_earlier(deletion: TenantDeletion) -> bool:
    """Tell whether the archive is from before the business was closed."""
    return deletion.archived_at is None or deletion.left_at is None or deletion.archived_at < deletion.left_at


def _archive(deletion: TenantDeletion, tenant: Tenant) -> None:
    now = timezone.now()
    archive = write_archive(
        tenant=tenant,
        members=deletion.members or members_of(tenant),
        folder=archives_folder(),
        name=f"{deletion.schema_name}-{deletion.pk}.zip",
        now=now,
    )
    renew(
        deletion,
        now=timezone.now(),
        archive_name=archive.name,
        archive_bytes=archive.size_bytes,
        archive_sha256=archive.sha256,
        archive_rows=archive.rows,
        archived_at=now,
    )


def _remove(deletion: TenantDeletion, tenant: Tenant) -> None:
    """Let the business be gone, whole, in one transaction: there is never a business without its schema."""
    with transaction.atomic():
        leaving = (
            list(people_of_nowhere_else(tenant).select_for_update(no_key=True)) if deletion.closes_accounts else []
        )
        facts = _facts_of(deletion, tenant)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{DROP_WAITS}'")
            cursor.execute(f"DROP SCHEMA IF EXISTS {quoted(tenant.schema_name)} CASCADE")
        record("tenant.deleted", tenant=tenant, actor=deletion.requested_by, object_label=tenant.name, before=facts)
        Tenant.objects.filter(pk=tenant.pk).delete()
        for person in leaving:
            close_account(person)
        finish(deletion, **_ended(accounts_closed=len(leaving)))


def _finish_without_business(deletion: TenantDeletion) -> None:
    """Note that there is nothing to delete: somebody did it by other means."""
    finish(deletion, **_ended())


def _ended(**changes: Any) -> dict[str, Any]:
    return {
        "state": DeletionState.DONE,
        "step": DeletionStep.GONE,
        "finished_at": timezone.now(),
        "problem": "",
        "failures": 0,
        **changes,
    }


def _facts_of(deletion: TenantDeletion, tenant: Tenant) -> dict[str, Any]:
    return {
        "id": tenant.pk,
        "schema_name": tenant.schema_name,
        "plan": tenant.plan.code if tenant.plan else None,
        "domains": list(tenant.domains.order_by("pk").values_list("domain", flat=True)),
        "members": [member["email"] for member in deletion.members],
        "reason": deletion.reason,
        "archive": deletion.archive_name,
        "archive_sha256": deletion.archive_sha256,
    }
