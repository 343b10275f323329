"""The demo's calendars: written before the server starts, and kept as people have changed them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from icalendar import Calendar
from pytest_django import Settings

from demo.calendars import KEPT_BY, make_server_folder

TODAY = date(2026, 11, 18)


def entries(folder: Path, user: str, calendar: str) -> list[Path]:
    return sorted((folder / "collections" / "collection-root" / user / calendar).glob("*.ics"))


def event_in(path: Path) -> Any:
    return Calendar.from_ical(path.read_bytes()).walk("VEVENT")[0]


def test_every_calendar_has_what_its_keeper_does(tmp_path: Path) -> None:
    make_server_folder(tmp_path, port=5232, today=TODAY)

    for user, calendars in KEPT_BY.items():
        for name, habits in calendars.items():
            found = [
                Calendar.from_ical(path.read_bytes()).walk("VEVENT")[0]
                for path in entries(tmp_path, user, name.lower())
            ]
            assert {str(event["SUMMARY"]) for event in found} == {habit.title for habit in habits}
            assert not any(event.errors for event in found)
    [yoga] = [path for path in entries(tmp_path, "maya", "private") if b"Yoga" in path.read_bytes()]
    event = event_in(yoga)
    assert event["DTSTART"].dt.isoformat() == "2026-11-17T10:00:00-05:00"
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 75 * 60


def test_what_people_changed_is_kept(tmp_path: Path) -> None:
    make_server_folder(tmp_path, port=5232, today=TODAY)
    entries(tmp_path, "maya", "private")[0].unlink()
    (tmp_path / "collections" / "collection-root" / "olivia" / "home" / "new.ics").write_text("")

    configuration = make_server_folder(tmp_path, port=5233, today=TODAY)

    assert len(entries(tmp_path, "maya", "private")) == len(KEPT_BY["maya"]["Private"]) - 1
    assert len(entries(tmp_path, "olivia", "home")) == len(KEPT_BY["olivia"]["Home"]) + 1
    assert "127.0.0.1:5233" in configuration.read_text()


def test_it_is_refused_where_it_would_be_open_to_everybody(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG is on"):
        call_command("demo_calendars", python=Path("/usr/bin/python3"))


def test_what_is_missing_is_said(settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="make run CALDAV=1"):
        call_command("demo_calendars", python=tmp_path / "python")
    with pytest.raises(CommandError, match=r"OUTGOING_ALLOWED_HOSTS=127\.0\.0\.1:5999"):
        call_command("demo_calendars", python=Path("/bin/sh"), port=5999)
