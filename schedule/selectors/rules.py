"""The rules that keep a time from being booked, apart from what is booked already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from core.models import Tenant
from schedule.enums import Rule
from schedule.models import Resource, Service
from schedule.selectors.availability_sql import HOURS_AT
from schedule.selectors.timetable import Chosen, calendar_parameters, zone_of

ADVANCE_RULES = (Rule.NOTICE, Rule.HORIZON)
"""Rules about how long ahead a service is booked."""


@dataclass(frozen=True)
class BrokenRule:
    """A rule that is broken, in words for the person who asked.

    `start_at` and `end_at` bound the time that stands in the way, where there is one: of a notice the end, of a horizon
    the start, of `step` the nearest starts on the grid before and after.
    """

    rule: Rule
    detail: str
    resource_id: int | None = None
    start_at: datetime | None = None
    end_at: datetime | None = None


@dataclass(frozen=True)
class HoursAt:
    """How the hours of a resource stand to a time: it works all through it; it is off in some of it.

    `openings` are the instants at which the openings that hold the start began.
    """

    works: bool
    is_off: bool
    openings: tuple[datetime, ...]


def broken_rule(
    *,
    tenant: Tenant,
    service: Service,
    resource_ids: Sequence[int],
    start_at: datetime,
    now: datetime,
    outside_hours_allowed: bool = False,
    keeps_start: bool = False,
) -> BrokenRule | None:
    """Return the first rule that keeps `service` from starting at `start_at` with these resources, or None.

    In this order: inactive_service, past, notice, horizon; then for each resource inactive_resource, closed, time_off.
    `outside_hours_allowed` lifts notice, horizon, closed and time_off; `keeps_start`, for an appointment that has its
    start already, lifts past, notice and horizon. Whether the resources are able and free is not asked here. A resource
    that does not exist counts as inactive. Two queries at most.
    """
    start_at, now = start_at.astimezone(UTC), now.astimezone(UTC)
    lifted = (Rule.PAST, *ADVANCE_RULES) if keeps_start else ADVANCE_RULES if outside_hours_allowed else ()
    for broken in service_rules(service=service, start_at=start_at, now=now):
        if broken.rule not in lifted:
            return broken
    known = Resource.objects.in_bulk(resource_ids)
    hours: dict[int, HoursAt] = {}
    if not outside_hours_allowed:
        hours = hours_at(tenant=tenant, service=service, resources=list(known.values()), start_at=start_at)
    for number in resource_ids:
        resource = known.get(number)
        if resource is None or not resource.is_active:
            return inactive_resource(number, resource)
        if number in hours:
            broken_hours = next(hours_rules(resource, hours[number]), None)
            if broken_hours is not None:
                return broken_hours
    return None


def service_rules(*, service: Service, start_at: datetime, now: datetime) -> Iterator[BrokenRule]:
    """Yield the rules of the service itself that `start_at` breaks. Both instants are in UTC."""
    if not service.is_active:
        yield BrokenRule(Rule.INACTIVE_SERVICE, f"“{service.name}” is not offered at the moment.")
    earliest = now + timedelta(minutes=service.min_notice_minutes)
    latest = now + timedelta(days=service.max_advance_days)
    if start_at < now:
        yield BrokenRule(Rule.PAST, "This time has passed.")
    elif start_at < earliest:
        yield BrokenRule(
            Rule.NOTICE,
            f"“{service.name}” is booked at least {service.min_notice_minutes} minutes ahead. Choose a later time.",
            end_at=earliest,
        )
    elif start_at > latest:
        yield BrokenRule(
            Rule.HORIZON,
            f"“{service.name}” is booked at most {service.max_advance_days} days ahead. Choose an earlier time.",
            start_at=latest,
        )


def inactive_resource(number: int, resource: Resource | None) -> BrokenRule:
    """Return the broken rule of a resource that cannot be booked at all."""
    name = f"“{resource.name}”" if resource is not None else f"Resource {number}"
    return BrokenRule(Rule.INACTIVE_RESOURCE, f"{name} cannot be booked at the moment.", resource_id=number)


def hours_rules(resource: Resource, hours: HoursAt) -> Iterator[BrokenRule]:
    """Yield the rules about hours that a time breaks, given how the resource's hours stand to it."""
    if not hours.works:
        yield BrokenRule(
            Rule.CLOSED, f"“{resource.name}” does not work all through this time.", resource_id=resource.pk
        )
    if hours.is_off:
        yield BrokenRule(Rule.TIME_OFF, f"“{resource.name}” is off during this time.", resource_id=resource.pk)


def hours_at(
    *, tenant: Tenant, service: Service, resources: Sequence[Resource], start_at: datetime
) -> dict[int, HoursAt]:
    """Return how the hours of each resource stand to an appointment at `start_at` (in UTC), without its buffers.

    One query.
    """
    if not resources:
        return {}
    end_at = start_at + timedelta(minutes=service.duration_minutes)
    chosen = [Chosen(resource.pk, zone_of(resource.timezone, tenant)) for resource in resources]
    parameters = calendar_parameters(chosen, look_from_at=start_at, look_to_at=end_at)
    with connection.cursor() as cursor:
        cursor.execute(HOURS_AT, {**parameters, "start_at": start_at, "end_at": end_at})
        return {
            number: HoursAt(works, is_off, tuple(openings)) for number, works, is_off, openings in cursor.fetchall()
        }
