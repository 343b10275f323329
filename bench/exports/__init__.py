"""Exports over HTTP, against psql, a DRF serializer list and an ORM iterator."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")


def run(size: str) -> bool:
    """Measure; see `compare.run`."""
    from bench.exports.compare import run as compare  # the statement is the project's own, so Django comes first

    return compare(size)
