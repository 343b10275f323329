"""Who may export."""

import pytest
from rest_framework.test import APIClient

from core.entitlements import LOCKED_TEXT
from core.models import Tenant
from tests.fixtures import PutOnPlan

PATHS = ["/api/export/", *(f"/api/export/{name}/" for name in ("appointments", "customers", "resources", "services"))]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_is_told_to_sign_in(path: str, anonymous: APIClient) -> None:
    response = anonymous.get(path, {"format": "csv"})

    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("path", PATHS)
def test_staff_are_refused_whatever_the_plan(path: str, staff: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan("free")

    response = staff.get(path, {"nonsense": "1"})

    assert (response.status_code, response.json()["code"]) == (403, "role_required")
    assert response.json()["required_role"] == "manager"


@pytest.mark.parametrize("path", PATHS)
def test_the_free_plan_does_not_export(path: str, owner: APIClient, put_on_plan: PutOnPlan) -> None:
    put_on_plan("free")

    response = owner.get(path, {"nonsense": "1"})

    assert (response.status_code, response.json()["code"]) == (403, "feature_not_in_plan")
    assert response.json()["detail"] == LOCKED_TEXT.format(name="Data Export")


@pytest.mark.parametrize("path", PATHS)
def test_a_strangers_token_is_nobody_here(path: str, stranger: APIClient) -> None:
    response = stranger.get(path, SERVER_NAME="acme.localhost")

    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")


def test_a_manager_may(manager: APIClient, tenant: Tenant) -> None:
    assert manager.get("/api/export/").status_code == 200
    assert manager.head("/api/export/customers/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_exports_are_only_read(method: str, owner: APIClient) -> None:
    assert getattr(owner, method)("/api/export/customers/").status_code == 405
