"""Calendars as people keep them beside their work, for a CalDAV server of the demo's own.

Radicale keeps a calendar as a folder with a file of properties and one file for each entry
(https://radicale.org/v3.html#storage), so that they are written before it starts.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from demo.logins import PASSWORD

ZONE = "America/New_York"
VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:20071104T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
END:VTIMEZONE
"""

CONFIGURATION = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}/collections
[logging]
level = critical
"""


@dataclass(frozen=True)
class Habit:
    """An entry that begins `days` after the Monday of this week at `at` and lasts `minutes`.

    `rule` repeats it (RFC 5545, section 3.3.10); `more` are further properties. Without `at` it takes whole days.
    """

    title: str
    days: int
    at: time | None
    minutes: int
    rule: str = ""
    more: tuple[str, ...] = ()


KEPT_BY = {
    "maya": {
        "Private": (
            Habit("Yoga", 1, time(10), 75, "FREQ=WEEKLY"),
            Habit("School run", 2, time(14, 30), 45, "FREQ=WEEKLY;BYDAY=WE,FR"),
            Habit("Dentist", 8, time(11, 30), 60),
            Habit("Lunch with Ella?", 10, time(13), 60, more=("STATUS:TENTATIVE",)),
            Habit("Mum's birthday", 12, None, 24 * 60, "FREQ=YEARLY", more=("TRANSP:TRANSPARENT",)),
            Habit("Away", 24, None, 3 * 24 * 60),
        ),
        "Salon": (),
    },
    "olivia": {
        "Home": (
            Habit("Physio", 3, time(12, 30), 45, "FREQ=WEEKLY;COUNT=6"),
            Habit("Parents' evening", 9, time(17), 120),
        ),
        "Work": (),
    },
}
"""Calendars by user, entries by calendar. Those without entries are for appointments to be written to."""


def make_server_folder(folder: Path, *, port: int, today: date) -> Path:
    """Write the server's configuration, its users and, where they are missing, their calendars.

    Returns the configuration's path. What was changed in a calendar since the first time is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "users").write_text("".join(f"{user}:{PASSWORD}\n" for user in KEPT_BY))
    configuration = folder / "config"
    configuration.write_text(CONFIGURATION.format(port=port, folder=folder))
    monday = today - timedelta(days=today.weekday())
    for user, calendars in KEPT_BY.items():
        for name, habits in calendars.items():
            place = folder / "collections" / "collection-root" / user / name.lower()
            if not place.exists():
                _write_calendar(place, name, habits, monday)
    return configuration


def _write_calendar(place: Path, name: str, habits: tuple[Habit, ...], monday: date) -> None:
    place.mkdir(parents=True)
    properties = {"tag": "VCALENDAR", "D:displayname": name, "C:supported-calendar-component-set": "VEVENT"}
    for number, habit in enumerate(habits, 1):
        uid = f"{place.parent.name}-{place.name}-{number}"
        lines = "\r\n".join(_lines(habit, uid, monday))
        (place / f"{uid}.ics").write_text(f"{lines}\r\n", encoding="utf-8", newline="")
    (place / ".Radicale.props").write_text(json.dumps(properties), encoding="utf-8")


def _lines(habit: Habit, uid: str, monday: date) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SmoothSchedule//Demo//EN", *VTIMEZONE.splitlines())
    yield from ("BEGIN:VEVENT", f"UID:{uid}@demo.example", f"DTSTAMP:{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    yield f"SUMMARY:{habit.title}"
    day = monday + timedelta(days=habit.days)
    if habit.at is None:
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(minutes=habit.minutes):%Y%m%d}"
    else:
        begins = datetime.combine(day, habit.at)
        yield f"DTSTART;TZID={ZONE}:{begins:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={ZONE}:{begins + timedelta(minutes=habit.minutes):%Y%m%dT%H%M%S}"
    if habit.rule:
        yield f"RRULE:{habit.rule}"
    yield from habit.more
    yield from ("END:VEVENT", "END:VCALENDAR")
