"""Requests made up from the API's own description: whatever they contain, the server answers and never breaks."""

from typing import Any, cast
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.db import transaction
from django.http import HttpResponseBase
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from rest_framework.test import APIClient

schema = schemathesis.openapi.from_dict(SchemaGenerator(urlconf="config.urls").get_schema(public=True))


def send(client: APIClient, case: schemathesis.Case[Any]) -> HttpResponseBase:
    """Send a case through Django's own test client, inside the test's transaction."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url="http://acme.localhost")).prepare()
    target = urlsplit(str(prepared.url))
    headers = {name: str(value) for name, value in prepared.headers.items() if name.lower() != "content-type"}
    response: HttpResponseBase = client.generic(
        str(prepared.method),
        f"{target.path}?{target.query}",
        data=cast("Any", prepared.body or b""),  # bytes are passed on as they are
        content_type=str(prepared.headers.get("Content-Type", "application/json")),
        headers=headers,
    )
    return response


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_no_request_breaks_the_server(case: schemathesis.Case[Any], owner: APIClient) -> None:
    with transaction.atomic():
        response = send(owner, case)
        transaction.set_rollback(True)

    assert response.status_code < 500, f"{case.method} {case.formatted_path}: {case.query} {case.body!r}"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"a": NaN}', b'{"name": "a\\u0000b"}', b"[" * 100_000],
    ids=["empty", "cut", "list", "null", "text", "not-utf-8", "nan", "nul", "deep"],
)
def test_a_body_that_is_no_json_object_is_a_400(body: bytes, owner: APIClient) -> None:
    response = owner.generic("POST", "/api/customers/", data=cast("Any", body), content_type="application/json")

    assert response.status_code == 400
    assert {"detail", "code"} <= response.json().keys()


def test_a_body_of_ten_megabytes_is_refused(owner: APIClient) -> None:
    response = owner.post("/api/customers/", {"name": "x" * 10_000_000}, format="json")

    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"
