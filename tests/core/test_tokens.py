"""Issuing, finding and revoking tokens."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import ApiToken, AuditEntry, Membership, Scope, Tenant
from core.models.token import digest_of, new_secret
from core.tokens import find_token, issue_named_token, issue_sign_in_token, revoke_token

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def membership(tenant: Tenant) -> Membership:
    """The membership of Acme's owner."""
    return Membership.objects.select_related("user", "tenant__plan").get(tenant=tenant)


def test_a_secret_has_256_random_bits_behind_a_mark() -> None:
    secrets = {new_secret() for _ in range(100)}

    assert len(secrets) == 100
    assert {(one[:4], len(one)) for one in secrets} == {("sst_", 47)}


def test_a_digest() -> None:
    assert digest_of("sst_x") == hashlib.sha256(b"sst_x").hexdigest()


def test_a_named_token(membership: Membership) -> None:
    issued = issue_named_token(membership=membership, name="Till", scope=Scope.READ, expires_at=NOW)

    row = ApiToken.objects.values("user", "tenant", "name", "prefix", "digest", "scope", "expires_at").get()
    assert row == {
        "user": membership.user_id,
        "tenant": membership.tenant_id,
        "name": "Till",
        "prefix": issued.secret[:12],
        "digest": digest_of(issued.secret),
        "scope": "read",
        "expires_at": NOW,
    }
    assert (str(issued.token), issued.token.is_sign_in) == (f"Till ({issued.secret[:12]}…)", False)
    assert list(AuditEntry.objects.values_list("action", "tenant", "actor", "object_label", "after")) == [
        (
            "token.created",
            membership.tenant_id,
            membership.user_id,
            f"Till ({issued.secret[:12]}…)",
            {"name": "Till", "scope": "read", "expires_at": "2026-11-22T00:00:00+00:00"},
        )
    ]


def test_a_sign_in_token_lasts_as_long_as_configured(membership: Membership) -> None:
    issued = issue_sign_in_token(membership=membership, now=NOW)

    assert (issued.token.expires_at, issued.token.scope) == (NOW + timedelta(days=30), Scope.WRITE)


@pytest.mark.parametrize(
    ("expires", "revoked", "usable"),
    [(None, None, True), (1, None, True), (0, None, False), (-1, None, False), (1, -1, False), (None, 1, False)],
)
def test_a_usable_token_is_found(
    expires: int | None, revoked: int | None, *, usable: bool, membership: Membership
) -> None:
    issued = issue_sign_in_token(membership=membership)
    ApiToken.objects.update(
        expires_at=None if expires is None else NOW + timedelta(seconds=expires),
        revoked_at=None if revoked is None else NOW + timedelta(seconds=revoked),
    )

    assert find_token(issued.secret, now=NOW) == (issued.token if usable else None)


@pytest.mark.parametrize("secret", ["", "sst_", "x", "sst_" + "x" * 97, "SST_x", "sst_\x00", "sst_é"])
def test_what_is_no_secret_is_not_found(secret: str, db: None) -> None:
    assert find_token(secret) is None


def test_a_secret_without_the_mark_is_not_even_looked_for(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert find_token("0" * 64) is None

    assert len(queries) == 0


def test_what_comes_with_a_token_needs_no_further_query(membership: Membership) -> None:
    secret = issue_sign_in_token(membership=membership).secret
    token = find_token(secret)
    assert token is not None

    with CaptureQueriesContext(connection) as queries:
        found = (token.user.email, token.tenant.name, token.tenant.plan.code if token.tenant.plan else None)

    assert (found, len(queries)) == (("owner@acme.example", "Acme", "professional"), 0)


def test_revoking(membership: Membership) -> None:
    issued = issue_named_token(membership=membership, name="Till", scope=Scope.WRITE, expires_at=None)

    revoke_token(token=issued.token, by=membership, now=NOW)
    revoke_token(token=issued.token, by=membership, now=NOW + timedelta(hours=1))

    issued.token.refresh_from_db()
    assert (issued.token.revoked_at, find_token(issued.secret)) == (NOW, None)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "token.created",
        "token.revoked",
    ]


def test_rows_the_database_refuses(membership: Membership) -> None:
    token = issue_sign_in_token(membership=membership).token

    with pytest.raises(IntegrityError, match="api_token_scope_known"), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(scope="admin")
    with pytest.raises(IntegrityError, match="digest"), transaction.atomic():
        ApiToken.objects.create(user=token.user, tenant=token.tenant, prefix="x", digest=token.digest)
