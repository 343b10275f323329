"""A person is told by e-mail, once, that a connection needs them, and records do not pile up."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from calendar_sync.enums import Code, RunKind
from calendar_sync.models import CalendarConnection, KeptOverlap, Notice, SyncRun
from calendar_sync.providers.base import AuthLost
from calendar_sync.services.connecting import make_due
from calendar_sync.services.forgetting import FEWEST_RUNS, forget_the_past
from calendar_sync.tasks import wake_due
from core.models import Membership, Role, User
from tests.background import NotedTasks
from tests.calendar_sync.shop import HOUR, NOON, Shop


def lose_access(shop: Shop) -> None:
    """Let the server refuse us."""

    def before(*_: str) -> None:
        raise AuthLost(Code.AUTH_FAILED, "Password refused.")

    shop.server.before = before
    shop.visit()


def test_case_32_the_owners_are_told_once(shop: Shop, queue: NotedTasks) -> None:
    lose_access(shop)

    assert queue.run() == ["send_notice"]
    shop.visit()
    assert queue.run() == []

    (message,) = mail.outbox
    assert message.to == ["owner@acme.example"]
    assert message.subject == "Acme: a connected calendar needs you"
    assert "Calendar sync with anna (CalDAV) has stopped." in str(message.body)
    assert f"acme.localhost:8000/settings/calendar-sync?connection={shop.connection.pk}" in str(message.body)
    assert Notice.objects.get().sent_at is not None


def test_who_connected_the_account_is_told_while_a_member(shop: Shop, queue: NotedTasks) -> None:
    person = User.objects.create(email="anna@acme.example")
    membership = Membership.objects.create(user=person, tenant=shop.tenant, role=Role.STAFF)
    CalendarConnection.objects.update(owner=person)
    lose_access(shop)
    queue.run()

    Membership.objects.filter(pk=membership.pk).update(is_active=False)
    CalendarConnection.objects.update(notified_at=None, next_attempt_at=NOON, state="active")
    shop.visit()
    queue.run()

    assert [message.to for message in mail.outbox] == [["anna@acme.example"], ["owner@acme.example"]]


def test_a_letter_survives_a_mail_server_that_hangs_up(
    shop: Shop, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang_up(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", hang_up)
        lose_access(shop)
        queue.run()
    assert Notice.objects.get().next_attempt_at is not None

    wake_due(timezone.now() + timedelta(hours=2))
    Notice.objects.update(next_attempt_at=timezone.now())
    queue.run()

    assert len(mail.outbox) == 1


def test_a_connection_that_works_again_needs_no_letter(shop: Shop, queue: NotedTasks) -> None:
    lose_access(shop)
    connection = shop.connection
    make_due(connection, now=timezone.now())
    connection.save()

    queue.run()

    assert mail.outbox == []
    assert Notice.objects.get().next_attempt_at is None


def test_old_visits_are_forgotten_but_the_last_ones(shop: Shop) -> None:
    now = timezone.now()
    for days in range(25, 65):
        SyncRun.objects.create(
            connection=shop.connection, kind=RunKind.PULL, started_at=now - timedelta(days=days), figures={"days": days}
        )

    forget_the_past(now=now)

    kept = sorted(run.figures["days"] for run in SyncRun.objects.all())
    assert kept == list(range(25, 25 + FEWEST_RUNS))


def test_decisions_about_appointments_that_are_over_are_forgotten(shop: Shop) -> None:
    event = shop.book()
    KeptOverlap.objects.create(
        event=event,
        calendar=shop.calendar,
        item_key="a",
        event_start_at=event.start_at,
        busy_start_at=NOON,
        busy_end_at=NOON + HOUR,
        kept_at=NOON,
    )

    forget_the_past(now=NOON)
    assert KeptOverlap.objects.exists()
    forget_the_past(now=NOON + 2 * HOUR)
    assert not KeptOverlap.objects.exists()
