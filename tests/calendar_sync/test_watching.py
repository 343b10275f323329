"""Having servers tell of changes: a promise for each calendar in use, renewed in time, ended when it is not needed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from calendar_sync.enums import Code, ConnectionState
from calendar_sync.models import ExternalCalendar, SyncRun
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import AuthLost, Passing, Permanent
from calendar_sync.services.watching import opened, renew_watches
from core.housekeeping import tidy_up
from core.models import Signpost
from core.models.token import digest_of
from tests.calendar_sync.fakes.watched import Promises, watched
from tests.calendar_sync.shop import Shop

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _hooks(settings: Settings) -> None:
    """The installation can be reached."""
    settings.CALENDAR_HOOKS = True


@pytest.fixture
def promises(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Promises:
    """What the shop's server promised."""
    return watched(shop, monkeypatch)


def visit(shop: Shop, *, later: timedelta = timedelta()) -> None:
    """Visit the calendar after some time."""
    shop.now = max(shop.now, timezone.now()) + later
    assert shop.visit()


def test_a_calendar_in_use_is_watched(shop: Shop, promises: Promises) -> None:
    visit(shop)

    [channel] = promises.made
    signpost = Signpost.objects.get()
    assert (channel.calendar, channel.address) == ("cal", "http://localhost:8000/api/calendar-sync/hooks/google/")
    assert (signpost.purpose, signpost.object_id, signpost.tenant) == (
        "calendar_sync.watch/google",
        str(shop.calendar.pk),
        shop.tenant,
    )
    assert signpost.digest == digest_of(channel.secret)
    assert opened(signpost) == {"channel": channel.name, "reference": "reference-1"}
    assert len(channel.secret) >= 43
    assert not any(value in signpost.sealed for value in (channel.secret, channel.name))


def test_it_is_watched_once(shop: Shop, promises: Promises) -> None:
    for _ in range(3):
        visit(shop)

    assert (len(promises.made), promises.ended) == (1, [])


def test_a_promise_is_renewed_when_four_fifths_of_it_are_over(shop: Shop, promises: Promises) -> None:
    visit(shop)
    visit(shop, later=5 * DAY)
    assert len(promises.made) == 1
    promises.made_at = shop.now + 0.7 * DAY

    visit(shop, later=0.7 * DAY)

    first, second = promises.made
    assert promises.ended == ["reference-1"]
    assert first.secret != second.secret
    assert Signpost.objects.get().digest == digest_of(second.secret)


def test_nothing_is_promised_where_nobody_can_reach_us(shop: Shop, promises: Promises, settings: Settings) -> None:
    settings.CALENDAR_HOOKS = False

    visit(shop)

    assert promises.made == []
    assert not Signpost.objects.exists()


def test_a_calendar_that_is_not_used_is_not_watched(shop: Shop, promises: Promises) -> None:
    visit(shop)
    shop.set(read_busy=False, write_target=False)

    visit(shop)

    assert (len(promises.made), promises.ended) == (1, ["reference-1"])
    assert not Signpost.objects.exists()


def test_every_calendar_has_a_secret_of_its_own(shop: Shop, promises: Promises) -> None:
    shop.server.entries["other"] = {}
    ExternalCalendar.objects.create(
        connection=shop.connection, remote_id="other", remote_key=key_of("other"), read_busy=True
    )

    visit(shop)

    assert {channel.calendar for channel in promises.made} == {"cal", "other"}
    assert len({channel.secret for channel in promises.made}) == 2
    assert Signpost.objects.count() == 2


@pytest.mark.parametrize(
    ("refusal", "asked_again_after"),
    [
        (Passing(Code.UNREACHABLE, "The network is gone."), timedelta(hours=1)),
        (AuthLost(Code.AUTH_FAILED, "No."), timedelta(hours=1)),
        (Permanent(Code.BAD_ANSWER, "Push is not supported for this calendar."), DAY),
    ],
    ids=["for-a-while", "not-let-in", "never"],
)
def test_a_refusal_fails_no_visit_and_is_not_provoked_again_at_once(
    refusal: Passing | AuthLost | Permanent, asked_again_after: timedelta, shop: Shop, promises: Promises
) -> None:
    promises.refusal = refusal
    visit(shop)
    assert (shop.connection.state, SyncRun.objects.filter(outcome="failed").count()) == (ConnectionState.ACTIVE, 0)
    promises.refusal = None

    visit(shop, later=asked_again_after - timedelta(minutes=1))
    assert promises.made == []
    visit(shop, later=timedelta(minutes=2))

    assert len(promises.made) == 1


def test_what_an_old_grant_was_promised_is_promised_anew(shop: Shop, promises: Promises) -> None:
    visit(shop)
    renew_watches(tenant=shop.tenant, connection=shop.connection, now=shop.now)

    visit(shop, later=timedelta(minutes=2))

    assert (len(promises.made), promises.ended) == (2, ["reference-1"])


def test_what_has_expired_is_forgotten(shop: Shop, promises: Promises) -> None:
    visit(shop)
    standing = Signpost.objects.create(purpose="of something else", digest="x", tenant=shop.tenant, expires_at=None)

    tidy_up(shop.now + 8 * DAY)

    assert list(Signpost.objects.all()) == [standing]
