"""The bytes around the rows, however the stream is cut."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from core.datasets import Column, ColumnType
from exports.envelopes import CsvEnvelope, JsonEnvelope, NdjsonEnvelope

COLUMNS = [Column("name", ColumnType.TEXT, "name", ""), Column("notes", ColumnType.TEXT, "notes", "")]
# The texts that matter to CSV; a record of PostgreSQL never has a NUL.
texts = st.text(alphabet=st.sampled_from('ab,"\n\r;é🎉'), max_size=8)
cuts = st.lists(st.integers(1, 12), min_size=1, max_size=40)


def quoted(text: str) -> str:
    """Write a cell as PostgreSQL does."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(',"\r\n') else text


def pieces(whole: bytes, sizes: list[int]) -> list[bytes]:
    """Cut `whole` into pieces of the given sizes, over and over."""
    found, at, number = [], 0, 0
    while at < len(whole):
        size = sizes[number % len(sizes)]
        found.append(whole[at : at + size])
        at, number = at + size, number + 1
    return found


@given(rows=st.lists(st.tuples(texts, texts), max_size=8), sizes=cuts)
def test_csv_ends_records_with_crlf_and_keeps_every_text(rows: list[tuple[str, str]], sizes: list[int]) -> None:
    source = "".join(f"{quoted(name)},{quoted(notes)}\n" for name, notes in rows)
    envelope = CsvEnvelope(COLUMNS, bom=False)

    body = envelope.head() + b"".join(envelope.body(piece) for piece in pieces(source.encode(), sizes))
    body += envelope.tail()

    assert list(csv.reader(io.StringIO(body.decode(), newline=""))) == [["name", "notes"], *map(list, rows)]
    assert body.decode() == "name,notes\r\n" + "".join(f"{quoted(name)},{quoted(notes)}\r\n" for name, notes in rows)
    assert envelope.rows == len(rows)


@given(rows=st.lists(st.dictionaries(texts, texts, max_size=2), max_size=8), sizes=cuts)
def test_json_is_valid_however_the_rows_are_cut(rows: list[dict[str, str]], sizes: list[int]) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    envelope = JsonEnvelope({"dataset": "x", "filters": {}})

    body = envelope.head() + b"".join(envelope.body(piece) for piece in pieces(lines, sizes)) + envelope.tail()

    assert json.loads(body) == {"dataset": "x", "filters": {}, "data": rows, "count": len(rows)}


@given(count=st.integers(0, 9), sizes=cuts)
def test_ndjson_passes_and_counts(count: int, sizes: list[int]) -> None:
    lines = b'{"a":1}\n' * count
    envelope = NdjsonEnvelope()

    assert b"".join(envelope.body(piece) for piece in pieces(lines, sizes)) == lines
    assert envelope.rows == count


def test_a_byte_order_mark_comes_first() -> None:
    assert CsvEnvelope(COLUMNS, bom=True).head() == b"\xef\xbb\xbfname,notes\r\n"
