"""An export as a stream of bytes, at the speed at which the database can write it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

from core.models import Tenant
from exports.cursors import Cursor
from exports.envelopes import Envelope, envelope_of
from exports.formats import Format
from exports.pipe import Pipe
from exports.requests import ExportRequest
from exports.session import Session, open_session
from exports.spreadsheets import MOST_ROWS, refuse_what_does_not_fit, write_spreadsheet
from exports.sql import columns_of, statement_for

# A row of JSON holds no control characters, so nothing in it is ever quoted: COPY sends it as it is. In COPY's text
# format every backslash would be doubled.
_COPY_OPTIONS = {
    Format.CSV: "FORMAT csv",
    Format.JSON: "FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02', ESCAPE E'\\x02'",
    Format.NDJSON: "FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02', ESCAPE E'\\x02'",
}


class ExportBroken(Exception):
    """The database sent another number of rows than it says it did."""


class ExportStream:
    """The bytes of one export, to be read once and closed.

    `rows` counts those read so far, `is_complete` is true once the last byte has been read. `cursor` is what asks for
    what changed since. Reading raises whatever interrupted the export; what was read until then is no file.
    """

    def __init__(self, session: Session, envelope: Envelope, cursor: Cursor) -> None:
        self.cursor = cursor
        self.is_complete = False
        self._session = session
        self._envelope = envelope
        self._pipe: Pipe | None = None
        self._rows_sent: int | None = None

    @property
    def rows(self) -> int:
        """How many rows have been read."""
        return self._envelope.rows

    def __iter__(self) -> Iterator[bytes]:
        """Yield the first bytes at once, the rows as they come, and the end."""
        head = self._envelope.head()
        if head:
            yield head
        assert self._pipe is not None
        for chunk in self._pipe:
            yield self._envelope.body(chunk)
        if self._rows_sent != self.rows:
            raise ExportBroken(f"{self.rows} rows were read and {self._rows_sent} were sent")
        tail = self._envelope.tail()
        if tail:
            yield tail
        self.is_complete = True

    def close(self) -> None:
        """Stop the database where it is and give its connection back. Harmless to repeat."""
        if self._pipe is not None:
            self._pipe.close()
        self._session.close()

    def _feed(self, produce: Callable[[IO[bytes]], int], while_waiting: Callable[[], None]) -> None:
        def run(file: IO[bytes]) -> None:
            try:
                self._rows_sent = produce(file)
            finally:
                self._session.close()

        self._pipe = Pipe(run, interrupt=self._session.cancel, while_waiting=while_waiting)


def open_export(
    request: ExportRequest,
    *,
    tenant: Tenant,
    now: datetime,
    while_waiting: Callable[[], None] = lambda: None,
    most_spreadsheet_rows: int = MOST_ROWS,
) -> ExportStream:
    """Begin an export of the tenant's rows; close the stream whatever happens.

    `while_waiting` is called now and then while no bytes come; what it raises ends the export.
    Raises FieldError for rows that do not fit into the format, OperationalError when the database does not answer.
    """
    session = open_session(tenant)
    try:
        cursor = Cursor(request.dataset.key, request.dataset.version, session.complete_until)
        columns = columns_of(request)
        envelope = envelope_of(
            request.format,
            columns=columns,
            bom=request.bom,
            members=_members(request, cursor, zone=tenant.zone, now=now),
        )
        text = session.text_of(statement_for(request, zone=tenant.zone))
        stream = ExportStream(session, envelope, cursor)
        if request.format is Format.XLSX:
            refuse_what_does_not_fit(session, text, columns, most_rows=most_spreadsheet_rows)
            stream._feed(lambda file: write_spreadsheet(session, text, columns, file, envelope), while_waiting)
        else:
            stream._feed(lambda file: _copy(session, text, request.format, file), while_waiting)
    except BaseException:
        session.close()
        raise
    return stream


def _copy(session: Session, text: str, chosen: Format, file: IO[bytes]) -> int:
    with session.connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({text}) TO STDOUT WITH ({_COPY_OPTIONS[chosen]})", file)
        return int(cursor.rowcount)


def _members(request: ExportRequest, cursor: Cursor, *, zone: ZoneInfo, now: datetime) -> dict[str, object]:
    return {
        "dataset": request.dataset.key,
        "schema_version": request.dataset.version,
        "generated_at": now.astimezone(zone).isoformat(),
        "timezone": str(zone),
        "filters": dict(request.filters),
        "cursor": cursor.token,
    }
