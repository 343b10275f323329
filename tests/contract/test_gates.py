"""Every gated route on every plan, and every route for nobody and for strangers."""

import pytest
from rest_framework.test import APIClient

from core.entitlements import LOCKED_TEXT
from core.installed import registry
from core.models import SubscriptionPlan, Tenant
from tests.contract.routes import Route, api_routes
from tests.fixtures import PutOnPlan

ROUTES = api_routes()
GATED = [route for route in ROUTES if route.features]
CLOSED = [route for route in ROUTES if not route.open_to_all]
PLANS = ("free", "starter", "professional", "business", "enterprise")


def call(client: APIClient, route: Route) -> tuple[int, dict[str, object]]:
    """Return status and body of an empty request."""
    response = client.generic(route.method, route.path, data="{}", content_type="application/json")
    return response.status_code, response.json() if response.content else {}


def test_the_routes_are_found() -> None:
    assert len(ROUTES) > 40
    assert {feature for route in GATED for feature in route.features} >= {"advanced_analytics", "can_accept_payments"}


@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_nobody_is_told_to_sign_in(route: Route, anonymous: APIClient) -> None:
    status, body = call(anonymous, route)

    assert (status, body["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("route", CLOSED, ids=str)
def test_a_strangers_token_is_nobody_here(route: Route, stranger: APIClient) -> None:
    stranger.defaults["SERVER_NAME"] = "acme.localhost"

    status, body = call(stranger, route)

    assert (status, body["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("code", PLANS)
@pytest.mark.parametrize("route", GATED, ids=str)
def test_a_gated_route_follows_the_plan(
    route: Route, code: str, tenant: Tenant, owner: APIClient, put_on_plan: PutOnPlan
) -> None:
    put_on_plan(code)
    permissions = SubscriptionPlan.objects.get(code=code).permissions
    missing = [feature for feature in route.features if permissions.get(feature) is not True]

    status, body = call(owner, route)

    if missing:
        feature = registry().features[missing[0]]
        assert status == 403
        assert body["detail"] == LOCKED_TEXT.format(name=feature.name)
        assert body["code"] == "feature_not_in_plan"
        assert body["feature"] == {"key": feature.key, "name": feature.name}
        assert body["plan"] == code
    else:
        assert status not in {401, 403}
        assert status < 500
