"""`manage.py up`: the order of things, and what is said at the end."""

import socket
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from pytest_django import Settings

from core.management.commands import up
from core.models import Domain, Membership, Role, Tenant, User
from tests.core.browser import person


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[tuple[str, dict[str, Any]]]:
    """The commands `up` calls in place of being run; a port nobody listens on."""
    calls: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(up, "call_command", lambda name, **options: calls.append((name, options)))
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.PUBLIC_PORT = free.getsockname()[1]
    return calls


def test_in_development_the_demo_is_filled_in(called: list[tuple[str, dict[str, Any]]], settings: Settings) -> None:
    settings.DEBUG = True

    call_command("up", stdout=StringIO())

    assert [name for name, _ in called] == ["migrate_schemas", "demo", "serve"]
    assert (called[2][1]["host"], called[2][1]["port"]) == ("127.0.0.1", settings.PUBLIC_PORT)


def test_in_production_the_files_are_collected(called: list[tuple[str, dict[str, Any]]], settings: Settings) -> None:
    call_command("up", "--host=0.0.0.0", stdout=StringIO())

    assert [name for name, _ in called] == ["migrate_schemas", "collectstatic", "serve"]
    assert called[2][1]["host"] == "0.0.0.0"  # noqa: S104  # nothing listens


def test_it_announces_once_the_server_is_ready_and_leaves_no_connection_to_the_workers(
    called: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, order = StringIO(), []

    def announcement() -> list[str]:
        order.append("announced")
        return ["Ready."]

    monkeypatch.setattr(up, "announcement", announcement)
    monkeypatch.setattr(type(connections), "close_all", lambda _self: order.append("closed"))

    call_command("up", stdout=out)
    before = out.getvalue()
    called[-1][1]["when_ready"](None)

    assert (before, out.getvalue()) == ("Preparing the database …\n", "Preparing the database …\nReady.\n")
    assert order == ["announced", "closed"]


def test_a_port_that_is_taken_stops_everything(called: list[tuple[str, dict[str, Any]]], settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = settings.PUBLIC_PORT = taken.getsockname()[1]
        with pytest.raises(CommandError) as caught:
            call_command("up", stdout=StringIO())

    assert str(caught.value) == (
        f"Port {port} on 127.0.0.1 cannot be used (Address already in use). Choose another: make run PORT=8001"
    )
    assert called == []


def test_the_announcement(tenant: Tenant, other_tenant: Tenant, settings: Settings) -> None:
    person("ann@acme.example", (tenant, Role.STAFF))
    person("gone@acme.example", (tenant, Role.STAFF))
    Membership.objects.filter(user__email="gone@acme.example").update(is_active=False)
    Domain.objects.create(tenant=tenant, domain="book.acme.example", is_primary=True)
    Tenant.objects.filter(pk=other_tenant.pk).update(plan=None)
    User.objects.create_superuser("admin@platform.example")
    settings.DEBUG = True

    assert up.announcement() == [
        "",
        "SmoothSchedule is ready.",
        "",
        "  Acme · Professional · http://book.acme.example:8000/",
        "      owner@acme.example (owner), ann@acme.example (staff)",
        "  Bravo · None · http://bravo.localhost:8000/",
        "      owner@bravo.example (owner)",
        "  API docs · http://localhost:8000/api/docs/",
        "  Back office · http://localhost:8000/admin/",
        "      admin@platform.example",
        "  Every demo login has the password: password",
        "",
        "Stop with Ctrl-C.",
        "",
    ]
