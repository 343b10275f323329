"""Nothing has been counted yet: real workers of other tests may have done so."""

import pytest

from core.models import PeriodicRun
from platform_admin.models import DayOfBusiness, Refusal, TenantStanding


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> None:
    """Empty what is counted and noted, for the time of the test."""
    for model in (DayOfBusiness, Refusal, TenantStanding, PeriodicRun):
        model._default_manager.all().delete()
