"""Telling a person by e-mail, once, that a connected calendar needs them."""

import logging
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import send_mail
from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.models import CalendarConnection, Notice
from calendar_sync.places import place_of
from calendar_sync.providers.catalogue import PROVIDERS
from core.leases import claim, finish, retry_later
from core.links import tenant_url
from core.models import Membership, Role, Tenant

logger = logging.getLogger(__name__)

MENDED_BY = {
    Code.AUTH_FAILED: "The server no longer accepts the stored password or permission. Connect the account again.",
    Code.NEEDS_REAUTH: "The permission has ended or was taken back. Connect the account again.",
    Code.UNREADABLE_SECRET: "The stored password cannot be read any more. Connect the account again.",
    Code.MISSING_SCOPE: "The account does not allow what is needed. Connect it again and allow everything asked for.",
    Code.NOT_A_CALENDAR: "The address no longer answers with a calendar. Look at it, or connect another.",
    Code.TOO_LARGE: "The calendar has become too large to be read.",
}


def note_needed(*, connection_id: UUID, code: str, now: datetime) -> Notice:
    """Note in the caller's transaction that a letter has to be written."""
    return Notice.objects.create(connection_id=connection_id, code=code, next_attempt_at=now, woken_at=now)


def send(*, tenant: Tenant, notice_id: UUID) -> None:
    """Send the letter unless that was done, or the connection works again; failing, try again later.

    It is sent twice if the worker is killed between the mail server's consent and our noting it.
    """
    notice = claim(Notice.objects.select_related("connection"), pk=notice_id, now=timezone.now())
    if notice is None:
        return
    readers = readers_of(notice.connection, tenant=tenant)
    if notice.connection.notified_at is None or not readers:
        finish(notice)
        return
    subject, text = letter(notice.connection, tenant=tenant)
    try:
        send_mail(subject, text, from_email=None, recipient_list=readers)
    except (OSError, SMTPException):
        logger.warning("The notice %s could not be sent; it is tried again", notice.pk, exc_info=True)
        retry_later(notice, now=timezone.now())
    else:
        finish(notice, sent_at=timezone.now())


def readers_of(connection: CalendarConnection, *, tenant: Tenant) -> list[str]:
    """Return whom to write to: who connected the account while still a member, otherwise the business's owners."""
    members = Membership.objects.filter(tenant=tenant, is_active=True, user__is_active=True)
    of_owners = list(members.filter(role=Role.OWNER).order_by("pk").values_list("user__email", flat=True))
    if connection.owner_id is None:
        return of_owners
    return list(members.filter(user_id=connection.owner_id).values_list("user__email", flat=True)) or of_owners


def letter(connection: CalendarConnection, *, tenant: Tenant) -> tuple[str, str]:
    """Return subject and text. They name the account, and nothing out of its calendars."""
    [kind] = [provider.name for provider in PROVIDERS if provider.key == connection.provider]
    what = MENDED_BY.get(Code(connection.state_code), connection.state_detail)
    return (
        f"{tenant.name}: a connected calendar needs you",
        (
            f"Calendar sync with {connection.account_label} ({kind}) has stopped.\n\n{what}\n\n"
            "Until then its busy time is kept as it was last seen, and new appointments are not written there.\n\n"
            f"Look at it here:\n{tenant_url(tenant, place_of(connection))}\n\n"
            f"You get this once; the dashboard of {tenant.name} shows how it goes on."
        ),
    )
