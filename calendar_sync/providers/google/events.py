"""Google's events in our terms and ours in Google's (the resource `Event` of the Calendar API v3)."""

import hashlib
from base64 import b32hexencode
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from calendar_sync.ics.interpreting import LONGEST
from calendar_sync.ics.times import Clock, Unusable, aware
from calendar_sync.ics.writing import is_own_uid
from calendar_sync.providers.base import Copy, Reading, RemoteItem, fields_of
from schedule.selectors.conflicts import Span

Event: TypeAlias = Mapping[str, Any]
"""An event as Google's JSON has it; fields that were not asked for are missing."""

LINK = "smoothscheduleLink"
BUSINESS = "smoothscheduleBusiness"
TEXT = "smoothscheduleText"
"""Private extended properties of entries we write: the link, the tenant's schema, and what of the description is ours
(its length, a colon and its SHA-256)."""

TAKE_NO_TIME = frozenset({"workingLocation", "birthday"})
ONE_DAY = timedelta(days=1)


def event_id(uid: str) -> str:
    """Return the id an entry gets from its UID: base32hex in small letters, which is all that Google admits."""
    return b32hexencode(uid.encode()).decode().lower().rstrip("=")


def is_cancelled(event: Event) -> bool:
    """Tell whether it was deleted; of such an event Google may say nothing but its id."""
    return bool(event.get("status") == "cancelled")


def is_plain(event: Event) -> bool:
    """Tell whether it is neither a series nor an occurrence of one that was changed."""
    return not event.get("recurrence") and "recurringEventId" not in event


def takes_time(event: Event, *, tentative_blocks: bool) -> bool:
    """Tell whether an event takes time: shown as busy, not declined, and no mere note of a place or a birthday."""
    if is_cancelled(event) or event.get("transparency") == "transparent" or event.get("eventType") in TAKE_NO_TIME:
        return False
    if event.get("status") == "tentative" and not tentative_blocks:
        return False
    own = (one for one in event.get("attendees", ()) if one.get("self"))
    return not any(one.get("responseStatus") == "declined" for one in own)


def clock_of(zone: str) -> Clock:
    """Return the clock of a zone by its IANA name, UTC's where there is no such zone."""
    return Clock(zone_named(zone) or ZoneInfo("UTC"))


def zone_named(name: str) -> ZoneInfo | None:
    """Return a zone by its IANA name, None where there is no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def moment(value: object) -> date:
    """Return a day or an aware time of Google's `EventDateTime`. Raises Unusable for one outside 1970–2200."""
    if not isinstance(value, Mapping):
        raise Unusable("bad_time")
    try:
        found = date.fromisoformat(value["date"]) if "date" in value else datetime.fromisoformat(value["dateTime"])
    except (KeyError, TypeError, ValueError):
        raise Unusable("bad_time") from None
    if isinstance(found, datetime) and found.tzinfo is None:
        found = found.replace(tzinfo=zone_named(value.get("timeZone", "")) or UTC)
    aware(found, Clock(UTC))
    return found


def ends(event: Event) -> tuple[date, date]:
    """Return start and end. A day without an end, or ending where it begins, is that day. Raises Unusable."""
    start = moment(event.get("start"))
    if isinstance(start, datetime):
        end = moment(event["end"]) if "end" in event else start
        if not isinstance(end, datetime):
            raise Unusable("bad_time")
        return start, end
    end = moment(event["end"]) if "end" in event else start
    if isinstance(end, datetime):
        raise Unusable("bad_time")
    return start, start + ONE_DAY if end == start else end


def span_of(event: Event, clock: Clock) -> Span:
    """Return the time from start to end in UTC; days begin at midnight of the clock's zone. Raises Unusable."""
    start, end = ends(event)
    return Span(aware(start, clock), aware(end, clock))


def private_of(event: Event) -> Mapping[str, str]:
    """Return the private extended properties."""
    found = event.get("extendedProperties", {}).get("private", {})
    return found if isinstance(found, Mapping) else {}


def is_ours(event: Event) -> bool:
    """Tell whether this product wrote the event, for whatever business, or it was imported from a feed of ours."""
    return LINK in private_of(event) or is_own_uid(str(event.get("iCalUID", "")))


def marker_of(event: Event) -> UUID | None:
    """Return the link an entry of ours belongs to."""
    try:
        return UUID(private_of(event).get(LINK, ""))
    except ValueError:
        return None


def fields_in(event: Event, clock: Clock) -> dict[str, str]:
    """Return what `Copy.fields` returns, of an event that was read with its title and location."""
    try:
        span = span_of(event, clock)
    except Unusable:
        return {}
    return fields_of(
        span.start_at,
        span.end_at,
        event.get("summary", ""),
        event.get("location", ""),
        is_tentative=event.get("status") == "tentative",
    )


def single_item(event: Event, reading: Reading) -> RemoteItem:
    """Return a plain event of somebody else's as an item of the reading."""
    busy: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    if takes_time(event, tentative_blocks=reading.tentative_blocks):
        try:
            span = span_of(event, clock_of(reading.time_zone))
        except Unusable as refusal:
            warnings = (refusal.code,)
        else:
            if span.length < timedelta(0):
                warnings = ("ends_before_start",)
            elif span.length > LONGEST:
                warnings = ("too_long",)
            elif span.length and span.overlaps(reading.window):
                busy = (span,)
    return RemoteItem(event["id"], event.get("etag", ""), busy, warnings=warnings)


def body_of(copy: Copy) -> dict[str, Any]:
    """Return a new event. Reminders and visibility are left to the calendar."""
    body: dict[str, Any] = {
        "id": event_id(copy.uid),
        "summary": copy.summary,
        "description": copy.description,
        "location": copy.location,
        "start": {"dateTime": _instant(copy.start_at)},
        "end": {"dateTime": _instant(copy.end_at)},
        "status": _status(copy),
        "extendedProperties": {"private": own_properties(copy)},
    }
    if copy.invitee:
        body["attendees"] = [{"email": copy.invitee}]
    return body


def change_of(copy: Copy) -> dict[str, Any]:
    """Return what makes our fields of an event those of the copy; a day somebody made of it ends with `date`."""
    return {
        "summary": copy.summary,
        "location": copy.location,
        "start": {"dateTime": _instant(copy.start_at), "date": None},
        "end": {"dateTime": _instant(copy.end_at), "date": None},
        "status": _status(copy),
    }


def own_properties(copy: Copy) -> dict[str, str]:
    """Return the private extended properties of an entry of ours."""
    return {LINK: str(copy.marker), BUSINESS: copy.business, TEXT: _seal(copy.description)}


def description_change(present: Event, copy: Copy) -> dict[str, Any]:
    """Return what makes our part of a description that of the copy; nothing where it is so, or somebody rewrote it.

    What others wrote below our part stays.
    """
    seal, text = private_of(present).get(TEXT, ""), present.get("description", "")
    length = seal.partition(":")[0]
    ours = text[: int(length)] if length.isdecimal() else ""
    if _seal(ours) != seal or ours == copy.description:
        return {}
    theirs = text[len(ours) :].lstrip("\n")
    return {
        "description": "\n".join(part for part in (copy.description, theirs) if part),
        "extendedProperties": {"private": own_properties(copy)},
    }


def _seal(text: str) -> str:
    return f"{len(text)}:{hashlib.sha256(text.encode()).hexdigest()}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _status(copy: Copy) -> str:
    return "tentative" if copy.is_tentative else "confirmed"
