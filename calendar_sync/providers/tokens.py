"""Access tokens of a stored connection, renewed once however many threads and processes find them used up.

Whoever renews holds a session-level advisory lock of PostgreSQL, outside any transaction: the others wait for it and
then find the new token in the row. A thread that writes to a calendar has no database connection; it opens one for as
long as this takes. The lock ends with the connection, so a killed worker leaves none behind.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, cast

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from calendar_sync.enums import Code
from calendar_sync.models import CalendarConnection
from calendar_sync.providers.base import AuthLost, Passing
from calendar_sync.providers.consent import Consent
from calendar_sync.providers.grants import NOT_LET_IN, Grant
from core.models import Tenant
from core.sealed import Unreadable


class StoredTokens:
    """The access tokens of one connection; `providers.rest.Tokens`."""

    def __init__(self, stored: CalendarConnection, *, tenant: Tenant, consent: Consent) -> None:
        """Begin with what the row holds, which may not be saved yet. Raises Unreadable."""
        self._tenant = tenant
        self._consent = consent
        self._number = stored.pk
        self._held = Grant.from_secrets(stored.secrets(schema=tenant.schema_name))
        self._turn = Lock()

    def current(self) -> str:
        """Return a token that is good for another minute. Raises AuthLost, Throttled, Passing."""
        return self._token(refused="")

    def renewed(self, refused: str) -> str:
        """Return another token than `refused`. Raises AuthLost, Throttled, Passing."""
        return self._token(refused=refused)

    def _token(self, *, refused: str) -> str:
        with self._turn:
            if not self._serves(self._held, refused):
                with _database(self._tenant), _alone(f"{self._tenant.schema_name}/{self._number}"):
                    self._held = self._stored_or_renewed(refused)
            return self._held.access_token

    def _serves(self, grant: Grant, refused: str) -> bool:
        return grant.is_fresh(timezone.now()) and grant.access_token != refused

    def _stored_or_renewed(self, refused: str) -> Grant:
        stored = self._of(CalendarConnection.objects.filter(pk=self._number).first())
        if self._serves(stored, refused):
            return stored
        try:
            renewed = stored.succeeded_by(self._consent.renew(stored.refresh_token))
        except AuthLost:
            # What is refused once is refused for good: others who wait for the lock need not ask.
            present = self._keep(Grant(access_token="", expires_at=stored.expires_at), instead_of=stored)
            if self._serves(present, refused):
                return present
            raise
        return self._keep(renewed, instead_of=stored)

    def _keep(self, renewed: Grant, *, instead_of: Grant) -> Grant:
        """Store a grant before it is used; return it, or the one a person has given meanwhile."""
        with transaction.atomic():
            row = CalendarConnection.objects.select_for_update(no_key=True).filter(pk=self._number).first()
            present = self._of(row)
            if row is None or present.refresh_token != instead_of.refresh_token:
                return present
            row.seal_secrets(schema=self._tenant.schema_name, secrets=renewed.as_secrets())
            CalendarConnection.objects.filter(pk=self._number).update(sealed_secrets=row.sealed_secrets)
        return renewed

    def _of(self, row: CalendarConnection | None) -> Grant:
        if row is None:
            raise AuthLost(Code.NEEDS_REAUTH, NOT_LET_IN)
        try:
            return Grant.from_secrets(row.secrets(schema=self._tenant.schema_name))
        except Unreadable:
            raise AuthLost(Code.UNREADABLE_SECRET, "The stored access cannot be read any more.") from None


class PassingTokens:
    """The access tokens of a grant that is kept nowhere any more; `providers.rest.Tokens`."""

    def __init__(self, grant: Grant, *, consent: Consent) -> None:
        self.grant = grant
        self._consent = consent
        self._turn = Lock()

    def current(self) -> str:
        """Return a token that is good for another minute. Raises AuthLost, Throttled, Passing."""
        with self._turn:
            if not self.grant.is_fresh(timezone.now()):
                self.grant = self.grant.succeeded_by(self._consent.renew(self.grant.refresh_token))
            return self.grant.access_token

    def renewed(self, refused: str) -> str:
        """Return another token than `refused`. Raises AuthLost, Throttled, Passing."""
        with self._turn:
            if self.grant.access_token == refused:
                self.grant = self.grant.succeeded_by(self._consent.renew(self.grant.refresh_token))
            return self.grant.access_token


@contextmanager
def _database(tenant: Tenant) -> Iterator[None]:
    """Be in the business's schema; close a connection that this thread did not have before."""
    was_open = cast("Any", connection).connection is not None
    try:
        with tenant_context(tenant):
            yield
    finally:
        if not was_open:
            connection.close()


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Hold the lock of this name. Raises Passing where somebody has it for longer than this connection may wait."""
    number = int.from_bytes(hashlib.sha256(f"calendar_tokens/{name}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        except OperationalError:
            raise Passing(Code.TIMEOUT, "The access to the account is being renewed. Try again.") from None
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
