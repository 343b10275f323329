"""What programs other people wrote understand of our feeds. Numbers are acceptance cases."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from calendar_sync.enums import FeedScope, Privacy
from calendar_sync.services.feeds import create_feed
from core.models import Membership, Tenant
from schedule.enums import BookingSource
from schedule.services import book, cancel, reschedule
from tests.calendar_sync.between import Between, between
from tests.calendar_sync.ics.test_writing import lint
from tests.calendar_sync.readers import AWKWARD, CLOCKS_CHANGE, READERS, Events, same, vdirsyncer
from tests.calendar_sync.shop import HOUR, NOON
from tests.factories.schedule import CustomerFactory, EventFactory, ResourceFactory, ServiceFactory
from tests.faults.test_killed_server import server
from tests.processes import free_port
from tests.schedule.committed import committed_tenant

NOTES = 'First line, with \\ and ;\nsecond line "quoted"\n😀'


@pytest.fixture(scope="module")
def feed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["Served"]:
    """A feed with an appointment of each kind, served by the product's own server."""
    with django_db_blocker.unblock(), committed_tenant("feeds") as tenant:
        secret = _filled(tenant)
        port = free_port()
        with server(port), between(port, host=f"feeds.localhost:{port}") as listener:
            yield Served(listener, f"/api/calendar-sync/feeds/{secret}.ics")


class Served:
    """A feed at an address of this machine."""

    def __init__(self, listener: Between, path: str) -> None:
        self.path = path
        self.url = f"http://127.0.0.1:{listener.port}{path}"
        self._port = listener.port

    def fetch(self, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Fetch it; return status, headers and body."""
        line = HTTPConnection("127.0.0.1", self._port, timeout=30)
        line.request("GET", self.path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        said = line.getresponse()
        found = said.status, {name.lower(): value for name, value in said.getheaders()}, said.read()
        line.close()
        return found


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the tests of the feed see what is committed."""
    with django_db_blocker.unblock():
        yield


def _filled(tenant: Tenant) -> str:
    """Make appointments as in `told`; return the feed's secret."""
    anna = ResourceFactory.create(name="Anna")
    service = ServiceFactory.create(name=AWKWARD, resources=[anna])
    customer = CustomerFactory.create(name="Ada; Lovelace", phone="")
    fields = {"service": service, "customer": customer, "resources": [anna]}
    EventFactory.create(start_at=CLOCKS_CHANGE, notes=NOTES, **fields)
    for number in range(3):
        event = book(
            tenant=tenant,
            service_id=service.pk,
            customer_id=customer.pk,
            start_at=NOON + 2 * number * HOUR,
            by=None,
            source=BookingSource.STAFF,
        )
        if number:
            reschedule(tenant=tenant, event_id=event.pk, start_at=event.start_at + HOUR, by=None)
        if number == 2:
            cancel(tenant=tenant, event_id=event.pk, by=None)
    by = Membership.objects.get(tenant=tenant, role="owner")
    _, secret = create_feed(
        tenant=tenant,
        by=by,
        scope=FeedScope.TENANT,
        resource_id=None,
        privacy=Privacy.FULL,
        past_days=365,
        future_days=365,
    )
    return secret


def told() -> Events:
    """Return what every reader must understand of the feed, by start."""
    kinds = [
        (CLOCKS_CHANGE, NOTES, "CONFIRMED", 1),
        (NOON, "", "CONFIRMED", 1),
        (NOON + 3 * HOUR, "", "CONFIRMED", 2),
        (NOON + 5 * HOUR, "", "CANCELLED", 3),
    ]
    return [
        {
            "start_at": at,
            "end_at": at + HOUR,
            "summary": f"{AWKWARD} · Ada; Lovelace",
            "description": notes,
            "status": status,
            "sequence": sequence,
        }
        for at, notes, status, sequence in kinds
    ]


@pytest.mark.parametrize("reader", READERS)
def test_cases_2_50_51_and_53_every_reader_understands_the_feed(
    db: None, feed: Served, reader: str, tmp_path: Path
) -> None:
    _, _, text = feed.fetch()

    same(READERS[reader](text, tmp_path), told())


def test_cases_2_50_and_53_the_bytes_of_the_feed(db: None, feed: Served) -> None:
    _, headers, text = feed.fetch()
    lint(text)
    lines = re.sub(rb"\r\n ", b"", text).decode().split("\r\n")

    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SmoothSchedule//Calendar sync//EN"]
    times = [line for line in lines if line.startswith(("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED"))]
    assert (len(times), all(re.fullmatch(r"[A-Z-]+:\d{8}T\d{6}Z", line) for line in times)) == (16, True)
    assert [line for line in lines if "TZID" in line or line.startswith(("BEGIN:VTIMEZONE", "RDATE"))] == []
    texts = [line.partition(":")[2] for line in lines if line.startswith(("SUMMARY:", "DESCRIPTION:"))]
    assert [text for text in texts if not re.fullmatch(r"(?:[^\\,;]|\\[\\,;n])*", text)] == []


def test_case_52_an_unchanged_feed_is_fetched_once(db: None, feed: Served) -> None:
    first, second = (feed.fetch() for _ in range(2))
    again = feed.fetch(If_None_Match=first[1]["etag"])

    assert (first[0], second[0], again[0]) == (200, 200, 304)
    assert (first[2], first[1]["etag"]) == (second[2], second[1]["etag"])
    assert again[2] == b""


def test_case_52_vdirsyncer_finds_nothing_to_do_the_second_time(db: None, feed: Served, tmp_path: Path) -> None:
    config = vdirsyncer.of_feed(tmp_path / "pair", feed.url)

    items, copied = vdirsyncer.synced(config)
    _, changed = vdirsyncer.synced(config)

    assert (len(items), copied, changed) == (4, 4, 0)
    same([event for item in items for event in READERS["vobject"](item, tmp_path)], told())
