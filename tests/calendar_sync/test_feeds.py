"""Feeds: what they say, who may read them, and what becomes of old addresses."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from core.models import Role, Tenant
from schedule.enums import BookingSource
from schedule.models import Event, Resource
from schedule.services import book, cancel, reschedule
from tests.calendar_sync.clients import client_of
from tests.calendar_sync.ics.test_writing import lint
from tests.calendar_sync.ics.texts import TERMS
from tests.factories.schedule import CustomerFactory, ResourceFactory, ServiceFactory, open_around_the_clock
from tests.fixtures import PutOnPlan

NOON = (timezone.now() + timedelta(days=7)).replace(hour=12, minute=0, second=0, microsecond=0)
FEEDS = "/api/calendar-sync/feeds/"


@pytest.fixture
def anna(tenant: Tenant) -> Resource:
    open_around_the_clock()
    return ResourceFactory.create(name="Anna")


@pytest.fixture
def event(tenant: Tenant, anna: Resource) -> Event:
    return book(
        tenant=tenant,
        service_id=ServiceFactory.create(name="Cut; wash", resources=[anna]).pk,
        customer_id=CustomerFactory.create(name="Ada Lovelace", phone="+44 20").pk,
        start_at=NOON,
        by=None,
        source=BookingSource.STAFF,
    )


def made(tenant: Tenant, **asked: object) -> dict[str, str]:
    answer = client_of(tenant, Role.OWNER).post(FEEDS, asked, format="json")
    assert answer.status_code == 201, answer.json()
    body: dict[str, str] = answer.json()
    return body


def path_of(feed: dict[str, str]) -> str:
    return "/api" + feed["url"].partition("/api")[2]


def reader(tenant: Tenant) -> APIClient:
    """Return a client that is nobody."""
    return client_of(tenant, None)


def test_a_feed_is_read_by_nobody_in_particular(tenant: Tenant, anna: Resource, event: Event) -> None:
    feed = made(tenant, resource=anna.pk)

    answer = reader(tenant).get(path_of(feed))

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (
        "private, max-age=300",
        "noindex",
        "no-referrer",
    )
    text = answer.content.decode()
    lint(answer.content)
    assert f"UID:{event.pk}@localhost" in text
    assert f"DTSTART:{NOON:%Y%m%dT%H%M%SZ}" in text
    assert "SUMMARY:Cut\\; wash · A. L." in text
    assert feed["webcal_url"].startswith("webcal://")


def test_case_53_a_feed_names_itself_and_how_often_to_ask(tenant: Tenant, anna: Resource, event: Event) -> None:
    lines = reader(tenant).get(path_of(made(tenant, resource=anna.pk))).content.decode().split("\r\n")

    assert {"X-WR-CALNAME:Anna", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} <= set(lines)
    assert not [line for line in lines if line.startswith(("DTSTART", "DTEND")) and not line.endswith("Z")]


@pytest.mark.parametrize(
    ("privacy", "shown", "hidden"),
    [
        ("busy", ["SUMMARY:Busy"], ["Cut", "Ada", "A. L.", "+44"]),
        ("initials", ["A. L."], ["Ada", "+44"]),
        ("full", ["Ada Lovelace", "+44 20"], []),
    ],
)
def test_case_40_a_feed_shows_as_much_as_was_chosen(
    tenant: Tenant, event: Event, privacy: str, shown: list[str], hidden: list[str]
) -> None:
    text = reader(tenant).get(path_of(made(tenant, privacy=privacy))).content.decode()

    assert all(part in text for part in shown)
    assert not any(part in text for part in hidden)


def test_case_51_moved_and_cancelled_it_is_the_same_entry(tenant: Tenant, event: Event) -> None:
    path = path_of(made(tenant))
    reschedule(tenant=tenant, event_id=event.pk, start_at=NOON + timedelta(hours=2), by=None)
    moved = reader(tenant).get(path).content.decode()
    cancel(tenant=tenant, event_id=event.pk, by=None)
    cancelled = reader(tenant).get(path).content.decode()

    assert ("SEQUENCE:2" in moved, "SEQUENCE:3" in cancelled) == (True, True)
    assert f"UID:{event.pk}@localhost" in cancelled
    assert "STATUS:CANCELLED" in cancelled

    Event.objects.update(cancelled_at=timezone.now() - timedelta(days=31))
    assert "BEGIN:VEVENT" not in reader(tenant).get(path).content.decode()


def test_case_52_an_unchanged_feed_is_the_same_bytes(tenant: Tenant, event: Event) -> None:
    path = path_of(made(tenant))
    first, second = (reader(tenant).get(path) for _ in range(2))

    assert (first.content, first["ETag"]) == (second.content, second["ETag"])
    again = reader(tenant).get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_case_54_old_wrong_and_locked_addresses_are_answered_alike(
    tenant: Tenant, event: Event, put_on_plan: PutOnPlan
) -> None:
    feed = made(tenant)
    owner = client_of(tenant, Role.OWNER)
    rotated = owner.post(f"{FEEDS}{feed['id']}/rotate/").json()
    old = reader(tenant).get(path_of(feed))
    wrong = reader(tenant).get(f"{FEEDS}{'x' * 43}.ics")
    assert reader(tenant).get(path_of(rotated)).status_code == 200
    put_on_plan("free")
    locked = reader(tenant).get(path_of(rotated))

    answers = [(one.status_code, one.json()) for one in (old, wrong, locked)]
    assert answers == [(404, {"detail": "There is no such calendar.", "code": "not_found"})] * 3


def test_an_address_is_told_once(tenant: Tenant, anna: Resource) -> None:
    feed = made(tenant, resource=anna.pk)
    owner = client_of(tenant, Role.OWNER)

    shown = owner.get(FEEDS).content.decode()

    assert feed["url"].rpartition("/")[2].removesuffix(".ics") not in shown
    assert owner.delete(f"{FEEDS}{feed['id']}/").status_code == 204
    assert reader(tenant).get(path_of(feed)).status_code == 404


def test_case_55_our_own_feed_takes_no_time_when_it_is_read_back(tenant: Tenant, event: Event) -> None:
    from calendar_sync.ics.interpreting import interpret
    from calendar_sync.ics.writing import is_own_uid

    text = reader(tenant).get(path_of(made(tenant))).content

    assert all(is_own_uid(entry.uid) for entry in interpret(text, TERMS))
