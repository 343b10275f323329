"""Limits every request meets before any view: size, address, time in the database."""

import ipaddress
import json
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse, JsonResponse

WEB_CONNECTION_LIMITS = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "client_connection_check_interval": "1s",
}
MAX_LENGTH_DIGITS = 18  # Python refuses to convert thousands of them


class BodySizeMiddleware:
    """Refuses a body larger than MAX_BODY_BYTES before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to a body that is too large, 400 to a length that is no number."""
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if not length.isdecimal():
            return JsonResponse({"detail": "Content-Length is not a number.", "code": "invalid"}, status=400)
        if len(length) > MAX_LENGTH_DIGITS or int(length) > settings.MAX_BODY_BYTES:
            return JsonResponse(
                {
                    "detail": f"The body may have at most {settings.MAX_BODY_BYTES} bytes; this one has {length}.",
                    "code": "body_too_large",
                },
                status=413,
            )
        return self.get_response(request)


class Utf8Only:
    """Refuses a request in another encoding than UTF-8, before Django tries to read its address in it."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer 415 to a `charset` other than UTF-8."""
        charset = Message()
        charset["Content-Type"] = environ.get("CONTENT_TYPE") or "application/json"
        if str(charset.get_param("charset", "utf-8")).lower() in {"utf-8", "utf8"}:
            return self.application(environ, start_response)
        body = json.dumps({"detail": "Send text in UTF-8.", "code": "unsupported_media_type"}).encode()
        start_response(
            "415 Unsupported Media Type",
            [("Content-Type", "application/json"), ("Content-Length", str(len(body)))],
        )
        return [body]


def client_ip(request: HttpRequest) -> str | None:
    """Return the caller's address, believing TRUSTED_PROXIES entries of X-Forwarded-For from the right.

    An IPv6 zone (`%eth0`) is left out: PostgreSQL stores none.
    """
    candidate = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if forwarded:
            candidate = forwarded[-min(settings.TRUSTED_PROXIES, len(forwarded))]
    try:
        return str(ipaddress.ip_address(candidate.partition("%")[0]))
    except ValueError:
        return None


def limit_web_connections() -> None:
    """Put time limits on every database connection this process opens from now on. For web processes only."""
    connection_created.connect(_apply_web_limits, dispatch_uid="core.limits")


def _apply_web_limits(connection: BaseDatabaseWrapper, **_: Any) -> None:
    with connection.connection.cursor() as cursor:
        for name, value in WEB_CONNECTION_LIMITS.items():
            cursor.execute(f"SET {name} = '{value}'")
