"""Our entries in other hands: the appointment counts, unless its calendar's owner wants it otherwise."""

from dataclasses import replace
from datetime import timedelta

from calendar_sync.enums import LinkState
from schedule.enums import Status
from schedule.models import Event, EventHistory
from tests.calendar_sync.fakes.memory import Stored
from tests.calendar_sync.shop import HOUR, NOON, Shop, span
from tests.factories.schedule import EventFactory


def written(shop: Shop) -> Event:
    """Return an appointment that has its entry."""
    event = shop.book()
    shop.visit()
    return event


def move_there(shop: Shop, event: Event, hours: int) -> None:
    """Move the entry as somebody would in the calendar."""
    name = shop.link(event).remote_id
    stored = shop.server.entries["cal"][name]
    fields = {
        **stored.fields,
        "start_at": (NOON + hours * HOUR).isoformat(),
        "end_at": (NOON + (hours + 1) * HOUR).isoformat(),
    }
    shop.server.put(name, replace(stored, fields=fields))


def starts(shop: Shop, event: Event) -> tuple[int, int]:
    """Return when the appointment and its entry start, in hours from noon."""
    from datetime import datetime

    event.refresh_from_db()
    [stored] = [one for one in shop.server.entries["cal"].values() if one.marker]
    there = datetime.fromisoformat(stored.fields["start_at"])
    return (event.start_at - NOON) // HOUR, (there - NOON) // HOUR


def test_case_26_a_deleted_entry_comes_back_once_and_is_then_left_alone(shop: Shop) -> None:
    event = written(shop)
    shop.server.drop(shop.link(event).remote_id)
    shop.visit()
    shop.visit()
    assert len(shop.server.entries["cal"]) == 1
    assert Event.objects.get().status == Status.CONFIRMED

    shop.server.drop(shop.link(event).remote_id)
    for _ in range(3):
        shop.visit()

    assert shop.server.entries["cal"] == {}
    assert (shop.link(event).state, shop.link(event).due_at) == (LinkState.DETACHED, None)
    assert Event.objects.get().status == Status.CONFIRMED


def test_case_27_a_deleted_entry_cancels_where_that_is_wanted(shop: Shop) -> None:
    shop.set(cancel_on_remote_delete=True)
    event = written(shop)
    shop.server.drop(shop.link(event).remote_id)

    for _ in range(3):
        shop.visit()

    event.refresh_from_db()
    assert (event.status, event.cancelled_by) == (Status.CANCELLED, None)
    assert [row.kind for row in EventHistory.objects.filter(event=event).order_by("pk")] == ["created", "cancelled"]
    assert shop.link(event).state == LinkState.DELETED
    assert shop.server.entries["cal"] == {}


def test_case_28_a_moved_entry_is_put_back(shop: Shop) -> None:
    event = written(shop)
    move_there(shop, event, 3)

    shop.visit()
    assert shop.link(event).state == LinkState.REMOTE_CHANGED
    assert shop.link(event).remote["start_at"] == (NOON + 3 * HOUR).isoformat()
    assert starts(shop, event) == (0, 3)

    shop.now += timedelta(minutes=6)
    shop.visit()
    assert starts(shop, event) == (0, 0)
    assert shop.link(event).state == LinkState.SYNCED


def test_case_28_a_moved_entry_moves_the_appointment_where_that_is_wanted(shop: Shop) -> None:
    shop.set(move_on_remote_move=True)
    event = written(shop)
    move_there(shop, event, 3)

    for _ in range(3):
        shop.visit()

    assert starts(shop, event) == (3, 3)
    assert [name for name, _ in shop.server.writes()] == ["create"]
    assert shop.link(event).state == LinkState.SYNCED


def test_case_28_a_moved_entry_is_put_back_where_the_time_is_taken(shop: Shop) -> None:
    shop.set(move_on_remote_move=True)
    event = written(shop)
    EventFactory.create(start_at=NOON + 3 * HOUR, resources=[shop.resource])
    move_there(shop, event, 3)

    shop.visit()
    assert shop.link(event).state == LinkState.REMOTE_CHANGED
    shop.now += timedelta(minutes=6)
    shop.visit()

    assert starts(shop, event) == (0, 0)


def test_a_server_that_only_changes_the_tag_is_no_edit(shop: Shop) -> None:
    event = written(shop)
    name = shop.link(event).remote_id
    shop.server.put(name, shop.server.entries["cal"][name])

    shop.visit()

    assert shop.link(event).state == LinkState.SYNCED
    assert len(shop.server.writes()) == 1


def test_a_copy_somebody_made_of_our_entry_is_theirs(shop: Shop) -> None:
    event = written(shop)
    ours = shop.server.entries["cal"][shop.link(event).remote_id]
    shop.server.put("their-copy", Stored("", ours.marker, {**ours.fields, "start_at": (NOON + HOUR).isoformat()}))

    shop.visit()
    shop.server.drop("their-copy")
    shop.visit()

    assert (shop.link(event).state, shop.link(event).remote_id) == (LinkState.SYNCED, shop.link(event).pk.hex)
    assert len(shop.server.writes()) == 1


def test_an_outside_event_over_an_appointment_changes_neither(shop: Shop) -> None:
    from schedule.selectors.overlaps import overlaps_with_calendars

    event = written(shop)
    shop.server.put("meeting", Stored("", busy=(span(0, 1),)))

    shop.visit()

    event.refresh_from_db()
    assert (event.status, event.start_at) == (Status.CONFIRMED, NOON)
    assert [overlap.event_id for overlap in overlaps_with_calendars(now=shop.now)] == [event.pk]
