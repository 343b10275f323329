"""What refusals of Google's calendars mean."""

from typing import NoReturn

from django.utils import timezone

from calendar_sync.enums import Code
from calendar_sync.providers.answers import pause_asked_for
from calendar_sync.providers.base import CalendarGone, Passing, Permanent, Throttled
from calendar_sync.providers.rest import RestAnswer

GONE = frozenset({404, 410})
TOO_MANY = frozenset(
    {
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "calendarUsageLimitsExceeded",
        "dailyLimitExceeded",
        "concurrentLimitExceeded",
    }
)
"""Reasons that Google gives with status 403 where others answer 429."""


def refuse(answer: RestAnswer, *, what: str) -> NoReturn:
    """Raise what an answer means that is not the one hoped for: Throttled, Passing, CalendarGone or Permanent."""
    if answer.status == 403 and reasons(answer) & TOO_MANY:
        _slow_down(answer)
    if answer.status == 403:
        raise Permanent(Code.MISSING_SCOPE, f"Google does not allow this with the {what}.")
    if answer.status in GONE:
        raise CalendarGone(Code.NOT_FOUND, f"Google has no {what} of this name any more.")
    if answer.status == 200:
        raise Passing(Code.BAD_ANSWER, f"Google's answer is no {what}.")
    raise Permanent(Code.BAD_ANSWER, f"Google answers {answer.status} where a {what} should be.")


def reasons(answer: RestAnswer) -> set[str]:
    """Return the reasons that a refusal names."""
    error = answer.data.get("error")
    errors = error.get("errors", ()) if isinstance(error, dict) else ()
    return {str(one.get("reason", "")) for one in errors if isinstance(one, dict)}


def _slow_down(answer: RestAnswer) -> NoReturn:
    now = timezone.now()
    asked = answer.headers.get("retry-after", "")
    if asked:
        raise Throttled("Google asks to wait.", until=now + pause_asked_for(asked, now=now))
    raise Passing(Code.RATE_LIMITED, "Google wants fewer requests.")
