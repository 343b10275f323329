"""Asking for a consent page: what it is asked for, and who may ask."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from calendar_sync.enums import ConnectionState, ProviderKey
from calendar_sync.models import CalendarConnection
from calendar_sync.models.external import key_of
from core.models import Role, Signpost, Tenant, User
from core.models.token import digest_of
from tests.calendar_sync.clients import StayingClient, client_of
from tests.calendar_sync.consent.journey import START, parameters
from tests.calendar_sync.fakes.oauth import CLIENT_ID, OAuthFake
from tests.factories.schedule import ResourceFactory
from tests.fixtures import PutOnPlan


def ask(client: StayingClient, **body: Any) -> Any:
    """Ask for a consent page."""
    return client.post(START, {"provider": "google", **body}, format="json")


def stored(**fields: Any) -> CalendarConnection:
    """Return an account of Google that is connected."""
    return CalendarConnection.objects.create(
        provider=ProviderKey.GOOGLE,
        account_label="anna@example.com",
        account_key=key_of("anna@example.com"),
        **fields,
    )


def test_googles_page_is_asked_for_no_more_than_is_needed(owner: StayingClient, provider: OAuthFake) -> None:
    answer = ask(owner)

    body = answer.json()
    asked = parameters(body["authorize_url"])
    state = asked.pop("state")
    assert (answer.status_code, body["authorize_url"].partition("?")[0]) == (200, f"{provider.url}/google/authorize")
    assert len(asked.pop("code_challenge")) == 43
    assert asked == {
        "client_id": CLIENT_ID,
        "redirect_uri": "http://localhost:8000/api/calendar-sync/oauth/google/callback/",
        "response_type": "code",
        "scope": "https://www.googleapis.com/auth/calendar.calendarlist.readonly "
        "https://www.googleapis.com/auth/calendar.events.readonly "
        "https://www.googleapis.com/auth/calendar.events.owned",
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }
    left = datetime.fromisoformat(body["expires_at"]) - timezone.now()
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    assert len(state) == 43


def test_microsofts_page_is_asked_for_no_more_than_is_needed(owner: StayingClient, provider: OAuthFake) -> None:
    asked = parameters(ask(owner, provider="microsoft").json()["authorize_url"])

    assert asked["scope"] == "offline_access User.Read Calendars.ReadWrite"
    assert asked["redirect_uri"] == "http://localhost:8000/api/calendar-sync/oauth/microsoft/callback/"
    assert (asked["response_mode"], asked["code_challenge_method"]) == ("query", "S256")


def test_the_state_is_stored_as_its_digest_alone(tenant: Tenant, owner: StayingClient, provider: OAuthFake) -> None:
    anna = ResourceFactory.create()

    state = parameters(ask(owner, resource=anna.pk).json()["authorize_url"])["state"]

    signpost = Signpost.objects.get()
    assert (signpost.digest, signpost.tenant, signpost.user) == (
        digest_of(state),
        tenant,
        User.objects.get(email="owner@acme.example"),
    )
    assert state not in signpost.sealed
    assert signpost.used_at is None
    assert provider.asked == {}


def test_an_account_that_is_connected_again_is_offered_first(owner: StayingClient, provider: OAuthFake) -> None:
    connection = stored(state=ConnectionState.NEEDS_REAUTH)

    asked = parameters(ask(owner, connection=str(connection.pk)).json()["authorize_url"])

    assert asked["login_hint"] == "anna@example.com"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"return_path": "//evil.example"}, "path_not_allowed"),
        ({"return_path": "https://evil.example/settings/calendar-sync"}, "path_not_allowed"),
        ({"return_path": "/settings/calendar-sync/../../api/"}, "path_not_allowed"),
        ({"return_path": "/settings/calendar-sync?next=https://evil.example"}, "path_not_allowed"),
        ({"return_path": "/settings/calendar-sync\r\nSet-Cookie: a=b"}, "path_not_allowed"),
        ({"return_path": "/api/me"}, "path_not_allowed"),
        ({"return_path": "/settings\\evil"}, "path_not_allowed"),
        ({"provider": "caldav"}, "invalid"),
        ({"resource": 0}, "does_not_exist"),
    ],
    ids=str,
)
@pytest.mark.usefixtures("provider")
def test_what_leads_somewhere_else_is_refused(owner: StayingClient, body: dict[str, Any], code: str) -> None:
    answer = ask(owner, **body)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Signpost.objects.exists()


@pytest.mark.usefixtures("provider")
def test_pages_of_the_dashboard_can_be_come_back_to(owner: StayingClient) -> None:
    paths = ("/settings/calendar-sync", "/settings/calendar-sync/new", "/resources/17", "/calendar")

    assert [ask(owner, return_path=path).status_code for path in paths] == [200] * 4


def test_a_provider_without_a_client_is_not_offered(
    owner: StayingClient, provider: OAuthFake, settings: Settings
) -> None:
    settings.GOOGLE_CLIENT_SECRET = ""

    answer = ask(owner)
    offered = {one["key"]: one["is_available"] for one in owner.get("/api/calendar-sync/providers/").json()}

    assert (answer.status_code, answer.json()["code"]) == (400, "not_available")
    assert offered == {"caldav": True, "google": False, "microsoft": True, "ics": True}


@pytest.mark.usefixtures("provider")
def test_staff_connect_their_own_time_alone(staff: StayingClient) -> None:
    own = ResourceFactory.create(user=User.objects.get(email="staff@acme.example"))
    other = ResourceFactory.create()

    found = [ask(staff, resource=number) for number in (own.pk, other.pk, None)]

    assert [answer.status_code for answer in found] == [200, 403, 403]
    assert found[1].json()["code"] == "role_required"


@pytest.mark.usefixtures("provider")
def test_case_58_a_connection_of_another_business_does_not_exist(tenant: Tenant, other_tenant: Tenant) -> None:
    connection = stored(state=ConnectionState.NEEDS_REAUTH)

    answer = ask(client_of(other_tenant, Role.OWNER), connection=str(connection.pk))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.usefixtures("provider")
def test_a_connection_of_another_provider_is_refused(owner: StayingClient) -> None:
    connection = stored(state=ConnectionState.NEEDS_REAUTH)

    answer = ask(owner, provider="microsoft", connection=str(connection.pk))

    assert (answer.status_code, answer.json()["code"]) == (400, "other_provider")


@pytest.mark.usefixtures("provider")
def test_a_connection_that_is_being_taken_apart_is_left_to_go(owner: StayingClient) -> None:
    connection = stored(state=ConnectionState.DISCONNECTING)

    answer = ask(owner, connection=str(connection.pk))

    assert (answer.status_code, answer.json()["code"]) == (409, "disconnecting")


@pytest.mark.usefixtures("provider")
def test_case_59_without_the_feature_nothing_begins(owner: StayingClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan("free")

    answer = ask(owner)

    assert (answer.status_code, answer.json()["code"]) == (403, "feature_not_in_plan")
    assert not Signpost.objects.exists()


@pytest.mark.usefixtures("provider")
def test_a_password_is_no_way_to_let_a_google_account_in(owner: StayingClient) -> None:
    connection = stored(state=ConnectionState.NEEDS_REAUTH)

    answer = owner.post(f"/api/calendar-sync/connections/{connection.pk}/reconnect/", {"password": "x"}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, "use_consent")
    assert "oauth/start/" in answer.json()["detail"]
