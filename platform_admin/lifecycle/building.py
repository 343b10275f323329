"""Building a business in pieces, each of which can be repeated.

Its schema is made first and bears a mark; tables come migration by migration, each committed by itself, because a
migration that refers to people keeps everybody from signing in until it is committed. Nobody sees any of it: the
business, its address and its owner are added last, in one transaction, and with them the schema loses its mark.
"""

from datetime import datetime

from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.audit import record
from core.errors import Conflict, FieldError, Missing
from core.leases import finish, renew
from core.models import Invitation, Membership, Role, SubscriptionPlan, Tenant, User
from core.people import invite_owner
from core.tenants import (
    business_of,
    found_business,
    open_for_business,
    require_free_subdomain,
    schema_name_of,
    usable_address,
)
from platform_admin.lifecycle.models import BuildState, BuildStep, TenantBuild
from platform_admin.lifecycle.schemas import drop_unfinished, make_schema, take_mark_away


def order(
    *,
    name: str,
    subdomain: str,
    timezone: str,
    currency: str,
    plan: str,
    owner_email: str,
    by: User | None,
    now: datetime,
) -> TenantBuild:
    """Note that a business is to be built; a task has to be queued for it. Values as in `core.tenants.create_tenant`.

    Raises FieldError for a value that cannot be used, Conflict (`subdomain_taken`) also for one that is being built.
    """
    business_of(
        name=name, subdomain=subdomain, timezone=timezone, plan=plan, currency=currency, owner_email=owner_email
    )
    _account_of(usable_address(owner_email))
    plan_row = SubscriptionPlan.objects.get(code=plan)
    with transaction.atomic():
        taken = Conflict(f"subdomain: {subdomain!r} is being built already.", code="subdomain_taken")
        if TenantBuild.objects.filter(subdomain=subdomain, state=BuildState.OPEN).exists():
            raise taken
        require_free_subdomain(subdomain)
        try:
            build = TenantBuild.objects.create(
                name=name,
                subdomain=subdomain,
                timezone=timezone,
                currency=currency,
                plan=plan_row,
                owner_email=usable_address(owner_email),
                requested_by=by,
                created_at=now,
                next_attempt_at=now,
                woken_at=now,
            )
        except IntegrityError as error:
            raise taken from error
        _record("tenant.ordered", build, by=by, subdomain=subdomain, plan=plan, owner=build.owner_email)
    return build


def advance(build: TenantBuild) -> None:
    """Do everything that is left. Raises LeaseLost, DomainError for what a person must decide."""
    schema = schema_name_of(build.subdomain)
    with transaction.atomic():
        renew(build, now=timezone.now(), step=BuildStep.SCHEMA)
        require_free_subdomain(build.subdomain, may_have_schema=True)
        make_schema(schema, build=str(build.pk))
    renew(build, now=timezone.now(), step=BuildStep.TABLES)
    call_command("migrate_schemas", tenant=True, schema_name=schema, interactive=False, verbosity=0)
    renew(build, now=timezone.now(), step=BuildStep.BUSINESS)
    with transaction.atomic():
        require_free_subdomain(build.subdomain, may_have_schema=True)
        tenant = _add_business(build)
        take_mark_away(schema)
        finish(
            build,
            state=BuildState.DONE,
            step=BuildStep.READY,
            tenant=tenant,
            finished_at=timezone.now(),
            problem="",
            failures=0,
        )


def discard(*, build: TenantBuild, by: User | None, now: datetime) -> None:
    """Give up a business that has not been built, with what there is of its schema.

    Raises Conflict (`build_decided`) for one that was built or discarded, Conflict (`being_built`) for one in work.
    """
    with transaction.atomic():
        locked = locked_build(build)
        if locked.is_held(now):
            raise Conflict(
                "It is being built at this moment. Wait until it is ready or has stopped.", code="being_built"
            )
        drop_unfinished(schema_name_of(locked.subdomain), build=str(locked.pk))
        locked.state, locked.next_attempt_at, locked.woken_at, locked.finished_at = (
            BuildState.DISCARDED,
            None,
            None,
            now,
        )
        locked.save(update_fields=["state", "next_attempt_at", "woken_at", "finished_at"])
        _record("tenant.order_discarded", locked, by=by, subdomain=locked.subdomain)


def locked_build(build: TenantBuild) -> TenantBuild:
    """Return the row as it is, locked for the caller's transaction. Raises Conflict (`build_decided`), Missing."""
    locked = TenantBuild.objects.select_for_update(no_key=True, of=("self",)).filter(pk=build.pk).first()
    if locked is None:
        raise Missing("There is no such order.")
    if not locked.is_open:
        raise Conflict(f"{locked.name} was {locked.get_state_display()} already.", code="build_decided")
    return locked


def has_owner(tenant: Tenant) -> bool:
    """Tell whether somebody can sign in as an owner."""
    return Membership.objects.filter(tenant=tenant, role=Role.OWNER, is_active=True, user__is_active=True).exists()


def invite_again(*, build: TenantBuild, by: User | None, now: datetime) -> Invitation:
    """Send the owner another invitation. Raises Conflict (`has_owner`), Missing where there is no business."""
    if build.tenant is None:
        raise Missing("There is no business to invite anybody to.")
    if has_owner(build.tenant):
        raise Conflict(f"{build.tenant.name} has an owner already.", code="has_owner")
    return invite_owner(tenant=build.tenant, email=build.owner_email, by=by, now=now)


def _add_business(build: TenantBuild) -> Tenant:
    business = business_of(
        name=build.name,
        subdomain=build.subdomain,
        timezone=build.timezone,
        plan=build.plan.code,
        currency=build.currency,
        owner_email=build.owner_email,
    )
    business.auto_create_schema = False  # it is there
    tenant = found_business(business, subdomain=build.subdomain)
    owner = _account_of(build.owner_email)
    if owner is not None:
        Membership.objects.create(user=owner, tenant=tenant, role=Role.OWNER)
    open_for_business(tenant)
    if owner is None:
        invite_owner(tenant=tenant, email=build.owner_email, by=build.requested_by, now=timezone.now())
    record(
        "tenant.created",
        tenant=tenant,
        actor=build.requested_by,
        object_label=tenant.name,
        after={"schema_name": tenant.schema_name, "plan": build.plan.code, "owner": build.owner_email},
    )
    return tenant


def _account_of(email: str) -> User | None:
    """Return the person with this address, if there is one. Raises FieldError for one who may not sign in."""
    person = User.objects.filter(email=email).first()
    if person is not None and not person.is_active:
        raise FieldError("owner_email", f"The account of {email} is deactivated. Activate it, or name somebody else.")
    return person


def _record(action: str, build: TenantBuild, *, by: User | None, **after: str) -> None:
    record(action, tenant=None, actor=by, object_label=build.name, after=after)
