"""Many who bring the same state or find the same access token used up at one moment, on committed rows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from typing import Any, cast

import pytest
from django.db import connection as database
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from calendar_sync.enums import Code, ProviderKey
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import AuthLost, Passing
from calendar_sync.providers.consent import Consent, consent_of
from calendar_sync.providers.grants import Grant
from calendar_sync.providers.tokens import StoredTokens
from calendar_sync.services.consenting import begin, use_up
from core.active import activate
from core.errors import DomainError
from core.models import Membership, Tenant
from tests.calendar_sync.consent.journey import parameters
from tests.calendar_sync.consent.stored import connected, secrets_of
from tests.calendar_sync.fakes.oauth import Dialect, OAuthFake
from tests.schedule.committed import at_once, committed_tenant


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database without a transaction around the tests."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def _business(db: None) -> Iterator[Tenant]:
    with committed_tenant("renewal") as tenant:
        yield tenant


@pytest.fixture
def renewal(_business: Tenant) -> Iterator[Tenant]:
    """A business of which everything is committed."""
    activate(_business)
    yield _business
    activate(_business)
    CalendarConnection.objects.all().delete()


def tokens_of(stored: CalendarConnection, tenant: Tenant) -> StoredTokens:
    """Return the tokens of a connection, as one more worker would have them."""
    return StoredTokens(stored, tenant=tenant, consent=consent_of(stored.provider))


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_case_31_ten_jobs_at_once_make_one_token_request(name: Dialect, renewal: Tenant, provider: OAuthFake) -> None:
    stored = connected(renewal, provider, name=name, expires_in=0)
    workers = [tokens_of(stored, renewal) for _ in range(10)]

    found = at_once(renewal, [worker.current for worker in workers])

    assert found == [secrets_of(stored, renewal)["access_token"]] * 10
    assert provider.accepts(str(found[0]))
    assert provider.asked == {"refresh_token": 1}


def test_case_31_writers_without_a_database_make_one_token_request(renewal: Tenant, provider: OAuthFake) -> None:
    tokens = tokens_of(connected(renewal, provider), renewal)
    refused = tokens.current()
    ready = Barrier(8, timeout=30)

    def write(_: int) -> tuple[str, bool]:
        ready.wait()
        token = tokens.renewed(refused)
        return token, cast("Any", database).connection is None

    with ThreadPoolExecutor(8) as writers:
        found = list(writers.map(write, range(8)))

    assert found == [(found[0][0], True)] * 8
    assert found[0][0] != refused
    assert provider.asked == {"refresh_token": 1}


def test_case_32_ten_jobs_at_once_ask_about_an_ended_grant_once(renewal: Tenant, provider: OAuthFake) -> None:
    stored = connected(renewal, provider, expires_in=0)
    provider.end_grants()

    def job(tokens: StoredTokens) -> str:
        try:
            return tokens.current()
        except AuthLost as lost:
            return lost.code

    found = at_once(renewal, [partial(job, tokens_of(stored, renewal)) for _ in range(10)])

    assert found == ["needs_reauth"] * 10
    assert provider.asked == {"refresh_token": 1}


@pytest.mark.parametrize("repetition", range(3))
def test_case_57_of_many_who_bring_one_state_one_goes_on(repetition: int, renewal: Tenant, provider: OAuthFake) -> None:
    by = Membership.objects.select_related("user", "tenant__plan").get(tenant=renewal)
    now = timezone.now()
    begun = begin(
        tenant=renewal,
        by=by,
        provider=ProviderKey.GOOGLE,
        resource_id=None,
        connection_id=None,
        return_path="/calendar",
        now=now,
    )
    state = parameters(begun.authorize_url)["state"]

    def bring() -> str:
        return use_up(tenant=renewal, by=by, provider=ProviderKey.GOOGLE, state=state, now=now).return_path

    found = at_once(renewal, [bring] * 8)

    assert (
        sorted(one.code if isinstance(one, DomainError) else one for one in found)
        == ["/calendar"] + ["state_invalid"] * 7
    )


def test_who_may_not_wait_for_a_slow_renewal_comes_again_later(
    renewal: Tenant, provider: OAuthFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = connected(renewal, provider, expires_in=0)
    slow, hasty = tokens_of(stored, renewal), tokens_of(stored, renewal)
    has_begun, may_end = Event(), Event()
    renew = Consent.renew

    def slowly(self: Consent, refresh_token: str) -> Grant:
        has_begun.set()
        may_end.wait(30)
        return renew(self, refresh_token)

    monkeypatch.setattr(Consent, "renew", slowly)
    with ThreadPoolExecutor(1) as other, database.cursor() as cursor:
        renewed = other.submit(slow.current)
        has_begun.wait(30)
        cursor.execute("SET lock_timeout = '100ms'")
        try:
            with pytest.raises(Passing) as failure:
                hasty.current()
        finally:
            cursor.execute("RESET lock_timeout")
            may_end.set()
        assert failure.value.code == Code.TIMEOUT
        assert hasty.current() == renewed.result()

    assert provider.asked == {"refresh_token": 1}


def test_no_lock_is_left_behind(renewal: Tenant, provider: OAuthFake) -> None:
    tokens_of(connected(renewal, provider, expires_in=0), renewal).current()

    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)
