"""The life of a business in the background."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core.models import Tenant, User
from core.tasks import LONG_QUEUE, platform_task
from platform_admin.lifecycle import building, deleting
from platform_admin.lifecycle.archives import remove_archive
from platform_admin.lifecycle.deleting import Choices
from platform_admin.lifecycle.models import DeletionState, TenantBuild, TenantDeletion
from platform_admin.lifecycle.working import bring_on, go_on, wake_all

ARCHIVES_KEPT = timedelta(days=30)


@platform_task(queue=LONG_QUEUE)
def build_business(number: str) -> None:
    """Build the business with this id, unless it is built or somebody is at it."""
    bring_on(TenantBuild, number=number, advance=building.advance)


@platform_task(queue=LONG_QUEUE)
def delete_business(number: str) -> None:
    """Do what is due of the deletion with this id, unless it is done or somebody is at it."""
    bring_on(TenantDeletion, number=number, advance=deleting.advance)


def order_business(*, by: User | None, now: datetime, **described: Any) -> TenantBuild:
    """Note the business that `described` describes (`building.order`) and wake a worker for it."""
    with transaction.atomic():
        build = building.order(by=by, now=now, **described)
        build_business.enqueue(str(build.pk))
    return build


def order_deletion(
    *, tenant: Tenant, confirmation: str, reason: str, choices: Choices, by: User | None, now: datetime
) -> TenantDeletion:
    """Note that the business is to be deleted (`deleting.ask_for_deletion`) and wake a worker for it."""
    with transaction.atomic():
        deletion = deleting.ask_for_deletion(
            tenant=tenant, confirmation=confirmation, reason=reason, choices=choices, by=by, now=now
        )
        delete_business.enqueue(str(deletion.pk))
    return deletion


def build_on(*, build: TenantBuild, now: datetime) -> None:
    """Take up a build that has stopped. Raises Conflict (`not_stopped`, `build_decided`)."""
    with transaction.atomic():
        go_on(building.locked_build(build), build_business, now=now)


def delete_on(*, deletion: TenantDeletion, now: datetime) -> None:
    """Take up a deletion that has stopped. Raises Conflict (`not_stopped`, `deletion_decided`)."""
    with transaction.atomic():
        go_on(deleting.locked_deletion(deletion), delete_business, now=now)


def wake_lifecycle(now: datetime) -> None:
    """Queue what a killed worker left, and deletions whose time has come."""
    wake_all(TenantBuild, build_business, now=now)
    wake_all(TenantDeletion, delete_business, now=now)


def forget_archives(now: datetime) -> None:
    """Remove the archives of businesses that have been gone, or stay, for thirty days."""
    over = TenantDeletion.objects.filter(
        state__in=(DeletionState.DONE, DeletionState.UNDONE), finished_at__lt=now - ARCHIVES_KEPT
    )
    for deletion in over.exclude(archive_name=""):
        remove_archive(deletion.archive_name)
        TenantDeletion.objects.filter(pk=deletion.pk).update(archive_name="")
