"""Connections in the back office: those of the chosen business, without a secret, and a visit on request."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django_tenants.utils import tenant_context

from calendar_sync.enums import Code, ConnectionState
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import Passing
from core.models import AuditEntry, Tenant, User
from tests.background import NotedTasks
from tests.calendar_sync.fakes.memory import Stored
from tests.calendar_sync.shop import Shop, span
from tests.platform_admin.office import signed_in

PAGE = "/admin/calendar_sync/calendarconnection/"


@pytest.fixture
def office(shop: Shop) -> Client:
    """Somebody who runs the platform."""
    return signed_in(User.objects.create_superuser("admin@platform.example", "correct horse battery"))


def page_of(shop: Shop) -> str:
    return f"{PAGE}{shop.calendar.connection_id}/change/?_changelist_filters=business%3Dacme"


def test_the_page_asks_for_a_business(office: Client) -> None:
    found = office.get(PAGE)

    assert '<a href="?business=acme">Acme</a>' in found.content.decode()
    assert "Bravo" not in office.get(f"{PAGE}?q=acm").content.decode()
    assert "No business is called that." in office.get(f"{PAGE}?q=nobody").content.decode()
    assert "which business?" in office.get(f"{PAGE}?business=nobody").content.decode()


def test_connections_are_those_of_the_chosen_business(office: Client, shop: Shop, other_tenant: Tenant) -> None:
    with tenant_context(other_tenant):
        CalendarConnection.objects.create(provider="ics", account_key="k", account_label="somebody else's")

    found: Any = office.get(f"{PAGE}?business=acme")

    assert [row.account_label for row in found.context["cl"].result_list] == ["anna"]
    assert "somebody else" not in found.content.decode()
    assert f"{shop.calendar.connection_id}/change/?_changelist_filters=business%3Dacme" in found.content.decode()


def test_a_connection_is_shown_without_its_secret(office: Client, shop: Shop) -> None:
    shop.set(name="Therapy")
    shop.server.put("a", Stored("", busy=(span(0, 1),)))
    shop.visit()
    sealed = shop.connection.sealed_secrets

    page = office.get(page_of(shop)).content.decode()

    assert "read and written · read 20" in page
    assert "items 1" in page
    assert sealed not in page
    assert "Therapy" not in page
    assert 'name="_save"' not in page


def test_a_visit_is_queued_and_noted(office: Client, shop: Shop, queue: NotedTasks) -> None:
    office.post(
        f"{PAGE}?business=acme", {"action": "visit_now", "_selected_action": [str(shop.calendar.connection_id)]}
    )
    shop.server.put("a", Stored("", busy=(span(0, 1),)))

    with tenant_context(shop.tenant):
        assert queue.run() == ["sync_connection"]
        assert shop.busy() == [(0, 1)]
    entry = AuditEntry.objects.get(action="calendar_visited_by_platform")
    assert (entry.tenant, entry.object_label) == (shop.tenant, "anna (caldav)")


def test_a_connection_at_rest_is_not_visited(office: Client, shop: Shop, queue: NotedTasks) -> None:
    CalendarConnection.objects.update(state=ConnectionState.PAUSED)

    chosen = {"action": "visit_now", "_selected_action": [str(shop.calendar.connection_id)]}
    answer = office.post(f"{PAGE}?business=acme", chosen, follow=True)

    assert "Anna (caldav) is at rest (paused)." in answer.content.decode()
    assert queue.run() == []


def test_who_may_only_look_may_not_send_visits(shop: Shop) -> None:
    looker = User.objects.create_user("looker@platform.example", "correct horse battery", is_staff=True)
    client = signed_in(looker)
    assert client.get(f"{PAGE}?business=acme").status_code == 403

    looker.user_permissions.add(Permission.objects.get(codename="view_calendarconnection"))
    page = client.get(f"{PAGE}?business=acme")
    assert page.status_code == 200
    assert "visit_now" not in page.content.decode()


def test_a_failure_is_shown_with_its_reason(office: Client, shop: Shop) -> None:
    def before(*_: str) -> None:
        raise Passing(Code.UNREACHABLE, "There is no server called <b>nowhere</b>.")

    shop.server.before = before
    shop.visit()

    page = office.get(page_of(shop)).content.decode()

    assert "unreachable" in page
    assert "<b>nowhere</b>" not in page
    assert "&lt;b&gt;nowhere&lt;/b&gt;" in page
