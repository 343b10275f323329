"""From the wish to connect an account at Google or Microsoft, by way of their consent page, to a connection.

The way back arrives on the platform's own address, where nobody is signed in. It is followed by means of a state: a
secret of 256 bits that works once, within ten minutes, for the person and the business it was made for.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from calendar_sync.enums import Code, ConnectionState, ProviderKey
from calendar_sync.errors import NotConnected, OtherAccount, StateInvalid
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import Account, Permanent, ProviderFailure
from calendar_sync.providers.consent import Consent, consent_of, new_verifier, purpose_of
from calendar_sync.providers.grants import Grant
from calendar_sync.selectors.connections import connections_for
from calendar_sync.services.accounts import require_own
from calendar_sync.services.connecting import connect, keep_calendars, make_due, probe
from calendar_sync.services.farewells import give_back
from calendar_sync.services.watching import renew_watches
from core.audit import record
from core.errors import Conflict, DomainError, FieldError, Missing
from core.installed import registry
from core.links import host_url
from core.models import Membership, Signpost, Tenant
from core.models.token import digest_of
from core.sealed import Unreadable, seal, unseal

LIFETIME = timedelta(minutes=10)
SECRET_BYTES = 32
PLAIN_PATH = re.compile(r"(/[A-Za-z0-9_-]+)+")
RETURN_PATH = "/settings/calendar-sync"
OAUTH = frozenset({ProviderKey.GOOGLE, ProviderKey.MICROSOFT})


@dataclass(frozen=True)
class Begun:
    """The consent page to be opened, and until when its answer is waited for."""

    authorize_url: str
    expires_at: datetime


@dataclass(frozen=True)
class Awaited:
    """What was asked for when the consent page was opened. `connection_id` is the account that is connected anew."""

    provider: ProviderKey
    verifier: str
    return_path: str
    resource_id: int | None
    connection_id: UUID | None

    def as_secrets(self) -> dict[str, str]:
        """Return it as it is sealed."""
        return {
            "provider": self.provider.value,
            "verifier": self.verifier,
            "return_path": self.return_path,
            "resource": "" if self.resource_id is None else str(self.resource_id),
            "connection": "" if self.connection_id is None else str(self.connection_id),
        }

    @classmethod
    def from_secrets(cls, sealed: dict[str, str]) -> "Awaited":
        """Return what was sealed."""
        return cls(
            provider=ProviderKey(sealed["provider"]),
            verifier=sealed["verifier"],
            return_path=sealed["return_path"],
            resource_id=int(sealed["resource"]) if sealed["resource"] else None,
            connection_id=UUID(sealed["connection"]) if sealed["connection"] else None,
        )


def begin(
    *,
    tenant: Tenant,
    by: Membership,
    provider: ProviderKey,
    resource_id: int | None,
    connection_id: UUID | None,
    return_path: str,
    now: datetime,
) -> Begun:
    """Return the address of the consent page for an account of a resource, or for a connection to be made anew.

    Raises FieldError, Forbidden, Missing, Conflict.
    """
    consent = _consent(provider)
    account = ""
    if connection_id is not None:
        connection = _own_connection(by, connection_id)
        if connection.provider != provider:
            raise FieldError("provider", f"This connection is one of {connection.provider}.", code="other_provider")
        resource_id, account = connection.resource_id, connection.account_label
    require_own(by, resource_id)
    if not is_return_path(return_path):
        raise FieldError("return_path", "Use the path of a page of the dashboard.", code="path_not_allowed")
    awaited = Awaited(provider, new_verifier(), return_path, resource_id, connection_id)
    state = secrets.token_urlsafe(SECRET_BYTES)
    signpost = Signpost.objects.create(
        purpose=purpose_of(provider),
        digest=digest_of(state),
        tenant=tenant,
        user=by.user,
        sealed=seal(awaited.as_secrets(), purpose=_envelope(tenant, by)),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    page = consent.page(redirect_uri=redirect_uri(provider), state=state, verifier=awaited.verifier, account=account)
    return Begun(page, signpost.expires_at or now)


def business_awaiting(*, provider: ProviderKey, state: str, now: datetime) -> Tenant:
    """Return the business in which this state was made; nothing is used up. Raises StateInvalid."""
    signpost = Signpost.objects.standing(now).filter(purpose=purpose_of(provider), digest=digest_of(state))
    found = signpost.select_related("tenant").first()
    if found is None:
        raise StateInvalid
    return found.tenant


def use_up(*, tenant: Tenant, by: Membership, provider: ProviderKey, state: str, now: datetime) -> Awaited:
    """Return what is awaited under this state, for this person in this business, once. Raises StateInvalid."""
    mine = Signpost.objects.filter(purpose=purpose_of(provider), digest=digest_of(state), tenant=tenant, user=by.user)
    # One UPDATE with conditions on the row itself: of several who bring the same state, one changes it.
    if not mine.filter(used_at__isnull=True, expires_at__gt=now).update(used_at=now):
        raise StateInvalid
    try:
        return Awaited.from_secrets(unseal(mine.get().sealed, purpose=_envelope(tenant, by)))
    except Unreadable:
        raise StateInvalid from None


def complete(*, tenant: Tenant, by: Membership, awaited: Awaited, code: str, now: datetime) -> CalendarConnection:
    """Connect the account that was consented to, or let one in again, with its calendars and copies as they were.

    Raises NotConnected (missing_scope and whatever the provider failed with), OtherAccount, AlreadyConnected,
    Forbidden, FieldError, Missing.
    """
    require_own(by, awaited.resource_id)
    connection = _own_connection(by, awaited.connection_id) if awaited.connection_id is not None else None
    consent = _consent(awaited.provider)
    grant, account = _granted(consent, awaited, code)
    try:
        if connection is not None:
            return _let_in_again(tenant=tenant, by=by, connection=connection, account=account, grant=grant, now=now)
        return connect(
            tenant=tenant,
            by=by,
            provider=awaited.provider,
            resource_id=awaited.resource_id,
            account=account,
            secrets=grant.as_secrets(),
            now=now,
        )
    except DomainError:
        give_back(tenant=tenant, provider=awaited.provider, account_key=account.key, grant=grant, now=now)
        raise


def redirect_uri(provider: ProviderKey) -> str:
    """Return the address a consent page leads back to; it is registered at the provider, letter by letter."""
    return host_url(settings.PLATFORM_DOMAINS[0], f"/api/calendar-sync/oauth/{provider.value}/callback/")


def is_return_path(path: str) -> bool:
    """Tell whether a path is one of the dashboard's pages, or lies below one, and is nothing but a path."""
    pages = [item.path for item in registry().nav]
    return bool(PLAIN_PATH.fullmatch(path)) and any(path == page or path.startswith(f"{page}/") for page in pages)


def _granted(consent: Consent, awaited: Awaited, code: str) -> tuple[Grant, Account]:
    try:
        grant = consent.exchange(code=code, verifier=awaited.verifier, redirect_uri=redirect_uri(awaited.provider))
        missing = consent.missing(grant)
        if missing:
            raise NotConnected(
                f"Not everything was allowed that sync needs. Missing: {', '.join(missing)}.", code=Code.MISSING_SCOPE
            )
        return grant, consent.account(grant)
    except ProviderFailure as failure:
        code_shown = Code.AUTH_FAILED if failure.code == Code.NEEDS_REAUTH else failure.code
        raise NotConnected(failure.detail, code=code_shown) from None


def _let_in_again(
    *, tenant: Tenant, by: Membership, connection: CalendarConnection, account: Account, grant: Grant, now: datetime
) -> CalendarConnection:
    if connection.account_key != account.key:
        raise OtherAccount(connection.account_label)
    connection.seal_secrets(schema=tenant.schema_name, secrets=grant.as_secrets())
    found = probe(connection, tenant=tenant)
    with transaction.atomic():
        locked = CalendarConnection.objects.select_for_update(no_key=True).filter(pk=connection.pk).first()
        if locked is None or locked.state == ConnectionState.DISCONNECTING:
            raise Missing("This connection does not exist any more.")
        locked.sealed_secrets = connection.sealed_secrets
        locked.account_label, locked.scopes = account.label, list(account.scopes)
        make_due(locked, now=now)
        locked.save()
        keep_calendars(connection=locked, found=found)
        renew_watches(tenant=tenant, connection=locked, now=now)
        record("calendar_reconnected", tenant=tenant, actor=by.user, object_label=str(locked))
    return locked


def _own_connection(by: Membership, connection_id: UUID) -> CalendarConnection:
    connection = connections_for(by).filter(pk=connection_id).first()
    if connection is None:
        raise Missing("There is no such connection.")
    if connection.state == ConnectionState.DISCONNECTING:
        raise Conflict("This connection is being taken apart.", code="disconnecting")
    return connection


def _consent(provider: ProviderKey) -> Consent:
    try:
        return consent_of(provider)
    except Permanent as failure:
        raise FieldError("provider", failure.detail, code="not_available") from None


def _envelope(tenant: Tenant, by: Membership) -> str:
    return f"{tenant.schema_name}/calendar_consent/{by.user_id}"
