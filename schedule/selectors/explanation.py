"""Why a start is not offered: the same facts as availability, told rule by rule for one resource."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from core.models import Tenant
from schedule.enums import Rule
from schedule.models import Resource, Service, ServiceResource, TimeOff
from schedule.selectors.conflicts import Occupation, Span, in_the_way, occupations
from schedule.selectors.rules import BrokenRule, HoursAt, hours_at, hours_rules, inactive_resource, service_rules


def broken_rules(
    *, tenant: Tenant, service: Service, resource: Resource, start_at: datetime, now: datetime
) -> Iterator[BrokenRule]:
    """Yield every rule that keeps `resource` from performing `service` at `start_at`, others' part left aside."""
    yield from service_rules(service=service, start_at=start_at, now=now)
    requirement = _requirement_met_by(resource, service)
    if requirement is None:
        yield BrokenRule(
            Rule.NOT_ABLE, f"“{resource.name}” does not perform “{service.name}”.", resource_id=resource.pk
        )
    if not resource.is_active:
        yield inactive_resource(resource.pk, resource)
    hours = hours_at(tenant=tenant, service=service, resources=[resource], start_at=start_at)[resource.pk]
    for broken in hours_rules(resource, hours):
        yield _with_time_off(broken, service, resource, start_at) if broken.rule is Rule.TIME_OFF else broken
    if requirement == _leading_requirement(service):
        yield from _off_the_grid(service, resource, hours, start_at)
    yield from _taken(service, resource, start_at)


def others_missing(resource: Resource) -> BrokenRule:
    """Return the broken rule of a resource that is free while nobody else who is needed can start at that time."""
    return BrokenRule(
        Rule.BUSY,
        f"“{resource.name}” is free, but nobody else this service needs can start at this time.",
    )


def _requirement_met_by(resource: Resource, service: Service) -> int | None:
    return (
        ServiceResource.objects.filter(service=service, resource=resource).values_list("requirement", flat=True).first()
    )


def _leading_requirement(service: Service) -> int | None:
    return (
        ServiceResource.objects.filter(service=service)
        .order_by("requirement")
        .values_list("requirement", flat=True)
        .first()
    )


def _with_time_off(broken: BrokenRule, service: Service, resource: Resource, start_at: datetime) -> BrokenRule:
    """Return the rule with the first time off in the way."""
    first = (
        TimeOff.objects.filter(
            Q(resource=resource) | Q(resource=None),
            start_at__lt=start_at + timedelta(minutes=service.duration_minutes),
            end_at__gt=start_at,
        )
        .order_by("start_at", "pk")
        .first()
    )
    if first is None:  # it was deleted a moment ago
        return broken
    return BrokenRule(
        Rule.TIME_OFF, broken.detail, resource_id=resource.pk, start_at=first.start_at, end_at=first.end_at
    )


def _off_the_grid(service: Service, resource: Resource, hours: HoursAt, start_at: datetime) -> Iterator[BrokenRule]:
    """Yield the broken rule of a start that lies in an opening, between two starts of its grid."""
    step = timedelta(minutes=service.slot_step_minutes)
    beyond = [(start_at - opens_at) % step for opens_at in hours.openings]
    if beyond and all(beyond):
        before = start_at - min(beyond)
        yield BrokenRule(
            Rule.STEP,
            f"“{service.name}” starts every {service.slot_step_minutes} minutes from opening.",
            resource_id=resource.pk,
            start_at=before,
            end_at=before + step,
        )


def _taken(service: Service, resource: Resource, start_at: datetime) -> Iterator[BrokenRule]:
    """Yield `busy` when appointments themselves collide, `buffer` when only their buffers do."""
    appointment = Span(start_at, start_at + timedelta(minutes=service.duration_minutes))
    occupied = Span(
        appointment.start_at - timedelta(minutes=service.buffer_before_minutes),
        appointment.end_at + timedelta(minutes=service.buffer_after_minutes),
    )
    found = occupations(resource_ids=[resource.pk], span=occupied)
    obstacles = in_the_way(found, capacity=resource.max_concurrent_events, within=occupied)
    if not obstacles:
        return
    without_buffers = [
        Occupation(one.event_id, one.resource_id, booked=one.booked, occupied=one.booked) for one in found
    ]
    colliding = in_the_way(without_buffers, capacity=resource.max_concurrent_events, within=appointment)
    first = (colliding or obstacles)[0]
    yield BrokenRule(
        Rule.BUSY if colliding else Rule.BUFFER,
        f"“{resource.name}” is booked to capacity."
        if colliding
        else f"The time kept free before or after an appointment of “{resource.name}” is in the way.",
        resource_id=resource.pk,
        start_at=first.booked.start_at,
        end_at=first.booked.end_at,
    )
