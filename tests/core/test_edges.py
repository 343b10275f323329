"""The outermost layer: what is refused before, behind and beside the views."""

import json
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.contrib import admin
from django.test import RequestFactory
from rest_framework.test import APIClient

from config import env
from core.limits import Utf8Only
from core.models import ApiToken, Membership, Role, Scope, Tenant, User
from core.tokens import issue_named_token


def reach(content_type: str) -> tuple[str, bytes]:
    """Send a request of this content type through the layer; return the status and the body."""
    statuses: list[str] = []

    def application(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [])
        return [b"reached"]

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> object:
        statuses.append(status)
        return None

    body = Utf8Only(application)({"CONTENT_TYPE": content_type}, start_response)  # type: ignore[arg-type]  # enough of it
    return statuses[0], b"".join(body)


@pytest.mark.parametrize(
    "content_type", ["", "application/json", "application/json; charset=UTF-8", 'text/x; charset="utf8"']
)
def test_utf_8_passes(content_type: str) -> None:
    assert reach(content_type) == ("200 OK", b"reached")


@pytest.mark.parametrize("charset", ["zlib", "undefined", "idna", "latin-1", "utf-16"])
def test_another_encoding_is_refused(charset: str) -> None:
    status, body = reach(f"application/json; charset={charset}")

    assert status == "415 Unsupported Media Type"
    assert json.loads(body) == {"detail": "Send text in UTF-8.", "code": "unsupported_media_type"}


@pytest.mark.parametrize("method", ["get", "post", "delete", "options"])
def test_an_unknown_address_of_the_api_is_a_json_404(method: str, owner: APIClient) -> None:
    response = getattr(owner, method)("/api/nothing/of/the/kind/")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_platform_domains_are_compared_in_lower_case() -> None:
    assert env.hosts("HOSTS", (), environ={"HOSTS": "Example.COM, b.example"}) == ("example.com", "b.example")


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 403), (Role.OWNER, 204)])
def test_only_an_owner_revokes_an_owners_token(
    role: Role, status: int, tenant: Tenant, manager: APIClient, owner: APIClient
) -> None:
    boss = User.objects.create_user("boss@acme.example", None)
    held = Membership.objects.create(user=boss, tenant=tenant, role=Role.OWNER)
    token = issue_named_token(membership=held, name="till", scope=Scope.READ, expires_at=None).token
    client = owner if role is Role.OWNER else manager

    response = client.delete(f"/api/tokens/{token.pk}/")

    assert response.status_code == status
    assert ApiToken.objects.get(pk=token.pk).revoked_at is None or role is Role.OWNER


@pytest.mark.parametrize(
    ("is_superuser", "readonly"),
    [(True, ()), (False, ("is_staff", "is_superuser", "groups", "user_permissions"))],
)
def test_only_a_superuser_hands_out_powers(is_superuser: bool, readonly: tuple[str, ...]) -> None:
    request = RequestFactory().get("/admin/")
    request.user = User(email="support@platform.example", is_staff=True, is_superuser=is_superuser)

    assert admin.site._registry[User].get_readonly_fields(request) == readonly


@pytest.mark.parametrize("value", ["banana", "1", "\x00"])
def test_a_flag_that_is_none_is_refused(value: str, manager: APIClient) -> None:
    response = manager.get("/api/team/", {"is_active": value})

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["is_active"]
