"""Who may import whom."""

from config.registry import REGISTRY
from tests.architecture.layers import Import, broken_rules, read_imports


def test_every_import_keeps_to_its_layer() -> None:
    assert list(broken_rules(REGISTRY, read_imports(REGISTRY))) == []


def test_a_breach_of_each_rule_is_seen() -> None:
    breaches = [
        Import("core.views.session", "schedule.models"),
        Import("schedule.services.booking", "payments.services"),
        Import("analytics.views", "platform_admin.models"),
        Import("analytics.views", "schedule.models"),
        Import("schedule.selectors.usage", "schedule.services.booking"),
        Import("schedule.models.catalogue", "schedule.views.catalogue"),
        Import("schedule.services.booking", "rest_framework"),
        Import("analytics.manifest", "core.models"),
        Import("schedule.services.booking", "config.registry"),
    ]

    seen = list(broken_rules(REGISTRY, breaches))

    assert [line.split(":")[0] for line in seen] == [
        f"{breach.importer} imports {breach.imported}" for breach in breaches
    ]


def test_lawful_imports_pass() -> None:
    lawful = [
        Import("analytics.views", "schedule.selectors.statistics"),
        Import("analytics.views", "core.permissions"),
        Import("payments.services", "schedule.selectors.appointments"),
        Import("schedule.views.appointments", "rest_framework"),
        Import("schedule.services.booking", "schedule.selectors.rules"),
        Import("config.urls", "core.views.session"),
    ]

    assert list(broken_rules(REGISTRY, lawful)) == []
