"""The snippets of analytics/IMPLEMENTATION_GUIDE.md, run as they are written there."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from core.active import deactivate
from core.models import SubscriptionPlan, Tenant

GUIDE = Path(__file__).resolve().parents[3] / "analytics" / "IMPLEMENTATION_GUIDE.md"


def blocks(language: str) -> list[str]:
    """The code blocks of the guide in one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE.read_text(), flags=re.DOTALL | re.MULTILINE)


@pytest.fixture
def demo_names(tenant: Tenant, other_tenant: Tenant) -> None:
    """Let the two businesses be called as in the demo, schemas included, until the test is over."""
    deactivate()
    with connection.cursor() as cursor:
        for one, name in ((tenant, "demo"), (other_tenant, "starter")):
            cursor.execute(f"ALTER SCHEMA {one.schema_name} RENAME TO {name}")
            Tenant.objects.filter(pk=one.pk).update(schema_name=name)
    starter = SubscriptionPlan.objects.get(code="starter")
    Tenant.objects.filter(schema_name="starter").update(plan=starter)


def test_the_shell_snippets_run_one_after_the_other(demo_names: None, capsys: pytest.CaptureFixture[str]) -> None:
    snippets = blocks("python")
    shell: dict[str, Any] = {}
    found = []
    for snippet in snippets:
        exec(compile(snippet, str(GUIDE), "exec"), shell)  # noqa: S102  # the guide's own words are what is tested
        found.append(
            (
                SubscriptionPlan.objects.get(code="free").permissions.get("advanced_analytics"),
                Tenant.objects.get(schema_name="starter").has_feature("advanced_analytics"),
                Tenant.objects.get(schema_name="starter").staff_can_see_analytics,
            )
        )

    assert found == [
        (True, False, False),
        (True, True, False),
        (True, True, True),
        (True, True, True),
    ]
    assert "{'pending': 0, 'confirmed': 0" in capsys.readouterr().out


def test_the_trail_is_printed(demo_names: None) -> None:
    (line,) = [line for block in blocks("sh") for line in block.splitlines() if "explain_entitlement" in line]
    out = StringIO()

    call_command(*line.removeprefix("python manage.py ").split(), stdout=out)

    assert "advanced_analytics: no" in out.getvalue()
    assert "cheapest plan that unlocks it: Professional" in out.getvalue()


def test_the_figures_can_be_counted_in_sql(demo_names: None) -> None:
    (statements,) = blocks("sql")
    with connection.cursor() as cursor:
        cursor.execute(statements)
        found = cursor.fetchall()

    assert found == []
