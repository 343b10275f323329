"""What a caller makes of an export; with a JSON parser of its own, so that nothing vouches for itself."""

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

from core.installed import datasets
from core.models import Tenant
from exports.cursors import Cursor
from exports.formats import Format
from exports.requests import ExportRequest
from exports.streaming import open_export

NOW = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)


def export(
    tenant: Tenant,
    dataset: str,
    *,
    format: Format = Format.CSV,  # noqa: A002  # the request's own word
    filters: dict[str, Any] | None = None,
    fields: tuple[str, ...] = (),
    since: Cursor | None = None,
    bom: bool = False,
) -> tuple[bytes, Cursor]:
    """Return a whole export and its cursor."""
    asked = ExportRequest(datasets()[dataset], format, filters or {}, fields, since, bom)
    stream = open_export(asked, tenant=tenant, now=NOW)
    try:
        return b"".join(stream), stream.cursor
    finally:
        stream.close()


def cells(body: bytes) -> list[dict[str, str]]:
    """Return the records of a CSV file."""
    return list(csv.DictReader(io.StringIO(body.decode(), newline=""), strict=True))


_TOKEN = re.compile(r'\s*(?:([{}\[\]:,])|("(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")|([^\s{}\[\]:,"]+))')
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def parse_json(text: str) -> Any:
    """Read JSON as RFC 8259 has it. Raises ValueError for anything that is not."""
    tokens: list[str] = []
    position = 0
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        if found is None:
            raise ValueError(f"no token at {position}")
        tokens.append(found[found.lastindex or 0])
        position = found.end()
    value, rest = _value(tokens, 0)
    if rest != len(tokens):
        raise ValueError("something follows the value")
    return value


def _value(tokens: list[str], at: int) -> tuple[Any, int]:
    if at >= len(tokens):
        raise ValueError("the text ends too early")
    token = tokens[at]
    if token in "{[":
        return _members(tokens, at)
    if token[0] == '"':
        return _string(token), at + 1
    if token in {"true", "false", "null"}:
        return {"true": True, "false": False, "null": None}[token], at + 1
    if _NUMBER.fullmatch(token) is None:
        raise ValueError(f"{token} is no value")
    return (int(token) if token.lstrip("-").isdigit() else float(token)), at + 1


def _members(tokens: list[str], at: int) -> tuple[Any, int]:
    is_object, end = tokens[at] == "{", "}" if tokens[at] == "{" else "]"
    pairs: dict[str, Any] = {}
    items: list[Any] = []
    at += 1
    while tokens[at] != end:
        if is_object:
            key = _string(tokens[at])
            if tokens[at + 1] != ":" or key in pairs:
                raise ValueError(f"the member {key} is malformed or repeated")
            pairs[key], at = _value(tokens, at + 2)
        else:
            item, at = _value(tokens, at)
            items.append(item)
        if tokens[at] == "," and tokens[at + 1] != end:
            at += 1
        elif tokens[at] != end:
            raise ValueError(f"{tokens[at]} where {end} or a comma belongs")
    return (pairs if is_object else items), at + 1


def _string(token: str) -> str:
    if not token.startswith('"'):
        raise ValueError(f"{token} is no string")
    units = re.sub(
        r"\\(u[0-9a-fA-F]{4}|.)",
        lambda found: chr(int(found[1][1:], 16)) if len(found[1]) == 5 else _ESCAPES.get(found[1], found[1]),
        token[1:-1],
    )
    return units.encode("utf-16", "surrogatepass").decode("utf-16")
