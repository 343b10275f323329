# ruff: noqa: S608  # statements are put together from the datasets' own SQL; what callers say is always a parameter
"""The one statement that reads an export, with every cell written as its format needs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from core.datasets import Column, ColumnType
from exports.formats import Format
from exports.requests import ExportRequest
from exports.values import sql_value

DELETED_AT = Column("deleted_at", ColumnType.TIMESTAMP, "NULL::timestamptz", "When the row was deleted.")
"""The column that increments have after all others."""

FORMULA_STARTS = "=+-@\t\r＝＋－＠"
"""What makes a spreadsheet take a text for a formula; a text that begins with it gets a leading apostrophe."""

LIST_SEPARATOR = ";"
"""Between the elements of a list in one cell. Within an element it is written \\; and a backslash \\\\."""

_STARTS = ", ".join(str(ord(character)) for character in FORMULA_STARTS)


@dataclass(frozen=True)
class Statement:
    """A SELECT and its parameters, by name."""

    sql: str
    parameters: Mapping[str, Any]


def columns_of(request: ExportRequest) -> tuple[Column, ...]:
    """Return the columns of the export, in order."""
    known = request.dataset.columns_by_name
    chosen = tuple(known[name] for name in request.fields)
    return (*chosen, DELETED_AT) if request.since else chosen


def rows_as_cells(request: ExportRequest, *, zone: ZoneInfo) -> Statement:
    """Return the statement for CSV: one text, number or NULL per cell, texts neutralised."""
    return _statement(request, zone, _CSV_CELLS)


def rows_as_texts(request: ExportRequest, *, zone: ZoneInfo) -> Statement:
    """Return the statement for cells that know their type: as for CSV, but nothing neutralised."""
    return _statement(request, zone, _PLAIN_CELLS)


def rows_as_json(request: ExportRequest, *, zone: ZoneInfo) -> Statement:
    """Return the statement for JSON: one object per row, without line breaks."""
    inner = _statement(request, zone, _JSON_CELLS)
    return Statement(f"SELECT row_to_json(line) FROM ({inner.sql}) line", inner.parameters)


def statement_for(request: ExportRequest, *, zone: ZoneInfo) -> Statement:
    """Return the statement of the request's format."""
    if request.format is Format.CSV:
        return rows_as_cells(request, zone=zone)
    if request.format is Format.XLSX:
        return rows_as_texts(request, zone=zone)
    return rows_as_json(request, zone=zone)


Cells = Mapping[ColumnType, Callable[[str], str]]


def _statement(request: ExportRequest, zone: ZoneInfo, cells: Cells) -> Statement:
    dataset = request.dataset
    conditions, parameters = _conditions(request, zone)
    known = dataset.columns_by_name
    chosen = [_named(known[name], cells) for name in request.fields]
    if request.since is None:
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return Statement(
            f"SELECT {', '.join(chosen)} FROM {dataset.source}{where} ORDER BY {dataset.identity}", parameters
        )
    parameters["since"] = request.since.at
    conditions.append(f"{dataset.changed} >= %(since)s")
    changed = (
        f"SELECT {', '.join([*chosen, _named(DELETED_AT, cells)])} FROM {dataset.source}"
        f" WHERE {' AND '.join(conditions)}"
    )
    tombstones = f" UNION ALL {_tombstones(request, cells)}" if dataset.deleted else ""
    return Statement(f'{changed}{tombstones} ORDER BY "{dataset.identity_column.name}"', parameters)


def _conditions(request: ExportRequest, zone: ZoneInfo) -> tuple[list[str], dict[str, Any]]:
    conditions, parameters = [], {}
    for name, value in request.filters.items():
        one = request.dataset.filters_by_name[name]
        conditions.append(f"({one.sql.replace('%(value)s', f'%({name})s')})")
        parameters[name] = sql_value(value, one, zone=zone)
    return conditions, parameters


def _tombstones(request: ExportRequest, cells: Cells) -> str:
    """Return a SELECT of the deleted rows: their identity and the moment, NULL in every other column."""
    identity = request.dataset.identity_column
    cast = "uuid" if identity.type is ColumnType.UUID else "bigint"
    values = [f"gone.row_id::{cast}" if name == identity.name else "NULL" for name in request.fields]
    values.append(cells[ColumnType.TIMESTAMP]("gone.deleted_at"))
    return f"SELECT {', '.join(values)} FROM ({request.dataset.deleted}) gone WHERE gone.deleted_at >= %(since)s"


def _named(column: Column, cells: Cells) -> str:
    return f'{cells[column.type](column.sql)} AS "{column.name}"'


def _as_it_is(sql: str) -> str:
    return sql


def _word(sql: str) -> str:
    return f"({sql})::text"


def _neutral(sql: str) -> str:
    return f"CASE WHEN ascii({sql}) IN ({_STARTS}) THEN '''' || {sql} ELSE {sql} END"


def _local_time(sql: str) -> str:
    """Write ISO 8601 with the session's offset, as JSON does: many times faster than to_char."""
    return f"btrim(to_json({sql})::text, '\"')"


def _numbers(sql: str) -> str:
    return f"array_to_string({sql}, '{LIST_SEPARATOR}')"


def _texts(sql: str) -> str:
    """Join a list, looking at its elements only where one of them needs escaping."""
    joined = f"array_to_string({sql}, '')"
    escaped = (
        f"(SELECT string_agg(regexp_replace(element, '([;\\\\])', '\\\\\\1', 'g'), ';' ORDER BY place)"
        f" FROM unnest({sql}) WITH ORDINALITY AS listed (element, place))"
    )
    return (
        f"CASE WHEN strpos({joined}, ';') > 0 OR strpos({joined}, '\\') > 0 THEN {escaped}"
        f" ELSE array_to_string({sql}, ';') END"
    )


def _neutral_texts(sql: str) -> str:
    return f"CASE WHEN ascii(({sql})[1]) IN ({_STARTS}) THEN '''' ELSE '' END || {_texts(sql)}"


def _never_null(sql: str) -> str:
    return f"coalesce({sql}, '{{}}')"


_PLAIN_CELLS: Cells = {
    ColumnType.TEXT: _as_it_is,
    ColumnType.CODE: _as_it_is,
    ColumnType.INTEGER: _as_it_is,
    ColumnType.BOOLEAN: _as_it_is,
    ColumnType.TIMESTAMP: _local_time,
    ColumnType.UUID: _as_it_is,
    ColumnType.INTEGERS: _numbers,
    ColumnType.TEXTS: _texts,
}
_CSV_CELLS: Cells = {
    **_PLAIN_CELLS,
    ColumnType.TEXT: _neutral,
    ColumnType.BOOLEAN: _word,
    ColumnType.TEXTS: _neutral_texts,
}
_JSON_CELLS: Cells = {
    **dict.fromkeys(ColumnType, _as_it_is),
    ColumnType.INTEGERS: _never_null,
    ColumnType.TEXTS: _never_null,
}
