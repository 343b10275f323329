"""From the address somebody typed to the calendars of the account."""

from calendar_sync.enums import Code
from calendar_sync.providers.base import Passing, Permanent, RemoteCalendar
from calendar_sync.providers.caldav import xml
from calendar_sync.providers.caldav.transport import XML, Transport, refuse
from core.http import Answer

WELL_KNOWN = "/.well-known/caldav"
MOST_CALENDARS = 200
ABOUT_CALENDARS = (
    "d:resourcetype",
    "d:displayname",
    "d:current-user-privilege-set",
    "c:supported-calendar-component-set",
    "c:calendar-timezone",
    "ical:calendar-color",
)


def find_calendars(transport: Transport) -> list[RemoteCalendar]:
    """Return the account's calendars that hold events: what lies at the address itself, else in the account's home.

    RFC 6764, section 6, and RFC 4791, section 6.2.1. Raises ProviderFailure, with no_calendars where there are none.
    """
    start = transport.base_url
    rows = _properties(transport, start, "0", "d:resourcetype", "d:current-user-principal", "c:calendar-home-set")
    if any(_is_calendar(row) for row in rows):
        return _calendars(transport, start, depth="0")
    home = _href(rows, "c:calendar-home-set")
    principal = _href(rows, "d:current-user-principal")
    if not home and not principal:
        rows = _properties(transport, WELL_KNOWN, "0", "d:current-user-principal")
        principal = _href(rows, "d:current-user-principal")
    if not home and principal:
        home = _href(_properties(transport, principal, "0", "c:calendar-home-set"), "c:calendar-home-set")
    if not home:
        raise Permanent(Code.NOT_A_CALENDAR, "There is no calendar account at this address.")
    found = _calendars(transport, home, depth="1")
    if not found:
        raise Permanent(Code.NO_CALENDARS, "The account has no calendar.")
    return found


def _calendars(transport: Transport, url: str, *, depth: str) -> list[RemoteCalendar]:
    rows = [row for row in _properties(transport, url, depth, *ABOUT_CALENDARS) if _is_calendar(row)]
    return [_described(transport, row) for row in rows[:MOST_CALENDARS]]


def _described(transport: Transport, row: xml.Row) -> RemoteCalendar:
    path = transport.path(row.href)
    privileges = row.properties.get("d:current-user-privilege-set")
    names = {element.tag for element in privileges.iter()} if privileges is not None else set()
    may_write = privileges is None or any(xml.tag(f"d:{name}") in names for name in ("write", "write-content", "all"))
    return RemoteCalendar(
        remote_id=path,
        name=row.text("d:displayname") or path.rstrip("/").rpartition("/")[2],
        time_zone=_zone_in(row.text("c:calendar-timezone")),
        color=row.text("ical:calendar-color")[:7],
        is_writable=may_write,
    )


def _is_calendar(row: xml.Row) -> bool:
    kind = row.properties.get("d:resourcetype")
    if kind is None or kind.find(xml.tag("c:calendar")) is None:
        return False
    components = row.properties.get("c:supported-calendar-component-set")
    names = [component.get("name", "") for component in components] if components is not None else []
    return not names or "VEVENT" in names


def _properties(transport: Transport, url: str, depth: str, *names: str) -> list[xml.Row]:
    answer = transport.send("PROPFIND", url, headers={**XML, "depth": depth}, content=xml.propfind(*names))
    return rows_of(answer, what="calendar account")


def rows_of(answer: Answer, *, what: str) -> list[xml.Row]:
    """Return the rows of a multi-status answer. Raises ProviderFailure for any other."""
    if answer.status != 207:
        refuse(answer, what=what)
    try:
        rows, _ = xml.rows(answer.body)
    except xml.NotWebDav as error:
        raise Passing(Code.BAD_ANSWER, f"The server's answer cannot be read: {error}.") from None
    return rows


def _href(rows: list[xml.Row], name: str) -> str:
    for row in rows:
        found = row.properties.get(name)
        href = found.find(xml.tag("d:href")) if found is not None else None
        if href is not None and (href.text or "").strip():
            return (href.text or "").strip()
    return ""


def _zone_in(timezone_text: str) -> str:
    """Return the TZID of a calendar-timezone property, empty where there is none."""
    for line in timezone_text.splitlines():
        name, _, value = line.strip().partition(":")
        if name.upper() == "TZID":
            return value.strip()[:64]
    return ""
