"""The part of the fake service that speaks of calendars and events."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from tests.calendar_sync.fakes import graph_series as series
from tests.calendar_sync.fakes.graph_mailbox import Event, Json, Mailbox, TokenUnknown, TransactionUsed, utc
from tests.calendar_sync.fakes.graph_shapes import SHAPES, complaints, without_annotations
from tests.calendar_sync.fakes.graph_talk import Asked, Refused, Reply

FILTER = re.compile(
    r"singleValueExtendedProperties/Any\(ep: ep/id eq '(?P<id>[^']+)' and ep/value eq '(?P<value>[^']+)'\)"
)
EXPAND = re.compile(r"singleValueExtendedProperties\(\$filter=id eq '(?P<id>[^']+)'\)")
USUAL_PAGE = 10
LONGEST_WINDOW = timedelta(days=1825)


@dataclass(frozen=True)
class Routes:
    """Answers requests about calendars; `preferences` are what every request has to prefer."""

    mailbox: Mailbox
    url: str
    preferences: tuple[str, ...]

    def answer(self, asked: Asked) -> Reply:
        """Answer a request. Raises Refused."""
        for wanted in self.preferences:
            name, _, value = wanted.partition("=")
            if asked.preferences.get(name) != value.strip('"'):
                raise Refused.wrong(f"{asked.method} {asked.path} does not prefer {wanted}")
        match asked.method, asked.parts:
            case "GET", ("me", "calendars"):
                return self._calendars(asked)
            case method, ("me", "calendars", calendar, *rest):
                if calendar not in self.mailbox.calendars:
                    raise _missing()
                return self._in_calendar(method, calendar, tuple(rest), asked)
            case method, ("me", "events", name, *rest):
                return self._event(method, self._found(name), tuple(rest), asked)
        raise Refused.wrong(f"{asked.method} {asked.path} does not exist")

    def _in_calendar(self, method: str, calendar: str, rest: tuple[str, ...], asked: Asked) -> Reply:
        match method, rest:
            case "GET", ("calendarView", "delta"):
                return self._delta(calendar, asked)
            case "GET", ("events",):
                return self._search(calendar, asked)
            case "POST", ("events",):
                return self._create(calendar, asked)
            case _, ("events", name, *further):
                event = self._found(name)
                if event.calendar != calendar:
                    raise _missing()
                return self._event(method, event, tuple(further), asked)
        raise Refused.wrong(f"{method} {asked.path} does not exist")

    def _calendars(self, asked: Asked) -> Reply:
        _allow(asked, "$select", "$top", "$skip")
        everything = list(self.mailbox.calendars.values())
        first, size = int(asked.query.get("$skip", 0)), _page_size(asked)
        shown = [_selected(one, asked, "calendar") for one in everything[first : first + size]]
        body: Json = {"value": shown}
        if first + size < len(everything):
            body["@odata.nextLink"] = f"{self.url}/me/calendars?$skip={first + size}"
        return Reply(200, body)

    def _delta(self, calendar: str, asked: Asked) -> Reply:
        token = asked.query.get("$deltatoken") or asked.query.get("$skiptoken")
        try:
            if token:
                _allow(asked, "$deltatoken", "$skiptoken")
                view = self.mailbox.resume(token)
            else:
                _allow(asked, "startDateTime", "endDateTime")
                view = self.mailbox.begin(calendar, *_window(asked))
        except TokenUnknown:
            raise Refused(410, "SyncStateNotFound", "The sync state generation is not found.") from None
        page, onward = self.mailbox.turn(view, _page_size(asked))
        link = f"{self.url}{asked.path}?$"
        if onward.startswith("skip"):
            return Reply(200, {"value": page, "@odata.nextLink": f"{link}skiptoken={onward}"})
        return Reply(200, {"value": page, "@odata.deltaLink": f"{link}deltatoken={onward}"})

    def _search(self, calendar: str, asked: Asked) -> Reply:
        _allow(asked, "$filter", "$select", "$expand", "$top")
        events = self.mailbox.of(calendar)
        if "$filter" in asked.query:
            wanted = FILTER.fullmatch(asked.query["$filter"])
            if wanted is None:
                raise Refused.wrong(f"the filter is none the documentation knows: {asked.query['$filter']}")
            events = [event for event in events if event.extended.get(wanted["id"]) == wanted["value"]]
        return Reply(200, {"value": [self._shown(event, asked) for event in events[: _page_size(asked)]]})

    def _create(self, calendar: str, asked: Asked) -> Reply:
        _allow(asked)
        _check(complaints("event", asked.body, "create"))
        sent = without_annotations(asked.body)
        _check_times(sent)
        if not self.mailbox.calendars[calendar]["canEdit"]:
            raise Refused(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        extended = {one["id"]: one["value"] for one in sent.pop("singleValueExtendedProperties", [])}
        try:
            event = self.mailbox.put(calendar, sent, extended=extended)
        except TransactionUsed:
            raise Refused(
                409, "ErrorDuplicateTransactionId", "The TransactionId has already been used to create another event."
            ) from None
        return Reply(201, self.mailbox.told(event))

    def _event(self, method: str, event: Event, rest: tuple[str, ...], asked: Asked) -> Reply:
        match method, rest:
            case "GET", ():
                _allow(asked, "$select", "$expand")
                return Reply(200, self._shown(event, asked))
            case "PATCH", ():
                return self._update(event, asked)
            case "DELETE", ():
                _allow(asked)
                self.mailbox.drop(event)
                return Reply(204)
            case "GET", ("instances",):
                return self._instances(event, asked)
        raise Refused.wrong(f"{method} {asked.path} does not exist")

    def _update(self, event: Event, asked: Asked) -> Reply:
        _allow(asked)
        _check(complaints("event", asked.body, "update"))
        sent = without_annotations(asked.body)
        _check_times({**event.properties, **sent})
        condition = asked.headers.get("if-match", "*")
        if condition not in {"*", event.etag}:
            raise Refused(412, "ErrorIrresolvableConflict", "The send or update operation could not be performed.")
        event.extended |= {one["id"]: one["value"] for one in sent.pop("singleValueExtendedProperties", [])}
        self.mailbox.change(event, **sent)
        return Reply(200, self.mailbox.told(event))

    def _instances(self, event: Event, asked: Asked) -> Reply:
        _allow(asked, "startDateTime", "endDateTime", "$select", "$skip", "$top")
        if not event.properties["recurrence"]:
            raise Refused(400, "ErrorInvalidRequest", "Your request can't be completed.")
        found = self.mailbox.instances(event, *_window(asked))
        first, size = int(asked.query.get("$skip", 0)), _page_size(asked)
        body: Json = {"value": [_selected(one, asked, "event") for one in found[first : first + size]]}
        if first + size < len(found):
            kept = "&".join(f"{name}={value}" for name, value in asked.query.items() if name != "$skip")
            body["@odata.nextLink"] = f"{self.url}{asked.path}?{kept}&$skip={first + size}"
        return Reply(200, body)

    def _found(self, name: str) -> Event:
        event = self.mailbox.events.get(name)
        if event is None:
            raise _missing()
        return event

    def _shown(self, event: Event, asked: Asked) -> Json:
        body = _selected(self.mailbox.told(event), asked, "event")
        if "$expand" in asked.query:
            wanted = EXPAND.fullmatch(asked.query["$expand"])
            if wanted is None:
                raise Refused.wrong(f"nothing like this can be expanded: {asked.query['$expand']}")
            if wanted["id"] in event.extended:
                kept = {"id": wanted["id"], "value": event.extended[wanted["id"]]}
                body["singleValueExtendedProperties"] = [kept]
        return body


def _missing() -> Refused:
    return Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def _allow(asked: Asked, *options: str) -> None:
    strange = sorted(asked.query.keys() - set(options))
    if strange:
        raise Refused.wrong(f"{asked.method} {asked.path} knows no {', '.join(strange)}")


def _check(found: Iterable[str]) -> None:
    for complaint in found:
        raise Refused.wrong(complaint)


def _check_times(properties: Json) -> None:
    try:
        start, end = (series.instant(properties[name]) for name in ("start", "end"))
    except KeyError as unknown:
        raise Refused.wrong(f"there is no such zone: {unknown}") from None
    if end < start:
        raise Refused.wrong("the event ends before it starts")


def _window(asked: Asked) -> series.Times:
    try:
        start_at, end_at = utc(asked.query["startDateTime"]), utc(asked.query["endDateTime"])
    except (KeyError, ValueError):
        raise Refused.wrong("a calendar view has a startDateTime and an endDateTime") from None
    if not timedelta(0) < end_at - start_at <= LONGEST_WINDOW:
        raise Refused.wrong("a calendar view spans five years at most")
    return start_at, end_at


def _page_size(asked: Asked) -> int:
    return int(asked.query.get("$top") or asked.preferences.get("odata.maxpagesize") or USUAL_PAGE)


def _selected(body: Json, asked: Asked, resource: str) -> Json:
    if "$select" not in asked.query:
        return body
    names = asked.query["$select"].split(",")
    strange = [name for name in names if name not in SHAPES[resource].properties]
    if strange:
        raise Refused.wrong(f"{resource} has no {', '.join(strange)}")
    return {name: value for name, value in body.items() if name in names or name.startswith("@") or name == "id"}
