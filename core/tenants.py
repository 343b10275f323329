"""Creating a business: schema, domain, owner and opening hours, or nothing at all; and changing its plan."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from core.active import deactivate
from core.audit import record
from core.errors import Conflict, FieldError
from core.models import Domain, Membership, Role, SubscriptionPlan, Tenant, User
from core.models.tenant import validate_schema_name
from core.time_zones import validate_time_zone
from core.topics import publish

SUBDOMAIN_PATTERN = r"[a-z][a-z0-9-]{0,46}[a-z0-9]"
RESERVED_SUBDOMAINS = frozenset(
    {"admin", "api", "app", "assets", "docs", "help", "mail", "public", "static", "status", "support", "www"}
)


def create_tenant(
    *,
    name: str,
    subdomain: str,
    timezone: str,
    plan: str,
    owner_email: str,
    owner_password: str,
    currency: str = "USD",
) -> Tenant:
    """Create a business with its schema, domain, owner and usual opening hours, in one transaction.

    `plan` is a plan's code, `timezone` an IANA name, `currency` an ISO 4217 code. An existing person becomes owner
    with the password they have; `owner_password` is then left unused. Raises FieldError for a value that cannot be used
    and Conflict (`subdomain_taken`) for a subdomain in use; either way nothing is left behind.
    """
    business = business_of(
        name=name, subdomain=subdomain, timezone=timezone, plan=plan, currency=currency, owner_email=owner_email
    )
    email = usable_address(owner_email)
    deactivate()
    with transaction.atomic():
        require_free_subdomain(subdomain)
        tenant = found_business(business, subdomain=subdomain)
        owner = User.objects.filter(email=email).first()
        if owner is None:
            owner = User.objects.create_user(email, owner_password)
        Membership.objects.create(user=owner, tenant=tenant, role=Role.OWNER)
        open_for_business(tenant)
    return tenant


def business_of(*, name: str, subdomain: str, timezone: str, plan: str, currency: str, owner_email: str) -> Tenant:
    """Return the business that these describe, as a row that is not saved. Raises FieldError.

    Whether the subdomain is free is not asked: see `require_free_subdomain`.
    """
    plan_row = _usable_plan(plan)
    _require_possible_subdomain(subdomain)
    try:
        validate_time_zone(timezone)
    except ValidationError as error:
        raise FieldError("timezone", error.messages[0]) from error
    usable_address(owner_email)
    tenant = Tenant(
        name=name, schema_name=schema_name_of(subdomain), timezone=timezone, currency=currency, plan=plan_row
    )
    try:
        tenant.full_clean(validate_unique=False)
    except ValidationError as error:
        raise _first_field_error(error) from error
    return tenant


def found_business(business: Tenant, *, subdomain: str) -> Tenant:
    """Save what `business_of` returned, with its domain, and make its schema unless that exists."""
    business.save(verbosity=0)  # type: ignore[no-untyped-call]  # django-tenants' own save
    Domain.objects.create(tenant=business, domain=host_of(subdomain), is_primary=True)
    return business


def open_for_business(tenant: Tenant) -> None:
    """Tell each app that the business exists, inside its schema."""
    with tenant_context(tenant):
        publish("tenant.created", {"tenant_id": tenant.pk})


def schema_name_of(subdomain: str) -> str:
    """Return the name of the schema of the business with this subdomain."""
    return subdomain.replace("-", "_")


def host_of(subdomain: str) -> str:
    """Return the host of the business with this subdomain."""
    return f"{subdomain}.{settings.PLATFORM_DOMAINS[0]}"


def change_plan(*, tenant: Tenant, plan: SubscriptionPlan, by: User | None) -> bool:
    """Put a business on another plan, and record it in the audit log; tell whether it was on another one.

    Raises Conflict (`plan_archived`).
    """
    with transaction.atomic():
        before = Tenant.objects.select_for_update(no_key=True).values_list("plan_id", flat=True).get(pk=tenant.pk)
        if before != plan.pk:
            if not SubscriptionPlan.objects.filter(pk=plan.pk, is_active=True).exists():
                raise Conflict(f"The plan {plan.name} has been archived.", code="plan_archived")
            Tenant.objects.filter(pk=tenant.pk).update(plan=plan)
            record(
                "tenant.changed",
                tenant=tenant,
                actor=by,
                object_label=str(tenant),
                before={"plan_id": before},
                after={"plan_id": plan.pk},
            )
    return before != plan.pk


def _usable_plan(code: str) -> SubscriptionPlan:
    plan = SubscriptionPlan.objects.filter(code=code, is_active=True).first()
    if plan is None:
        known = ", ".join(SubscriptionPlan.objects.filter(is_active=True).values_list("code", flat=True))
        raise FieldError("plan", f"There is no plan {code!r}. Choose one of: {known}.")
    return plan


def usable_address(email: str) -> str:
    """Return the address as it is stored. Raises FieldError (`owner_email`)."""
    try:
        return str(User._meta.get_field("email").clean(email.strip().lower(), None))
    except ValidationError as error:
        raise FieldError("owner_email", error.messages[0]) from error


def _require_possible_subdomain(subdomain: str) -> None:
    if not re.fullmatch(SUBDOMAIN_PATTERN, subdomain):
        raise FieldError("subdomain", "Use 2 to 48 lower-case letters, digits and hyphens, beginning with a letter.")
    if subdomain in RESERVED_SUBDOMAINS:
        raise FieldError("subdomain", f"{subdomain!r} is reserved. Choose another.")
    try:
        validate_schema_name(schema_name_of(subdomain))
    except ValidationError as error:
        raise FieldError("subdomain", error.messages[0]) from error


def require_free_subdomain(subdomain: str, *, may_have_schema: bool = False) -> None:
    """Raise Conflict when the subdomain is taken. Others who want it wait for this transaction.

    A schema of that name without a business takes it too, unless `may_have_schema`: a business must not begin with
    tables that somebody else made.
    """
    schema = schema_name_of(subdomain)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"create_tenant:{subdomain}"])
        cursor.execute("SELECT to_regnamespace(quote_ident(%s)) IS NOT NULL", [schema])
        (has_schema,) = cursor.fetchone()
    if Tenant.objects.filter(schema_name=schema).exists() or (has_schema and not may_have_schema):
        raise Conflict(f"subdomain: {subdomain!r} is taken. Choose another.", code="subdomain_taken")


def _first_field_error(error: ValidationError) -> FieldError:
    field, messages = next(iter(error.message_dict.items()))
    return FieldError("subdomain" if field == "schema_name" else field, messages[0])
