"""For modules whose tests commit: `from tests.exports.committing import db as db`."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without the transaction that pytest-django puts around a test."""
    with django_db_blocker.unblock():
        yield
