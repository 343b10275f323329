"""Sending invitations, until it works or they expire.

The secret in an invitation's link is stored nowhere, neither in the row (which has its SHA-256) nor in the queue: it is
the HMAC of the invitation's id under SECRET_KEY, and computed anew whenever it is sent. Who reads the database or Redis
learns no link. A replaced SECRET_KEY that is kept in SECRET_KEY_FALLBACKS still sends the links it made.
"""

import logging
from base64 import urlsafe_b64encode
from datetime import datetime
from smtplib import SMTPException
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tenants.utils import tenant_context

from core.active import current_tenant
from core.leases import claim, finish, retry_later, wake
from core.links import tenant_url
from core.models import Invitation
from core.models.token import digest_of
from core.tasks import tenant_task

logger = logging.getLogger(__name__)


def secret_of(number: UUID, *, key: str | bytes | None = None) -> str:
    """Return the secret of the invitation with this id: 256 bits, safe in a URL."""
    digest = salted_hmac("core.invitation", number.hex, secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


@tenant_task()
def send_invitation(number: str) -> None:
    """Send the invitation with this id if that is still to be done; failing, try again later.

    It is sent twice if the worker is killed between the mail server's consent and our noting it.
    """
    now = timezone.now()
    mine = Invitation.objects.filter(tenant=current_tenant()).select_related("tenant", "invited_by")
    invitation = claim(mine, pk=UUID(number), now=now)
    if invitation is None:
        return
    secret = _known_secret(invitation)
    if secret is None or not invitation.is_open(now):
        finish(invitation)
        return
    try:
        _send(invitation, secret)
    except (OSError, SMTPException):
        logger.warning("The invitation %s could not be sent; it is tried again", number, exc_info=True)
        retry_later(invitation, now=timezone.now())
    else:
        finish(invitation, sent_at=timezone.now())


def wake_invitations(now: datetime) -> None:
    """Queue the invitations that wait to be sent and that no worker has."""

    def enqueue(invitation: Invitation) -> None:
        with tenant_context(invitation.tenant):
            send_invitation.enqueue(str(invitation.pk))

    wake(Invitation.objects.filter(tenant__suspended_at__isnull=True).select_related("tenant"), enqueue, now=now)


def _known_secret(invitation: Invitation) -> str | None:
    """Return the invitation's secret; None when SECRET_KEY was replaced and the old one is forgotten."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = secret_of(invitation.pk, key=key)
        if digest_of(secret) == invitation.digest:
            return secret
    logger.error("The invitation %s cannot be sent: SECRET_KEY has changed. Invite again.", invitation.pk)
    return None


def _send(invitation: Invitation, secret: str) -> None:
    link = tenant_url(invitation.tenant, f"/accept-invitation?{urlencode({'token': secret})}")
    host = invitation.invited_by
    send_mail(
        subject=f"Join {invitation.tenant.name} on SmoothSchedule",
        message=(
            f"{(host.name or host.email) if host else invitation.tenant.name} invites you to join "
            f"{invitation.tenant.name} as {invitation.role}.\n\n"
            f"Accept here before {invitation.expires_at:%d %B %Y, %H:%M} UTC:\n{link}\n\n"
            "If you did not expect this, ignore it: nothing happens without you."
        ),
        from_email=None,
        recipient_list=[invitation.email],
    )
