"""Somebody who runs the platform."""

import pytest
from django.test import Client

from core.models import User
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
