"""What a request body must look like before any serializer sees it."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from core.parsers import MAX_DEPTH, StrictJSONParser


def parse(body: bytes) -> Any:
    """Parse a body as a view would."""
    return StrictJSONParser().parse(BytesIO(body), "application/json", {"encoding": "utf-8"})


def refusal(body: bytes) -> str:
    """The detail with which a body is refused."""
    with pytest.raises(ParseError) as caught:
        parse(body)
    return str(caught.value.detail)


def test_an_object_is_read_as_it_is() -> None:
    body = '{"name": "Zoë 🪒", "tags": ["a", {"b": null}], "n": 1.5, "big": 123456789012345678901234567890}'

    assert parse(body.encode()) == {
        "name": "Zoë 🪒",
        "tags": ["a", {"b": None}],
        "n": 1.5,
        "big": 123456789012345678901234567890,
    }


@pytest.mark.parametrize("body", [b"[]", b'[{"a": 1}]', b'"text"', b"1", b"null", b"true"])
def test_anything_but_an_object(body: bytes) -> None:
    assert refusal(body) == "The body must be a JSON object."


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (rb'{"name": "a\u0000b"}', "name"),
        (rb'{"tags": ["x", "\u0000"]}', "tags[1]"),
        (rb'{"a": {"b": [{"c": "\u0000"}]}}', "a.b[0].c"),
        (rb'{"\u0000": 1}', "body"),
        (rb'{"a": {"\u0000": 1}}', "a"),
    ],
)
def test_a_nul_character(body: bytes, where: str) -> None:
    assert refusal(body) == f"{where}: NUL characters are not allowed."


@pytest.mark.parametrize(
    ("body", "where"),
    [(rb'{"name": "\ud800"}', "name"), (rb'{"a": ["\udfff x"]}', "a[0]"), (rb'{"\udc00": 1}', "body")],
)
def test_half_of_a_surrogate_pair(body: bytes, where: str) -> None:
    assert refusal(body) == f"{where}: this is not valid Unicode text."


def test_a_whole_surrogate_pair() -> None:
    assert parse(rb'{"name": "\ud83d\ude00"}') == {"name": "😀"}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_json_does_not_know(number: str) -> None:
    assert refusal(f'{{"n": {number}}}'.encode()).startswith("JSON parse error")


@pytest.mark.parametrize("number", ["1e400", "-1e400", "[1e999]"])
def test_a_number_past_every_float(number: str) -> None:
    assert refusal(f'{{"n": {number}}}'.encode()) == (
        "n[0]: this number is too large." if number.startswith("[") else "n: this number is too large."
    )


def test_a_number_of_more_digits_than_python_converts() -> None:
    assert refusal(b'{"n": ' + b"9" * 5_000 + b"}").startswith("JSON parse error")


@pytest.mark.parametrize("body", [b'{"name": "\xff"}', b"\xff\xfe{}", b'{"name": "\xed\xa0\x80"}', b'{"n": "\xc3'])
def test_bytes_that_are_not_utf_8(body: bytes) -> None:
    assert refusal(body).startswith("JSON parse error")


@pytest.mark.parametrize("body", [b"", b" ", b"{", b"{'a': 1}", b'{"a": 1,}', b'{"a" 1}', b"{}{}", b"a=1&b=2"])
def test_what_is_no_json(body: bytes) -> None:
    assert refusal(body).startswith("JSON parse error")


def nested(depth: int) -> bytes:
    """An object whose key `a` holds lists, one inside the other."""
    return b'{"a": ' + b"[" * depth + b"]" * depth + b"}"


def test_nesting_up_to_the_limit() -> None:
    assert parse(nested(MAX_DEPTH)) == json.loads(nested(MAX_DEPTH))


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900])
def test_nesting_past_the_limit(depth: int) -> None:
    assert refusal(nested(depth)) == "The body is nested too deeply."


@pytest.mark.parametrize("depth", [5_000, 500_000])
def test_nesting_without_end(depth: int) -> None:
    assert refusal(nested(depth)) in {"The body is not JSON in UTF-8.", "The body is nested too deeply."}


STORABLE_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
STORABLE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | STORABLE_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STORABLE_TEXT, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(STORABLE_TEXT, STORABLE, max_size=3), st.booleans())
def test_everything_that_can_be_stored_is_read(value: dict[str, Any], escaped: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=escaped).encode()) == value


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        found = parse(body)
    except ParseError:
        return
    assert isinstance(found, dict)
