"""The response that carries an export: noted in the audit log, never taken for complete when it is not."""

import logging
import select
import socket
import ssl
import struct
from collections.abc import Iterator
from contextvars import copy_context
from datetime import datetime

from django.db import DatabaseError
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request

from core.audit import record
from core.models import Tenant, User
from exports.compression import accepts_gzip, gzipped
from exports.requests import ExportRequest
from exports.streaming import ExportStream, open_export

log = logging.getLogger(__name__)

MOST_SPREADSHEET_ROWS = 200_000
"""More would keep a browser waiting for minutes without a byte; a job may take its time."""
STALLED_AFTER_SECONDS = 60.0
"""How long the caller may take for one piece before the export is given up."""
_CLOSE_BY_RESET = struct.pack("ii", 1, 0)


class CallerGone(Exception):
    """The caller has closed the connection."""


def respond_with_export(request: Request, asked: ExportRequest, *, tenant: Tenant, now: datetime) -> HttpResponseBase:
    """Return the response to GET, or its headers to HEAD."""
    if request.method == "HEAD":
        response = StreamingHttpResponse(())  # a plain one would claim a length of 0
        compressed = False
    else:
        line = Line(request)
        stream = open_export(
            asked,
            tenant=tenant,
            now=now,
            while_waiting=line.require_caller,
            most_spreadsheet_rows=MOST_SPREADSHEET_ROWS,
        )
        compressed = not asked.format.is_compressed and accepts_gzip(request.headers.get("Accept-Encoding", ""))
        actor = request.user if isinstance(request.user, User) else None
        response = StreamingHttpResponse(Download(stream, asked, line, tenant, actor, compressed=compressed))
        response["Export-Cursor"] = stream.cursor.token
    if compressed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding", "Authorization", "Cookie"])
    response["Content-Type"] = asked.format.content_type
    response["Content-Disposition"] = f'attachment; filename="{file_name(asked, tenant=tenant, now=now)}"'
    response["Cache-Control"] = "no-store"
    return response


def file_name(asked: ExportRequest, *, tenant: Tenant, now: datetime) -> str:
    """Return what the file is called: business, dataset and local date."""
    return f"{tenant.schema_name}-{asked.dataset.key}-{now.astimezone(tenant.zone):%Y-%m-%d}.{asked.format.value}"


class Line:
    """The connection to the caller, where the server shows it."""

    def __init__(self, request: Request) -> None:
        self._socket: socket.socket | None = request.META.get("gunicorn.socket")
        self._ends_by_closing = request.META.get("SERVER_PROTOCOL") == "HTTP/1.0"

    def watch(self) -> None:
        """Give up on a caller who stays connected and does not read."""
        if self._socket is not None:
            self._socket.settimeout(STALLED_AFTER_SECONDS)

    def require_caller(self) -> None:
        """Raise CallerGone when the caller has hung up; meant for times when there is nothing to send."""
        if self._socket is None or isinstance(self._socket, ssl.SSLSocket):  # TLS has no look ahead
            return
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        if poll.poll(0) and self._socket.recv(1, socket.MSG_PEEK) == b"":
            raise CallerGone

    def break_off(self) -> None:
        """Make sure that an unfinished response is not taken for a short one.

        HTTP/1.1 shows it: the last chunk is missing. In HTTP/1.0 closing is the end of every response, so the
        connection is reset instead.
        """
        if self._socket is not None and self._ends_by_closing:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_BY_RESET)
            self._socket.close()


class Download:
    """The body of the response. The server closes it in any case: that frees everything and notes the export."""

    def __init__(
        self,
        stream: ExportStream,
        asked: ExportRequest,
        line: Line,
        tenant: Tenant,
        actor: User | None,
        *,
        compressed: bool,
    ) -> None:
        self._stream = stream
        self._asked = asked
        self._line = line
        self._tenant = tenant
        self._actor = actor
        self._compressed = compressed
        self._context = copy_context()  # the request's address and id, for the audit log
        self._is_complete = False
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield what is sent. Raises when the export breaks, so that the server breaks the response too."""
        self._line.watch()
        try:
            yield from gzipped(self._stream) if self._compressed else self._stream
        except Exception:
            log.exception("export of %s by %s broke off", self._asked.dataset.key, self._tenant)
            self._line.break_off()
            raise
        self._is_complete = True

    def close(self) -> None:
        """Stop the export and note it. Harmless to repeat."""
        if self._is_closed:
            return
        self._is_closed = True
        self._stream.close()
        try:
            self._context.run(self._note)
        except DatabaseError:
            log.exception("an export of %s by %s could not be noted", self._asked.dataset.key, self._tenant)

    def _note(self) -> None:
        record(
            "export.downloaded",
            tenant=self._tenant,
            actor=self._actor,
            object_label=self._asked.dataset.key,
            after={
                "dataset": self._asked.dataset.key,
                "format": self._asked.format.value,
                "filters": dict(self._asked.filters),
                "rows": self._stream.rows,
                "complete": self._is_complete,
            },
        )
