"""What is left to do at a server when an account is disconnected: ending notices of changes, giving back the grant."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django_tenants.utils import tenant_context

from calendar_sync.enums import ConnectionState, ProviderKey
from calendar_sync.models import CalendarConnection, Farewell
from calendar_sync.providers.base import AuthLost, Passing, Permanent, ProviderFailure, Throttled, Watching
from calendar_sync.providers.consent import consent_of, purpose_of
from calendar_sync.providers.grants import Grant
from calendar_sync.providers.opening import session_with
from calendar_sync.providers.tokens import PassingTokens
from core.leases import LeaseLost, claim, rest_until, retry_later
from core.models import Signpost, Tenant
from core.sealed import Unreadable

LOOKED_AT_AGAIN_AFTER = timedelta(minutes=1)
GIVEN_UP_AFTER = timedelta(days=3)
OAUTH = (ProviderKey.GOOGLE, ProviderKey.MICROSOFT)


def note_farewell(*, tenant: Tenant, connection: CalendarConnection, watches: list[str], now: datetime) -> None:
    """Note in the caller's transaction what has to be done at the server of a connection that is about to go."""
    if connection.provider not in OAUTH:
        return
    try:
        grant = Grant.from_secrets(connection.secrets(schema=tenant.schema_name))
    except Unreadable:
        return
    _note(tenant, ProviderKey(connection.provider), connection.account_key, grant, watches, now)


def give_back(*, tenant: Tenant, provider: ProviderKey, account_key: str, grant: Grant, now: datetime) -> None:
    """Have a grant given back that led to no connection, unless another attempt makes use of it."""
    _note(tenant, provider, account_key, grant, [], now)


def bid(*, tenant: Tenant, farewell_id: UUID, now: datetime) -> bool:
    """Do what is left to do, unless somebody else is at it; tell whether it is done with."""
    farewell = claim(Farewell.objects.all(), pk=farewell_id, now=now)
    if farewell is None:
        return False
    if _is_consenting(tenant, farewell.provider, now):
        with suppress(LeaseLost):
            rest_until(farewell, at=now + LOOKED_AT_AGAIN_AFTER)
        return False
    try:
        _speak(tenant, farewell)
    except Passing as failure:
        if now - farewell.created_at < GIVEN_UP_AFTER:
            with suppress(LeaseLost):
                retry_later(farewell, now=failure.until if isinstance(failure, Throttled) else now)
            return False
    except (ProviderFailure, Unreadable):
        # The account does not know us any more, or this installation does not speak with it: then we are strangers.
        pass
    farewell.delete()
    return True


def _note(
    tenant: Tenant, provider: ProviderKey, account_key: str, grant: Grant, watches: list[str], now: datetime
) -> None:
    if not grant.refresh_token:
        return
    farewell = Farewell(
        provider=provider, account_key=account_key, watches=watches, created_at=now, next_attempt_at=now
    )
    farewell.seal_secrets(schema=tenant.schema_name, secrets=grant.as_secrets())
    farewell.save()


def _speak(tenant: Tenant, farewell: Farewell) -> None:
    consent = consent_of(farewell.provider)
    grant = Grant.from_secrets(farewell.secrets(schema=tenant.schema_name))
    if farewell.watches:
        _end_watches(tenant, farewell, PassingTokens(grant, consent=consent))
    if consent.revoke_url and not is_in_use(provider=farewell.provider, account_key=farewell.account_key):
        consent.revoke(grant.refresh_token)


def _end_watches(tenant: Tenant, farewell: Farewell, tokens: PassingTokens) -> None:
    session = session_with(farewell.provider, tokens, business=tenant.schema_name)
    try:
        if isinstance(session, Watching):
            for reference in farewell.watches:
                with suppress(AuthLost, Permanent):
                    session.unwatch(reference)
    finally:
        session.close()


def _is_consenting(tenant: Tenant, provider: str, now: datetime) -> bool:
    """Tell whether somebody in the business is on the way through a consent page, be it back to the same account.

    A grant that is given back takes one with it that was given for the account a moment ago.
    """
    awaited = Signpost.objects.filter(purpose=purpose_of(ProviderKey(provider)), tenant=tenant)
    return awaited.filter(expires_at__gt=now).exists()


def is_in_use(*, provider: str, account_key: str) -> bool:
    """Tell whether any business has this account connected.

    At Google a grant is the whole installation's: giving it back in one business would end it in every other.
    """
    for tenant in Tenant.objects.order_by("pk").iterator(chunk_size=200):
        with tenant_context(tenant):
            users = CalendarConnection.objects.filter(provider=provider, account_key=account_key)
            if users.exclude(state=ConnectionState.DISCONNECTING).exists():
                return True
    return False
