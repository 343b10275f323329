"""The registry of this installation, as configured."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.conf import settings

from core.datasets import Dataset
from core.registry import ManifestError, Registry, load


def registry() -> Registry:
    """Return the registry the settings were built with."""
    return settings.REGISTRY


@cache
def datasets() -> Mapping[str, Dataset]:
    """Return the datasets of all apps by key, in manifest order. Raises ManifestError for one that cannot be used."""
    found: dict[str, Dataset] = {}
    for manifest in registry().manifests:
        for path in manifest.datasets:
            dataset = load_dataset(path)
            if dataset.key in found:
                raise ManifestError(f"{path!r} is another dataset called {dataset.key!r}")
            found[dataset.key] = dataset
    return MappingProxyType(found)


def load_dataset(path: str) -> Dataset:
    """Import the dataset at ``module:attribute``. Raises ManifestError when there is none or it cannot be used."""
    found = load(path)
    if not isinstance(found, Dataset):
        raise ManifestError(f"{path!r} is not a Dataset")
    try:
        _ = found.identity_column
    except LookupError as error:
        raise ManifestError(f"{path!r}: {error}") from error
    return found
