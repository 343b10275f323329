"""What a demo business offers, who offers it and when they work, as rows of the active tenant's schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from core.models import User
from demo.opening import Absence, at_minute
from demo.shape import Business, ResourceShape, ServiceShape, Week
from demo.story import Story
from schedule.models import DateOverride, Resource, Service, ServiceResource, TimeOff, WorkingHours


@dataclass(frozen=True)
class Catalogue:
    """The stored resources and services by name."""

    resources: Mapping[str, Resource]
    services: Mapping[str, Service]


def store_catalogue(story: Story, *, users: Mapping[str, User]) -> Catalogue:
    """Insert resources, services, who is able to do what, and all hours; they replace the usual opening hours."""
    business = story.business
    logins = {member.works_as: users[member.email] for member in business.members if member.works_as}
    resources = {shape.name: _resource(shape, logins.get(shape.name), story.opened_at) for shape in business.resources}
    services = {shape.name: _service(shape, business, story.opened_at) for shape in business.services}
    Resource.objects.bulk_create(resources.values())
    Service.objects.bulk_create(services.values())
    ServiceResource.objects.bulk_create(
        ServiceResource(service=services[shape.name], resource=resources[name], requirement=requirement)
        for shape in business.services
        for requirement, group in enumerate(shape.needs)
        for name in group
    )
    _store_hours(story, resources)
    for model in (Resource, Service, TimeOff):
        model._default_manager.update(updated_at=F("created_at"))
    return Catalogue(resources=resources, services=services)


def _resource(shape: ResourceShape, user: User | None, created_at: datetime) -> Resource:
    return Resource(
        name=shape.name,
        type=shape.type,
        color=shape.color,
        user=user,
        max_concurrent_events=shape.capacity,
        created_at=created_at,
    )


def _service(shape: ServiceShape, business: Business, created_at: datetime) -> Service:
    return Service(
        name=shape.name,
        description=shape.description,
        duration_minutes=shape.duration_minutes,
        buffer_before_minutes=shape.buffer_before_minutes,
        buffer_after_minutes=shape.buffer_after_minutes,
        price_cents=shape.price_cents,
        currency=business.currency,
        min_notice_minutes=shape.min_notice_minutes,
        max_advance_days=shape.max_advance_days,
        slot_step_minutes=shape.slot_step_minutes,
        created_at=created_at,
    )


def _store_hours(story: Story, resources: Mapping[str, Resource]) -> None:
    business = story.business
    WorkingHours.objects.all().delete()
    WorkingHours.objects.bulk_create(
        [
            *_working_hours(None, business.week),
            *(
                row
                for shape in business.resources
                if shape.week is not None
                for row in _working_hours(resources[shape.name], shape.week)
            ),
        ]
    )
    DateOverride.objects.bulk_create(DateOverride(date=day) for day in story.closed_days)
    TimeOff.objects.bulk_create(_time_off(absence, resources[absence.resource], story) for absence in story.absences)


def _working_hours(resource: Resource | None, week: Week) -> list[WorkingHours]:
    return [
        WorkingHours(resource=resource, weekday=weekday, opens_minute=opens, closes_minute=closes)
        for weekday, day in enumerate(week)
        for opens, closes in day
    ]


def _time_off(absence: Absence, resource: Resource, story: Story) -> TimeOff:
    zone = story.business.zone
    start_at = at_minute(absence.first, absence.interval[0], zone)
    return TimeOff(
        resource=resource,
        start_at=start_at,
        end_at=at_minute(absence.last, absence.interval[1], zone),
        reason=absence.reason,
        created_at=max(story.opened_at, start_at - timedelta(days=absence.announced_days)),
    )
