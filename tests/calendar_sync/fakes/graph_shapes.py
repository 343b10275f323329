"""What Microsoft Graph's resources look like, as far as calendars go; the fake takes nothing else.

Each shape names the page of the documentation it was written down from (below learn.microsoft.com/graph). A property is
`create` where it may be sent with a new resource, `update` where it may be changed as well, `read` where only the
service sets it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Mode = Literal["create", "update", "read"]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)")
LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
EXTENDED = re.compile(r"String \{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\} Name \w+")


@dataclass(frozen=True)
class Shape:
    """A resource: the page it is described on, its properties as name to kind and mode, and which must be sent."""

    source: str
    properties: Mapping[str, tuple[str, Mode]]
    required: frozenset[str] = frozenset()


SHAPES: Mapping[str, Shape] = {
    "event": Shape(
        "api/resources/event, api/calendar-post-events, api/event-update",
        {
            "id": ("string", "read"),
            "changeKey": ("string", "read"),
            "createdDateTime": ("instant", "read"),
            "lastModifiedDateTime": ("instant", "read"),
            "iCalUId": ("string", "read"),
            "type": ("singleInstance|occurrence|exception|seriesMaster", "read"),
            "seriesMasterId": ("string", "read"),
            "isCancelled": ("boolean", "read"),
            "isOrganizer": ("boolean", "read"),
            "organizer": ("recipient", "read"),
            "responseStatus": ("responseStatus", "read"),
            "originalStartTimeZone": ("string", "read"),
            "originalEndTimeZone": ("string", "read"),
            "bodyPreview": ("string", "read"),
            "hasAttachments": ("boolean", "read"),
            "webLink": ("string", "read"),
            "isDraft": ("boolean", "read"),
            "transactionId": ("string", "create"),
            "subject": ("string", "update"),
            "body": ("itemBody", "update"),
            "start": ("dateTimeTimeZone", "update"),
            "end": ("dateTimeTimeZone", "update"),
            "location": ("location", "update"),
            "attendees": ("attendee[]", "update"),
            "showAs": ("free|tentative|busy|oof|workingElsewhere|unknown", "update"),
            "sensitivity": ("normal|personal|private|confidential", "update"),
            "importance": ("low|normal|high", "update"),
            "isAllDay": ("boolean", "update"),
            "isReminderOn": ("boolean", "update"),
            "isOnlineMeeting": ("boolean", "update"),
            "reminderMinutesBeforeStart": ("int", "update"),
            "responseRequested": ("boolean", "update"),
            "allowNewTimeProposals": ("boolean", "update"),
            "hideAttendees": ("boolean", "update"),
            "categories": ("string[]", "update"),
            "recurrence": ("patternedRecurrence", "update"),
            "singleValueExtendedProperties": ("singleValueLegacyExtendedProperty[]", "update"),
        },
        frozenset({"start", "end"}),
    ),
    "dateTimeTimeZone": Shape(
        "api/resources/datetimetimezone",
        {"dateTime": ("local", "update"), "timeZone": ("string", "update")},
        frozenset({"dateTime", "timeZone"}),
    ),
    "itemBody": Shape(
        "api/resources/itembody",
        {"contentType": ("text|html", "update"), "content": ("string", "update")},
        frozenset({"contentType", "content"}),
    ),
    "location": Shape("api/resources/location", {"displayName": ("string", "update")}),
    "emailAddress": Shape(
        "api/resources/emailaddress",
        {"address": ("string", "update"), "name": ("string", "update")},
        frozenset({"address"}),
    ),
    "attendee": Shape(
        "api/resources/attendee",
        {"emailAddress": ("emailAddress", "update"), "type": ("required|optional|resource", "update")},
        frozenset({"emailAddress"}),
    ),
    "singleValueLegacyExtendedProperty": Shape(
        "api/resources/singlevaluelegacyextendedproperty, api/resources/extended-properties-overview",
        {"id": ("extended", "update"), "value": ("string", "update")},
        frozenset({"id", "value"}),
    ),
    "patternedRecurrence": Shape(
        "api/resources/patternedrecurrence",
        {"pattern": ("recurrencePattern", "update"), "range": ("recurrenceRange", "update")},
        frozenset({"pattern", "range"}),
    ),
    "recurrencePattern": Shape(
        "api/resources/recurrencepattern",
        {
            "type": ("daily|weekly|absoluteMonthly", "update"),
            "interval": ("int", "update"),
            "daysOfWeek": ("string[]", "update"),
            "dayOfMonth": ("int", "update"),
        },
        frozenset({"type", "interval"}),
    ),
    "recurrenceRange": Shape(
        "api/resources/recurrencerange",
        {
            "type": ("endDate|noEnd|numbered", "update"),
            "startDate": ("day", "update"),
            "endDate": ("day", "update"),
            "numberOfOccurrences": ("int", "update"),
            "recurrenceTimeZone": ("string", "update"),
        },
        frozenset({"type", "startDate"}),
    ),
    "calendar": Shape(
        "api/resources/calendar",
        {
            "id": ("string", "read"),
            "name": ("string", "update"),
            "color": ("string", "update"),
            "hexColor": ("string", "read"),
            "canEdit": ("boolean", "read"),
            "canShare": ("boolean", "read"),
            "isDefaultCalendar": ("boolean", "read"),
            "owner": ("emailAddress", "read"),
        },
    ),
    "subscription": Shape(
        "api/resources/subscription, api/subscription-post-subscriptions",
        {
            "id": ("string", "read"),
            "applicationId": ("string", "read"),
            "creatorId": ("string", "read"),
            "changeType": ("string", "create"),
            "clientState": ("string", "create"),
            "resource": ("string", "create"),
            "notificationUrl": ("string", "update"),
            "lifecycleNotificationUrl": ("string", "create"),
            "expirationDateTime": ("instant", "update"),
        },
        frozenset({"changeType", "notificationUrl", "resource", "expirationDateTime"}),
    ),
}


def without_annotations(sent: Any) -> Any:
    """Return a body without what clients may add about its types (OData JSON format 4.01, section 4.6)."""
    if isinstance(sent, dict):
        return {name: without_annotations(value) for name, value in sent.items() if name != "@odata.type"}
    return [without_annotations(member) for member in sent] if isinstance(sent, list) else sent


def complaints(resource: str, sent: object, mode: Literal["create", "update"]) -> Iterator[str]:
    """Yield what is wrong with a body that was sent to make or to change a resource."""
    shape = SHAPES[resource]
    if not isinstance(sent, dict):
        yield f"{resource} is no object"
        return
    for name, value in sent.items():
        if name == "@odata.type":
            if value != f"#microsoft.graph.{resource}":
                yield f"{resource} is said to be a {value}"
            continue
        kind, allowed = shape.properties.get(name, ("", "read"))
        if not kind:
            yield f"{resource}.{name} does not exist"
        elif allowed == "read" or (allowed == "create" and mode == "update"):
            yield f"{resource}.{name} cannot be set"
        elif value is not None or mode == "create":
            yield from _of_kind(f"{resource}.{name}", kind, value, mode)
    if mode == "create":
        yield from (f"{resource}.{name} is missing" for name in sorted(shape.required - sent.keys()))


def _of_kind(name: str, kind: str, value: object, mode: Literal["create", "update"]) -> Iterator[str]:
    if kind.endswith("[]"):
        if not isinstance(value, list):
            yield f"{name} is no list"
            return
        for member in value:
            yield from _of_kind(name, kind[:-2], member, mode)
    elif kind in SHAPES:
        yield from complaints(kind, value, "create")
    elif not _is(kind, value):
        yield f"{name} is no {kind}: {value!r}"


def _is(kind: str, value: object) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
    if not isinstance(value, str):
        return False
    patterns: dict[str, Any] = {"instant": INSTANT, "local": LOCAL, "day": DAY, "extended": EXTENDED}
    if kind in patterns:
        return patterns[kind].fullmatch(value) is not None
    return value in kind.split("|")
