"""How often somebody may walk through a consent."""

from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle

from tests.calendar_sync.clients import StayingClient
from tests.calendar_sync.consent.journey import PAGE, START
from tests.calendar_sync.fakes.oauth import OAuthFake

CALLBACK = "/api/calendar-sync/oauth/google/callback/?state=x"
FINISH = "/api/calendar-sync/oauth/google/finish/?state=x"


@pytest.fixture(autouse=True)
def _rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sign-ins a minute, and nothing counted so far."""
    cache.clear()
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": "60/min", "user": None, "sign_in": "2/min"})


def test_every_step_is_counted_as_signing_in_is(
    owner: StayingClient, passer_by: StayingClient, provider: OAuthFake
) -> None:
    begun = [owner.post(START, {"provider": "google"}, format="json").status_code for _ in range(2)]
    found: list[Any] = [owner.post(START, {"provider": "google"}, format="json"), owner.get(FINISH)]
    arrived = [passer_by.get(CALLBACK).status_code for _ in range(3)]

    assert (begun, arrived) == ([200, 200], [400, 400, 429])
    assert [(one.status_code, one.json()["code"]) for one in found] == [(429, "too_many_requests")] * 2


def test_a_browser_that_is_too_hasty_is_told_how_long_to_wait(passer_by: StayingClient) -> None:
    page = [passer_by.get(CALLBACK, headers={"accept": PAGE}) for _ in range(3)][-1]

    assert (page.status_code, page["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert 1 <= int(page["Retry-After"]) <= 60
