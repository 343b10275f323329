"""XLSX, written row by row into a temporary file: the format cannot be streamed, its memory can be kept small."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from core.datasets import Column, ColumnType
from core.errors import FieldError
from exports.envelopes import Envelope
from exports.pipe import CHUNK_BYTES
from exports.session import Session

MOST_ROWS = 1_048_575
"""Rows of a sheet, without the header."""
MOST_CHARACTERS = 32_767
"""Characters of a cell."""
_ROWS_AT_ONCE = 1000


class SpreadsheetUnfinished(Exception):
    """Writing ended before the last row."""


def refuse_what_does_not_fit(session: Session, select: str, columns: Sequence[Column], *, most_rows: int) -> None:
    """Raise FieldError when there are too many rows or a text is too long for a cell."""
    lengths = [f'length("{c.name}")' for c in columns if c.type in {ColumnType.TEXT, ColumnType.TEXTS, ColumnType.CODE}]
    longest = f"greatest({', '.join(lengths)}, 0)"
    with session.connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), coalesce(max({longest}), 0)"  # noqa: S608  # the export's own statement
            f" FROM ({select} LIMIT {most_rows + 1}) fitting"
        )
        rows, characters = cursor.fetchone() or (0, 0)
    if rows > most_rows:
        raise FieldError(
            "format",
            f"A spreadsheet holds at most {most_rows} rows here. Narrow the export by its filters or use csv.",
            code="too_many_rows",
        )
    if characters > MOST_CHARACTERS:
        raise FieldError(
            "format",
            f"A cell holds at most {MOST_CHARACTERS} characters, and one text has {characters}. Use csv.",
            code="text_too_long",
        )


def write_spreadsheet(
    session: Session, select: str, columns: Sequence[Column], file: IO[bytes], envelope: Envelope
) -> int:
    """Write the workbook to `file` and return the number of its rows, which the envelope is told too."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / "export.xlsx"
        rows = _write_workbook(session, select, columns, path)
        envelope.rows = rows
        with path.open("rb") as finished:
            copyfileobj(finished, file, CHUNK_BYTES)
    return rows


def _write_workbook(session: Session, select: str, columns: Sequence[Column], path: Path) -> int:
    # Memory stays small because finished rows go to disk; texts are written as texts, whatever they look like.
    with (
        Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)}) as book,
        session.connection.cursor("export") as cursor,
    ):
        sheet = book.add_worksheet("Export")
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name)
        sheet.freeze_panes(1, 0)
        cursor.itersize = _ROWS_AT_ONCE
        cursor.execute(select)
        number = 0
        for number, row in enumerate(cursor, start=1):
            if number > MOST_ROWS:
                raise SpreadsheetUnfinished("more rows came than fit into a sheet")
            if session.is_cancelled:
                raise SpreadsheetUnfinished("nobody waits for it any more")
            _write_row(sheet, number, row)
    return number


def _write_row(sheet: Worksheet, number: int, row: tuple[object, ...]) -> None:
    for place, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_boolean(number, place, value)
        elif isinstance(value, int):
            sheet.write_number(number, place, value)
        elif value is not None:
            sheet.write_string(number, place, str(value))
