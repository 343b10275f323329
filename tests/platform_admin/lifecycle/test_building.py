"""Building a business: in pieces, each of which can be repeated, and nothing of it seen before it is whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from core.errors import Conflict, DomainError, FieldError
from core.invitation_mail import secret_of
from core.leases import LeaseLost
from core.models import AuditEntry, Invitation, Membership, SubscriptionPlan, Tenant, User
from core.people import accept_invitation
from core.tenants import create_tenant
from platform_admin.lifecycle import building
from platform_admin.lifecycle.alone import alone
from platform_admin.lifecycle.models import TenantBuild
from platform_admin.lifecycle.schemas import make_schema
from platform_admin.lifecycle.tasks import build_business, build_on, wake_lifecycle
from schedule.models import WorkingHours
from tests.background import NotedTasks
from tests.core.browser import PASSWORD, person
from tests.core.schemas import schema_set
from tests.platform_admin.lifecycle.made import CHARLIE, comment_on, copy_tables, order, schema_exists, tables_in


@pytest.fixture(autouse=True)
def quick_tables(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy tables instead of migrating, except where a test asks for `real_migrations`."""
    if "real_migrations" not in request.fixturenames:
        monkeypatch.setattr(building, "call_command", copy_tables)


@pytest.fixture
def real_migrations() -> None:
    """Migrate as the product does."""


@pytest.fixture
def build(admin: User, queue: NotedTasks) -> TenantBuild:
    """Charlie, ordered by an admin."""
    return order(by=admin)


def reread(build: TenantBuild) -> TenantBuild:
    return TenantBuild.objects.select_related("tenant").get(pk=build.pk)


def break_once(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    """Let a function of `building` fail once, in the place of a worker that dies there."""
    real: Any = getattr(building, name)
    broken: list[str] = []

    def fails(*args: Any, **kwargs: Any) -> Any:
        if not broken:
            broken.append(name)
            raise error
        return real(*args, **kwargs)

    monkeypatch.setattr(building, name, fails)


def give_up_lease(build: TenantBuild) -> None:
    """Put the row where the sweep finds it: its worker is gone and its lease has run out."""
    past = timezone.now() - timedelta(minutes=11)
    TenantBuild.objects.filter(pk=build.pk).update(lease_until=past, next_attempt_at=past, woken_at=None)


def test_a_business_is_built_as_create_tenant_would(
    real_migrations: None, build: TenantBuild, queue: NotedTasks, admin: User
) -> None:
    assert (queue.names, Tenant.objects.filter(schema_name="charlie_sons").exists()) == (["build_business"], False)

    ran = queue.run()

    tenant = Tenant.objects.get(schema_name="charlie_sons")
    done = reread(build)
    assert ran == ["build_business", "send_invitation"]
    assert (done.state, done.step, done.tenant, done.next_attempt_at, done.problem) == (
        "done",
        "ready",
        tenant,
        None,
        "",
    )
    assert (tenant.name, tenant.timezone, tenant.currency, str(tenant.plan)) == (
        "Charlie",
        "Europe/Berlin",
        "EUR",
        "Starter",
    )
    assert list(tenant.domains.values_list("domain", "is_primary")) == [("charlie-sons.localhost", True)]
    assert (comment_on("charlie_sons"), schema_set()) == (None, "public")
    assert tables_in("charlie_sons") == tables_in("acme")
    with tenant_context(tenant):
        assert WorkingHours.objects.count() == 5
    entries = AuditEntry.objects.filter(actor=admin).order_by("pk").values_list("action", "tenant", "object_label")
    assert list(entries) == [
        ("tenant.ordered", None, "Charlie"),
        ("invitation.created", tenant.pk, "owner@charlie.example"),
        ("tenant.created", tenant.pk, "Charlie"),
    ]


def test_the_owner_is_invited_and_accepts(build: TenantBuild, queue: NotedTasks) -> None:
    queue.run()
    tenant = Tenant.objects.get(schema_name="charlie_sons")
    invitation = Invitation.objects.get(tenant=tenant)

    assert ([sent.to for sent in mail.outbox], invitation.role) == ([["owner@charlie.example"]], "owner")
    assert (building.has_owner(tenant), Membership.objects.filter(tenant=tenant).count()) == (False, 0)

    accept_invitation(
        secret=secret_of(invitation.pk), tenant=tenant, user=None, name="Charlie", password="a long enough password"
    )

    assert building.has_owner(tenant)
    with pytest.raises(Conflict, match="has an owner already"):
        building.invite_again(build=reread(build), by=None, now=timezone.now())


def test_who_has_an_account_is_owner_at_once(db: None, queue: NotedTasks) -> None:
    owner = person("owner@charlie.example")

    order(owner_email="Owner@Charlie.example")

    assert queue.run() == ["build_business"]
    members = Membership.objects.filter(tenant__schema_name="charlie_sons")
    assert list(members.values_list("user", "role", "is_active")) == [(owner.pk, "owner", True)]
    assert mail.outbox == []
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subdomain": "../x"}, "subdomain"),
        ({"subdomain": "www"}, "subdomain"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"currency": "EURO"}, "currency"),
        ({"plan": "golden"}, "plan"),
        ({"name": ""}, "name"),
        ({"owner_email": "nobody"}, "owner_email"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_orders_nothing(
    changes: dict[str, Any], field: str, db: None, queue: NotedTasks
) -> None:
    with pytest.raises(FieldError) as caught:
        order(**changes)

    assert (list(caught.value.extra["errors"]), TenantBuild.objects.count(), queue.names) == ([field], 0, [])


def test_a_deactivated_person_is_not_made_an_owner(db: None, queue: NotedTasks) -> None:
    User.objects.create_user("owner@charlie.example", PASSWORD, is_active=False)

    with pytest.raises(FieldError, match="is deactivated"):
        order()


def test_a_subdomain_is_ordered_once(build: TenantBuild) -> None:
    with pytest.raises(Conflict) as twice:
        order()
    with pytest.raises(Conflict) as taken:
        order(subdomain="acme")

    assert [twice.value.code, taken.value.code] == ["subdomain_taken", "subdomain_taken"]


def test_the_command_does_not_take_a_half_built_schema(build: TenantBuild) -> None:
    make_schema("charlie_sons", build=str(build.pk))

    with pytest.raises(Conflict, match="is taken"):
        create_tenant(**CHARLIE, owner_password=PASSWORD)


@pytest.mark.parametrize("where", ["make_schema", "call_command", "found_business", "open_for_business", "finish"])
def test_whoever_breaks_off_is_followed_by_the_next(
    where: str, build: TenantBuild, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_once(monkeypatch, where, RuntimeError("pulled the plug"))

    build_business.call(str(build.pk))
    queue.lose()  # with the transaction that was rolled back

    half = reread(build)
    assert (half.state, half.failures, half.has_stopped) == ("open", 1, False)
    assert half.problem == "This installation answered: pulled the plug"
    assert not Tenant.objects.filter(schema_name="charlie_sons").exists()
    give_up_lease(build)
    wake_lifecycle(timezone.now())
    assert queue.run() == ["build_business", "send_invitation"]
    done = reread(build)
    assert (done.state, done.attempts, done.problem) == ("done", 2, "")
    assert tables_in("charlie_sons") == tables_in("acme")
    assert Invitation.objects.filter(tenant=done.tenant).count() == 1


def test_two_workers_build_it_once(build: TenantBuild, queue: NotedTasks) -> None:
    build_business.call(str(build.pk))
    build_business.call(str(build.pk))

    assert Tenant.objects.filter(schema_name="charlie_sons").count() == 1
    assert AuditEntry.objects.filter(action="tenant.created").count() == 1


def test_whoever_is_at_it_is_not_disturbed_when_its_lease_runs_out(build: TenantBuild, queue: NotedTasks) -> None:
    with alone(f"platform_admin.TenantBuild:{build.pk}") as is_alone:
        assert is_alone
        assert queue.run() == ["build_business"]

    waiting = reread(build)
    assert (waiting.state, waiting.attempts, waiting.woken_at) == ("open", 0, None)
    wake_lifecycle(timezone.now())
    assert queue.run() == ["build_business", "send_invitation"]
    assert reread(build).state == "done"


def test_one_thought_dead_cannot_finish(build: TenantBuild, monkeypatch: pytest.MonkeyPatch) -> None:
    row = reread(build)
    TenantBuild.objects.filter(pk=build.pk).update(attempts=7)

    with pytest.raises(LeaseLost):
        building.advance(row)

    assert not schema_exists("charlie_sons")


def test_after_three_failures_a_person_decides(
    build: TenantBuild, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always(*_: Any, **__: Any) -> None:
        raise DatabaseError("out of shared memory")

    with monkeypatch.context() as patched:
        patched.setattr(building, "call_command", always)
        for _ in range(3):
            TenantBuild.objects.filter(pk=build.pk).update(next_attempt_at=timezone.now())
            build_business.call(str(build.pk))

    stopped = reread(build)
    assert (stopped.has_stopped, stopped.failures, stopped.step) == (True, 3, "tables")
    assert stopped.problem == "The database answered: out of shared memory"
    queue.lose()
    build_on(build=stopped, now=timezone.now())
    assert queue.run() == ["build_business", "send_invitation"]
    assert reread(build).state == "done"


def test_a_refusal_stops_at_once_and_says_why(build: TenantBuild, queue: NotedTasks) -> None:
    SubscriptionPlan.objects.filter(code="starter").update(is_active=False)

    queue.run()

    stopped = reread(build)
    assert (stopped.has_stopped, stopped.attempts, stopped.failures) == (True, 1, 0)
    assert stopped.problem.startswith("plan: There is no plan 'starter'.")
    build_on(build=stopped, now=timezone.now())
    with pytest.raises(Conflict) as going:
        build_on(build=stopped, now=timezone.now())
    assert going.value.code == "not_stopped"


def test_somebody_else_s_schema_is_not_touched(build: TenantBuild, queue: NotedTasks) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA charlie_sons")

    queue.run()

    stopped = reread(build)
    assert (stopped.has_stopped, stopped.problem) == (
        True,
        "There is a schema charlie_sons that was not made for this business.",
    )
    building.discard(build=stopped, by=None, now=timezone.now())
    assert schema_exists("charlie_sons")


def test_discarding_takes_the_half_built_schema_away(
    build: TenantBuild, admin: User, queue: NotedTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_once(monkeypatch, "found_business", Conflict("no"))
    queue.run()
    assert schema_exists("charlie_sons")

    building.discard(build=reread(build), by=admin, now=timezone.now())

    gone = reread(build)
    assert (gone.state, gone.next_attempt_at, schema_exists("charlie_sons")) == ("discarded", None, False)
    assert AuditEntry.objects.filter(action="tenant.order_discarded", actor=admin).count() == 1
    build_business.call(str(build.pk))
    assert not schema_exists("charlie_sons")
    assert order().is_open


def test_what_is_in_work_or_decided_is_not_discarded(build: TenantBuild, queue: NotedTasks) -> None:
    TenantBuild.objects.filter(pk=build.pk).update(lease_until=timezone.now() + timedelta(minutes=1))
    refusals = []
    for _ in range(2):
        with pytest.raises(DomainError) as caught:
            building.discard(build=build, by=None, now=timezone.now())
        refusals.append(caught.value.code)
        TenantBuild.objects.filter(pk=build.pk).update(lease_until=None)
        queue.run()

    assert refusals == ["being_built", "build_decided"]
