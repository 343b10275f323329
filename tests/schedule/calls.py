"""Calls of the appointments API."""

from typing import Any

from rest_framework.test import APIClient

from schedule.models import Event

URL = "/api/appointments/"
UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"


def post(client: APIClient, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
    """Send a JSON body."""
    return client.post(path, body or {}, format="json", headers=headers)


def patch(client: APIClient, event: Event, body: dict[str, Any], **headers: str) -> Any:
    """Change an appointment."""
    return client.patch(f"{URL}{event.pk}/", body, format="json", headers=headers)
