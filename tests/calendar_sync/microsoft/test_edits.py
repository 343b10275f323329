"""Our entries in other hands: the appointment counts, unless its calendar's owner wants it otherwise."""

from datetime import datetime, timedelta

from calendar_sync.enums import LinkState
from schedule.enums import Status
from schedule.models import Event, EventHistory
from schedule.selectors.overlaps import overlaps_with_calendars
from tests.calendar_sync.fakes.graph_series import instant
from tests.calendar_sync.microsoft.office import DAY, HOUR, NOON, Office, hours, utc
from tests.factories.schedule import EventFactory


def written(office: Office) -> Event:
    """Return an appointment that has its entry."""
    event = office.book()
    office.visit()
    return event


def move_there(office: Office, event: Event, to: datetime) -> None:
    """Move the entry as somebody would in Outlook."""
    office.mailbox.change(office.entry(event), start=utc(to), end=utc(to + HOUR))


def starts(office: Office, event: Event) -> tuple[int, int]:
    """Return when the appointment and its entry start, in hours from noon."""
    event.refresh_from_db()
    [entry] = [one for one in office.mailbox.events.values() if one.extended]
    return (event.start_at - NOON) // HOUR, (instant(entry.properties["start"]) - NOON) // HOUR


def test_case_26_a_deleted_entry_comes_back_once_and_is_then_left_alone(office: Office) -> None:
    event = written(office)
    office.mailbox.drop(office.entry(event))
    office.visit()
    office.visit()
    assert len(office.mailbox.events) == 1
    assert Event.objects.get().status == Status.CONFIRMED

    office.mailbox.drop(office.entry(event))
    for _ in range(3):
        office.visit()

    assert office.mailbox.events == {}
    assert (office.link(event).state, office.link(event).due_at) == (LinkState.DETACHED, None)
    assert Event.objects.get().status == Status.CONFIRMED


def test_case_27_a_deleted_entry_cancels_where_that_is_wanted(office: Office) -> None:
    office.set(cancel_on_remote_delete=True)
    event = written(office)
    office.mailbox.drop(office.entry(event))

    for _ in range(3):
        office.visit()

    event.refresh_from_db()
    assert (event.status, event.cancelled_by) == (Status.CANCELLED, None)
    assert [row.kind for row in EventHistory.objects.filter(event=event).order_by("pk")] == ["created", "cancelled"]
    assert office.link(event).state == LinkState.DELETED
    assert office.mailbox.events == {}


def test_case_28_a_moved_entry_is_put_back(office: Office) -> None:
    event = written(office)
    move_there(office, event, NOON + 3 * HOUR)

    office.visit()
    assert office.link(event).state == LinkState.REMOTE_CHANGED
    assert office.link(event).remote["start_at"] == (NOON + 3 * HOUR).isoformat()
    assert starts(office, event) == (0, 3)

    office.visit(after=timedelta(minutes=6))
    assert starts(office, event) == (0, 0)
    assert office.link(event).state == LinkState.SYNCED


def test_case_28_a_moved_entry_moves_the_appointment_where_that_is_wanted(office: Office) -> None:
    office.set(move_on_remote_move=True)
    event = written(office)
    move_there(office, event, NOON + 3 * HOUR)

    for _ in range(3):
        office.visit()

    assert starts(office, event) == (3, 3)
    assert office.graph.writes() == ["POST"]
    assert office.link(event).state == LinkState.SYNCED


def test_case_28_a_moved_entry_is_put_back_where_the_time_is_taken(office: Office) -> None:
    office.set(move_on_remote_move=True)
    event = written(office)
    EventFactory.create(start_at=NOON + 3 * HOUR, resources=[office.resource])
    move_there(office, event, NOON + 3 * HOUR)

    office.visit()
    assert office.link(event).state == LinkState.REMOTE_CHANGED
    office.visit(after=timedelta(minutes=6))

    assert starts(office, event) == (0, 0)


def test_case_28_an_entry_moved_out_of_the_window_is_moved_and_not_deleted(office: Office) -> None:
    office.set(cancel_on_remote_delete=True)
    event = written(office)
    move_there(office, event, NOON + 800 * DAY)

    office.visit()
    assert (office.link(event).state, office.link(event).times_deleted_remotely) == (LinkState.REMOTE_CHANGED, 0)

    office.visit(after=timedelta(minutes=6))
    assert starts(office, event) == (0, 0)
    assert office.graph.writes() == ["POST", "PATCH"]


def test_case_27_an_entry_that_is_not_listed_but_there_was_not_deleted(office: Office) -> None:
    office.set(cancel_on_remote_delete=True)
    event = written(office)
    office.mailbox.forget_tokens()
    office.mailbox.hides_everything = True

    office.visit()

    event.refresh_from_db()
    assert event.status == Status.CONFIRMED
    assert (office.link(event).state, office.link(event).times_deleted_remotely) == (LinkState.SYNCED, 0)
    assert office.graph.writes() == ["POST"]


def test_an_entry_that_only_has_another_version_is_no_edit(office: Office) -> None:
    event = written(office)
    office.mailbox.touch(office.entry(event))

    office.visit()

    assert office.link(event).state == LinkState.SYNCED
    assert office.graph.writes() == ["POST"]


def test_a_copy_somebody_made_of_our_entry_is_theirs(office: Office) -> None:
    event = written(office)
    ours = office.entry(event)
    start, end = hours(2, 3)
    copy = office.mailbox.put(
        office.calendar.remote_id,
        {**ours.properties, "transactionId": None, "start": utc(start), "end": utc(end)},
        extended=ours.extended,
    )

    office.visit()
    assert office.busy() == [(2, 3)]
    office.mailbox.drop(copy)
    office.visit()

    assert (office.link(event).state, office.link(event).remote_id) == (LinkState.SYNCED, ours.id)
    assert office.graph.writes() == ["POST"]


def test_an_entry_that_somebody_made_a_series_of_takes_no_time(office: Office) -> None:
    event = written(office)
    office.mailbox.change(
        office.entry(event),
        recurrence={
            "pattern": {"type": "daily", "interval": 1},
            "range": {"type": "numbered", "startDate": f"{NOON:%Y-%m-%d}", "numberOfOccurrences": 3},
        },
    )

    office.visit()

    assert office.busy() == []
    assert office.link(event).state == LinkState.SYNCED


def test_an_outside_event_over_an_appointment_changes_neither(office: Office) -> None:
    event = written(office)
    office.meet(*hours(0, 1))

    office.visit()

    event.refresh_from_db()
    assert (event.status, event.start_at) == (Status.CONFIRMED, NOON)
    assert [overlap.event_id for overlap in overlaps_with_calendars(now=office.now)] == [event.pk]
