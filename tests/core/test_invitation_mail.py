"""Invitations are sent by a task, until it works or they expire, and their secret is stored nowhere."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context
from pytest_django import Settings

from core.active import deactivate
from core.invitation_mail import secret_of, send_invitation, wake_invitations
from core.models import Invitation, Membership, Role, Tenant
from core.people import find_invitation, invite, withdraw_invitation
from core.sweep import sweep
from tests.background import DATABASE_TASKS, NotedTasks, work_off


@pytest.fixture
def host(tenant: Tenant) -> Membership:
    """Acme's owner."""
    return Membership.objects.select_related("user", "tenant__plan").get(tenant=tenant, role=Role.OWNER)


@pytest.fixture
def mail_server_down(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A mail server that hangs up, until it is undone."""

    def hang_up(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", hang_up)
        yield patched


def invited(host: Membership) -> Invitation:
    """Invite somebody."""
    return invite(by=host, email="New@Guest.example", role=Role.STAFF)


def link_in(message: EmailMessage) -> str:
    """The link in a message."""
    found = re.search(r"https?://\S+", str(message.body))
    assert found is not None
    return found[0]


def test_the_message_carries_a_link_that_opens_the_invitation(host: Membership, queue: NotedTasks) -> None:
    invitation = invited(host)
    assert mail.outbox == []

    ran = queue.run()

    (message,) = mail.outbox
    link = urlsplit(link_in(message))
    secret = parse_qs(link.query)["token"][0]
    invitation.refresh_from_db()
    assert ran == ["send_invitation"]
    assert message.to == ["new@guest.example"]
    assert message.subject == "Join Acme on SmoothSchedule"
    assert "owner@acme.example invites you to join Acme as staff." in str(message.body)
    assert (link.netloc, link.path) == ("acme.localhost:8000", "/accept-invitation")
    assert find_invitation(secret, tenant=host.tenant) == invitation
    assert (invitation.next_attempt_at, invitation.lease_until, invitation.attempts) == (None, None, 1)
    assert invitation.sent_at is not None


def test_a_second_wake_up_call_sends_nothing(host: Membership, queue: NotedTasks) -> None:
    invitation = invited(host)
    queue.run()
    send_invitation.enqueue(str(invitation.pk))
    queue.run()

    assert len(mail.outbox) == 1


def test_the_secret_is_neither_in_the_row_nor_in_the_queue(host: Membership, settings: Settings) -> None:
    settings.TASKS = DATABASE_TASKS
    invitation = invited(host)
    secret = secret_of(invitation.pk)

    stored = DBTaskResult.objects.values().get()
    row = Invitation.objects.values().get(pk=invitation.pk)

    assert len(secret) == 43
    assert secret not in json.dumps([stored, row], default=str)
    assert stored["args_kwargs"] == {"args": [str(invitation.pk)], "kwargs": {"_tenant": host.tenant_id}}


def test_an_invitation_rolled_back_is_not_sent(host: Membership, settings: Settings) -> None:
    settings.TASKS = DATABASE_TASKS
    with transaction.atomic():
        invited(host)
        transaction.set_rollback(True)

    work_off()

    assert (Invitation.objects.count(), DBTaskResult.objects.count(), mail.outbox) == (0, 0, [])


def test_a_mail_server_that_is_down_is_tried_again_later(
    host: Membership, queue: NotedTasks, mail_server_down: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    invitation = invited(host)
    before = timezone.now()

    queue.run()

    invitation.refresh_from_db()
    assert (invitation.attempts, invitation.lease_until, invitation.sent_at) == (1, None, None)
    assert invitation.next_attempt_at is not None
    assert invitation.next_attempt_at - before > timedelta(seconds=29)
    assert [record.levelname for record in caplog.records] == ["WARNING"]

    wake_invitations(before)
    assert queue.names == []
    mail_server_down.undo()
    wake_invitations(invitation.next_attempt_at)
    assert queue.run() == ["send_invitation"]

    invitation.refresh_from_db()
    assert len(mail.outbox) == 1
    assert invitation.attempts == 2
    assert invitation.next_attempt_at is None


def test_a_lost_wake_up_call_is_made_up_for_by_the_sweep(host: Membership, queue: NotedTasks) -> None:
    invited(host)
    queue.lose()
    now = timezone.now()

    sweep(now)
    assert queue.names == []  # it may still be in the queue
    deactivate()
    sweep(now + timedelta(minutes=11))

    assert queue.run() == ["send_invitation"]
    assert len(mail.outbox) == 1


def test_a_killed_worker_is_made_up_for_when_its_lease_has_run_out(host: Membership, queue: NotedTasks) -> None:
    invitation = invited(host)
    queue.lose()
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(
        lease_until=now + timedelta(minutes=1), attempts=1, woken_at=None
    )

    sweep(now)
    assert queue.names == []
    sweep(now + timedelta(minutes=1))

    assert queue.names == ["send_invitation"]


def test_a_suspended_business_sends_nothing_until_it_is_back(
    host: Membership, tenant: Tenant, queue: NotedTasks
) -> None:
    invited(host)
    queue.lose()
    later = timezone.now() + timedelta(minutes=11)
    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=timezone.now())
    sweep(later)
    assert queue.names == []

    Tenant.objects.filter(pk=tenant.pk).update(suspended_at=None)
    sweep(later)

    assert queue.run() == ["send_invitation"]


def test_what_was_withdrawn_expired_or_accepted_is_not_sent(host: Membership, queue: NotedTasks) -> None:
    withdraw_invitation(invitation=invited(host), by=host)
    queue.run()
    expired = invited(host)
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    queue.run()
    expired.refresh_from_db()
    accepted = invited(host)
    Invitation.objects.filter(pk=accepted.pk).update(accepted_at=timezone.now())
    queue.run()

    assert mail.outbox == []
    assert expired.next_attempt_at is None


def test_inviting_again_sends_a_new_link_and_voids_the_old_one(host: Membership, queue: NotedTasks) -> None:
    invited(host)
    invited(host)

    queue.run()

    assert len(mail.outbox) == 1
    assert Invitation.objects.get().sent_at is not None


def test_another_businesss_invitation_is_not_sent(host: Membership, other_tenant: Tenant, queue: NotedTasks) -> None:
    invitation = invited(host)
    queue.lose()
    with tenant_context(other_tenant):
        send_invitation.enqueue(str(invitation.pk))
        queue.run()

    assert mail.outbox == []


def test_a_replaced_secret_key_that_is_kept_still_sends_the_same_link(
    host: Membership, queue: NotedTasks, settings: Settings
) -> None:
    invitation = invited(host)
    secret = secret_of(invitation.pk)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    queue.run()

    assert secret in link_in(mail.outbox[0])
    assert secret_of(invitation.pk) != secret


def test_a_forgotten_secret_key_is_told_and_given_up(
    host: Membership, queue: NotedTasks, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    invitation = invited(host)
    settings.SECRET_KEY = "another"

    queue.run()

    invitation.refresh_from_db()
    assert mail.outbox == []
    assert invitation.next_attempt_at is None
    assert "SECRET_KEY has changed. Invite again." in caplog.records[0].getMessage()


def test_without_whoever_invited_the_business_invites(host: Membership, queue: NotedTasks) -> None:
    invitation = invited(host)
    Invitation.objects.filter(pk=invitation.pk).update(invited_by=None)

    queue.run()

    assert "Acme invites you to join Acme as staff." in str(mail.outbox[0].body)
