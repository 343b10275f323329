"""Noticing that something was changed by somebody else between reading and writing it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def version_of(values: Mapping[str, Any]) -> str:
    """Return a digest of `values` that changes whenever any does; what JSON does not know counts as its text."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True, default=str).encode()).hexdigest()[:32]


def changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two reduced to the keys that differ; a key that one of them lacks is in the other alone."""
    keys = [key for key in {**before, **after} if key not in before or key not in after or before[key] != after[key]]
    return (
        {key: before[key] for key in keys if key in before},
        {key: after[key] for key in keys if key in after},
    )
