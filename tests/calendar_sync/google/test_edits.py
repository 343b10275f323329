"""Our entries at Google in other hands. The numbers are those of the acceptance cases."""

from datetime import timedelta

from calendar_sync.enums import LinkState
from schedule.enums import Status
from schedule.models import Event
from schedule.services import reschedule
from tests.calendar_sync.google.shop import HOUR, NOON, GoogleShop, hours, start_there, writes
from tests.factories.schedule import EventFactory


def start_here(event: Event) -> int:
    """Return when the appointment starts, in hours from noon."""
    event.refresh_from_db()
    return (event.start_at - NOON) // HOUR


def test_case_26_a_deleted_entry_comes_back_once_and_is_then_left_alone(shop: GoogleShop) -> None:
    event = shop.written()
    shop.google.drop(shop.link(event).remote_id)
    shop.visit()
    shop.visit()
    assert [one["id"] for one in shop.google.present()] == [shop.link(event).remote_id]
    assert shop.link(event).generation == 1

    shop.google.drop(shop.link(event).remote_id)
    for _ in range(3):
        shop.visit()

    assert shop.google.present() == []
    assert (shop.link(event).state, shop.link(event).due_at) == (LinkState.DETACHED, None)
    assert Event.objects.get().status == Status.CONFIRMED


def test_case_26_an_entry_deleted_just_before_it_was_changed_comes_back_once(shop: GoogleShop) -> None:
    event = shop.written()
    shop.google.drop(shop.link(event).remote_id)
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    for _ in range(3):
        shop.visit()

    assert (start_there(shop), shop.link(event).state) == (1, LinkState.SYNCED)
    assert shop.link(event).times_deleted_remotely == 1


def test_case_27_a_deleted_entry_cancels_where_that_is_wanted(shop: GoogleShop) -> None:
    shop.set(cancel_on_remote_delete=True)
    event = shop.written()
    shop.google.drop(shop.link(event).remote_id)

    for _ in range(2):
        shop.visit()

    assert Event.objects.get().status == Status.CANCELLED
    assert (shop.link(event).state, shop.google.present()) == (LinkState.DELETED, [])


def test_case_28_a_moved_entry_is_put_back(shop: GoogleShop) -> None:
    event = shop.written()
    shop.google.edit(shop.link(event).remote_id, start=hours(3), end=hours(4))

    shop.visit()
    assert shop.link(event).state == LinkState.REMOTE_CHANGED
    shop.now += timedelta(minutes=6)
    shop.visit()

    assert (start_here(event), start_there(shop)) == (0, 0)
    assert shop.link(event).state == LinkState.SYNCED
    assert writes(shop) == ["insert", "patch"]


def test_case_28_a_moved_entry_moves_the_appointment_where_that_is_wanted(shop: GoogleShop) -> None:
    shop.set(move_on_remote_move=True)
    event = shop.written()
    shop.google.edit(shop.link(event).remote_id, start=hours(3), end=hours(4))

    for _ in range(3):
        shop.visit()

    assert (start_here(event), start_there(shop), writes(shop)) == (3, 3, ["insert"])


def test_case_28_a_moved_entry_is_put_back_where_the_time_is_taken(shop: GoogleShop) -> None:
    shop.set(move_on_remote_move=True)
    event = shop.written()
    EventFactory.create(start_at=NOON + 3 * HOUR, resources=[shop.resource])
    shop.google.edit(shop.link(event).remote_id, start=hours(3), end=hours(4))

    shop.visit()
    assert shop.link(event).state == LinkState.REMOTE_CHANGED
    shop.now += timedelta(minutes=6)
    shop.visit()

    assert (start_here(event), start_there(shop)) == (0, 0)


def test_an_edit_of_what_is_not_ours_is_no_edit(shop: GoogleShop) -> None:
    event = shop.written()
    shop.google.edit(shop.link(event).remote_id, colorId="5", visibility="private")

    shop.visit()

    assert (shop.link(event).state, writes(shop)) == (LinkState.SYNCED, ["insert"])
    assert shop.google.present()[0]["colorId"] == "5"


def test_case_30_what_somebody_added_before_the_last_reading_stays_too(shop: GoogleShop) -> None:
    event = shop.written()
    alarm = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}
    shop.google.edit(shop.link(event).remote_id, reminders=alarm)
    shop.visit()
    reschedule(tenant=shop.tenant, event_id=event.pk, start_at=NOON + HOUR, by=None)

    shop.visit()

    assert (start_there(shop), shop.google.present()[0]["reminders"]) == (1, alarm)
    assert writes(shop) == ["insert", "patch"]
