"""What the tests of the payments API share."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from core.models import Tenant
from tests.factories.schedule import EventFactory
from tests.payments.shapes import NOW


@pytest.fixture
def body(tenant: Tenant) -> dict[str, Any]:
    """The least a payment needs."""
    return {"appointment": str(EventFactory.create().pk), "amount_cents": 4500, "method": "card"}


@pytest.fixture
def at_noon() -> Iterator[None]:
    """Let payments be recorded at NOW."""
    with patch("payments.views.current_time", return_value=NOW):
        yield
