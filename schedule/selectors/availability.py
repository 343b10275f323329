"""Which starts are free."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from core.models import Tenant
from schedule.models import Resource, Service, ServiceResource
from schedule.models.appointments import LONGEST_OCCUPATION
from schedule.selectors.availability_sql import FREE_STARTS
from schedule.selectors.explanation import broken_rules, others_missing
from schedule.selectors.rules import BrokenRule
from schedule.selectors.timetable import Chosen, calendar_parameters, zone_of
from schedule.selectors.windows import DateWindow

CLOCK_SHIFT = timedelta(hours=3)
"""More than clocks are moved around midnight; which day a slot belongs to is decided slot by slot."""
SEARCH_DAYS = (1, 14)
"""How far `next_free_starts` looks: first a little, then as far as it goes."""
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Slot:
    """A free start with everyone who can take it. Instants are in the business's zone, buffers not included."""

    start: datetime
    end: datetime
    resource_ids: tuple[int, ...]


@dataclass(frozen=True)
class DaySlots:
    """The free starts of one day of the business, in order."""

    date: date
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Party:
    """The active resources able to perform a service, and how many requirements an appointment has to meet."""

    chosen: tuple[Chosen, ...]
    requirements: frozenset[int]

    @property
    def is_complete(self) -> bool:
        """Whether there is somebody for every requirement."""
        return bool(self.requirements) and {resource.requirement for resource in self.chosen} == self.requirements

    def narrowed_to(self, resource_ids: Collection[int]) -> "Party":
        """Return the party in which the requirements that `resource_ids` meet are met by them alone.

        One of them that is not able or not active leaves nobody.
        """
        wanted = [resource for resource in self.chosen if resource.id in resource_ids]
        if len(wanted) < len(set(resource_ids)):
            return Party((), self.requirements)
        met = {resource.requirement for resource in wanted}
        others = [resource for resource in self.chosen if resource.requirement not in met]
        return Party((*wanted, *others), self.requirements)


def free_slots(
    *,
    tenant: Tenant,
    service: Service,
    from_date: date,
    to_date: date,
    now: datetime,
    resource_id: int | None = None,
) -> list[DaySlots]:
    """Return the free starts of every day from `from_date` to `to_date`, both included, days of the tenant's zone.

    A start is free when every requirement of the service has a free resource; with `resource_id`, when that one is
    free and the other requirements have somebody. Starts lie on a grid of the service's step that begins at each
    opening of a resource of the first requirement; who follows from another requirement only has to be free.
    Nothing is offered before `now` plus the notice, after `now` plus the horizon, or of an inactive service.
    Two queries, whatever the number of days and resources.
    """
    window = DateWindow(from_date, to_date, tenant.zone)
    party = party_of(service, tenant=tenant)
    if resource_id is not None:
        party = party.narrowed_to([resource_id])
    days: dict[date, list[Slot]] = {day: [] for day in window.dates}
    for slot in free_starts(
        party,
        tenant=tenant,
        service=service,
        from_at=window.start_at.astimezone(UTC) - CLOCK_SHIFT,
        to_at=window.end_at.astimezone(UTC) + CLOCK_SHIFT,
        now=now,
    ):
        if slot.start.date() in days:
            days[slot.start.date()].append(slot)
    return [DaySlots(date=day, slots=tuple(slots)) for day, slots in days.items()]


def next_free_starts(
    *,
    tenant: Tenant,
    service: Service,
    resource_ids: Collection[int],
    after: datetime,
    count: int = 3,
    now: datetime,
) -> list[datetime]:
    """Return up to `count` free starts at or after `after`, within 14 days, in the tenant's zone.

    `resource_ids` are those wanted: of each requirement that some of them meet, one of them must be free; of the other
    requirements anybody. None wanted means anybody. Nobody is found when one of them is not able or not active.
    """
    party = party_of(service, tenant=tenant).narrowed_to(resource_ids)
    after = after.astimezone(UTC)
    found: list[Slot] = []
    for days in SEARCH_DAYS:
        found = free_starts(
            party,
            tenant=tenant,
            service=service,
            from_at=after,
            to_at=after + timedelta(days=days),
            now=now,
            limit=count,
        )
        if len(found) == count:
            break
    return [slot.start for slot in found]


def party_of(service: Service, *, tenant: Tenant) -> Party:
    """Return the active resources able to perform `service`."""
    rows = ServiceResource.objects.filter(service=service).values_list(
        "resource_id",
        "requirement",
        "resource__is_active",
        "resource__timezone",
        "resource__max_concurrent_events",
    )
    chosen = []
    requirements = set()
    for resource_id, requirement, is_active, timezone, capacity in rows:
        requirements.add(requirement)
        if is_active:
            chosen.append(Chosen(resource_id, zone_of(timezone, tenant), capacity, requirement))
    return Party(tuple(chosen), frozenset(requirements))


def free_starts(
    party: Party,
    *,
    tenant: Tenant,
    service: Service,
    from_at: datetime,
    to_at: datetime,
    now: datetime,
    limit: int | None = None,
) -> list[Slot]:
    """Return the free starts within [from_at, to_at) that `party` can serve, in order, at most `limit`.

    `from_at` and `to_at` are in UTC: elsewhere Python adds hours of the clock, not hours that pass.
    """
    now = now.astimezone(UTC)
    from_at = max(from_at, now + timedelta(minutes=service.min_notice_minutes))
    to_at = min(to_at, now + timedelta(days=service.max_advance_days) + INSTANT)
    if from_at >= to_at or not service.is_active or not party.is_complete:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FREE_STARTS, _parameters(party, service, from_at, to_at, limit))
        rows: Iterable[tuple[datetime, list[int]]] = cursor.fetchall()
    zone = tenant.zone
    duration = timedelta(minutes=service.duration_minutes)
    return [
        Slot(start.astimezone(zone), (start + duration).astimezone(zone), tuple(resource_ids))
        for start, resource_ids in rows
    ]


def _parameters(
    party: Party, service: Service, from_at: datetime, to_at: datetime, limit: int | None
) -> dict[str, Any]:
    duration = timedelta(minutes=service.duration_minutes)
    before = timedelta(minutes=service.buffer_before_minutes)
    after = timedelta(minutes=service.buffer_after_minutes)
    step = timedelta(minutes=service.slot_step_minutes)
    return {
        **calendar_parameters(party.chosen, look_from_at=from_at - before, look_to_at=to_at + duration + after),
        "from_at": from_at,
        "to_at": to_at,
        "longest_occupation": LONGEST_OCCUPATION,
        "leading": min(party.requirements),
        "requirement_count": len(party.requirements),
        "step": step,
        "step_seconds": int(step.total_seconds()),
        "duration": duration,
        "before": before,
        "after": after,
        "limit": limit,
    }


def explain(
    *, tenant: Tenant, service: Service, resource: Resource, start_at: datetime, now: datetime
) -> tuple[BrokenRule, ...]:
    """Return why `start_at` is not among the free starts of `service` with `resource`; empty when it is.

    Every broken rule is told: inactive_service, past, notice, horizon, not_able, inactive_resource, closed, time_off,
    step, busy, buffer. `busy` without a resource means that of another requirement nobody can.
    """
    start_at, now = start_at.astimezone(UTC), now.astimezone(UTC)
    broken = tuple(broken_rules(tenant=tenant, service=service, resource=resource, start_at=start_at, now=now))
    if broken:
        return broken
    party = party_of(service, tenant=tenant).narrowed_to([resource.pk])
    offered = free_starts(party, tenant=tenant, service=service, from_at=start_at, to_at=start_at + INSTANT, now=now)
    return () if offered else (others_missing(resource),)
