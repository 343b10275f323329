"""The way back from a consent page: to a connection, or to a plain refusal; never anywhere else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from calendar_sync.enums import ConnectionState
from calendar_sync.models import CalendarConnection, EventLink, ExternalCalendar, Farewell
from core.models import AuditEntry, Role, Scope, Signpost, Tenant, User
from core.tokens import issue_sign_in_token
from tests.background import NotedTasks
from tests.calendar_sync.clients import StayingClient, client_of
from tests.calendar_sync.consent.journey import PAGE, Journey, parameters, where
from tests.calendar_sync.fakes.oauth import Answer, OAuthFake
from tests.core.browser import Browser, person
from tests.factories.schedule import EventFactory, ResourceFactory

FINISH = "/api/calendar-sync/oauth/google/finish/"


@pytest.fixture
def journey(provider: OAuthFake, owner: StayingClient, passer_by: StayingClient) -> Journey:
    """The owner's way."""
    return Journey(provider, owner, passer_by)


def ended(address: str) -> dict[str, str]:
    """Return what the dashboard is told."""
    assert where(address)[:2] == ("", "/settings/calendar-sync")
    return parameters(address)


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_an_account_is_connected(name: str, journey: Journey, tenant: Tenant, queue: NotedTasks) -> None:
    journey.name = name
    anna = ResourceFactory.create()
    journey.body = {"resource": anna.pk}

    told = ended(journey.go())

    connection = CalendarConnection.objects.get()
    secrets = connection.secrets(schema=tenant.schema_name)
    assert told == {"connection": str(connection.pk)}
    assert (connection.provider, connection.account_label, connection.resource_id, connection.state) == (
        name,
        "anna@example.com",
        anna.pk,
        ConnectionState.ACTIVE,
    )
    assert [calendar.read_busy for calendar in connection.calendars.all()] == [True]
    assert journey.provider.accepts(secrets["access_token"])
    assert secrets["refresh_token"] in journey.provider.refresh_tokens
    assert (queue.names, queue.arguments[0][0]) == (["sync_connection"], [str(connection.pk)])
    assert AuditEntry.objects.filter(action="calendar_connected").count() == 1


def test_no_answer_holds_a_secret(journey: Journey, tenant: Tenant, owner: StayingClient) -> None:
    journey.go()

    secrets = CalendarConnection.objects.get().secrets(schema=tenant.schema_name)
    answers = [owner.get("/api/calendar-sync/connections/"), owner.get("/api/calendar-sync/calendars/")]
    shown = "".join(answer.content.decode() for answer in answers)
    assert "anna@example.com" in shown
    assert not any(value in shown for value in (secrets["access_token"], secrets["refresh_token"]))
    stored = CalendarConnection.objects.values_list("sealed_secrets", flat=True).get()
    assert secrets["refresh_token"] not in stored


def test_the_platforms_address_only_leads_on(journey: Journey) -> None:
    address = journey.consent()

    onward = journey.arrive(address)

    host, path, _ = where(onward["Location"])
    assert (onward.status_code, host, path) == (302, "acme.localhost:8000", FINISH)
    assert parameters(onward["Location"]) == parameters(address)
    assert (onward["Cache-Control"], onward["Referrer-Policy"]) == ("no-store, private", "no-referrer")
    assert Signpost.objects.get().used_at is None
    assert journey.provider.asked == {"authorize": 1}


def test_the_page_that_was_asked_for_is_come_back_to(journey: Journey) -> None:
    journey.body = {"return_path": "/calendar"}

    assert where(journey.go())[:2] == ("", "/calendar")


def test_case_57_whoever_says_no_comes_back_without_a_connection(journey: Journey, queue: NotedTasks) -> None:
    journey.provider.consents = False

    assert ended(journey.go()) == {"error": "access_denied"}
    assert not CalendarConnection.objects.exists()
    assert queue.names == []


def test_case_57_a_scope_that_is_missing_makes_no_connection(journey: Journey) -> None:
    journey.provider.granted = ("https://www.googleapis.com/auth/calendar.calendarlist.readonly",)

    assert ended(journey.go()) == {"error": "missing_scope"}
    assert not CalendarConnection.objects.exists()


def test_case_57_access_that_ends_within_the_hour_makes_no_connection(journey: Journey) -> None:
    journey.name = "microsoft"
    journey.provider.granted = ("User.Read", "Calendars.ReadWrite")

    assert ended(journey.go()) == {"error": "missing_scope"}
    assert not CalendarConnection.objects.exists()


@pytest.mark.parametrize("state", ["", "made-up", "x" * 5000])
@pytest.mark.usefixtures("provider")
def test_case_57_a_state_nobody_made_leads_nowhere(state: str, owner: StayingClient, passer_by: StayingClient) -> None:
    query = {"state": state, "code": "code"}
    callback = passer_by.get("/api/calendar-sync/oauth/google/callback/", query)
    finish = owner.get(FINISH, query)

    assert [(one.status_code, one.json()["code"]) for one in (callback, finish)] == [(400, "state_invalid")] * 2
    assert not CalendarConnection.objects.exists()


def test_case_57_browsers_are_shown_a_page(journey: Journey) -> None:
    finish = journey.finish(f"{FINISH}?state=x&code=y", accept=PAGE)
    callback = journey.arrive("/api/calendar-sync/oauth/google/callback/?state=x", accept=PAGE)

    for page, link in ((finish, b'href="/settings/calendar-sync"'), (callback, b"start again")):
        assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")
        assert b"This link has been used or has expired" in page.content
        assert link in page.content
        assert b"<script" not in page.content


def test_case_57_a_state_works_once(journey: Journey) -> None:
    address = journey.consent()
    onward = journey.arrive(address)["Location"]
    journey.finish(onward)

    again = [journey.finish(onward), journey.arrive(address)]

    assert [(one.status_code, one.json()["code"]) for one in again] == [(400, "state_invalid")] * 2
    assert CalendarConnection.objects.count() == 1
    assert journey.provider.asked["authorization_code"] == 1


def test_case_57_a_state_expires(journey: Journey) -> None:
    address = journey.consent()
    onward = journey.arrive(address)["Location"]
    Signpost.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    found = [journey.arrive(address), journey.finish(onward)]

    assert [(one.status_code, one.json()["code"]) for one in found] == [(400, "state_invalid")] * 2
    assert not CalendarConnection.objects.exists()


def test_case_57_another_persons_state_leads_nowhere_and_stays_theirs(journey: Journey, tenant: Tenant) -> None:
    onward = journey.arrive(journey.consent())["Location"]

    answer = journey.finish(onward, client_of(tenant, Role.MANAGER))

    assert (answer.status_code, answer.json()["code"]) == (400, "state_invalid")
    assert not CalendarConnection.objects.exists()
    assert "connection" in ended(journey.finish(onward)["Location"])


def test_case_58_a_state_of_another_business_leads_nowhere(journey: Journey, other_tenant: Tenant) -> None:
    onward = journey.arrive(journey.consent())["Location"]
    stranger = client_of(other_tenant, Role.OWNER)

    answer = journey.finish(onward, stranger)

    assert (answer.status_code, answer.json()["code"]) == (400, "state_invalid")
    with tenant_context(other_tenant):
        assert not CalendarConnection.objects.exists()


def test_case_58_a_state_sealed_for_somebody_else_cannot_be_read(journey: Journey, tenant: Tenant) -> None:
    onward = journey.arrive(journey.consent())["Location"]
    manager = client_of(tenant, Role.MANAGER)
    Signpost.objects.update(user=User.objects.get(email="manager@acme.example"))

    answer = journey.finish(onward, manager)

    assert (answer.status_code, answer.json()["code"]) == (400, "state_invalid")


def test_case_57_nobody_signed_in_is_told_so(journey: Journey, tenant: Tenant) -> None:
    onward = journey.arrive(journey.consent())["Location"]
    nobody = client_of(tenant, None)

    plain, page = journey.finish(onward, nobody), journey.finish(onward, nobody, accept=PAGE)

    assert (plain.status_code, plain.json()["code"]) == (401, "not_authenticated")
    assert (page.status_code, page["Content-Type"]) == (401, "text/html; charset=utf-8")
    assert Signpost.objects.get().used_at is None


def test_the_way_of_one_provider_does_not_end_at_the_other(journey: Journey) -> None:
    onward = journey.arrive(journey.consent())["Location"]

    answer = journey.finish(onward.replace("google", "microsoft"))

    assert (answer.status_code, answer.json()["code"]) == (400, "state_invalid")


def test_a_token_that_may_only_read_connects_nothing(journey: Journey, tenant: Tenant) -> None:
    onward = journey.arrive(journey.consent())["Location"]
    membership = User.objects.get(email="owner@acme.example").memberships.get(tenant=tenant)
    issued = issue_sign_in_token(membership=membership)
    issued.token.scope = Scope.READ
    issued.token.save()
    reader = client_of(tenant, None)
    reader.credentials(HTTP_AUTHORIZATION=f"Token {issued.secret}")

    answer = journey.finish(onward, reader)

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_required")
    assert Signpost.objects.get().used_at is None


def test_the_dashboards_session_goes_all_the_way(provider: OAuthFake, passer_by: StayingClient, tenant: Tenant) -> None:
    person("olga@acme.example", (tenant, Role.OWNER))
    browser = Browser()
    browser.sign_in("olga@acme.example")
    begun = browser.send("POST", "/api/calendar-sync/connections/oauth/start/", {"provider": "google"}).json()
    _, address = provider.open_page(begun["authorize_url"])
    onward = Journey(provider, passer_by, passer_by).arrive(address)["Location"]

    done = browser.get(onward.partition(":8000")[2], headers={"accept": PAGE})

    assert done.status_code == 302
    with tenant_context(tenant):
        assert done["Location"] == f"/settings/calendar-sync?connection={CalendarConnection.objects.get().pk}"


def test_a_code_the_provider_does_not_know_makes_no_connection(journey: Journey) -> None:
    address = journey.consent()
    journey.provider.codes.clear()

    answer = journey.finish(journey.arrive(address)["Location"])

    assert ended(answer["Location"]) == {"error": "auth_failed"}
    assert not CalendarConnection.objects.exists()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Answer(500), "bad_answer"),
        (Answer(429, headers={"Retry-After": "60"}), "rate_limited"),
        (Answer(200, {"nothing": "useful"}), "bad_answer"),
        (Answer(401, {"error": "invalid_client"}), "bad_answer"),
    ],
    ids=["fails", "throttles", "talks", "refuses-us"],
)
def test_a_provider_in_trouble_is_reported(fault: Answer, code: str, journey: Journey) -> None:
    journey.provider.faults.append(fault)

    assert ended(journey.go()) == {"error": code}
    assert not CalendarConnection.objects.exists()


def test_an_account_is_connected_once(journey: Journey) -> None:
    journey.go()

    assert ended(journey.go()) == {"error": "already_connected"}
    assert CalendarConnection.objects.count() == 1


def lost(journey: Journey) -> CalendarConnection:
    """Return an account that was connected, has a copy of an appointment, and has lost its access."""
    anna = ResourceFactory.create()
    journey.body = {"resource": anna.pk}
    journey.go()
    connection = CalendarConnection.objects.get()
    EventLink.objects.create(
        event=EventFactory.create(resources=[anna]), calendar=connection.calendars.get(), remote_id="x", remote_key="x"
    )
    CalendarConnection.objects.update(
        state=ConnectionState.NEEDS_REAUTH, next_attempt_at=None, notified_at=timezone.now(), failures=3
    )
    return connection


@pytest.mark.parametrize("names_it", [True, False], ids=["by-its-id", "by-its-account"])
def test_case_33_the_same_account_is_let_in_again(journey: Journey, names_it: bool) -> None:
    connection = lost(journey)
    calendar, link = ExternalCalendar.objects.get(), EventLink.objects.get()
    if names_it:
        journey.body = {"connection": str(connection.pk)}

    told = ended(journey.go())

    revived = CalendarConnection.objects.get()
    assert told == {"connection": str(connection.pk)}
    assert (revived.pk, revived.state, revived.failures, revived.notified_at) == (
        connection.pk,
        ConnectionState.ACTIVE,
        0,
        None,
    )
    assert revived.sealed_secrets != connection.sealed_secrets
    assert (ExternalCalendar.objects.get().pk, EventLink.objects.get().pk) == (calendar.pk, link.pk)
    assert not Farewell.objects.exists()


def test_case_33_an_account_in_good_health_can_be_let_in_again(journey: Journey) -> None:
    journey.go()
    connection = CalendarConnection.objects.get()
    journey.body = {"connection": str(connection.pk)}

    assert ended(journey.go()) == {"connection": str(connection.pk)}
    assert CalendarConnection.objects.get().sealed_secrets != connection.sealed_secrets


def test_another_account_is_not_let_in_in_its_place(journey: Journey, queue: NotedTasks) -> None:
    connection = lost(journey)
    journey.body = {"connection": str(connection.pk)}
    journey.provider.account = "somebody.else@example.com"
    queue.lose()

    told = ended(journey.go())

    left = CalendarConnection.objects.get()
    assert told == {"error": "other_account"}
    assert (left.state, left.account_label, left.sealed_secrets) == (
        ConnectionState.NEEDS_REAUTH,
        "anna@example.com",
        connection.sealed_secrets,
    )
    assert queue.names == []
    assert Farewell.objects.get().account_key != connection.account_key


def test_a_connection_that_went_meanwhile_is_not_brought_back(journey: Journey) -> None:
    connection = lost(journey)
    journey.body = {"connection": str(connection.pk)}
    onward = journey.arrive(journey.consent())["Location"]
    connection.delete()

    answer = journey.finish(onward)

    assert ended(answer["Location"]) == {"error": "not_found"}
    assert not CalendarConnection.objects.exists()


def test_a_role_that_was_taken_meanwhile_connects_nothing(journey: Journey, tenant: Tenant) -> None:
    onward = journey.arrive(journey.consent())["Location"]
    owner = User.objects.get(email="owner@acme.example")
    owner.memberships.filter(tenant=tenant).update(role=Role.STAFF)

    answer = journey.finish(onward)

    assert ended(answer["Location"]) == {"error": "role_required"}
    assert not CalendarConnection.objects.exists()
