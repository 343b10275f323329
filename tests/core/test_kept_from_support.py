"""Every route of the API for support in an owner's place: what is kept from it, and that nothing else is."""

import pytest
from django.urls import resolve

from core.models import Role, Tenant
from tests.contract.routes import Route, api_routes
from tests.core.browser import Browser
from tests.core.supporters import in_the_place_of, member, supporter

REFUSAL = {
    "detail": "Support cannot do this in somebody's place. They have to do it themselves.",
    "code": "not_while_impersonating",
}
KEPT = {
    "DELETE /api/calendar-sync/connections/00000000-0000-7000-8000-000000000000/",
    "DELETE /api/calendar-sync/feeds/00000000-0000-7000-8000-000000000000/",
    "DELETE /api/export/jobs/00000000-0000-7000-8000-000000000000/",
    "DELETE /api/invitations/0/",
    "DELETE /api/plan-requests/0/",
    "DELETE /api/tokens/0/",
    "GET /api/calendar-sync/oauth/google/finish/",
    "GET /api/export/<str:dataset>/",
    "GET /api/export/jobs/",
    "GET /api/export/jobs/00000000-0000-7000-8000-000000000000/",
    "PATCH /api/support-access/setting/",
    "PATCH /api/team/0/",
    "POST /api/calendar-sync/connections/",
    "POST /api/calendar-sync/connections/00000000-0000-7000-8000-000000000000/reconnect/",
    "POST /api/calendar-sync/connections/oauth/start/",
    "POST /api/calendar-sync/feeds/",
    "POST /api/calendar-sync/feeds/00000000-0000-7000-8000-000000000000/rotate/",
    "POST /api/export/jobs/",
    "POST /api/invitations/",
    "POST /api/me/password/",
    "POST /api/plan-requests/",
    "POST /api/session/support/",
    "POST /api/tokens/",
}
NAMES = ("password", "token", "export", "plan-request", "team", "invitation", "connection", "feed", "support")
LOOKED_AT = {
    "GET /api/calendar-sync/connections/",
    "GET /api/plans/",
    "GET /api/support-access/",
    "GET /api/team/",
    "GET /api/tokens/",
}


@pytest.fixture
def browser(tenant: Tenant) -> Browser:
    """Support as an owner of Acme."""
    return in_the_place_of(member(tenant, Role.OWNER), by=supporter())


def test_what_is_kept_from_support_is_what_this_list_says(browser: Browser) -> None:
    routes = [route for route in api_routes() if str(route) != "DELETE /api/session/"]

    kept = {str(route) for route in routes if answer(browser, route) == (403, REFUSAL)}

    assert kept == KEPT
    assert browser.get("/api/session/").json()["impersonation"] is not None


def test_a_new_route_that_sounds_like_these_is_thought_about() -> None:
    """Whatever writes below such an address is in the list, or stands here with a reason."""
    others = {
        str(route)
        for route in api_routes()
        if route.method != "GET" and any(name in route.path for name in NAMES) and str(route) not in KEPT
    }

    connection = "/api/calendar-sync/connections/00000000-0000-7000-8000-000000000000"
    assert others == {
        "POST /api/invitations/accept/",  # with somebody's own password
        f"POST {connection}/calendars/refresh/",  # these work with the account that is there
        f"POST {connection}/pause/",
        f"POST {connection}/resume/",
        f"POST {connection}/sync/",
        f"POST {connection}/test/",
    }


def test_support_sees_what_the_member_sees(browser: Browser) -> None:
    found = {path: browser.get(path.removeprefix("GET ")).status_code for path in LOOKED_AT}

    assert found == dict.fromkeys(LOOKED_AT, 200)


def test_the_refusal_comes_before_role_and_plan(tenant: Tenant) -> None:
    browser = in_the_place_of(member(tenant, Role.STAFF), by=supporter())

    response = browser.send("POST", "/api/tokens/", {"name": "mine"})

    assert (response.status_code, response.json()) == (403, REFUSAL)


def test_a_member_s_own_session_and_token_are_not_held_back(tenant: Tenant) -> None:
    member(tenant, Role.OWNER)
    browser = Browser()
    browser.sign_in("ann@acme.example")

    found = set()
    for method, path in (route.split(" ") for route in sorted(KEPT) if "<" not in route):
        found.add(browser.send(method, path, {}).json().get("code"))

    assert "not_while_impersonating" not in found


def answer(browser: Browser, route: Route) -> tuple[int, object]:
    """Return status and body of an empty request."""
    assert resolve(route.path.replace("<str:dataset>", "customers").replace("<str:token>", "x"), "config.urls")
    response = browser.send(route.method, route.path, {})
    if response.status_code == 204 or response.streaming or "json" not in response.headers.get("Content-Type", ""):
        return response.status_code, None
    return response.status_code, response.json()
