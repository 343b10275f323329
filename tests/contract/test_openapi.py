"""What the API says about itself."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import validate
from rest_framework.test import APIClient

from core.models import Tenant

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """Return the description of the whole API."""
    found: dict[str, Any] = SchemaGenerator(urlconf="config.urls").get_schema(public=True)
    return found


def operations(description: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return every operation with its method and path."""
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_it_is_valid_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"] == "3.1.0"
    validate(description)


def test_every_operation_has_a_summary_and_a_tag(description: dict[str, Any]) -> None:
    bare = [name for name, operation in operations(description) if not (operation.get("summary") and operation["tags"])]

    assert bare == []


def test_operations_behind_a_sign_in_say_so(description: dict[str, Any]) -> None:
    silent = [
        name
        for name, operation in operations(description)
        if "401" in operation["responses"] and not {"403", "429"} <= operation["responses"].keys()
    ]

    assert silent == []


def test_every_error_has_detail_and_code(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    nameless = []
    for name, operation in operations(description):
        for status, response in operation["responses"].items():
            if not status.startswith(("4", "5")):
                continue
            reference = response["content"]["application/json"]["schema"].get("$ref", "")
            properties = schemas.get(reference.rpartition("/")[2], {}).get("properties", {})
            if not {"detail", "code"} <= properties.keys():
                nameless.append(f"{name} {status}")

    assert nameless == []


def test_schema_and_docs_are_served_on_both_kinds_of_host(tenant: Tenant) -> None:
    for host in ("localhost", "acme.localhost"):
        client = APIClient(SERVER_NAME=host)
        assert client.get("/api/schema/").json()["openapi"] == "3.1.0"
        page = client.get("/api/docs/")
        assert page.status_code == 200
        assert b"<script>" not in page.content
        assert b"cdn." not in page.content
