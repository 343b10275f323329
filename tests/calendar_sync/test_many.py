"""As many appointments as the acceptance cases ask for, on a server in memory."""

from datetime import timedelta

from calendar_sync.enums import Code, ConnectionState, LinkState
from calendar_sync.models import EventLink
from calendar_sync.providers.base import Passing
from calendar_sync.services.linking import note_calendar
from schedule.models import TimeOff
from schedule.selectors.conflicts import Span
from tests.calendar_sync.fakes.memory import Stored
from tests.calendar_sync.shop import HOUR, NOON, Shop, span
from tests.factories.schedule import CustomerFactory, EventFactory


def test_case_61_a_thousand_interrupted_at_four_hundred_are_six_hundred_more(shop: Shop) -> None:
    customer = CustomerFactory.create()
    made = [
        EventFactory.create(
            service=shop.service, customer=customer, start_at=NOON + number * HOUR, resources=[shop.resource]
        ).pk
        for number in range(1000)
    ]
    note_calendar(calendar=shop.calendar, event_ids=made, now=shop.now)

    def fail(called: str, _: str) -> None:
        if called == "create" and len(shop.server.entries["cal"]) >= 400:
            raise Passing(Code.UNREACHABLE, "The network is gone.")

    shop.server.before = fail
    shop.visit()
    done = len(shop.server.entries["cal"])
    shop.server.before = lambda *_: None
    shop.server.calls.clear()
    shop.now += HOUR
    shop.visit()

    links = EventLink.objects.values_list("state", "remote_id", "due_at")
    assert (done, len(shop.server.writes())) == (400, 600)
    assert {state for state, _, _ in links} == {LinkState.SYNCED}
    assert {name for _, name, _ in links} == set(shop.server.entries["cal"])
    assert len(links) == 1000


def test_more_busy_times_than_anybody_has_leave_what_was_known(shop: Shop) -> None:
    shop.server.put("dentist", Stored("", busy=(span(0, 1),)))
    shop.visit()
    minute = timedelta(minutes=1)
    spans = tuple(Span(NOON + 2 * number * minute, NOON + (2 * number + 1) * minute) for number in range(201))
    for number in range(100):
        shop.server.put(f"flood-{number}", Stored("", busy=spans))

    shop.visit()

    assert (shop.connection.state, shop.connection.state_code) == (ConnectionState.ERROR, "too_large")
    assert (shop.busy(), TimeOff.objects.filter(origin=shop.calendar.origin).count()) == ([(0, 1)], 1)
