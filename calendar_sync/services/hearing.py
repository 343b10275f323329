"""What a server's notice of a change leads to: its connection is due. What has changed is asked, never believed."""

import hashlib
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from django.core.cache import cache
from django.db.models import F
from django.db.models.functions import Least

from calendar_sync.enums import RESTING_STATES, ConnectionState, ProviderKey
from calendar_sync.models import CalendarConnection, ExternalCalendar
from calendar_sync.services.watching import end_soon, opened, purpose_of
from core.errors import Missing
from core.leases import WAKE_UP_KEPT
from core.models import Signpost
from core.models.token import digest_of

TAKEN_TOGETHER = timedelta(seconds=10)


def watch_behind(*, provider: ProviderKey, secret: str, now: datetime, channel: str | None = None) -> Signpost:
    """Return the promise that was given this secret, and this channel where one is shown.

    Raises Missing, for an unknown one, one that has ended and one of another channel alike.
    """
    standing = Signpost.objects.standing(now).filter(purpose=purpose_of(provider), digest=digest_of(secret))
    found = standing.select_related("tenant").first()
    if found is None or (
        channel is not None and not compare_digest(opened(found).get("channel", "").encode(), channel.encode())
    ):
        raise Missing("There is no such channel.")
    return found


def is_repeated(signpost: Signpost, message: str) -> bool:
    """Tell whether the very same message came within the last ten seconds."""
    digest = hashlib.sha256(message.encode()).hexdigest()
    return not cache.add(f"calendar-told/{signpost.pk}/{digest}", 1, int(TAKEN_TOGETHER.total_seconds()))


def note_told(*, calendar_id: UUID, now: datetime) -> UUID | None:
    """Make a calendar's connection due; return it where a worker has to be woken.

    None is woken for a connection at rest, one the server wants left alone, or one whose visit is about to begin. Of
    what comes within ten seconds the first is followed at once, the rest together. Raises Missing.
    """
    calendar = ExternalCalendar.objects.filter(pk=calendar_id).first()
    if calendar is None:
        raise Missing("There is no such channel.")
    awake = (
        CalendarConnection.objects.filter(pk=calendar.connection_id)
        .exclude(state__in=[*RESTING_STATES, ConnectionState.DISCONNECTING])
        .exclude(quiet_until__gt=now)
        .exclude(woken_at__gt=now - WAKE_UP_KEPT)
    )
    if awake.exclude(told_at__gt=now - TAKEN_TOGETHER).update(told_at=now, next_attempt_at=now, woken_at=now):
        return calendar.connection_id
    awake.update(told_at=now, next_attempt_at=Least(F("next_attempt_at"), now + TAKEN_TOGETHER))
    return None


def note_ending(signpost: Signpost, *, now: datetime) -> None:
    """Note that a server is about to end a promise, or has ended it."""
    end_soon(Signpost.objects.filter(pk=signpost.pk), now=now)
