"""For modules whose tests commit: `from tests.exports.committing import db as db`."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from core.models import ApiToken

SESSION_TENANTS = ("acme", "bravo")


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without the transaction that pytest-django puts around a test."""
    with django_db_blocker.unblock():
        yield
        # The two businesses of the session outlive this module; what was signed in to them must not.
        ApiToken.objects.filter(tenant__schema_name__in=SESSION_TENANTS).delete()
