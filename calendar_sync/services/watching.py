"""Having servers tell of changes: one promise for each calendar in use, made anew before it ends.

What a server shows when it tells something is a secret of its own for each promise; only its SHA-256 is kept, in a
signpost that leads from the platform's address to the calendar. Nothing here is needed for a visit to succeed: where
a server promises nothing, it is asked every five minutes.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from calendar_sync.models import CalendarConnection, ExternalCalendar
from calendar_sync.providers.base import Passing, Permanent, ProviderFailure, Session, Watching
from core.leases import renew
from core.links import host_url
from core.models import Signpost, Tenant
from core.models.token import digest_of
from core.sealed import Unreadable, seal, unseal

SECRET_BYTES = 32
RENEWED_AT = 0.8
ENDS_IN = timedelta(minutes=1)
MADE_WITHIN = timedelta(minutes=10)
ASKED_AGAIN_AFTER = timedelta(hours=1)
REFUSED_FOR = timedelta(days=1)
"""How long a server is left alone that would not promise anything: for a while, or because it never does."""


def keep_watched(*, tenant: Tenant, connection: CalendarConnection, session: Session, now: datetime) -> None:
    """Have the server tell of changes of the calendars in use, and of no others. Raises LeaseLost.

    What the server refuses is no failure of the visit.
    """
    if not settings.CALENDAR_HOOKS or not isinstance(session, Watching):
        return
    calendars = list(connection.calendars.all())
    in_use = {one.pk for one in calendars if (one.read_busy or one.write_target) and one.missing_since is None}
    known: dict[str, list[Signpost]] = {}
    for signpost in watches_of(tenant, connection.provider, [calendar.pk for calendar in calendars]):
        known.setdefault(signpost.object_id, []).append(signpost)
    for calendar in calendars:
        present = known.get(str(calendar.pk), [])
        if calendar.pk not in in_use:
            _end(session, present)
        elif not any(_lasts(signpost, now) for signpost in present):
            renew(connection, now=now)
            try:
                _begin(tenant, connection.provider, calendar, session, now=now)
            except Passing:
                return
            except ProviderFailure:
                continue
            _end(session, present)


def watches_of(tenant: Tenant, provider: str, calendar_ids: Iterable[UUID]) -> QuerySet[Signpost]:
    """Return the signposts of what a provider promised for these calendars."""
    return Signpost.objects.select_related("tenant").filter(
        tenant=tenant, purpose=purpose_of(provider), object_id__in=[str(pk) for pk in calendar_ids]
    )


def take_watches(*, tenant: Tenant, connection: CalendarConnection) -> list[str]:
    """Forget what was promised for a connection's calendars; return what it takes to end it at the server."""
    found = watches_of(tenant, connection.provider, connection.calendars.values_list("pk", flat=True))
    references = [reference for signpost in found if (reference := opened(signpost).get("reference"))]
    found.delete()
    return references


def renew_watches(*, tenant: Tenant, connection: CalendarConnection, now: datetime) -> None:
    """Have everything a server promised for a connection promised anew: it may not hold for another grant."""
    calendars = connection.calendars.values_list("pk", flat=True)
    end_soon(watches_of(tenant, connection.provider, calendars), now=now)


def end_soon(signposts: QuerySet[Signpost], *, now: datetime) -> None:
    """Let the next visit make promises anew; these are still good until then."""
    signposts.filter(expires_at__gt=now + ENDS_IN).update(expires_at=now + ENDS_IN)


def purpose_of(provider: str) -> str:
    """Return what a provider's signposts are for."""
    return f"calendar_sync.watch/{provider}"


def opened(signpost: Signpost) -> dict[str, str]:
    """Return `channel` and `reference` of a promise; nothing where they cannot be read any more."""
    try:
        return unseal(signpost.sealed, purpose=_envelope(signpost))
    except Unreadable:
        return {}


def hook_address(provider: str) -> str:
    """Return where a provider tells of changes."""
    return host_url(settings.PLATFORM_DOMAINS[0], f"/api/calendar-sync/hooks/{provider}/")


def _begin(tenant: Tenant, provider: str, calendar: ExternalCalendar, session: Watching, *, now: datetime) -> None:
    """Ask the server to tell of changes. The secret is known here before the server uses it. Raises ProviderFailure."""
    secret, channel = secrets.token_urlsafe(SECRET_BYTES), secrets.token_hex(16)
    signpost = Signpost(
        purpose=purpose_of(provider),
        digest=digest_of(secret),
        tenant=tenant,
        object_id=str(calendar.pk),
        created_at=now,
        expires_at=now + MADE_WITHIN,
    )
    _write(signpost, channel, reference="")
    try:
        watch = session.watch(calendar.remote_id, address=hook_address(provider), channel=channel, secret=secret)
    except ProviderFailure as failure:
        signpost.expires_at = now + (REFUSED_FOR if isinstance(failure, Permanent) else ASKED_AGAIN_AFTER)
        signpost.save()
        raise
    signpost.expires_at = watch.expires_at
    _write(signpost, channel, reference=watch.reference)


def _lasts(signpost: Signpost, now: datetime) -> bool:
    """Tell whether nothing is to be done yet: a promise has a fifth of its time left, or a refusal still holds."""
    if signpost.expires_at is None:
        return False
    if not opened(signpost).get("reference"):
        return signpost.expires_at > now
    return now < signpost.created_at + (signpost.expires_at - signpost.created_at) * RENEWED_AT


def _end(session: Watching, signposts: list[Signpost]) -> None:
    for signpost in signposts:
        reference = opened(signpost).get("reference")
        try:
            if reference:
                session.unwatch(reference)
        except ProviderFailure:
            # It ends by itself; what is told until then leads nowhere.
            pass
        signpost.delete()


def _write(signpost: Signpost, channel: str, *, reference: str) -> None:
    signpost.sealed = seal({"channel": channel, "reference": reference}, purpose=_envelope(signpost))
    signpost.save()


def _envelope(signpost: Signpost) -> str:
    return f"{signpost.tenant.schema_name}/calendar_watch/{signpost.object_id}"
