"""Whether two files hold the same rows."""

import csv
import itertools
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_datetime


def same_csv(ours: Path, peer: Path) -> bool:
    """Compare cell by cell, moments as moments; line ends may differ."""
    with ours.open(newline="", encoding="utf-8") as left, peer.open(newline="", encoding="utf-8") as right:
        pairs = itertools.zip_longest(csv.reader(left), csv.reader(right))
        return all(mine == theirs or _cells(mine) == _cells(theirs) for mine, theirs in pairs)


def same_json(ours: Path, peer: Path) -> bool:
    """Compare our envelope's rows with the peer's: one object a line, or one list."""
    return all(mine == theirs for mine, theirs in itertools.zip_longest(_objects(ours), _objects(peer)))


def _cells(row: list[str] | None) -> list[object]:
    return [_moment(cell) for cell in row or []]


def _moment(value: str) -> str | datetime:
    if len(value) > 18 and value[10:11] == "T":
        return parse_datetime(value) or value
    return value


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file that has one a line, whatever stands around them."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            text = line.strip().rstrip(",")
            if text.startswith('{"id"'):
                row = json.loads(text)
                yield {name: _moment(value) if isinstance(value, str) else value for name, value in row.items()}
