"""Somebody who runs the platform, which nobody has counted yet."""

import pytest
from django.test import Client

from core.models import PeriodicRun, User
from platform_admin.models import DayOfBusiness, Refusal, TenantStanding
from tests.core.browser import PASSWORD
from tests.platform_admin.office import signed_in


@pytest.fixture
def admin(db: None) -> User:
    """Somebody who runs the platform."""
    return User.objects.create_superuser("admin@platform.example", PASSWORD)


@pytest.fixture
def office(admin: User) -> Client:
    """Their browser."""
    return signed_in(admin)


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> None:
    """Empty what is counted and noted, for the time of the test: real workers of other tests may have done so."""
    for model in (DayOfBusiness, Refusal, TenantStanding, PeriodicRun):
        model._default_manager.all().delete()
