"""What the tests of every list and object of the API ask in the same way."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.active import activate
from core.models import Tenant

HUGE = 10**30
BAD_TEXT: tuple[object, ...] = ("", None, [], {}, True, "x" * 6000)
BAD_NUMBER: tuple[object, ...] = ("", "x", None, -1, 1.5, HUGE, [], {}, "9" * 400)
BAD_FLAG: tuple[object, ...] = ("", "perhaps", None, 2, [], {})
MALFORMED = (b"{", b"[]", b'"text"', b"null", b'{"name": NaN}', b'{"name": "a\\u0000b"}', b"\xff")


def bad(field: str, *values: object) -> list[tuple[str, object]]:
    """Return the pairs of a field and each of the values."""
    return [(field, value) for value in values]


def refusal(response: Any) -> tuple[int, list[str]]:
    """Return the status of an answer and the fields it names."""
    return response.status_code, sorted(response.json().get("errors", {}))


def problem(response: Any) -> tuple[int, str]:
    """Return the status of an answer and its code."""
    return response.status_code, response.json()["code"]


def send(client: APIClient, method: str, path: str, body: bytes) -> Any:
    """Send a body as it is, called JSON."""
    return client.generic(method, path, body, content_type="application/json")  # type: ignore[arg-type]  # Django takes bytes


def queries_of_a_list(tenant: Tenant, client: APIClient, path: str, add: Callable[[], object]) -> tuple[int, int]:
    """Return how many queries the list takes with one more row, and with three more."""
    client.get(path)  # the first request of a token notes its use

    def queries(rows: int) -> int:
        activate(tenant)
        for _ in range(rows):
            add()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        assert len(response.json()["results"]) >= rows
        return len(captured)

    return queries(1), queries(2)
