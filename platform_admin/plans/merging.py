"""Two ways to edit the same terms, the matrix and the JSON, brought together."""

from collections.abc import Callable, Mapping
from typing import Any

from core.quota_rules import normalise_limit

Terms = dict[str, Any]
Read = Callable[[Mapping[str, Any], str], Any]


def permission_in(permissions: Mapping[str, Any], key: str) -> bool:
    """Tell whether the permissions grant the feature."""
    return permissions.get(key) is True


def limit_in(limits: Mapping[str, Any], key: str) -> Any:
    """Return the limit as a number, or None for unlimited; what cannot be read is returned as it is."""
    try:
        return normalise_limit(limits.get(key))
    except ValueError:
        return limits.get(key)


def merge(stored: Terms, *, drawn: Mapping[str, Any], written: Terms, read: Read) -> tuple[Terms, list[str]]:
    """Return what the JSON `written` says with what was changed in the matrix `drawn`, and the keys they contest.

    `stored` is what both began with, `read` returns what terms mean for a key. A key that was changed to one thing in
    the matrix and to another in the JSON is contested; the JSON's is returned.
    """
    merged, contested = dict(written), []
    for key, value in drawn.items():
        if value in (read(stored, key), read(written, key)):
            continue
        if read(written, key) == read(stored, key):
            merged[key] = value
        else:
            contested.append(key)
    return merged, contested
