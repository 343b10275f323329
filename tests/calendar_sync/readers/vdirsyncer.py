"""vdirsyncer, which keeps a folder like a server: what it fetched, and whether it finds anything to do."""

from pathlib import Path

from tests.calendar_sync.readers import run_python

CONFIG = """
[general]
status_path = "{folder}/status/"
[pair both]
a = "there"
b = "here"
collections = null
{conflict}
[storage here]
type = "filesystem"
path = "{folder}/items/"
fileext = ".ics"
[storage there]
{there}
"""


def of_feed(folder: Path, url: str) -> Path:
    """Write the configuration for a feed at an address; return its path."""
    return _written(folder, f'type = "http"\nurl = "{url}"', conflict="")


def of_calendar(folder: Path, url: str, *, username: str, password: str) -> Path:
    """Write the configuration for a calendar on a CalDAV server; return its path."""
    there = f'type = "caldav"\nurl = "{url}"\nusername = "{username}"\npassword = "{password}"'
    return _written(folder, there, conflict='conflict_resolution = "a wins"')


def synced(config: Path) -> tuple[list[bytes], int]:
    """Synchronise; return the entries in the folder and how many were copied, changed or deleted for that."""
    run_python("vdirsyncer", "-c", config, "discover")
    before = _items(config)
    run_python("vdirsyncer", "-c", config, "sync")
    after = _items(config)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return list(after.values()), len(changed)


def _items(config: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((config.parent / "items").glob("*.ics"))}


def _written(folder: Path, there: str, *, conflict: str) -> Path:
    (folder / "items").mkdir(parents=True)
    path = folder / "vdirsyncer.conf"
    path.write_text(CONFIG.format(folder=folder, there=there, conflict=conflict))
    return path
