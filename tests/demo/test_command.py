"""The command's words and refusals. That businesses are made once and whole is tested in `test_building`."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from core.models import User
from demo.building import Made
from demo.businesses import BUSINESSES
from demo.loading import Report
from demo.management.commands import demo as module
from demo.management.commands.demo import Command
from demo.shape import Business

pytestmark = pytest.mark.django_db


def run() -> list[str]:
    """Run the command and return the lines it wrote, without the seconds."""
    out = StringIO()
    call_command(Command(), stdout=out)
    *lines, summary = out.getvalue().splitlines()
    return [*lines, summary.partition(" in ")[0]]


def test_without_debug_nothing_is_created() -> None:
    with pytest.raises(CommandError, match="same public password"):
        run()

    assert not User.objects.filter(email="admin@platform.example").exists()


@override_settings(DEBUG=True)
def test_it_says_what_is_made_and_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def make(business: Business, *, report: Report, **more: Any) -> Made | None:
        asked.append((business, set(more)))
        if business.subdomain != "clinic":
            return None
        report("schema", 0, 0)
        report("story", 0, 0)
        report("customers", 0, 250)
        report("appointments", 0, 2500)
        report("appointments", 2000, 2500)
        return Made(resources=9, services=10, customers=250, appointments=2500, payments=1900)

    monkeypatch.setattr(module, "make_business", make)

    assert run() == [
        "Willow & Sage Salon: is there already",
        "Spreeufer Physiotherapie: creating its schema",
        "Spreeufer Physiotherapie: making up its story",
        "Spreeufer Physiotherapie: storing 250 customers",
        "Spreeufer Physiotherapie: storing 2,500 appointments",
        "Spreeufer Physiotherapie: 9 resources, 10 services, 250 customers, 2,500 appointments, 1,900 payments",
        "Bright Lane Barbers: is there already",
        "Demo data is ready: 1 of 3 made",
    ]
    assert asked == [(business, {"now"}) for business in BUSINESSES]
    assert User.objects.filter(email="admin@platform.example", is_superuser=True).count() == 1
