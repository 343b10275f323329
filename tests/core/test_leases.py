"""Unfinished work is in one pair of hands at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from core.leases import LeaseLost, claim, finish, pause_after, renew, retry_later, wake
from core.models import Invitation, Role, Tenant
from tests.schedule.committed import at_once, committed_tenant

NOW = datetime(2030, 1, 7, 12, tzinfo=UTC)
LEASE = timedelta(seconds=settings.LEASE_SECONDS)


def work(tenant: Tenant, **fields: object) -> Invitation:
    """A row due at noon."""
    number = Invitation.objects.count()
    return Invitation.objects.create(
        **{
            "tenant": tenant,
            "email": f"guest-{number}@acme.example",
            "role": Role.STAFF,
            "digest": f"digest-{number}",
            "expires_at": NOW + timedelta(days=7),
            "next_attempt_at": NOW,
            **fields,
        }
    )


def take(row: Invitation, now: datetime = NOW) -> Invitation | None:
    """Claim the row."""
    return claim(Invitation.objects.all(), pk=row.pk, now=now)


def state(row: Invitation) -> tuple[datetime | None, datetime | None, datetime | None, int]:
    """The row's lease as it is stored."""
    row.refresh_from_db()
    return row.next_attempt_at, row.lease_until, row.woken_at, row.attempts


def woken(now: datetime) -> list[str]:
    """Wake what is due; return whom it is for."""
    found: list[str] = []
    wake(Invitation.objects.all(), lambda row: found.append(row.email), now=now)
    return found


def test_whoever_claims_first_has_it(tenant: Tenant) -> None:
    row = work(tenant, woken_at=NOW)

    first, second = take(row), take(row)

    assert first is not None
    assert first.attempts == 1
    assert second is None
    assert state(row) == (NOW, NOW + LEASE, None, 1)


def test_it_is_free_again_when_the_lease_has_run_out(tenant: Tenant) -> None:
    row = work(tenant)
    take(row)

    before, after = take(row, NOW + LEASE - timedelta(seconds=1)), take(row, NOW + LEASE)

    assert before is None
    assert after is not None
    assert after.attempts == 2


@pytest.mark.parametrize("fields", [{"next_attempt_at": None}, {"lease_until": NOW + LEASE}])
def test_what_is_finished_or_in_hands_is_not_claimed(fields: dict[str, object], tenant: Tenant) -> None:
    assert take(work(tenant, **fields)) is None


def test_what_is_gone_is_not_claimed(tenant: Tenant) -> None:
    row = work(tenant)
    Invitation.objects.all().delete()

    assert take(row) is None


def test_renewing_keeps_it(tenant: Tenant) -> None:
    row = work(tenant)
    mine = take(row)
    assert mine is not None

    renew(mine, now=NOW + LEASE, email="new@acme.example")

    assert state(row) == (NOW, NOW + 2 * LEASE, None, 1)
    assert row.email == mine.email == "new@acme.example"


def test_finishing_leaves_nothing_to_do(tenant: Tenant) -> None:
    row = work(tenant)
    mine = take(row)
    assert mine is not None

    finish(mine, sent_at=NOW)

    assert state(row) == (None, None, None, 1)
    assert row.sent_at == NOW
    assert take(row, NOW + 10 * LEASE) is None
    assert woken(NOW + 10 * LEASE) == []


def test_giving_back_waits_before_the_next_attempt(tenant: Tenant) -> None:
    row = work(tenant)
    mine = take(row)
    assert mine is not None

    retry_later(mine, now=NOW)

    assert state(row) == (NOW + timedelta(seconds=30), None, None, 1)
    assert woken(NOW + timedelta(seconds=29)) == []
    assert woken(NOW + timedelta(seconds=30)) == [row.email]


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 7, 8, 9, 1000)] == [
        *(30, 60, 120, 1920, 3600, 3600, 3600)
    ]


def test_one_thought_dead_changes_nothing_any_more(tenant: Tenant) -> None:
    row = work(tenant)
    slow = take(row)
    quick = take(row, NOW + LEASE)
    assert slow is not None
    assert quick is not None

    for change in (renew, retry_later):
        with pytest.raises(LeaseLost):
            change(slow, now=NOW + LEASE)
    with pytest.raises(LeaseLost):
        finish(slow)

    assert state(row) == (NOW, NOW + 2 * LEASE, None, 2)
    finish(quick)
    with pytest.raises(LeaseLost):
        finish(slow)


def test_waking_finds_what_is_due_free_and_asleep(tenant: Tenant) -> None:
    states: dict[str, dict[str, object]] = {
        "due": {},
        "abandoned": {"lease_until": NOW, "attempts": 1},
        "forgotten": {"woken_at": NOW - timedelta(minutes=11)},
        "later": {"next_attempt_at": NOW + timedelta(seconds=1)},
        "taken": {"lease_until": NOW + LEASE, "attempts": 1},
        "woken": {"woken_at": NOW - timedelta(minutes=9)},
        "finished": {"next_attempt_at": None},
    }
    rows = {name: work(tenant, email=f"{name}@acme.example", **fields) for name, fields in states.items()}

    first, second = woken(NOW), woken(NOW)

    assert sorted(first) == [f"{name}@acme.example" for name in ("abandoned", "due", "forgotten")]
    assert second == []
    assert state(rows["due"]) == (NOW, None, NOW, 0)


@pytest.fixture(scope="module")
def busy(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    with django_db_blocker.unblock(), committed_tenant("busy") as made:
        yield made


def test_of_12_claiming_at_once_one_gets_it(busy: Tenant) -> None:
    row = work(busy)

    results = at_once(busy, [lambda: take(row) is not None] * 12)

    row.refresh_from_db()
    row.delete()
    assert sorted(results, key=bool) == [False] * 11 + [True]
    assert row.attempts == 1


def test_several_sweeps_at_once_wake_everything_once(busy: Tenant) -> None:
    rows = [work(busy) for _ in range(40)]

    results = at_once(busy, [lambda: woken(NOW)] * 6)

    emails = sorted(email for result in results for email in result)  # type: ignore[union-attr]  # no job is refused
    Invitation.objects.filter(tenant=busy).delete()
    assert emails == sorted(row.email for row in rows)
