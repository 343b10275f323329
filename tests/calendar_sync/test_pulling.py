"""Busy time from a calendar: what came, what went, and what is not believed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection, RemoteItem, SyncRun
from calendar_sync.providers.base import Pulled, Reading
from core.models import Tenant
from schedule.errors import RuleBroken
from schedule.models import TimeOff
from tests.calendar_sync.fakes.memory import MemorySession, Stored
from tests.calendar_sync.shop import HOUR, NOON, Shop, span


def fill(shop: Shop, count: int) -> None:
    for number in range(count):
        shop.server.put(f"e{number}", Stored("", busy=(span(2 * number, 2 * number + 1),)))


def pulls(shop: Shop) -> list[str]:
    return [token for name, token in shop.server.calls if name == "pull"]


def test_busy_time_comes_and_cannot_be_booked(shop: Shop) -> None:
    shop.server.put("dentist", Stored("", busy=(span(0, 2),)))

    shop.visit()

    assert shop.busy() == [(0, 2)]
    with pytest.raises(RuleBroken):
        shop.book(NOON + HOUR)


def test_nothing_changed_is_one_request_and_no_record(shop: Shop) -> None:
    fill(shop, 3)
    shop.visit()
    runs, before = SyncRun.objects.count(), list(TimeOff.objects.values("pk", "updated_at"))
    shop.server.calls.clear()

    shop.visit()

    assert len(shop.server.calls) == 1
    assert SyncRun.objects.count() == runs
    assert list(TimeOff.objects.values("pk", "updated_at")) == before
    assert shop.connection.last_success_at == shop.now


def test_case_29_a_moved_entry_moves_its_busy_time(shop: Shop) -> None:
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    shop.visit()
    shop.server.put("a", Stored("", busy=(span(4, 5),)))

    shop.visit()

    assert shop.busy() == [(4, 5)]


def test_case_36_a_refused_token_is_one_full_comparison(shop: Shop) -> None:
    fill(shop, 6)
    event = shop.book(NOON + 1 * HOUR)
    shop.visit()
    rows = set(TimeOff.objects.values_list("pk", flat=True))
    shop.server.drop("e5")
    shop.server.kill_tokens()
    shop.server.calls.clear()

    shop.visit()

    assert pulls(shop)[1:] == [""]
    assert set(TimeOff.objects.values_list("pk", flat=True)) < rows
    assert shop.busy() == [(2 * number, 2 * number + 1) for number in range(5)]
    assert (shop.link(event).state, len(shop.server.writes())) == ("synced", 0)


def test_case_37_what_a_silent_server_never_told_is_found_within_a_day(shop: Shop) -> None:
    fill(shop, 4)
    shop.visit()
    del shop.server.entries["cal"]["e3"]
    shop.visit()
    assert len(shop.busy()) == 4

    shop.now += timedelta(hours=24)
    shop.visit()

    assert len(shop.busy()) == 3
    assert SyncRun.objects.latest("pk").kind == "reconcile"


def test_case_38_an_entry_that_came_and_went_is_nothing(shop: Shop) -> None:
    fill(shop, 2)
    shop.visit()
    shop.server.put("flash", Stored("", busy=(span(9, 10),)))
    shop.server.drop("flash")

    shop.visit()

    assert shop.busy() == [(0, 1), (2, 3)]
    assert shop.connection.state == ConnectionState.ACTIVE


def test_case_39_an_empty_listing_is_not_believed_at_once(shop: Shop) -> None:
    fill(shop, 50)
    shop.visit()
    shop.server.shown = lambda _: {}
    shop.server.kill_tokens()

    shop.visit()
    assert len(shop.busy()) == 50
    assert (shop.connection.state, shop.connection.state_code) == (ConnectionState.DEGRADED, "mass_delete")
    shop.now += timedelta(minutes=5)
    shop.visit()
    assert len(shop.busy()) == 50

    shop.now += timedelta(minutes=5)
    shop.visit()
    assert shop.busy() == []
    assert shop.connection.state == ConnectionState.ACTIVE


def test_case_39_an_empty_listing_that_was_a_mistake_leaves_no_trace(shop: Shop) -> None:
    fill(shop, 50)
    shop.visit()
    rows = set(TimeOff.objects.values_list("pk", flat=True))
    shop.server.shown = lambda _: {}
    shop.server.kill_tokens()
    shop.visit()
    shop.server.shown = lambda entries: entries

    shop.now += timedelta(minutes=11)
    shop.visit()

    assert set(TimeOff.objects.values_list("pk", flat=True)) == rows
    assert (shop.connection.state, shop.connection.stale_since) == (ConnectionState.ACTIVE, None)


def test_case_39_a_calendar_that_vanished_keeps_its_busy_time(shop: Shop) -> None:
    fill(shop, 3)
    shop.visit()
    kept = shop.server.entries.pop("cal")

    shop.visit()

    assert len(shop.busy()) == 3
    assert (shop.connection.state, shop.connection.state_code) == (ConnectionState.DEGRADED, "not_found")
    shop.server.entries["cal"] = kept
    shop.visit()
    assert shop.connection.state == ConnectionState.ACTIVE


def test_a_few_entries_may_go_at_once(shop: Shop) -> None:
    fill(shop, 10)
    shop.visit()
    shop.server.entries["cal"].clear()
    shop.server.kill_tokens()

    shop.visit()

    assert shop.busy() == []


def test_case_21_entries_under_new_ids_are_the_same_busy_time(shop: Shop) -> None:
    for generation in range(3):
        shop.server.entries["cal"].clear()
        for number in range(5):
            shop.server.put(f"g{generation}-{number}", Stored("", busy=(span(2 * number, 2 * number + 1),)))
        shop.server.kill_tokens()
        shop.visit()

    assert shop.busy() == [(2 * number, 2 * number + 1) for number in range(5)]
    assert RemoteItem.objects.count() == 5


def test_case_22_the_same_invitation_blocks_both_who_have_it(shop: Shop, tenant: Tenant) -> None:
    from calendar_sync.models import CalendarConnection, ExternalCalendar
    from calendar_sync.models.external import key_of
    from calendar_sync.services.syncing import sync
    from tests.factories.schedule import ResourceFactory

    ben = ResourceFactory.create()
    second = CalendarConnection.objects.create(
        provider="caldav", resource=ben, account_key=key_of("ben"), next_attempt_at=timezone.now()
    )
    ExternalCalendar.objects.create(
        connection=second, remote_id="cal", remote_key=key_of("cal"), read_busy=True, write_target=False
    )
    shop.server.put("meeting", Stored("", busy=(span(0, 1),)))

    shop.visit()
    sync(tenant=tenant, connection_id=second.pk)

    assert set(TimeOff.objects.values_list("resource_id", flat=True)) == {shop.resource.pk, ben.pk}


def test_a_calendar_that_is_only_written_takes_no_time(shop: Shop) -> None:
    shop.set(read_busy=False)
    fill(shop, 2)

    shop.visit()

    assert shop.busy() == []


def test_our_own_entries_take_no_time_twice(shop: Shop) -> None:
    event = shop.book()
    shop.visit()
    shop.visit()

    assert shop.busy() == []
    assert shop.link(event).state == "synced"


def test_case_60_a_long_reading_keeps_others_away(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    pull = MemorySession.pull

    def slowly(session: MemorySession, reading: Reading) -> Pulled:
        for _ in range(3):
            shop.now += timedelta(seconds=50)
            reading.keep()
            rows = CalendarConnection.objects.filter(pk=shop.connection.pk)
            seen.append(rows.free(shop.now + timedelta(seconds=30)).exists())
        return pull(session, reading)

    monkeypatch.setattr(MemorySession, "pull", slowly)

    assert shop.visit()
    assert seen == [False, False, False]
