"""A browser at a business's address: it keeps cookies and must echo the CSRF token."""

import json
from typing import Any

from django.test import Client

from core.models import Membership, Role, Tenant, User

PASSWORD = "correct horse battery"


class Browser(Client):
    """Django's client with CSRF enforced, on one host."""

    def __init__(self, host: str = "acme.localhost", **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, SERVER_NAME=host, **defaults)

    def send(self, method: str, path: str, body: Any = None, *, csrf: bool = True) -> Any:
        """Send JSON, with the CSRF token a page would echo."""
        if csrf and "csrftoken" not in self.cookies:
            self.get("/api/session/")
        headers = {"x-csrftoken": self.cookies["csrftoken"].value} if csrf else {}
        return self.generic(method, path, _json(body), content_type="application/json", headers=headers)

    def sign_in(self, email: str, password: str = PASSWORD) -> Any:
        """Sign in as a person does."""
        return self.send("POST", "/api/session/", {"email": email, "password": password})


def _json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def person(email: str, *places: tuple[Tenant, Role]) -> User:
    """A person with the usual password and these memberships."""
    user = User.objects.create_user(email, PASSWORD)
    Membership.objects.bulk_create(Membership(user=user, tenant=tenant, role=role) for tenant, role in places)
    return user
