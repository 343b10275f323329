"""The audit log."""

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core.audit import record
from core.models import AuditEntry, Tenant, User
from core.request_context import RequestContextMiddleware


@pytest.fixture
def actor(db: None) -> User:
    """Somebody who does something."""
    return User.objects.create_user("actor@acme.example")


def test_an_entry_outside_a_request(tenant: Tenant, actor: User) -> None:
    entry = record("thing.changed", tenant=tenant, actor=actor, object_label="Thing", before={"a": 1}, after={"a": 2})

    stored: Any = AuditEntry.objects.filter(pk=entry.pk).values_list(
        "tenant", "actor", "impersonator", "action", "object_label", "before", "after", "ip_address", "request_id"
    )
    assert list(stored) == [(tenant.pk, actor.pk, None, "thing.changed", "Thing", {"a": 1}, {"a": 2}, None, "")]


def test_an_entry_within_a_request(db: None) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        record("thing.seen", tenant=None, actor=None)
        return HttpResponse()

    request = RequestFactory(REMOTE_ADDR="2001:db8::7").get("/", headers={"x-request-id": "request-42"})
    RequestContextMiddleware(view)(request)

    entry = AuditEntry.objects.get(action="thing.seen")
    assert (entry.ip_address, entry.request_id, entry.before, entry.after) == ("2001:db8::7", "request-42", {}, {})


def test_a_long_label_is_cut(db: None) -> None:
    entry = record("thing.seen", tenant=None, actor=None, object_label="x" * 300)

    assert entry.object_label == "x" * 200


def test_an_entry_goes_with_the_transaction_it_belongs_to(db: None) -> None:
    with transaction.atomic():
        record("thing.undone", tenant=None, actor=None)
        transaction.set_rollback(True)

    assert not AuditEntry.objects.filter(action="thing.undone").exists()


def test_entries_outlive_those_they_speak_of(tenant: Tenant, actor: User) -> None:
    entry = record("thing.seen", tenant=tenant, actor=actor)

    actor.delete()

    entry.refresh_from_db()
    assert (entry.tenant, entry.actor) == (tenant, None)
