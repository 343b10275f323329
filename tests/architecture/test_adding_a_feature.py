"""Follows docs/adding-a-feature.md to the letter, in a copy of the composition root."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "docs" / "adding-a-feature.md"
BLOCK = re.compile(r"^```python (file|line)=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

REPORT = """
import json, django
django.setup()
from django.core.checks import run_checks
from django.urls import resolve
from config.registry import REGISTRY
from core.permissions import FEATURE_NAMES
from tests.architecture.layers import Import, broken_rules, read_imports
from drf_spectacular.generators import SchemaGenerator
operation = SchemaGenerator(urlconf="config.urls").get_schema(public=True)["paths"]["/api/birthdays/"]["get"]
print(json.dumps({
    "view": resolve("/api/birthdays/", urlconf="config.urls").func.cls.__name__,
    "feature": FEATURE_NAMES["birthday_list"],
    "nav": [item.label for item in REGISTRY.nav if item.feature == "birthday_list"],
    "checks": [str(message) for message in run_checks(tags=["manifests"])],
    "layers": list(broken_rules(REGISTRY, read_imports(REGISTRY))),
    "breach": list(broken_rules(REGISTRY, [Import("birthdays.views", "analytics.views")])),
    "tags": operation["tags"],
    "summary": operation["summary"],
}))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with config and the recipe's app in it; everything else is imported from the project."""
    shutil.copytree(ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("__pycache__"))
    for kind, name, text in BLOCK.findall(RECIPE.read_text()):
        target = tmp_path / name
        if kind == "file":
            target.parent.mkdir(exist_ok=True)
            target.write_text(text)
        else:
            target.write_text(target.read_text().replace("APPS = (\n", f"APPS = (\n{text}", 1))
    (tmp_path / "birthdays" / "__init__.py").touch()
    return tmp_path


def in_project(project: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which `config` and `birthdays` come from the copy."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{project}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_recipe_works(project: Path) -> None:
    done = in_project(project, REPORT)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "view": "BirthdaysView",
        "feature": "Birthday List",
        "nav": ["Birthdays"],
        "checks": [],
        "layers": [],
        "breach": ["birthdays.views imports analytics.views: analytics is not below birthdays"],
        "tags": ["Birthdays"],
        "summary": "Tell how many people there are to congratulate",
    }


def test_a_view_that_forgets_its_gate_stops_the_start(project: Path) -> None:
    views = project / "birthdays" / "views.py"
    views.write_text(views.read_text().replace(', HasFeaturePermission("birthday_list"))', ",)"))

    done = in_project(project, "import config.wsgi")

    assert done.returncode != 0
    assert "asks for none of the features of birthdays (birthday_list)" in done.stderr


def test_a_key_declared_twice_stops_the_start(project: Path) -> None:
    manifest = project / "birthdays" / "manifest.py"
    manifest.write_text(manifest.read_text().replace("birthday_list", "advanced_analytics"))

    done = in_project(project, "import config.wsgi")

    assert done.returncode != 0
    assert "two manifests declare the feature 'advanced_analytics'" in done.stderr
