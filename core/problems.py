"""From an exception to the body of an error answer: `{detail, code, …}`, never a stack trace."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response

from core.errors import DomainError, TooManyRequests
from core.refusals import tell_of_refusal

log = logging.getLogger(__name__)

LOCK_NOT_AVAILABLE = "55P03"
QUERY_CANCELED = "57014"
DEADLOCK_DETECTED = "40P01"
SERIALIZATION_FAILURE = "40001"
FOREIGN_KEY_VIOLATION = "23503"
UNIQUE_VIOLATION = "23505"
OVERTAKEN_BY_OTHERS = {
    FOREIGN_KEY_VIOLATION: "Something this refers to was deleted a moment ago. Load it again.",
    UNIQUE_VIOLATION: "Somebody else made the same a moment ago. Load it again.",
}
BUSY_CODES = frozenset({LOCK_NOT_AVAILABLE, QUERY_CANCELED, DEADLOCK_DETECTED, SERIALIZATION_FAILURE})

CODES = {
    status.HTTP_401_UNAUTHORIZED: "not_authenticated",
    status.HTTP_403_FORBIDDEN: "permission_denied",
    status.HTTP_404_NOT_FOUND: "not_found",
    status.HTTP_405_METHOD_NOT_ALLOWED: "method_not_allowed",
    status.HTTP_406_NOT_ACCEPTABLE: "not_acceptable",
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
    status.HTTP_429_TOO_MANY_REQUESTS: "too_many_requests",
}


def respond(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the answer to an exception a view raised; None lets an unexpected one through to the server's log."""
    if isinstance(error, DomainError):
        tell_of_refusal(error)
        return _answer_to_refusal(error)
    if isinstance(error, exceptions.ValidationError):
        return _answer_to_bad_fields(error)
    if isinstance(error, Http404):
        return _problem(status.HTTP_404_NOT_FOUND, "Not found.", "not_found")
    if isinstance(error, DjangoPermissionDenied):
        return _problem(status.HTTP_403_FORBIDDEN, "This is not allowed.", "permission_denied")
    if isinstance(error, RequestDataTooBig):
        return _problem(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, "The body is too large.", "body_too_large")
    if isinstance(error, exceptions.APIException):
        return _answer_to_api_error(error)
    if isinstance(error, OperationalError | DataError | IntegrityError):
        return _answer_to_database_error(error)
    return None


def _answer_to_refusal(error: DomainError) -> Response:
    response = Response(error.body, status=error.status)
    if isinstance(error, TooManyRequests):
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


def _answer_to_bad_fields(error: exceptions.ValidationError) -> Response:
    errors = error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}
    return Response({"detail": _first_message(errors), "code": "invalid", "errors": errors}, status=error.status_code)


def _answer_to_api_error(error: exceptions.APIException) -> Response:
    code = "invalid" if error.status_code == status.HTTP_400_BAD_REQUEST else CODES.get(error.status_code, "error")
    if isinstance(error, exceptions.ParseError):
        code = "malformed"
    response = _problem(error.status_code, str(error.detail), code)
    wait: float | None = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(max(int(wait), 1))
    challenge = getattr(error, "auth_header", None)
    if challenge:
        response["WWW-Authenticate"] = challenge
    return response


def _answer_to_database_error(error: Exception) -> Response | None:
    sql_state = getattr(error.__cause__, "pgcode", None)
    if sql_state in BUSY_CODES:
        response = _problem(status.HTTP_503_SERVICE_UNAVAILABLE, "The database is busy. Try again in a moment.", "busy")
        response["Retry-After"] = "1"
        return response
    if sql_state in OVERTAKEN_BY_OTHERS:
        return _problem(status.HTTP_409_CONFLICT, OVERTAKEN_BY_OTHERS[sql_state], "conflict")
    if isinstance(error, DataError):
        log.warning("a value passed validation and was refused by the database: %s", error)
        return _problem(status.HTTP_400_BAD_REQUEST, "A value is out of the range that can be stored.", "invalid")
    return None


def _problem(status_code: int, detail: str, code: str) -> Response:
    return Response({"detail": detail, "code": code}, status=status_code)


def _first_message(errors: Any, path: str = "") -> str:
    if not errors:
        return "Invalid."
    if isinstance(errors, dict):
        key, value = next(iter(errors.items()))
        return _first_message(value, path if key == "non_field_errors" else f"{path}.{key}".lstrip("."))
    if isinstance(errors, list):
        broken = next(((number, item) for number, item in enumerate(errors) if item), (0, ""))
        deeper = f"{path}[{broken[0]}]" if isinstance(broken[1], dict | list) else path
        return _first_message(broken[1], deeper)
    return f"{path}: {errors}" if path else str(errors)
