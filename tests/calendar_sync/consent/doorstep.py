"""The product behind a real port, for servers that knock before they promise anything."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.handlers.wsgi import WSGIHandler


class Quiet(WSGIRequestHandler):
    """Handles requests without a word."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def doorstep() -> Iterator[int]:
    """Answer requests on a free port of this machine; yield the port.

    What a test has not committed is not seen there.
    """
    with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join(5)
