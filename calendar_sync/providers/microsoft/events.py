"""Graph's events as busy time, and copies of appointments as Graph's events.

Of an event that is not ours only its times, its state and its version are looked at; its words go no further.
Sources: learn.microsoft.com/graph, "event resource type", "dateTimeTimeZone resource type".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendar_sync.providers.base import Copy, RemoteItem, Written, fields_of
from calendar_sync.providers.microsoft.marks import Tag, marker_in
from schedule.selectors.conflicts import Span

Event: TypeAlias = Mapping[str, Any]

SELECTED = "id,type,seriesMasterId,start,end,isAllDay,showAs,isCancelled,responseStatus,transactionId,subject,location"
OF_THE_SERIES = ("isAllDay", "showAs", "isCancelled", "responseStatus", "transactionId")
"""What an occurrence has from its series: a delta query returns its id and its times alone."""
NOT_BUSY = frozenset({"free", "workingElsewhere"})
LONGEST = timedelta(days=370)
MIDNIGHT = time()


class Unreadable(ValueError):
    """An event without times that make sense."""


@dataclass(frozen=True)
class Terms:
    """How to read: the zone that days are in, and whether tentative events take time."""

    zone: tzinfo
    tentative_blocks: bool = True


def item_of(event: Event, terms: Terms) -> RemoteItem:
    """Return an event that is not repeated."""
    try:
        span = span_of(event, terms.zone)
    except Unreadable:
        return RemoteItem(remote_id=str(event["id"]), tag=str(tag_of(event)), warnings=("bad_time",))
    warnings: list[str] = []
    return _item(event, tuple(_busy([event], terms, warnings)), Tag(span.end_at, _etag(event)), terms, warnings)


def item_of_series(series_id: str, master: Event, occurrences: Iterable[Event], terms: Terms) -> RemoteItem:
    """Return a series as one entry: all of its occurrences that were listed, and its exceptions.

    An occurrence that was deleted is not listed (the server says nothing else of it), so what is listed is what is
    left. `master` may be empty where the occurrences were asked for and say everything themselves.
    """
    warnings: list[str] = []
    inherited = {name: master[name] for name in OF_THE_SERIES if name in master}
    whole = [{**inherited, **_known(occurrence)} for occurrence in occurrences]
    spans = sorted(set(_busy(whole, terms, warnings)), key=lambda span: (span.start_at, span.end_at))
    ends = [span.end_at for one in whole if (span := _readable(one, terms.zone)) is not None]
    ends_at = max(ends, default=datetime.max.replace(tzinfo=UTC))
    return _item({**master, "id": series_id}, tuple(spans), Tag(ends_at, _etag(master)), terms, warnings)


def written(event: Event) -> Written:
    """Return where an entry of ours is after it was written."""
    return Written(str(event["id"]), str(tag_of(event)))


def tag_of(event: Event) -> Tag:
    """Return the version of an event of ours, which lasts no whole days."""
    span = _readable(event, UTC)
    return Tag(span.end_at if span is not None else datetime.max.replace(tzinfo=UTC), _etag(event))


def fields_in(event: Event, zone: tzinfo = UTC) -> dict[str, str]:
    """Return an event's fields as `providers.base.fields_of` does; empty where its times make no sense."""
    span = _readable(event, zone)
    if span is None:
        return {}
    location = event.get("location") or {}
    return fields_of(
        span.start_at,
        span.end_at,
        str(event.get("subject") or ""),
        str(location.get("displayName") or ""),
        is_tentative=event.get("showAs") == "tentative",
    )


def owned(copy: Copy) -> dict[str, Any]:
    """Return the properties of an event that are ours, and no others."""
    return {
        "subject": copy.summary,
        "start": _moment(copy.start_at),
        "end": _moment(copy.end_at),
        "isAllDay": False,
        "location": {"displayName": copy.location},
        "showAs": "tentative" if copy.is_tentative else "busy",
    }


def span_of(event: Event, zone: tzinfo) -> Span:
    """Return when an event is. Whole days are days of `zone`, whatever zone they are told in. Raises Unreadable."""
    start_at, end_at = _instant(event.get("start")), _instant(event.get("end"))
    if not event.get("isAllDay"):
        return Span(start_at, end_at)
    first, after = _day(start_at, zone), _day(end_at, zone)
    if after <= first:
        after = first + timedelta(days=1)
    return Span(_from(first, zone), _from(after, zone))


def zone_named(name: str) -> str:
    """Return the IANA name of a zone that may have Windows' name; empty for one nobody knows."""
    for candidate in (name, WINDOWS_TO_OLSON.get(name, "")):
        try:
            if candidate:
                return ZoneInfo(candidate).key
        except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
            continue
    return ""


def _item(event: Event, busy: tuple[Span, ...], tag: Tag, terms: Terms, warnings: list[str]) -> RemoteItem:
    marker = marker_in(event.get("transactionId"))
    return RemoteItem(
        remote_id=str(event["id"]),
        tag=str(tag),
        busy=() if marker is not None else busy,
        is_ours=marker is not None,
        marker=marker,
        fields=fields_in(event, terms.zone) if marker is not None else None,
        is_cancelled=event.get("isCancelled") is True,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _busy(events: Iterable[Event], terms: Terms, warnings: list[str]) -> Iterable[Span]:
    for event in events:
        span = _readable(event, terms.zone)
        if span is None:
            warnings.append("bad_time")
        elif span.end_at < span.start_at:
            warnings.append("ends_before_start")
        elif span.length > LONGEST:
            warnings.append("too_long")
        elif span.start_at < span.end_at and _takes_time(event, terms):
            yield span


def _takes_time(event: Event, terms: Terms) -> bool:
    shown = event.get("showAs")
    if event.get("isCancelled") or shown in NOT_BUSY:
        return False
    if shown == "tentative" and not terms.tentative_blocks:
        return False
    response = event.get("responseStatus") or {}
    return bool(response.get("response") != "declined")


def _known(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.items() if value is not None}


def _readable(event: Event, zone: tzinfo) -> Span | None:
    try:
        return span_of(event, zone)
    except Unreadable:
        return None


def _etag(event: Event) -> str:
    return str(event.get("@odata.etag") or "")


def _moment(at: datetime) -> dict[str, str]:
    return {"dateTime": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}


def _instant(moment: object) -> datetime:
    """Return the instant of a dateTimeTimeZone. Raises Unreadable."""
    if not isinstance(moment, dict):
        raise Unreadable
    try:
        at = datetime.fromisoformat(str(moment.get("dateTime")))
        if at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(zone_named(str(moment.get("timeZone") or "UTC"))))
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable from None


def _day(at: datetime, zone: tzinfo) -> datetime:
    """Return the day that an instant of a whole-day event names, without a zone.

    Told in UTC it is midnight there; a server that has converted it all the same tells the instant of midnight in the
    zone of the calendar.
    """
    told = at if at.time() == MIDNIGHT else at.astimezone(zone)
    return datetime.combine(told.date(), MIDNIGHT)


def _from(day: datetime, zone: tzinfo) -> datetime:
    return day.replace(tzinfo=zone).astimezone(UTC)
