"""Workers that are killed outright, come in pairs, or lose their connection in the middle of a visit.

`CALENDAR_SYNC_ENTRIES` is how many entries are pushed and pulled: fewer by default than in the acceptance cases.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from threading import Timer

import pytest
from django.db import connection as database
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.plugin import DjangoDbBlocker

from calendar_sync.enums import ConnectionState, LinkState
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar, RemoteItem, SyncRun
from calendar_sync.services.connecting import forget
from calendar_sync.services.linking import note_calendar
from core.active import activate
from core.models import PeriodicRun, Tenant
from schedule.models import Event, Participant, TimeOff
from tests.background import wait_until, worker_process
from tests.calendar_sync.between import Said
from tests.calendar_sync.desk import UTC_TEXT, Desk, hours
from tests.calendar_sync.shop import HOUR, NOON
from tests.factories.schedule import CustomerFactory, EventFactory
from tests.schedule.committed import committed_tenant

MANY = int(os.environ.get("CALENDAR_SYNC_ENTRIES", "120"))
ON_ONE_SERVER = pytest.mark.parametrize("running_server", ["radicale"], indirect=True)
pytestmark = pytest.mark.timeout(60 + MANY)


@pytest.fixture(scope="module")
def business(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    with django_db_blocker.unblock(), committed_tenant("killedsync") as made:
        yield made


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test commit: other processes are to see its rows."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def tenant(db: None, business: Tenant) -> Iterator[Tenant]:
    """The business, empty again afterwards."""
    activate(business)
    yield business
    activate(business)
    CalendarConnection.objects.all().delete()
    TimeOff.objects.all().delete()
    Participant.objects.all().delete()
    Event.objects.all().delete()
    PeriodicRun.objects.all().delete()
    DBTaskResult.objects.all().delete()


def appointments(desk: Desk, count: int) -> None:
    """Make appointments that are due to be written, an hour each."""
    customer = CustomerFactory.create()
    made = [
        EventFactory.create(
            service=desk.service, customer=customer, start_at=NOON + number * HOUR, resources=[desk.resource]
        ).pk
        for number in range(count)
    ]
    note_calendar(calendar=desk.calendar, event_ids=made, now=timezone.now())


def worked(desk: Desk, until: Callable[[subprocess.Popen[bytes]], object]) -> None:
    """Run a worker that finds the connection free and due, until something is true."""
    wait_until(lambda: CalendarConnection.objects.free(timezone.now()).exists())
    CalendarConnection.objects.update(next_attempt_at=timezone.now(), woken_at=None)
    PeriodicRun.objects.all().delete()
    with worker_process(OUTGOING_ALLOWED_HOSTS=f"127.0.0.1:{desk.listener.port}") as worker:
        wait_until(lambda: until(worker), seconds=60 + MANY)


def is_killed(worker: subprocess.Popen[bytes]) -> bool:
    """Whether the worker has ended, which only a kill may make it do."""
    code = worker.poll()
    assert code in {None, -signal.SIGKILL}
    return code is not None


def is_up_to_date(desk: Desk) -> bool:
    """Whether a visit has ended well with nothing left to do."""
    row = desk.connection
    left = EventLink.objects.filter(calendar=desk.calendar, due_at__isnull=False).exists()
    return row.state == ConnectionState.ACTIVE and row.last_success_at is not None and not left and not row.lease_until


def killing(desk: Desk, method: str, number: int, *, late: bool) -> None:
    """Arrange that the worker is killed at the `number`-th request of a kind from now: before the server has it, or
    `late`, once it was carried out and before the answer is there.
    """
    workers: list[subprocess.Popen[bytes]] = []

    def strike(asked: str) -> None:
        if asked == method and desk.listener.count(method) >= number + (1 if late else 0):
            workers[0].kill()

    def before(asked: str, _: str) -> Said | None:
        if not late:
            strike(asked)
        return None

    def after(asked: str, _: str, said: Said) -> Said | None:
        if late:
            strike(asked)
        return said

    desk.listener.forget()
    desk.listener.before, desk.listener.after = before, after

    def until(worker: subprocess.Popen[bytes]) -> bool:
        workers[:] = [worker]
        return is_killed(worker)

    worked(desk, until)


@ON_ONE_SERVER
def test_case_61_a_worker_killed_while_it_writes_leaves_each_entry_once(desk: Desk) -> None:
    appointments(desk, MANY)
    created = 0
    for point, late in ((MANY // 20, True), (MANY // 4, False), (MANY // 3, True)):
        killing(desk, "PUT", point, late=late)
        created += [status for method, _, status in desk.listener.asked if method == "PUT"].count(201)
    killing(desk, "REPORT", 0, late=False)
    created += [status for method, _, status in desk.listener.asked if method == "PUT"].count(201)
    desk.listener.forget()
    worked(desk, lambda _: is_up_to_date(desk))

    links = {f"{link.pk.hex}.ics": link for link in EventLink.objects.select_related("event")}
    assert (len(links), created) == (MANY, MANY)
    assert desk.names() == sorted(links)
    assert {(link.state, link.generation) for link in links.values()} == {(LinkState.SYNCED, 0)}
    assert all(
        f"DTSTART:{link.event.start_at:{UTC_TEXT}}" in desk.text(f"{desk.path}{name}") for name, link in links.items()
    )
    assert Event.objects.count() == MANY
    assert desk.busy() == []


@ON_ONE_SERVER
def test_a_worker_killed_while_it_reads_leaves_each_busy_time_once(desk: Desk) -> None:
    for number in range(MANY):
        desk.put(f"e{number}", *hours(2 * number, 2 * number + 1))
    killing(desk, "REPORT", 0, late=False)
    killing(desk, "REPORT", 1, late=True)
    for pause in (0.02, 0.1):
        _kill_soon_after_the_last_answer(desk, pause)
    worked(desk, lambda _: is_up_to_date(desk))

    assert desk.busy() == [(2 * number, 2 * number + 1) for number in range(MANY)]
    assert RemoteItem.objects.count() == MANY
    desk.listener.forget()
    worked(desk, lambda _: desk.listener.asked and is_up_to_date(desk))
    assert desk.listener.methods() == ["REPORT"]


def _kill_soon_after_the_last_answer(desk: Desk, seconds: float) -> None:
    """Kill a worker while it writes down what it read."""
    workers: list[subprocess.Popen[bytes]] = []

    def after(_: str, __: str, said: Said) -> Said:
        if desk.listener.count("REPORT") == 1 + -(-MANY // 100):
            Timer(seconds, workers[0].kill).start()
        return said

    def until(worker: subprocess.Popen[bytes]) -> bool:
        workers[:] = [worker]
        return is_killed(worker) or is_up_to_date(desk)

    desk.set(sync_token="", last_complete_at=None)
    RemoteItem.objects.all().delete()
    CalendarConnection.objects.update(last_success_at=None)
    desk.listener.forget()
    desk.listener.after = after
    worked(desk, until)


@ON_ONE_SERVER
def test_case_60_of_two_workers_at_one_connection_one_works(desk: Desk) -> None:
    appointments(desk, 20)
    desk.put("dentist", *hours(-2, -1))
    environment = {"OUTGOING_ALLOWED_HOSTS": f"127.0.0.1:{desk.listener.port}"}
    CalendarConnection.objects.update(next_attempt_at=timezone.now())

    with worker_process(**environment), worker_process(**environment):
        wait_until(lambda: desk.listener.asked)
        PeriodicRun.objects.update(next_at=timezone.now())
        CalendarConnection.objects.update(woken_at=None)
        wait_until(lambda: is_up_to_date(desk))

    assert desk.listener.count("PUT") == 20
    assert {status for method, _, status in desk.listener.asked if method == "PUT"} == {201}
    assert SyncRun.objects.filter(kind="reconcile").count() == 1
    assert (len(desk.names()), desk.busy()) == (21, [(-2, -1)])


@ON_ONE_SERVER
@pytest.mark.parametrize("moment", [("PUT", 3), ("REPORT", 0), ("REPORT", 1)])
def test_case_60_a_connection_taken_away_during_a_visit_leaves_nothing_behind(
    desk: Desk, moment: tuple[str, int]
) -> None:
    appointments(desk, 8)
    desk.put("dentist", *hours(-2, -1))
    method, number = moment
    gone: list[bool] = []

    def take_away(asked: str, _: str) -> None:
        if asked == method and desk.listener.count(method) >= number and not gone:
            gone.append(True)
            try:
                activate(desk.tenant)
                forget(tenant=desk.tenant, connection_id=desk.calendar.connection_id, by=None)
            finally:
                database.close()

    desk.listener.before = take_away

    assert not desk.visit()

    left = [CalendarConnection, ExternalCalendar, EventLink, RemoteItem, TimeOff, SyncRun]
    assert (gone, [model._default_manager.count() for model in left]) == ([True], [0] * len(left))
    assert Event.objects.count() == 8
