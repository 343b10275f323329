"""Reads of resources, services, customers and hours."""

from django.db.models import Prefetch, QuerySet

from core.errors import FieldError, Missing
from schedule.models import Customer, DateOverride, Resource, Service, ServiceResource, TimeOff, WorkingHours


def resources() -> QuerySet[Resource]:
    """Return all resources."""
    return Resource.objects.all()


def services() -> QuerySet[Service]:
    """Return all services, each with its `abilities` in the order of groups and resources."""
    abilities = ServiceResource.objects.order_by("requirement", "resource_id")
    return Service.objects.prefetch_related(Prefetch("abilities", queryset=abilities))


def get_service(service_id: int) -> Service:
    """Return a service with its abilities. Raises Missing."""
    service = services().filter(pk=service_id).first()
    if service is None:
        raise Missing("There is no such service.")
    return service


def customers() -> QuerySet[Customer]:
    """Return all customers."""
    return Customer.objects.all()


def working_hours() -> QuerySet[WorkingHours]:
    """Return all weekly hours."""
    return WorkingHours.objects.all()


def week_of(resource_id: int | None) -> QuerySet[WorkingHours]:
    """Return the weekly hours of a resource, or of the business, in order. Raises FieldError naming `resource`."""
    ordered = WorkingHours.objects.order_by("weekday", "opens_minute")
    if resource_id is None:
        return ordered.filter(resource__isnull=True)
    return ordered.filter(resource=resource_named(resource_id, field="resource"))


def date_overrides() -> QuerySet[DateOverride]:
    """Return the other hours of single dates."""
    return DateOverride.objects.all()


def time_off() -> QuerySet[TimeOff]:
    """Return all time off."""
    return TimeOff.objects.all()


def resource_named(resource_id: int, *, field: str = "resource_id") -> Resource:
    """Return the resource a request names in `field`. Raises FieldError when there is none."""
    resource = Resource.objects.filter(pk=resource_id).first()
    if resource is None:
        raise FieldError(field, f"There is no resource {resource_id}.", code="does_not_exist")
    return resource


def service_named(service_id: int, *, field: str = "service_id") -> Service:
    """Return the service a request names in `field`. Raises FieldError when there is none."""
    service = Service.objects.filter(pk=service_id).first()
    if service is None:
        raise FieldError(field, f"There is no service {service_id}.", code="does_not_exist")
    return service
