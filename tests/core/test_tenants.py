"""Creating a business: everything, or nothing at all."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django_tenants.utils import tenant_context

from core import topics
from core.errors import Conflict, DomainError, FieldError
from core.models import Domain, Membership, Tenant, User
from core.tenants import create_tenant
from schedule.models import WorkingHours
from tests.core.browser import PASSWORD, person
from tests.core.schemas import schema_set

SUBDOMAIN_TEXT = "Use 2 to 48 lower-case letters, digits and hyphens, beginning with a letter."


def create(**changes: Any) -> Tenant:
    """Create Charlie, with these differences."""
    return create_tenant(
        **{
            "name": "Charlie",
            "subdomain": "charlie",
            "timezone": "Europe/Berlin",
            "plan": "starter",
            "owner_email": "Owner@Charlie.example",
            "owner_password": PASSWORD,
            "currency": "EUR",
            **changes,
        }
    )


def schemas() -> set[str]:
    """The schemas PostgreSQL has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'")
        return {name for (name,) in cursor.fetchall()}


def everything() -> tuple[Any, ...]:
    """What creating a business could leave behind."""
    return (
        schemas(),
        set(Tenant.objects.values_list("schema_name", flat=True)),
        set(Domain.objects.values_list("domain", flat=True)),
        set(User.objects.values_list("email", flat=True)),
        Membership.objects.count(),
    )


def test_everything_is_created(db: None) -> None:
    other = person("owner@charlie.example-hotel.example")
    tenant = create(subdomain="charlie-sons")

    owner = User.objects.get(email="owner@charlie.example")
    assert (tenant.name, tenant.schema_name, tenant.timezone, tenant.currency, str(tenant.plan)) == (
        "Charlie",
        "charlie_sons",
        "Europe/Berlin",
        "EUR",
        "Starter",
    )
    assert list(tenant.domains.values_list("domain", "is_primary")) == [("charlie-sons.localhost", True)]
    assert list(tenant.memberships.values_list("user", "role", "is_active")) == [(owner.pk, "owner", True)]
    assert (owner.check_password(PASSWORD), owner.is_staff, owner.pk != other.pk) == (True, False, True)
    assert "charlie_sons" in schemas()
    assert schema_set() == "public"
    with tenant_context(tenant):
        assert set(WorkingHours.objects.values_list("weekday", "opens_minute", "closes_minute")) == {
            (weekday, 540, 1020) for weekday in range(5)
        }


def test_an_existing_person_becomes_owner_with_the_password_they_have(db: None) -> None:
    user = person("owner@charlie.example")

    tenant = create(owner_password="another password")

    user.refresh_from_db()
    assert list(tenant.memberships.values_list("user", "role")) == [(user.pk, "owner")]
    assert user.check_password(PASSWORD)


def test_a_receiver_that_fails_undoes_everything(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    monkeypatch.setattr(topics, "_receivers", defaultdict(list))

    @topics.subscribe("tenant.created")
    def fails(fact: Mapping[str, Any]) -> None:
        assert schema_set() == "charlie"
        assert fact == {"tenant_id": Tenant.objects.get(schema_name="charlie").pk}
        raise RuntimeError("broken receiver")

    with pytest.raises(RuntimeError, match="broken receiver"):
        create()

    assert (everything(), schema_set()) == (before, "public")


@pytest.mark.parametrize("failure", ["RAISE EXCEPTION 'broken migration'", None])
def test_a_schema_that_cannot_be_made_undoes_everything(
    failure: str | None, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()

    def create_schema(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA charlie")
            if failure:
                cursor.execute(f"DO $$ BEGIN {failure}; END $$")
        raise RuntimeError("broken migration")

    with monkeypatch.context() as patched:
        patched.setattr(Tenant, "create_schema", create_schema)
        with pytest.raises((DatabaseError, RuntimeError)):
            create()

    assert (everything(), schema_set()) == (before, "public")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"plan": "golden"}, "plan"),
        ({"plan": ""}, "plan"),
        ({"currency": "eur"}, "currency"),
        ({"currency": "EURO"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"owner_email": ""}, "owner_email"),
        ({"owner_email": "nobody"}, "owner_email"),
        ({"owner_email": "a b@c.example"}, "owner_email"),
        ({"owner_email": f"{'x' * 250}@c.example"}, "owner_email"),
        *(
            ({"subdomain": subdomain}, "subdomain")
            for subdomain in (
                "../x", "a:b", "public", "pg_x", "pg-x", "a", "", "-a", "a-", "1a", "A1", "a.b", "a b", "a_b", "ä1",
                "a" * 49, "www", "admin", "information-schema", "citus", "template", "a\n", "a;drop", "a'b",
            )
        ),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named_and_leaves_nothing(changes: dict[str, str], field: str, db: None) -> None:
    before = everything()

    with pytest.raises(FieldError) as caught:
        create(**changes)

    assert list(caught.value.extra["errors"]) == [field]
    assert (everything(), schema_set()) == (before, "public")


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"subdomain": "../x"}, f"subdomain: {SUBDOMAIN_TEXT}"),
        ({"subdomain": "www"}, "subdomain: 'www' is reserved. Choose another."),
        (
            {"plan": "golden"},
            "plan: There is no plan 'golden'. Choose one of: free, starter, professional, business, enterprise.",
        ),
        ({"timezone": "Mars"}, "timezone: 'Mars' is not an IANA time zone name. Use one such as Europe/Berlin."),
        ({"owner_email": "nobody"}, "owner_email: Enter a valid email address."),
    ],
)
def test_the_refusal_tells_what_to_do(changes: dict[str, str], detail: str, db: None) -> None:
    with pytest.raises(DomainError) as caught:
        create(**changes)

    assert caught.value.detail == detail


@pytest.mark.parametrize("subdomain", ["acme", "bravo"])
def test_a_subdomain_that_is_taken(subdomain: str, db: None) -> None:
    before = everything()

    with pytest.raises(Conflict) as caught:
        create(subdomain=subdomain)

    assert caught.value.body == {
        "detail": f"subdomain: '{subdomain}' is taken. Choose another.",
        "code": "subdomain_taken",
    }
    assert everything() == before


def test_an_archived_plan_is_not_given(db: None) -> None:
    from core.models import SubscriptionPlan

    SubscriptionPlan.objects.filter(code="starter").update(is_active=False)

    with pytest.raises(FieldError, match="There is no plan 'starter'"):
        create()
