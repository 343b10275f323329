"""Access tokens: renewed in time, stored before they are used, and asked for no more once a person is needed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from calendar_sync.enums import Code, ConnectionState
from calendar_sync.models import CalendarConnection, Notice
from calendar_sync.providers.base import AuthLost, Passing, Throttled
from calendar_sync.providers.consent import Consent, challenge_of, consent_of, new_verifier
from calendar_sync.providers.grants import Grant
from calendar_sync.providers.opening import open_session
from calendar_sync.providers.tokens import PassingTokens, StoredTokens
from calendar_sync.services.syncing import sync
from core.models import Tenant
from schedule.enums import TimeOffSource
from schedule.models import TimeOff
from tests.calendar_sync.consent.stored import connected, secrets_of, with_calendar
from tests.calendar_sync.fakes.oauth import Answer, Dialect, OAuthFake
from tests.factories.schedule import ResourceFactory

HOUR = timedelta(hours=1)


def tokens_of(connection: CalendarConnection, tenant: Tenant) -> StoredTokens:
    """Return the tokens of a connection."""
    return StoredTokens(connection, tenant=tenant, consent=consent_of(connection.provider))


def test_a_verifier_and_its_challenge_are_those_of_the_standard() -> None:
    # RFC 7636, appendix B.
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert 43 <= len(new_verifier()) <= 128
    assert new_verifier() != new_verifier()


def test_a_token_that_is_good_costs_no_request(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider)

    assert provider.accepts(tokens_of(connection, tenant).current())
    assert provider.asked == {}


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_a_token_that_ends_within_a_minute_is_renewed_and_stored(
    name: Dialect, tenant: Tenant, provider: OAuthFake
) -> None:
    connection = connected(tenant, provider, name=name, expires_in=59)
    before = secrets_of(connection, tenant)

    token = tokens_of(connection, tenant).current()

    after = secrets_of(connection, tenant)
    assert (token, after["access_token"] == token, token != before["access_token"]) == (token, True, True)
    assert (after["refresh_token"] != before["refresh_token"]) is (name == "microsoft")
    assert after["refresh_token"] in provider.refresh_tokens
    assert provider.asked == {"refresh_token": 1}
    assert abs(Grant.from_secrets(after).expires_at - timezone.now() - HOUR) < timedelta(seconds=10)


def test_a_token_that_is_refused_is_renewed_once(tenant: Tenant, provider: OAuthFake) -> None:
    tokens = tokens_of(connected(tenant, provider), tenant)
    refused = tokens.current()

    renewed = [tokens.renewed(refused), tokens.renewed(refused), tokens.current()]

    assert renewed == [renewed[0]] * 3
    assert renewed[0] != refused
    assert provider.asked == {"refresh_token": 1}


def test_what_another_process_renewed_is_taken_from_the_row(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider, expires_in=0)
    first, second = tokens_of(connection, tenant), tokens_of(connection, tenant)

    assert first.current() == second.current()
    assert provider.asked == {"refresh_token": 1}


def test_case_31_an_expired_token_is_renewed_in_the_visit(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider, expires_in=-HOUR.total_seconds())
    with_calendar(connection)
    provider.expire_access()

    assert sync(tenant=tenant, connection_id=connection.pk)

    assert CalendarConnection.objects.get().state == ConnectionState.ACTIVE
    assert provider.asked == {"refresh_token": 1, "api": 1}


def test_case_31_a_token_that_the_server_refuses_is_renewed_in_the_visit(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider)
    with_calendar(connection)
    provider.expire_access()

    assert sync(tenant=tenant, connection_id=connection.pk)

    assert CalendarConnection.objects.get().state == ConnectionState.ACTIVE
    assert provider.asked == {"refresh_token": 1, "api": 2}


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_case_32_a_grant_that_ended_needs_a_person_and_is_not_tried_again(
    name: Dialect, tenant: Tenant, provider: OAuthFake
) -> None:
    anna = ResourceFactory.create()
    seen_at = timezone.now() - HOUR
    connection = connected(tenant, provider, name=name, resource=anna, last_success_at=seen_at)
    calendar = with_calendar(connection)
    busy = TimeOff.objects.create(
        resource=anna,
        start_at=seen_at,
        end_at=seen_at + 2 * HOUR,
        source=TimeOffSource.CALENDAR,
        origin=calendar.origin,
        external_id="x",
    )
    provider.end_grants()

    visits = [sync(tenant=tenant, connection_id=connection.pk) for _ in range(3)]

    lost = CalendarConnection.objects.get()
    assert visits == [True, False, False]
    assert (lost.state, lost.next_attempt_at, lost.stale_since) == (ConnectionState.NEEDS_REAUTH, None, seen_at)
    assert lost.state_code == Code.NEEDS_REAUTH
    assert TimeOff.objects.get(pk=busy.pk).origin == calendar.origin
    assert Notice.objects.count() == 1
    assert provider.asked == {"api": 1, "refresh_token": 1}


def test_case_32_a_new_token_that_is_refused_too_needs_a_person(
    tenant: Tenant, provider: OAuthFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = connected(tenant, provider)
    with_calendar(connection)
    monkeypatch.setattr(provider, "owner_of", lambda token: None)

    sync(tenant=tenant, connection_id=connection.pk)

    assert CalendarConnection.objects.get().state == ConnectionState.NEEDS_REAUTH
    assert provider.asked == {"api": 2, "refresh_token": 1}


def test_case_32_a_grant_that_ended_is_asked_about_once(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider, expires_in=0)
    provider.end_grants()

    for _ in range(3):
        with pytest.raises(AuthLost) as lost:
            tokens_of(CalendarConnection.objects.get(pk=connection.pk), tenant).current()
        assert lost.value.code == Code.NEEDS_REAUTH

    assert provider.asked == {"refresh_token": 1}


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Answer(500), Passing),
        (Answer(400, {"error": "temporarily_unavailable"}), Passing),
        (Answer(401, {"error": "invalid_client"}), Passing),
        (Answer(200, {"access_token": ""}), Passing),
        (Answer(200, {"access_token": "x", "token_type": "mac"}), Passing),
        (Answer(503, headers={"Retry-After": "120"}), Throttled),
        (Answer(429), Throttled),
        (Answer(400, {"error": "interaction_required"}), AuthLost),
    ],
    ids=["fails", "busy", "client", "empty", "other-kind", "throttles", "too-many", "asks-for-a-person"],
)
def test_what_is_refused_for_a_while_leaves_the_grant_alone(
    fault: Answer, expected: type[Exception], tenant: Tenant, provider: OAuthFake
) -> None:
    connection = connected(tenant, provider, expires_in=0)
    before = secrets_of(connection, tenant)["refresh_token"]
    provider.faults.append(fault)

    with pytest.raises(expected) as failure:
        tokens_of(connection, tenant).current()

    assert failure.type is expected
    assert secrets_of(connection, tenant)["refresh_token"] == ("" if expected is AuthLost else before)


def test_a_throttled_renewal_rests_as_long_as_it_is_told(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider, expires_in=0)
    provider.faults.append(Answer(429, headers={"Retry-After": "120"}))

    sync(tenant=tenant, connection_id=connection.pk)

    left = CalendarConnection.objects.get()
    assert left.state == ConnectionState.RATE_LIMITED
    assert left.next_attempt_at is not None
    assert timedelta(seconds=110) < left.next_attempt_at - timezone.now() <= timedelta(seconds=120)


def test_a_grant_given_meanwhile_is_not_written_over(
    tenant: Tenant, provider: OAuthFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = connected(tenant, provider, expires_in=0)
    given = Grant("at-of-the-person", timezone.now() + HOUR, "rt-of-the-person")
    renew = Consent.renew

    def meanwhile(self: Consent, refresh_token: str) -> Grant:
        connection.seal_secrets(schema=tenant.schema_name, secrets=given.as_secrets())
        connection.save()
        return renew(self, refresh_token)

    monkeypatch.setattr(Consent, "renew", meanwhile)

    token = tokens_of(connection, tenant).current()

    assert token == "at-of-the-person"
    assert secrets_of(connection, tenant)["refresh_token"] == "rt-of-the-person"


def test_a_connection_that_went_meanwhile_has_no_tokens(tenant: Tenant, provider: OAuthFake) -> None:
    tokens = tokens_of(connected(tenant, provider, expires_in=0), tenant)
    CalendarConnection.objects.all().delete()

    with pytest.raises(AuthLost):
        tokens.current()

    assert provider.asked == {}


def test_case_58_a_grant_copied_to_another_row_cannot_be_read(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider)
    provider.account = "ben@example.com"
    other = connected(tenant, provider)
    CalendarConnection.objects.filter(pk=other.pk).update(sealed_secrets=connection.sealed_secrets)

    with pytest.raises(AuthLost) as lost:
        open_session(CalendarConnection.objects.get(pk=other.pk), tenant=tenant)

    assert lost.value.code == Code.UNREADABLE_SECRET


def test_tokens_are_not_shown_by_accident(tenant: Tenant, provider: OAuthFake) -> None:
    connection = connected(tenant, provider)
    grant = Grant.from_secrets(secrets_of(connection, tenant))
    consent = consent_of("google")

    shown = f"{grant!r} {consent!r} {connection!r}"

    assert not any(value in shown for value in (grant.access_token, grant.refresh_token, consent.client_secret))


def test_a_grant_that_is_kept_nowhere_renews_itself(tenant: Tenant, provider: OAuthFake) -> None:
    given: dict[str, Any] = provider.grant("microsoft")
    grant = Grant(given["access_token"], timezone.now(), given["refresh_token"])
    tokens = PassingTokens(grant, consent=consent_of("microsoft"))

    first = tokens.current()
    second = tokens.renewed(first)

    assert [provider.accepts(one) for one in (first, second)] == [True, True]
    assert tokens.renewed(first) == second
    assert provider.asked == {"refresh_token": 2}
