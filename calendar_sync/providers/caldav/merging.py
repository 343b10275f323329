"""Putting our fields into an entry that others have added to."""

from collections.abc import Iterator

from calendar_sync.ics.writing import Entry, event_lines, folded

OWNED = frozenset(
    {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "STATUS", "TRANSP"}
)


def merged(text: bytes, entry: Entry) -> bytes:
    """Return the calendar object with our fields as in `entry` and everything else as it is.

    Alarms, colours, a description somebody added: all of it stays. An object without an event is returned as it is.
    """
    ours = [(name, value) for name, value in event_lines(entry) if name.partition(";")[0] in OWNED]
    result: list[str] = []
    inside: list[str] = []
    for line in unfolded(text):
        name = line.partition(":")[0].partition(";")[0].upper()
        if name == "BEGIN":
            inside.append(line.partition(":")[2].strip().upper())
        is_in_event = inside[-1:] == ["VEVENT"]
        if is_in_event and name in OWNED:
            continue
        if name == "END":
            if is_in_event:
                result += [f"{ours_name}:{value}" for ours_name, value in ours]
            del inside[-1:]
        result.append(line)
    return b"".join(folded(line) for line in result)


def unfolded(text: bytes) -> Iterator[str]:
    """Yield the content lines of a calendar, whatever ends its lines."""
    whole = text.decode("utf-8", "replace").replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    yield from (line for line in whole.split("\n") if line.strip())
