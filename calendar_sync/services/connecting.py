"""Connecting accounts, looking after their calendars, and taking connections apart.

Servers are asked before a transaction begins, never within one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from calendar_sync.enums import RESTING_STATES, Code, ConnectionState, PausedBy, ProviderKey
from calendar_sync.errors import AlreadyConnected, NotConnected
from calendar_sync.models import CalendarConnection, ExternalCalendar
from calendar_sync.models.external import key_of
from calendar_sync.providers.base import Account, AuthLost, ProviderFailure, RemoteCalendar
from calendar_sync.providers.opening import open_session
from calendar_sync.services.farewells import note_farewell
from calendar_sync.services.watching import renew_watches, take_watches
from core.audit import record
from core.models import Membership, Tenant
from schedule.services.busy import forget_busy


@dataclass(frozen=True)
class Found:
    """An account that was reached, with its calendars."""

    account: Account
    calendars: tuple[RemoteCalendar, ...]


def probe(connection: CalendarConnection, *, tenant: Tenant) -> tuple[RemoteCalendar, ...]:
    """Return the calendars of an account that may not be stored yet. Raises NotConnected."""
    try:
        session = open_session(connection, tenant=tenant)
        try:
            return tuple(session.calendars())
        finally:
            session.close()
    except AuthLost as failure:
        raise NotConnected(failure.detail, code=Code.AUTH_FAILED) from None
    except ProviderFailure as failure:
        raise NotConnected(failure.detail, code=failure.code) from None


def connect(
    *,
    tenant: Tenant,
    by: Membership,
    provider: ProviderKey,
    resource_id: int | None,
    account: Account,
    secrets: dict[str, str],
    now: datetime,
) -> CalendarConnection:
    """Add an account after it was reached. Its first calendar is read; nothing is written before somebody chooses.

    An account that was connected for the same resource before and lost its access is revived with its calendars and
    copies. Raises NotConnected, AlreadyConnected.
    """
    known = CalendarConnection.objects.filter(provider=provider, account_key=account.key)
    of_resource = Q(resource__isnull=True) if resource_id is None else Q(resource_id=resource_id)
    connection = known.filter(of_resource).first()
    if connection is not None and connection.state not in {ConnectionState.NEEDS_REAUTH, ConnectionState.ERROR}:
        raise AlreadyConnected("This account is connected already.", connection_id=str(connection.pk))
    is_new = connection is None
    connection = connection or CalendarConnection(
        provider=provider, account_key=account.key, resource_id=resource_id, owner_id=by.user_id
    )
    connection.account_label, connection.base_url = account.label, account.base_url
    connection.scopes = list(account.scopes)
    connection.seal_secrets(schema=tenant.schema_name, secrets=secrets)
    calendars = probe(connection, tenant=tenant)
    make_due(connection, now=now)
    try:
        with transaction.atomic():
            connection.save()
            keep_calendars(connection=connection, found=calendars, is_new=is_new)
            renew_watches(tenant=tenant, connection=connection, now=now)
            act = "calendar_connected" if is_new else "calendar_reconnected"
            record(act, tenant=tenant, actor=by.user, object_label=f"{provider.value} {account.label}")
    except IntegrityError:
        raise AlreadyConnected("This account is connected already.") from None
    return connection


def keep_calendars(*, connection: CalendarConnection, found: Sequence[RemoteCalendar], is_new: bool = False) -> None:
    """Add calendars that are new at the server, rename those that were renamed, note which are missing.

    In the caller's transaction. None is removed: a server that forgets one for a while must not make us forget.
    """
    known = {calendar.remote_key: calendar for calendar in connection.calendars.all()}
    first = next((one for one in found if one.is_primary), found[0] if found else None)
    for one in found:
        calendar = known.pop(key_of(one.remote_id), None)
        if calendar is None:
            calendar = ExternalCalendar(
                connection=connection,
                remote_id=one.remote_id,
                remote_key=key_of(one.remote_id),
                read_busy=is_new and one is first,
            )
        calendar.name, calendar.color, calendar.time_zone = one.name[:200], one.color[:9], one.time_zone[:64]
        calendar.is_writable, calendar.missing_since = one.is_writable, None
        calendar.save()


def pause(*, tenant: Tenant, connection_id: UUID, by: Membership) -> None:
    """Let a connection rest until somebody resumes it; its busy time stays."""
    changed = CalendarConnection.objects.filter(pk=connection_id).update(
        state=ConnectionState.PAUSED, paused_by=PausedBy.USER, next_attempt_at=None, lease_until=None
    )
    if changed:
        record("calendar_paused", tenant=tenant, actor=by.user, object_label=str(connection_id))


def resume(*, tenant: Tenant, connection_id: UUID, by: Membership, now: datetime) -> None:
    """Go on with a connection that was paused, or that failed for good and may work again."""
    with transaction.atomic():
        connection = CalendarConnection.objects.select_for_update().get(pk=connection_id)
        make_due(connection, now=now)
        connection.save()
        record("calendar_resumed", tenant=tenant, actor=by.user, object_label=str(connection))


def forget(*, tenant: Tenant, connection_id: UUID, by: Membership | None, now: datetime | None = None) -> None:
    """Remove a connection with its calendars, busy time and links. What we wrote at the server stays there.

    What is left to do at the server, such as giving a grant back, is noted for a worker.
    """
    with transaction.atomic():
        connection = CalendarConnection.objects.select_for_update().filter(pk=connection_id).first()
        if connection is None:
            return
        for calendar in connection.calendars.all():
            forget_busy(origin=calendar.origin)
        watches = take_watches(tenant=tenant, connection=connection)
        note_farewell(tenant=tenant, connection=connection, watches=watches, now=now or timezone.now())
        label = str(connection)
        connection.delete()
        actor = by.user if by is not None else None
        record("calendar_disconnected", tenant=tenant, actor=actor, object_label=label)


def hurry(*, connection_id: UUID, now: datetime) -> None:
    """Make a connection due that is not at rest, even one the server wants left alone for a while."""
    resting = [*RESTING_STATES, ConnectionState.DISCONNECTING]
    due = CalendarConnection.objects.filter(pk=connection_id).exclude(state__in=resting)
    due.update(next_attempt_at=now, quiet_until=None, woken_at=None)


def make_due(connection: CalendarConnection, *, now: datetime) -> None:
    """Let a connection be as one that was never tried; the row is not saved."""
    connection.state, connection.paused_by = ConnectionState.ACTIVE, PausedBy.NOBODY
    connection.state_code, connection.state_detail = Code.NONE, ""
    connection.failures, connection.quiet_until, connection.notified_at = 0, None, None
    connection.lease_until, connection.next_attempt_at, connection.woken_at = None, now, None
