"""What answers of any calendar server mean."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.base import Passing, Permanent, Throttled
from core.http import Answer, OutgoingFailed

LONGEST_PAUSE = timedelta(hours=6)
USUAL_PAUSE = timedelta(minutes=1)


def failure_of(failure: OutgoingFailed) -> Passing | Permanent:
    """Return what a request that came to nothing means for the connection."""
    code = Code(failure.code)
    if code in {Code.URL_NOT_ALLOWED, Code.TOO_LARGE}:
        return Permanent(code, failure.detail)
    return Passing(code, failure.detail)


def throttled(answer: Answer) -> Throttled:
    """Return the failure of a server that asks to wait."""
    now = timezone.now()
    return Throttled(
        "The server asks to wait.", until=now + pause_asked_for(answer.headers.get("retry-after", ""), now=now)
    )


def pause_asked_for(header: str, *, now: datetime) -> timedelta:
    """Return what Retry-After asks for (seconds or a date, RFC 9110, section 10.2.3); a minute, six hours at most."""
    if header.isdigit():
        asked = timedelta(seconds=min(int(header), LONGEST_PAUSE.total_seconds()))
    else:
        try:
            asked = parsedate_to_datetime(header) - now
        except (TypeError, ValueError):
            asked = USUAL_PAUSE
    return max(timedelta(seconds=1), min(asked, LONGEST_PAUSE))
