"""The dashboard's page, whatever its path."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture
def client(settings: Settings, tmp_path: Path, db: None) -> Client:
    """A browser at Acme's host, where a dashboard is built."""
    settings.DASHBOARD_DIR = tmp_path
    (tmp_path / "index.html").write_text("<!doctype html>the page")
    return Client(SERVER_NAME="acme.localhost")


@pytest.mark.parametrize(
    "path", ["/", "/calendar", "/settings/plan?feature=x", "/appointments/1/deep", "/livezz", "/apis"]
)
def test_every_path_shows_the_page(path: str, client: Client) -> None:
    response: Any = client.get(path)

    assert response.getvalue() == b"<!doctype html>the page"
    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (200, "text/html", "no-cache")


@pytest.mark.parametrize("path", ["/api/no/such/path/", "/admin/", "/static/missing.js"])
def test_some_paths_do_not(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_page_is_read_alone(method: str, client: Client) -> None:
    assert client.generic(method, "/calendar").status_code == 405


def test_a_page_that_was_not_built(client: Client, tmp_path: Path) -> None:
    (tmp_path / "index.html").unlink()

    response = client.get("/")

    assert (response.status_code, response.content.decode()) == (
        503,
        "The dashboard is not built. `make run` builds it; the API is at /api/docs/.",
    )


@pytest.mark.parametrize("path", ["/", "/sign-in"])
def test_the_platform_s_host_shows_it_too(path: str, client: Client) -> None:
    response: Any = client.get(path, headers={"host": "localhost"})

    assert (response.status_code, response.getvalue()) == (200, b"<!doctype html>the page")


@pytest.mark.parametrize("path", ["/calendar", "/sign-in/", "/settings/plan"])
def test_a_page_of_a_business_is_not_on_the_platform_s_host(path: str, client: Client) -> None:
    assert client.get(path, headers={"host": "localhost"}).status_code == 404
