"""Every failure of a view, and the body its caller gets."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, connection
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from core.errors import (
    Conflict,
    DomainError,
    FieldError,
    Forbidden,
    Missing,
    StaleWrite,
    TooManyRequests,
    Unprocessable,
)


def answer_to(failing: Callable[[Request], Any], **initkwargs: Any) -> Response:
    """Call a view whose `post` does what `failing` does."""

    class FailingView(APIView):
        authentication_classes = ()
        permission_classes = ()

        def post(self, request: Request) -> Response:
            return Response(failing(request))

    response: Response = FailingView.as_view(**initkwargs)(APIRequestFactory().post("/", {}, format="json"))
    return response


def answer_to_error(error: Exception) -> tuple[int, Any]:
    """The status and body of the answer to a view that raises `error`."""

    def fail(_request: Request) -> None:
        raise error

    response = answer_to(fail)
    return response.status_code, response.data


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (DomainError("No."), 400, {"detail": "No.", "code": "invalid"}),
        (DomainError("No.", code="odd", hint=1), 400, {"detail": "No.", "code": "odd", "hint": 1}),
        (
            FieldError("name", "Too short."),
            400,
            {"detail": "name: Too short.", "code": "invalid", "errors": {"name": ["Too short."]}},
        ),
        (
            FieldError("name", "Taken.", code="taken", choices=["b"]),
            400,
            {"detail": "name: Taken.", "code": "taken", "errors": {"name": ["Taken."]}, "choices": ["b"]},
        ),
        (Forbidden("No."), 403, {"detail": "No.", "code": "permission_denied"}),
        (Missing("Gone."), 404, {"detail": "Gone.", "code": "not_found"}),
        (Conflict("Taken."), 409, {"detail": "Taken.", "code": "conflict"}),
        (StaleWrite("Old."), 412, {"detail": "Old.", "code": "stale_version"}),
        (Unprocessable("Odd."), 422, {"detail": "Odd.", "code": "unprocessable"}),
        (Http404("secret path"), 404, {"detail": "Not found.", "code": "not_found"}),
        (DjangoPermissionDenied("secret"), 403, {"detail": "This is not allowed.", "code": "permission_denied"}),
        (RequestDataTooBig("big"), 413, {"detail": "The body is too large.", "code": "body_too_large"}),
        (exceptions.ParseError("Bad."), 400, {"detail": "Bad.", "code": "malformed"}),
        (exceptions.NotFound(), 404, {"detail": "Not found.", "code": "not_found"}),
        (
            exceptions.PermissionDenied(),
            403,
            {"detail": "You do not have permission to perform this action.", "code": "permission_denied"},
        ),
        (
            exceptions.MethodNotAllowed("PUT"),
            405,
            {"detail": 'Method "PUT" not allowed.', "code": "method_not_allowed"},
        ),
        (
            exceptions.NotAcceptable(),
            406,
            {"detail": "Could not satisfy the request Accept header.", "code": "not_acceptable"},
        ),
        (
            exceptions.UnsupportedMediaType("text/csv"),
            415,
            {"detail": 'Unsupported media type "text/csv" in request.', "code": "unsupported_media_type"},
        ),
        (exceptions.APIException("Down."), 500, {"detail": "Down.", "code": "error"}),
    ],
)
def test_a_failure_and_its_answer(error: Exception, status: int, body: dict[str, Any]) -> None:
    assert answer_to_error(error) == (status, body)


@pytest.mark.parametrize(
    ("detail", "body"),
    [
        ("No.", {"detail": "No.", "code": "invalid", "errors": {"non_field_errors": ["No."]}}),
        (["No.", "Nor."], {"detail": "No.", "code": "invalid", "errors": {"non_field_errors": ["No.", "Nor."]}}),
        (
            {"name": ["Short."], "size": ["Big."]},
            {"detail": "name: Short.", "code": "invalid", "errors": {"name": ["Short."], "size": ["Big."]}},
        ),
        (
            {"lines": [{}, {"amount": ["Low."]}]},
            {
                "detail": "lines[1].amount: Low.",
                "code": "invalid",
                "errors": {"lines": [{}, {"amount": ["Low."]}]},
            },
        ),
        (
            {"address": {"city": {"name": ["Unknown."]}}},
            {
                "detail": "address.city.name: Unknown.",
                "code": "invalid",
                "errors": {"address": {"city": {"name": ["Unknown."]}}},
            },
        ),
        (
            {"lines": {"non_field_errors": ["Empty."]}},
            {"detail": "lines: Empty.", "code": "invalid", "errors": {"lines": {"non_field_errors": ["Empty."]}}},
        ),
        ({}, {"detail": "Invalid.", "code": "invalid", "errors": {}}),
        ([], {"detail": "Invalid.", "code": "invalid", "errors": {"non_field_errors": []}}),
    ],
)
def test_fields_that_cannot_be_used(detail: Any, body: dict[str, Any]) -> None:
    assert answer_to_error(serializers.ValidationError(detail)) == (400, body)


def test_the_first_message_of_a_list_of_objects() -> None:
    class Line(serializers.Serializer[Any]):
        amount = serializers.IntegerField(min_value=1)

    def fail(_request: Request) -> None:
        Line(data=[{"amount": 1}, {"amount": 0}], many=True).is_valid(raise_exception=True)

    response = answer_to(fail)

    assert (response.status_code, response.data) == (
        400,
        {
            "detail": "1.amount: Ensure this value is greater than or equal to 1.",
            "code": "invalid",
            "errors": {1: {"amount": ["Ensure this value is greater than or equal to 1."]}},
        },
    )


def test_whoever_is_nobody_is_told_how_to_sign_in() -> None:
    class TokenView(APIView):
        def get(self, request: Request) -> Response:
            return Response()

    request = APIRequestFactory().get("/")
    response = TokenView.as_view()(request)

    assert (response.status_code, response.data, response["WWW-Authenticate"]) == (
        401,
        {"detail": "Authentication credentials were not provided.", "code": "not_authenticated"},
        "Token",
    )


def test_a_caller_who_must_wait_is_told_how_long() -> None:
    def fail(_request: Request) -> None:
        raise TooManyRequests("Wait.", retry_after_seconds=42, code="locked_out")

    response = answer_to(fail)

    assert (response.status_code, response.data, response["Retry-After"]) == (
        429,
        {"detail": "Wait.", "code": "locked_out"},
        "42",
    )


@pytest.mark.parametrize(("wait", "seconds"), [(0.0, "1"), (0.2, "1"), (59.9, "60"), (None, None)])
def test_a_throttled_caller_is_told_how_long(wait: float | None, seconds: str | None) -> None:
    def fail(_request: Request) -> None:
        raise exceptions.Throttled(wait)

    response = answer_to(fail)

    assert (response.status_code, response.data["code"], response.get("Retry-After")) == (
        429,
        "too_many_requests",
        seconds,
    )


def raise_in_database(sql_state: str) -> Callable[[Request], None]:
    """Return a handler in which PostgreSQL raises this SQLSTATE."""

    def fail(_request: Request) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE SQLSTATE '{sql_state}'; END $$")

    return fail


@pytest.mark.parametrize("sql_state", ["55P03", "57014", "40P01", "40001"])
def test_a_busy_database(sql_state: str, db: None) -> None:
    response = answer_to(raise_in_database(sql_state))

    assert (response.status_code, response.data, response["Retry-After"]) == (
        503,
        {"detail": "The database is busy. Try again in a moment.", "code": "busy"},
        "1",
    )


def test_a_statement_that_takes_too_long(db: None) -> None:
    def fail(_request: Request) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '5ms'")
            cursor.execute("SELECT pg_sleep(1)")

    response = answer_to(fail)

    assert (response.status_code, response.data["code"]) == (503, "busy")


@pytest.mark.parametrize("sql_state", ["22003", "22021", "22P05"])
def test_a_value_the_database_refuses(sql_state: str, db: None, caplog: pytest.LogCaptureFixture) -> None:
    response = answer_to(raise_in_database(sql_state))

    assert (response.status_code, response.data) == (
        400,
        {"detail": "A value is out of the range that can be stored.", "code": "invalid"},
    )
    assert [record.levelname for record in caplog.records if record.name == "core.problems"] == ["WARNING"]


@pytest.mark.parametrize(
    ("sql_state", "detail"),
    [
        ("23503", "Something this refers to was deleted a moment ago. Load it again."),
        ("23505", "Somebody else made the same a moment ago. Load it again."),
    ],
)
def test_somebody_else_was_faster(sql_state: str, detail: str, db: None) -> None:
    response = answer_to(raise_in_database(sql_state))

    assert (response.status_code, response.data) == (409, {"detail": detail, "code": "conflict"})


@pytest.mark.parametrize("sql_state", ["23514", "53300", "42P01"])
def test_a_database_error_nobody_expected_reaches_the_log(sql_state: str, db: None) -> None:
    from django.db import DatabaseError

    with pytest.raises(DatabaseError):
        answer_to(raise_in_database(sql_state))


@pytest.mark.parametrize("error", [RuntimeError("bug"), KeyError("bug"), IntegrityError("bug")])
def test_a_bug_reaches_the_log(error: Exception) -> None:
    with pytest.raises(type(error)):
        answer_to_error(error)
