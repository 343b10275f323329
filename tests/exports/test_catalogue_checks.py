"""A manifest that lies about a dataset stops the process."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import override_settings
from django.urls import get_resolver

from core.checks import check_manifests
from core.installed import datasets, load_dataset, registry
from core.registry import ManifestError, Registry
from schedule.datasets import CUSTOMERS

TWIN = CUSTOMERS
WITHOUT_IDENTITY = replace(CUSTOMERS, key="nameless", identity="customer.nothing")


def findings(*paths: str) -> list[str]:
    """Return what the check says about a registry whose last app offers these datasets."""
    assert get_resolver("config.urls").url_patterns  # the views are loaded with the registry that is installed
    *others, last = registry().manifests
    with override_settings(REGISTRY=Registry((*others, replace(last, datasets=paths)))):
        return [
            f"{found.id}: {found.msg}"
            for found in check_manifests(None)
            if found.id in {"manifests.E007", "manifests.E008"}
        ]


def test_what_is_installed_is_sound() -> None:
    assert findings() == []
    assert list(datasets()) == ["appointments", "customers", "resources", "services"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("schedule.datasets:NOTHING", "does not import"),
        ("nowhere.datasets:NOTHING", "does not import"),
        ("schedule.datasets", "does not import"),
        ("schedule.enums:Status", "is not a Dataset"),
        (f"{__name__}:WITHOUT_IDENTITY", "has no column customer.nothing"),
    ],
)
def test_a_dataset_that_cannot_be_used_is_named(path: str, said: str) -> None:
    (found,) = findings(path)

    assert found.startswith("manifests.E007")
    assert path in found
    assert said in found
    with pytest.raises(ManifestError, match=said):
        load_dataset(path)


def test_two_datasets_of_one_name_are_refused() -> None:
    (found,) = findings(f"{__name__}:TWIN")

    assert found.startswith("manifests.E008")
    assert "schedule" in found
    assert "'customers'" in found


def test_the_registry_of_datasets_cannot_be_changed() -> None:
    found: Any = datasets()

    with pytest.raises(TypeError):
        found["more"] = CUSTOMERS
