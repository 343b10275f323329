"""Holding requests and answers against a provider's own description of its interface (a Google discovery document)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from urllib.parse import unquote

Mask: TypeAlias = dict[str, "Mask"]
"""Which fields of an answer are wanted; an empty one stands for all of them."""

VALUES_IN_PROSE = re.compile(r'- "(\w+)" - ')
NAME = re.compile(r"[A-Za-z][\w-]*|\*")


@dataclass(frozen=True)
class Call:
    """What a request asks for: the method of the interface and the values of its path."""

    method: Mapping[str, Any]
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """The method's id, such as `calendar.events.list`."""
        return str(self.method["id"])


class Contract:
    """A discovery document, ready to be held against what was said. Problems are texts; none means that it is right."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._schemas: Mapping[str, Any] = document["schemas"]
        self._common: Mapping[str, Any] = document["parameters"]
        self._methods = list(_methods(document["resources"]))

    def call(self, http_method: str, path: str) -> Call | None:
        """Return what a request below the service's path asks for, None where there is no such method."""
        for method in self._methods:
            names = re.findall(r"\{(\w+)\}", method["path"])
            pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(method["path"]))
            found = re.fullmatch(pattern, path)
            if found and method["httpMethod"] == http_method:
                return Call(method, dict(zip(names, map(unquote, found.groups()), strict=True)))
        return None

    def of_request(self, call: Call, query: Sequence[tuple[str, str]], body: object) -> Iterator[str]:
        """Yield what is wrong with a request's query and body."""
        known = {**self._common, **call.method.get("parameters", {})}
        for name, value in query:
            described = known.get(name)
            if described is None or described.get("location") == "path":
                yield f"there is no parameter {name}"
            elif not _is_parameter(described, value):
                yield f"{name}={value} is none of its values"
            elif sum(name == other for other, _ in query) > 1 and not described.get("repeated"):
                yield f"{name} is given more than once"
        wanted = call.method.get("request")
        if wanted is None:
            if body is not None:
                yield "there is a body where none belongs"
        else:
            yield from self._of(body, wanted, "body", Terms(call.name))
        mask = dict(query).get("fields")
        if mask is not None:
            yield from self.of_mask(call, mask)

    def of_mask(self, call: Call, text: str) -> Iterator[str]:
        """Yield what is wrong with the fields that are asked for."""
        yield from self._unknown(mask_of(text), call.method.get("response", {}), "fields")

    def of_answer(self, call: Call, data: object) -> Iterator[str]:
        """Yield what is wrong with the body of an answer that is a success."""
        wanted = call.method.get("response")
        if wanted is not None:
            yield from self._of(data, wanted, "answer", Terms(""))
        elif data is not None:
            yield "there is a body where none belongs"

    def _unknown(self, mask: Mask, schema: Mapping[str, Any], place: str) -> Iterator[str]:
        schema = self._resolved(schema)
        schema = self._resolved(schema.get("items", schema))
        for name, inner in mask.items():
            if name == "*" or "additionalProperties" in schema:
                continue
            described = schema.get("properties", {}).get(name)
            if described is None:
                yield f"{place}: there is no field {name}"
            else:
                yield from self._unknown(inner, described, f"{place}/{name}")

    def _of(self, value: object, schema: Mapping[str, Any], place: str, terms: "Terms") -> Iterator[str]:
        schema = self._resolved(schema)
        if value is None and terms.may_clear and place != "body":
            return
        kind = schema.get("type")
        if kind == "object":
            yield from self._of_object(value, schema, place, terms)
        elif kind == "array":
            if not isinstance(value, list):
                yield f"{place} is no list"
                return
            for position, one in enumerate(value):
                yield from self._of(one, schema["items"], f"{place}[{position}]", terms)
        elif not _is_scalar(schema, value):
            yield f"{place} must not be {value!r}"

    def _of_object(self, value: object, schema: Mapping[str, Any], place: str, terms: "Terms") -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        for name, inner in value.items():
            described = properties.get(name, others)
            if described is None:
                yield f"{place} has no property {name}"
            else:
                yield from self._of(inner, described, f"{place}.{name}", terms)
        for name, described in properties.items():
            if terms.method in described.get("annotations", {}).get("required", ()) and name not in value:
                yield f"{place} lacks {name}"

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        reference = schema.get("$ref")
        found: Mapping[str, Any] = self._schemas[reference] if reference else schema
        return found


@dataclass(frozen=True)
class Terms:
    """For which method a body is; a change may clear fields by null, and need not name what is required."""

    method: str

    @property
    def may_clear(self) -> bool:
        """Whether null stands for a field that is to be cleared."""
        return self.method.endswith(".patch")


def mask_of(text: str) -> Mask:
    """Return the fields that `fields` names, such as `kind,items(id,start/date)`. Raises ValueError."""
    mask, rest = _fields(text)
    if rest:
        raise ValueError(f"fields={text}: {rest!r} is left over")
    return mask


def masked(value: Any, mask: Mask) -> Any:
    """Return the wanted part of an answer."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [masked(one, mask) for one in value]
    if isinstance(value, dict):
        return {name: masked(inner, mask[name]) for name, inner in value.items() if name in mask}
    return value


def _fields(text: str) -> tuple[Mask, str]:
    mask: Mask = {}
    while True:
        found = NAME.match(text)
        if found is None:
            raise ValueError(f"no field at {text!r}")
        inner = mask.setdefault(found.group(), {})
        text = text[found.end() :]
        if text.startswith("/"):
            below, text = _path(text[1:])
            inner.update(below)
        elif text.startswith("("):
            below, text = _fields(text[1:])
            if not text.startswith(")"):
                raise ValueError(f"no end at {text!r}")
            inner.update(below)
            text = text[1:]
        if not text.startswith(","):
            return mask, text
        text = text[1:]


def _path(text: str) -> tuple[Mask, str]:
    """Return one field, or a path of fields, and what follows it."""
    end = next((position for position, letter in enumerate(text) if letter in ",)"), len(text))
    below, rest = _fields(text[:end])
    return below, rest + text[end:]


def _methods(resources: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for resource in resources.values():
        yield from resource.get("methods", {}).values()
        yield from _methods(resource.get("resources", {}))


def _is_parameter(schema: Mapping[str, Any], text: str) -> bool:
    value: object = text
    if schema["type"] == "boolean":
        return text in {"true", "false"}
    if schema["type"] == "integer":
        if not text.isdecimal():
            return False
        value = int(text)
    return _is_scalar(schema, value)


def _is_scalar(schema: Mapping[str, Any], value: object) -> bool:
    kind = schema.get("type")
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in {"integer", "number"}:
        is_number = isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
        return is_number and _is_within(schema, float(str(value)))
    if kind == "any":
        return True
    return isinstance(value, str) and _is_text(schema, value)


def _is_within(schema: Mapping[str, Any], value: float) -> bool:
    return float(schema.get("minimum", value)) <= value <= float(schema.get("maximum", value))


def _is_text(schema: Mapping[str, Any], value: str) -> bool:
    prose = schema.get("description", "")
    values = schema.get("enum") or (VALUES_IN_PROSE.findall(prose) if "Possible values are" in prose else ())
    if values and value not in values:
        return False
    try:
        match schema.get("format"):
            case "date-time":
                datetime.fromisoformat(value)
            case "date":
                date.fromisoformat(value)
            case "int64":
                int(value)
    except ValueError:
        return False
    return True
