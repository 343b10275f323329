"""Writes of resources, services and customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet
from django.utils import timezone

from core import quotas
from core.errors import FieldError, Missing
from core.models import Membership, Tenant
from schedule.enums import OPEN_STATUSES
from schedule.errors import HasFutureAppointments, InUse
from schedule.models import Customer, DeletedRow, Event, Resource, Service, ServiceResource
from schedule.services.capacity import change_capacity


class ResourceFields(TypedDict, total=False):
    """What a caller may say about a resource."""

    name: str
    type: str
    user_id: int | None
    timezone: str
    max_concurrent_events: int
    is_active: bool
    color: str


class ServiceFields(TypedDict, total=False):
    """What a caller may say about a service."""

    name: str
    description: str
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    price_cents: int
    currency: str
    min_notice_minutes: int
    max_advance_days: int
    slot_step_minutes: int
    is_active: bool


class CustomerFields(TypedDict, total=False):
    """What a caller may say about a customer."""

    name: str
    email: str
    phone: str
    notes: str
    tags: list[str]
    is_active: bool


@dataclass(frozen=True)
class ResourceGroups:
    """Who performs a service: an appointment takes one resource out of each group.

    `field` is what the request calls them, for refusals.
    """

    groups: Sequence[Sequence[int]]
    field: str = "resource_groups"


def create_resource(*, tenant: Tenant, **fields: Unpack[ResourceFields]) -> Resource:
    """Add a resource. Raises FieldError for a user who is no active member, QuotaExceeded."""
    with transaction.atomic():
        _require_member(tenant, fields.get("user_id"))
        quotas.reserve(tenant, "max_resources")
        return Resource.objects.create(**fields)


def change_resource(
    *,
    tenant: Tenant,
    resource_id: int,
    despite_appointments: bool = False,
    now: datetime | None = None,
    **fields: Unpack[ResourceFields],
) -> Resource:
    """Change a resource; the fields that are not given stay as they are.

    Switching one off keeps its appointments, so it is refused while some lie ahead, unless `despite_appointments`.
    Raises Missing, FieldError, HasFutureAppointments, CapacityOverlaps, and QuotaExceeded when switching it on again
    does not fit.
    """
    now = now or timezone.now()
    with transaction.atomic():
        resource = Resource.objects.select_for_update(no_key=True).filter(pk=resource_id).first()
        if resource is None:
            raise Missing("There is no such resource.")
        capacity = fields.pop("max_concurrent_events", resource.max_concurrent_events)
        was_active = resource.is_active
        if fields.get("user_id") != resource.user_id:
            _require_member(tenant, fields.get("user_id"))
        _assign(resource, fields)
        if was_active and not resource.is_active and not despite_appointments:
            _refuse_appointments_ahead(resource, now)
        if resource.is_active and not was_active:
            quotas.reserve(tenant, "max_resources")
        resource.save(update_fields=[*fields, "updated_at"])
        if capacity == resource.max_concurrent_events:
            return resource
        return change_capacity(resource_id=resource.pk, max_concurrent_events=capacity, now=now)


def delete_resource(*, resource_id: int) -> None:
    """Delete a resource with its hours and time off. Raises Missing, and InUse once it has had an appointment."""
    with transaction.atomic():
        # Services before their resource, as `change_service` locks them; a copy of them is told that they lost one.
        able = Service.objects.filter(abilities__resource=resource_id)
        list(able.order_by("pk").select_for_update(no_key=True, of=("self",)))
        Resource.objects.select_for_update().filter(pk=resource_id).first()
        able.update(updated_at=timezone.now())
        _delete(Resource.objects.filter(pk=resource_id), "resource")


def create_service(*, tenant: Tenant, resources: ResourceGroups, **fields: Unpack[ServiceFields]) -> Service:
    """Add a service; the currency is the business's unless given. Raises FieldError, QuotaExceeded."""
    with transaction.atomic():
        _require_resources(resources)
        quotas.reserve(tenant, "max_services")
        service = Service.objects.create(**{"currency": tenant.currency, **fields})
        _replace_abilities(service, resources.groups)
    return service


def change_service(
    *, tenant: Tenant, service_id: int, resources: ResourceGroups | None = None, **fields: Unpack[ServiceFields]
) -> Service:
    """Change a service, and who performs it where `resources` are given. Appointments keep their time and price.

    Raises Missing, FieldError, and QuotaExceeded when switching it on again does not fit.
    """
    with transaction.atomic():
        service = Service.objects.select_for_update(no_key=True).filter(pk=service_id).first()
        if service is None:
            raise Missing("There is no such service.")
        if resources is not None:
            _require_resources(resources)
            _replace_abilities(service, resources.groups)
        was_active = service.is_active
        _assign(service, fields)
        if service.is_active and not was_active:
            quotas.reserve(tenant, "max_services")
        service.save(update_fields=[*fields, "updated_at"])
    return service


def delete_service(*, service_id: int) -> None:
    """Delete a service. Raises Missing, and InUse once it has been booked."""
    _delete(Service.objects.filter(pk=service_id), "service")


def create_customer(**fields: Unpack[CustomerFields]) -> Customer:
    """Add a customer."""
    return Customer.objects.create(**fields)


def change_customer(*, customer_id: UUID, **fields: Unpack[CustomerFields]) -> Customer:
    """Change a customer; the fields that are not given stay as they are. Raises Missing."""
    with transaction.atomic():
        customer = Customer.objects.select_for_update(no_key=True).filter(pk=customer_id).first()
        if customer is None:
            raise Missing("There is no such customer.")
        _assign(customer, fields)
        customer.save(update_fields=[*fields, "updated_at"])
    return customer


def delete_customer(*, customer_id: UUID) -> None:
    """Delete a customer. Raises Missing, and InUse once they have had an appointment."""
    _delete(Customer.objects.filter(pk=customer_id), "customer")


def _assign(row: Model, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _require_member(tenant: Tenant, user_id: int | None) -> None:
    if user_id is None:
        return
    members = Membership.objects.filter(tenant=tenant, is_active=True, user__is_active=True)
    if not members.filter(user_id=user_id).exists():
        raise FieldError("user", "This is no active member of the business.", code="does_not_exist")


def _refuse_appointments_ahead(resource: Resource, now: datetime) -> None:
    ahead = Event.objects.filter(participants__resource=resource, status__in=OPEN_STATUSES, end_at__gt=now)
    count = ahead.count()
    if count:
        raise HasFutureAppointments(
            f"{count} appointments with this resource lie ahead. Move or cancel them, or repeat the request with "
            "?force=true to keep them as they are.",
            count=count,
        )


def _require_resources(resources: ResourceGroups) -> None:
    """Raise FieldError unless every resource exists; those that do are kept from being deleted meanwhile."""
    wanted = {number for group in resources.groups for number in group}
    rows = Resource.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    missing = sorted(wanted - {resource.pk for resource in rows})
    if missing:
        raise FieldError(resources.field, f"There is no resource {missing[0]}.", code="does_not_exist")


def _replace_abilities(service: Service, groups: Sequence[Sequence[int]]) -> None:
    ServiceResource.objects.filter(service=service).delete()
    ServiceResource.objects.bulk_create(
        ServiceResource(service=service, resource_id=number, requirement=requirement)
        for requirement, group in enumerate(groups)
        for number in group
    )


def _delete(rows: QuerySet[Any], word: str) -> None:
    with transaction.atomic():
        row = rows.select_for_update().first()
        if row is None:
            raise Missing(f"There is no such {word}.")
        try:
            number = row.pk
            row.delete()
        except ProtectedError as error:
            raise InUse(f"This {word} has appointments; deactivate it instead.") from error
        DeletedRow.objects.create(dataset=f"{word}s", row_id=str(number), deleted_at=timezone.now())
