"""Reading request bodies."""

import math
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH = 50


class StrictJSONParser(JSONParser):
    """JSON in UTF-8 that PostgreSQL can store: no NaN, no infinity, no NUL, no lone surrogates, no endless nesting."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed body. Raises ParseError (400) saying what is wrong with it."""
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except (UnicodeDecodeError, RecursionError) as error:
            raise ParseError("The body is not JSON in UTF-8.") from error
        if not isinstance(parsed, dict):
            raise ParseError("The body must be a JSON object.")
        _refuse_unstorable(parsed, path="", depth=0)
        return parsed


def _refuse_unstorable(value: Any, *, path: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ParseError("The body is nested too deeply.")
    if isinstance(value, str):
        _refuse_unstorable_text(value, path)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ParseError(f"{path}: this number is too large.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _refuse_unstorable_text(key, path or "body")
            _refuse_unstorable(item, path=f"{path}.{key}".lstrip("."), depth=depth + 1)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            _refuse_unstorable(item, path=f"{path}[{position}]", depth=depth + 1)


def _refuse_unstorable_text(text: str, path: str) -> None:
    if "\x00" in text:
        raise ParseError(f"{path}: NUL characters are not allowed.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ParseError(f"{path}: this is not valid Unicode text.")
