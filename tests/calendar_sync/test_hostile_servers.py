"""Addresses and servers that want to harm, from the stored connection to what is left in the schedule.

Numbers are acceptance cases; what the client refuses by itself is in `tests/core/http`.
"""

import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone
from pytest_django import Settings

from calendar_sync.enums import ConnectionState, ProviderKey
from calendar_sync.ics.reader import IcsReader
from calendar_sync.models import CalendarConnection, ExternalCalendar, SyncRun
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import Permanent
from calendar_sync.providers.caldav.session import CalDavSession
from calendar_sync.services.syncing import sync
from core.http import Limits
from core.models import Tenant
from schedule.models import TimeOff
from tests.calendar_sync.desk import calendar_of, entry, hours
from tests.core.http.servers import Served, answer, serving
from tests.factories.schedule import ResourceFactory

MEGABYTE = 1024 * 1024
GOOD = calendar_of(entry("dentist", *hours(0, 1)))
PRIVATE = (
    "https://169.254.169.254/",
    "https://localhost/",
    "https://[::ffff:127.0.0.1]/",
    "https://2130706433/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "file:///etc/passwd",
    "https://calendar.example:5432/",
)
Reply = Callable[[Served, socket.socket, str], bytes | None]


@dataclass
class Source:
    """A connection to a server that answers with `reply`."""

    tenant: Tenant
    calendar: ExternalCalendar
    reply: Reply = lambda *_: answer("200 OK", GOOD)
    now: datetime = field(default_factory=timezone.now)

    def visit(self, reply: Reply | None = None) -> CalendarConnection:
        """Visit the connection, with the server answering so from now on; return its row."""
        self.reply = reply or self.reply
        self.now += timedelta(minutes=20)
        row = CalendarConnection.objects.get(pk=self.calendar.connection_id)
        assert sync(tenant=self.tenant, connection_id=row.pk, clock=lambda: self.now)
        row.refresh_from_db()
        return row

    def busy(self) -> list[tuple[int, datetime]]:
        """What it has left in the schedule."""
        return list(TimeOff.objects.filter(origin=self.calendar.origin).values_list("pk", "updated_at"))


def stored(tenant: Tenant, provider: ProviderKey, url: str) -> Source:
    """Store a connection to an address without asking whether that is allowed."""
    secrets = {"url": url} if provider == ProviderKey.ICS else {"username": "anna", "password": "secret"}
    row = CalendarConnection(
        provider=provider,
        resource=ResourceFactory.create(),
        account_key=key_of(url),
        base_url=url,
        next_attempt_at=timezone.now(),
    )
    row.seal_secrets(schema=tenant.schema_name, secrets=secrets)
    row.save()
    name = "calendar" if provider == ProviderKey.ICS else "/anna/days/"
    calendar = ExternalCalendar.objects.create(connection=row, remote_id=name, remote_key=key_of(name), read_busy=True)
    return Source(tenant, calendar)


@contextmanager
def served(tenant: Tenant, settings: Settings, provider: ProviderKey) -> Iterator[tuple[Source, Served]]:
    """Run a server and store a connection to it."""
    holder: list[Source] = []
    with serving(lambda *asked: holder[0].reply(*asked)) as server:
        settings.OUTGOING_ALLOWED_HOSTS = (f"127.0.0.1:{server.port}",)
        holder.append(stored(tenant, provider, server.url("/a.ics")))
        yield holder[0], server


@pytest.fixture
def feed(tenant: Tenant, settings: Settings) -> Iterator[tuple[Source, Served]]:
    """An address that answers with a calendar."""
    with served(tenant, settings, ProviderKey.ICS) as made:
        yield made


@pytest.fixture
def account(tenant: Tenant, settings: Settings) -> Iterator[tuple[Source, Served]]:
    """A CalDAV account with one entry."""
    with served(tenant, settings, ProviderKey.CALDAV) as made:
        made[0].reply = dav
        yield made


def say(status: str, body: bytes = b"", *headers: str) -> Reply:
    return lambda *_: answer(status, body, *headers)


def dav(_: Served, __: socket.socket, request: str) -> bytes:
    """Answer as a calendar with one entry does."""
    is_listing = "sync-collection" in request
    data = "" if is_listing else f"<c:calendar-data>{GOOD.decode()}</c:calendar-data>"
    return multistatus(row("/anna/days/dentist.ics", f"<d:getetag>1</d:getetag>{data}"))


def row(href: str, properties: str) -> str:
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{properties}</d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


def multistatus(rows: str) -> bytes:
    names = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
    return answer(
        "207 Multi-Status", f"<d:multistatus {names}>{rows}<d:sync-token>t</d:sync-token></d:multistatus>".encode()
    )


@contextmanager
def in_memory(megabytes: int) -> Iterator[None]:
    """Assert that what happens within takes no more memory of ours."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("url", PRIVATE)
@pytest.mark.parametrize("provider", [ProviderKey.ICS, ProviderKey.CALDAV])
def test_case_42_an_address_that_is_not_allowed_is_not_asked_either(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, provider: ProviderKey, url: str
) -> None:
    connected: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *args, **_: connected.append(args))

    row = stored(tenant, provider, url).visit()

    assert (row.state, row.state_code, connected) == (ConnectionState.ERROR, "url_not_allowed", [])


def test_case_43_a_name_that_becomes_private_is_not_followed(tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["1.1.1.1", "127.0.0.1"]
    connected: list[object] = []

    def getaddrinfo(*_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (answers.pop(0), 443))]

    def create_connection(address: object, *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise OSError

    source = stored(tenant, ProviderKey.ICS, "https://calendar.example/a.ics")
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)

    assert source.visit().state_code == "unreachable"
    assert source.visit().state_code == "url_not_allowed"
    assert connected == [("1.1.1.1", 443)]


@pytest.mark.parametrize("place", ["http://169.254.169.254/latest", "https://localhost/", "file:///etc/passwd"])
def test_case_44_a_redirect_to_an_internal_address_is_refused(feed: tuple[Source, Served], place: str) -> None:
    source, server = feed
    source.visit()
    before = source.busy()

    row = source.visit(say("302 Found", b"", f"Location: {place}"))

    assert (row.state, row.state_code) == (ConnectionState.ERROR, "url_not_allowed")
    assert (len(server.requests), source.busy()) == (2, before)


def test_case_44_another_server_does_not_get_the_password(account: tuple[Source, Served], settings: Settings) -> None:
    source, server = account
    with serving(say("200 OK", b"<html></html>")) as other:
        settings.OUTGOING_ALLOWED_HOSTS = (*settings.OUTGOING_ALLOWED_HOSTS, f"localhost:{other.port}")
        place = other.url("/", host="localhost")
        source.visit(say("302 Found", b"", f"Location: {place}"))

    assert ["authorization" in request for request in server.requests] == [True]
    assert ["authorization" in request for request in other.requests] == [False]


def test_case_45_calendars_on_another_server_are_refused(account: tuple[Source, Served]) -> None:
    source, server = account
    kind = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"
    home = "<c:calendar-home-set><d:href>/anna/</d:href></c:calendar-home-set>"

    def reply(_: Served, __: socket.socket, request: str) -> bytes:
        is_home = "PROPFIND /anna/ " in request
        return multistatus(row("https://evil.example/anna/", kind) if is_home else row("/", home))

    source.reply = reply
    session = CalDavSession(base_url=server.url(), username="anna", password="secret")
    try:
        with pytest.raises(Permanent) as refused:
            session.calendars()
    finally:
        session.close()

    assert refused.value.code == "url_not_allowed"


def test_case_45_entries_on_another_server_are_not_fetched(account: tuple[Source, Served]) -> None:
    source, _ = account
    source.visit()
    before = source.busy()
    evil = multistatus(row("https://evil.example/a.ics", "<d:getetag>2</d:getetag>"))

    found = source.visit(lambda *_: evil)

    assert (found.state_code, source.busy()) == ("url_not_allowed", before)
    assert len(before) == 1


def endless(_: Served, connection: socket.socket, __: str) -> None:
    """Send a byte now and then, for ever."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _unused in range(1000):
        connection.sendall(b"B")
        time.sleep(0.05)


def six_megabytes(_: Served, connection: socket.socket, __: str) -> None:
    """Send more than is read."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nBEGIN:VCALENDAR\r\n")
    for _unused in range(6 * 1024):
        connection.sendall(b"X-PADDING:" + b"x" * 1012 + b"\r\n")


@pytest.mark.parametrize(
    ("reply", "state", "code"),
    [
        (six_megabytes, ConnectionState.ERROR, "too_large"),
        (endless, ConnectionState.DEGRADED, "timeout"),
        (say("200 OK", b"\x1f\x8b", "Content-Encoding: gzip"), ConnectionState.DEGRADED, "bad_answer"),
        (say("500 Oh"), ConnectionState.DEGRADED, "bad_answer"),
        (lambda *_: None, ConnectionState.DEGRADED, "bad_answer"),
        (say("200 OK", b"<!DOCTYPE html><title>Sign in</title>"), ConnectionState.ERROR, "not_a_calendar"),
    ],
)
def test_cases_47_and_48_what_cannot_be_read_leaves_what_was_known(
    feed: tuple[Source, Served], monkeypatch: pytest.MonkeyPatch, reply: Reply, state: str, code: str
) -> None:
    source, _ = feed
    source.visit()
    before = source.busy()
    monkeypatch.setattr("core.http.client.Limits", partial(Limits, seconds=2))
    began = time.monotonic()

    with in_memory(24):
        found = source.visit(reply)

    assert (found.state, found.state_code, source.busy()) == (state, code, before)
    assert found.stale_since is not None
    assert time.monotonic() - began < 15


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (n + 1, *[n] * 8) for n in range(97, 110))
    + b']><d:multistatus xmlns:d="DAV:">&n;</d:multistatus>'
)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<d:multistatus xmlns:d="DAV:"><d:sync-token>&a;</d:sync-token></d:multistatus>'
)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BOMB, "bad_answer"),
        (XXE, "bad_answer"),
        (b"<a>" * 100_000, "bad_answer"),
        (b"".join(row(f"/anna/days/{n}.ics", "<d:getetag>1</d:getetag>").encode() for n in range(50_000)), "too_large"),
    ],
    ids=["bomb", "xxe", "deep", "endless listing"],
)
def test_case_47_xml_that_wants_to_harm_leaves_what_was_known(
    account: tuple[Source, Served], body: bytes, code: str
) -> None:
    source, _ = account
    source.visit()
    before, token = source.busy(), ExternalCalendar.objects.get().sync_token
    said = answer("207 Multi-Status", body)
    began = time.monotonic()

    with in_memory(40):
        found = source.visit(lambda *_: said)

    assert (found.state_code, source.busy()) == (code, before)
    assert (ExternalCalendar.objects.get().sync_token, len(before)) == (token, 1)
    assert time.monotonic() - began < 15


def tagged(_: Served, __: socket.socket, request: str) -> bytes:
    return answer("304 Not Modified") if 'if-none-match: "v1"' in request else answer("200 OK", GOOD, 'ETag: "v1"')


@pytest.mark.parametrize(
    "reply", [tagged, say("200 OK", GOOD, 'ETag: "v1"'), say("200 OK", GOOD)], ids=["304", "etag", "same text"]
)
def test_case_49_what_has_not_changed_is_neither_read_nor_written(
    feed: tuple[Source, Served], monkeypatch: pytest.MonkeyPatch, reply: Reply
) -> None:
    source, server = feed
    source.visit(reply)
    before, runs = source.busy(), SyncRun.objects.count()

    def read(*_: object, **__: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(IcsReader, "read", read)
    found = source.visit()

    assert (len(server.requests), len(before)) == (2, 1)
    assert (source.busy(), SyncRun.objects.count()) == (before, runs)
    assert (found.state, found.last_success_at) == (ConnectionState.ACTIVE, source.now)


def test_case_55_a_feed_of_ours_takes_no_time_when_it_is_read_back(feed: tuple[Source, Served]) -> None:
    source, _ = feed
    both = calendar_of([*entry("own@localhost", *hours(4, 5)), *entry("dentist", *hours(0, 1))])

    found = source.visit(say("200 OK", both))

    assert (found.state, len(source.busy())) == (ConnectionState.ACTIVE, 1)
