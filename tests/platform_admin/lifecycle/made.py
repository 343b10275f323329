"""Orders and deletions, and what they leave in the database."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from core.models import Tenant, User
from platform_admin.lifecycle.deleting import Choices
from platform_admin.lifecycle.models import TenantBuild, TenantDeletion
from platform_admin.lifecycle.tasks import order_business, order_deletion

BUILDS = "/admin/platform_admin/tenantbuild/"
DELETIONS = "/admin/platform_admin/tenantdeletion/"
CHARLIE = {
    "name": "Charlie",
    "subdomain": "charlie-sons",
    "timezone": "Europe/Berlin",
    "currency": "EUR",
    "plan": "starter",
    "owner_email": "owner@charlie.example",
}


def order(by: User | None = None, **changes: Any) -> TenantBuild:
    """Order Charlie, with these differences."""
    return order_business(by=by, now=timezone.now(), **{**CHARLIE, **changes})


def ask(tenant: Tenant, by: User | None = None, **choices: bool) -> TenantDeletion:
    """Ask for a business to be deleted, suspended or not."""
    return order_deletion(
        tenant=tenant,
        confirmation=tenant.schema_name,
        reason="It closed",
        choices=Choices(**{"even_active": True, **choices}),
        by=by,
        now=timezone.now(),
    )


def let_grace_pass(deletion: TenantDeletion) -> None:
    """Put the deletion where its week is over."""
    past = timezone.now() - timedelta(seconds=1)
    TenantDeletion.objects.filter(pk=deletion.pk).update(due_at=past, next_attempt_at=past)


def schema_exists(name: str) -> bool:
    """Whether PostgreSQL has a schema of that name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(quote_ident(%s)) IS NOT NULL", [name])
        return bool(cursor.fetchone()[0])


def comment_on(name: str) -> str | None:
    """What is noted at a schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(quote_ident(%s)), 'pg_namespace')", [name])
        found: str | None = cursor.fetchone()[0]
        return found


def tables_in(name: str) -> set[str]:
    """The tables of a schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [name])
        return {table for (table,) in cursor.fetchall()}


def copy_tables(*_: Any, schema_name: str, **__: Any) -> None:
    """Make the tables of a schema like Acme's, in the place of migrations, which take far longer."""
    with connection.cursor() as cursor:
        for table in sorted(tables_in("acme") - tables_in(schema_name)):
            cursor.execute(f'CREATE TABLE "{schema_name}"."{table}" (LIKE acme."{table}" INCLUDING ALL)')
