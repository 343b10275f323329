"""What is known about the request being served, for the audit log; empty outside a request."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

from core.limits import client_ip

REQUEST_ID_PATTERN = re.compile(r"[A-Za-z0-9._-]{8,64}")


@dataclass(frozen=True)
class RequestFacts:
    """The caller's address, the id under which the request can be found in logs, and who acts in the caller's place.

    `impersonator_id` is the id of somebody of the platform's staff, None for people acting as themselves.
    """

    ip_address: str | None = None
    request_id: str = ""
    impersonator_id: int | None = None
    impersonator_label: str = ""


_facts: ContextVar[RequestFacts] = ContextVar("request_facts", default=RequestFacts())


def current_request_facts() -> RequestFacts:
    """Return the facts of the running request."""
    return _facts.get()


def note_impersonator(*, user_id: int, label: str) -> None:
    """Say who acts in the caller's place until the request ends; everything recorded meanwhile carries it."""
    _facts.set(replace(_facts.get(), impersonator_id=user_id, impersonator_label=label))


class RequestContextMiddleware:
    """Gives each request an id (the caller's `X-Request-ID` where it is well-formed) and returns it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request with its facts in place."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID_PATTERN.fullmatch(given) else secrets.token_hex(16)
        token = _facts.set(RequestFacts(ip_address=client_ip(request), request_id=request_id))
        try:
            response = self.get_response(request)
        finally:
            _facts.reset(token)
        response.headers["X-Request-ID"] = request_id
        return response
