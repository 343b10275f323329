"""From Google's events to time that nobody can book: reading and engine together. The numbers are the cases'."""

from datetime import UTC, datetime
from typing import Any

import pytest

from calendar_sync.models import RemoteItem
from calendar_sync.services.syncing import sync
from schedule.models import TimeOff
from tests.calendar_sync.google.shop import ZONE, GoogleShop
from tests.calendar_sync.ics.texts import spans

FEBRUARY = datetime(2026, 2, 20, 12, tzinfo=UTC)


def taken(shop: GoogleShop, at: datetime = FEBRUARY) -> list[str]:
    """Visit the calendar at a time and return what is taken of the resource's."""
    assert sync(tenant=shop.tenant, connection_id=shop.calendar.connection_id, clock=lambda: at)
    rows = TimeOff.objects.filter(origin=shop.calendar.origin, resource_id=shop.resource.pk)
    return spans(list(rows.values_list("start_at", "end_at")))


def weekly(shop: GoogleShop, **fields: Any) -> None:
    """Add a series at nine on Thursdays, from 26 February 2026 on."""
    rule: dict[str, Any] = {"zone": ZONE, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}
    shop.google.add("weekly", "2026-02-26T09:00:00-05:00", "2026-02-26T10:00:00-05:00", **{**rule, **fields})


def test_cases_1_and_10_a_series_with_exceptions(shop: GoogleShop) -> None:
    weekly(shop)
    assert taken(shop) == ["02-26 14:00/15:00", "03-05 14:00/15:00", "03-12 13:00/14:00"]

    shop.google.change_occurrence("weekly", "2026-03-05T09:00:00-05:00", status="cancelled")
    moved = {"start": "2026-03-12T14:00:00-04:00", "end": "2026-03-12T15:00:00-04:00"}
    shop.google.change_occurrence("weekly", "2026-03-12T09:00:00-04:00", **moved)

    assert taken(shop) == ["02-26 14:00/15:00", "03-12 18:00/19:00"]


def test_cases_7_8_and_9_days(shop: GoogleShop) -> None:
    shop.google.add("trip0", "2026-02-18", "2026-02-21")
    shop.google.add("day00", "2026-03-10", "2026-03-10")

    assert taken(shop) == ["02-18 05:00/02-21 05:00", "03-10 04:00/03-11 04:00"]


def test_case_12_a_series_that_was_split(shop: GoogleShop) -> None:
    weekly(shop)
    taken(shop)
    shop.google.edit("weekly", recurrence=["RRULE:FREQ=WEEKLY;UNTIL=20260305T135959Z"])
    later: dict[str, Any] = {"zone": ZONE, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]}
    shop.google.add("weekly_R1", "2026-03-05T11:00:00-05:00", "2026-03-05T12:00:00-05:00", **later)

    assert taken(shop) == ["02-26 14:00/15:00", "03-05 16:00/17:00", "03-12 15:00/16:00"]


def test_cases_13_and_14_occurrences_from_elsewhere(shop: GoogleShop) -> None:
    invited = {"start": "2026-03-03T12:00:00Z", "end": "2026-03-03T13:00:00Z"}
    shop.google.change_occurrence("boards", "2026-03-03T09:00:00Z", **invited)
    weekly(shop, recurrence=["RRULE:FREQ=WEEKLY;COUNT=1"])
    into = {"start": "2026-03-11T12:00:00Z", "end": "2026-03-11T13:00:00Z"}
    shop.google.change_occurrence("weekly", "2026-02-26T09:00:00-05:00", **into)

    assert taken(shop, datetime(2026, 3, 1, tzinfo=UTC)) == ["03-03 12:00/13:00", "03-11 12:00/13:00"]


@pytest.mark.parametrize(
    "fields",
    [
        {"transparency": "transparent"},
        {"eventType": "workingLocation"},
        {"attendees": [{"email": "anna@example.com", "self": True, "responseStatus": "declined"}]},
    ],
)
def test_cases_15_and_19_what_takes_no_time_any_more(shop: GoogleShop, fields: dict[str, Any]) -> None:
    weekly(shop)
    shop.google.add("event", "2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z")
    assert len(taken(shop)) == 4

    shop.google.edit("weekly", **fields)
    shop.google.edit("event", **fields)

    assert taken(shop) == []
    assert RemoteItem.objects.count() == 2


def test_case_16_of_a_deleted_event_the_id_is_enough(shop: GoogleShop) -> None:
    weekly(shop)
    shop.google.add("event", "2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z")
    taken(shop)
    shop.google.drop("weekly")
    shop.google.drop("event")

    assert taken(shop) == []
    assert not RemoteItem.objects.exists()


@pytest.mark.parametrize(("tentative_blocks", "count"), [(True, 4), (False, 0)])
def test_case_17_tentative_events(shop: GoogleShop, tentative_blocks: bool, count: int) -> None:
    shop.set(tentative_blocks=tentative_blocks)
    weekly(shop, status="tentative")
    shop.google.add("event", "2026-03-01T09:00:00Z", "2026-03-01T10:00:00Z", status="tentative")

    assert len(taken(shop)) == count


def test_a_series_goes_on_as_time_does(shop: GoogleShop) -> None:
    weekly(shop, recurrence=["RRULE:FREQ=WEEKLY"])
    first = taken(shop)
    later = taken(shop, datetime(2026, 6, 1, tzinfo=UTC))

    assert len(first) == 57
    assert later[0] == "06-04 13:00/14:00"
    assert len(later) in {57, 58}
