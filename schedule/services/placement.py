"""Finding the resources of an appointment and holding them: the guarantee that nothing is booked twice.

One attempt is one transaction (a savepoint inside a caller's transaction), under READ COMMITTED:

1. choose a resource for each requirement from what is committed now;
2. lock the chosen rows, in id order, in one statement;
3. look again: this new statement sees what others committed meanwhile, and nobody can add to a locked resource;
4. write.

Where step 3 finds a chosen resource taken, the attempt is rolled back, which gives its locks back, and the next one
chooses anew. Locks of an attempt are always taken in id order, so attempts cannot wait for each other in a circle.
The order across kinds of lock is the same everywhere: idempotency key, appointment, resources, quota. The quota comes
last because its lock is the tenant's own bottleneck: whoever loses a slot never asks for it.
"""

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from core.errors import FieldError
from core.models import Tenant
from schedule.enums import Rule
from schedule.errors import Busy, RuleBroken, SlotTaken
from schedule.models import Event, Participant, Resource, Service, ServiceResource, TimeOff
from schedule.selectors.availability import next_free_starts
from schedule.selectors.conflicts import Occupation, Span, in_the_way, occupations
from schedule.selectors.rules import BrokenRule, broken_rule
from schedule.selectors.windows import ONE_DAY, first_instant

DOUBLE_BOOKING_CONSTRAINT = "participant_no_double_booking"
EXCLUSION_VIOLATION = "23P01"
ONE_MINUTE = timedelta(minutes=1)
MAX_ATTEMPTS = 200
"""Each lost attempt means that somebody else got a resource; only a bug or a storm would come this far."""
MAX_CONFLICTS_NAMED = 20

Written = TypeVar("Written")


@dataclass(frozen=True)
class Wish:
    """What an appointment needs: `service` in `booked`, on `resource_ids` and, where those leave a requirement open,
    on any able and free resource, best one of `preferring`. `excluding` is the appointment that is being moved or
    reopened; `as_before` is the time with buffers it took, where that stays; `keeps_start` lifts the rules about the
    start, for one that only becomes longer or shorter.
    """

    tenant: Tenant
    service: Service
    booked: Span
    now: datetime
    resource_ids: Sequence[int] = ()
    outside_hours_allowed: bool = False
    excluding: UUID | None = None
    preferring: Collection[int] = field(default_factory=frozenset)
    as_before: Span | None = None
    keeps_start: bool = False

    @property
    def occupied(self) -> Span:
        """The booked time with the service's buffers, unless it stays as it was."""
        return self.as_before or Span(
            self.booked.start_at - timedelta(minutes=self.service.buffer_before_minutes),
            self.booked.end_at + timedelta(minutes=self.service.buffer_after_minutes),
        )


class NoneFree(Exception):
    """Nothing that could serve the wish is free; `conflicts` say what is in the way."""

    def __init__(self, wish: Wish, conflicts: Sequence[Occupation]) -> None:
        super().__init__("no resource is free")
        self.wish = wish
        self.conflicts = conflicts


class LostRace(Exception):
    """A resource chosen as free was taken before it could be locked."""


def lasting(service: Service, length: timedelta) -> Service:
    """Return a copy of the service, never saved, that takes `length`: what rules and alternatives are to be about."""
    adapted = copy(service)
    adapted.duration_minutes = length // ONE_MINUTE
    return adapted


def place(attempt: Callable[[], Written]) -> Written:
    """Run `attempt` in a transaction, again as long as others come between its choice and its locks.

    Raises SlotTaken when nothing is free, with alternatives that were looked for after the failed attempt was undone.
    """
    try:
        return _first_undisturbed(attempt)
    except NoneFree as refusal:
        raise _slot_taken(refusal) from None


def hold(wish: Wish, *, also_locking: Collection[int] = ()) -> list[Resource]:
    """Return the resources of the appointment, one for each requirement, locked and with room for it.

    Runs inside `place`. `also_locking` names resources that are locked in the same statement without being used.
    Raises FieldError or RuleBroken for what can never be booked, NoneFree and LostRace for what is taken.
    """
    given, open_requirements = _given_and_open(wish)
    if given:
        _refuse_broken_rule(_broken(wish, [resource.pk for resource in given]))
    chosen = _choose(wish, open_requirements) if open_requirements else []
    ids = sorted(resource.pk for resource in (*given, *chosen))
    locked = lock_resources({*ids, *also_locking})
    if any(number not in locked or not locked[number].is_active for number in ids) or _became_off(wish, ids):
        raise LostRace
    _require_room(wish, [locked[number] for number in ids], replaceable={resource.pk for resource in chosen})
    return [locked[number] for number in ids]


def hold_again(wish: Wish) -> list[Resource]:
    """Return the resources of `wish.resource_ids`, locked and with room for it; no rule is asked.

    Runs inside `place`. Raises NoneFree for what is taken.
    """
    locked = lock_resources(wish.resource_ids)
    resources = [locked[number] for number in sorted(locked)]
    _require_room(wish, resources, replaceable=())
    return resources


def lock_resources(ids: Collection[int]) -> dict[int, Resource]:
    """Lock resources until the end of the transaction, in id order, and return those that exist.

    Whoever takes, moves or frees a resource's time holds this lock.
    """
    rows = Resource.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {resource.pk: resource for resource in rows}


def is_double_booking(error: IntegrityError) -> bool:
    """Tell whether the database refused an overlap. On a sharded schema the constraint's name carries a suffix."""
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    return getattr(cause, "pgcode", None) == EXCLUSION_VIOLATION and name.startswith(DOUBLE_BOOKING_CONSTRAINT)


def _first_undisturbed(attempt: Callable[[], Written]) -> Written:
    for _ in range(MAX_ATTEMPTS):
        try:
            with transaction.atomic():
                return attempt()
        except LostRace:
            continue
        except IntegrityError as error:
            if not is_double_booking(error):
                raise
    raise Busy("Too many others are booking the same time at this moment. Try again.")


def _slot_taken(refusal: NoneFree) -> SlotTaken:
    wish = refusal.wish
    zone = wish.tenant.zone
    alternatives = next_free_starts(
        tenant=wish.tenant,
        service=wish.service,
        resource_ids=tuple(wish.resource_ids),
        after=wish.booked.start_at,
        count=3,
        now=wish.now,
    )
    return SlotTaken(
        conflicts=[
            {
                "appointment_id": str(occupation.event_id),
                "resource_id": occupation.resource_id,
                "start_at": timezone.localtime(occupation.booked.start_at, zone).isoformat(),
                "end_at": timezone.localtime(occupation.booked.end_at, zone).isoformat(),
            }
            for occupation in refusal.conflicts[:MAX_CONFLICTS_NAMED]
        ],
        alternatives=[timezone.localtime(start_at, zone).isoformat() for start_at in alternatives],
    )


def _given_and_open(wish: Wish) -> tuple[list[Resource], list[list[Resource]]]:
    """Return the resources asked for, and for each requirement they leave open the active ones able to fill it."""
    abilities = list(
        ServiceResource.objects.filter(service=wish.service).select_related("resource").order_by("resource_id")
    )
    if not abilities:
        raise _nobody_able()
    by_id = {ability.resource_id: ability for ability in abilities}
    filled: dict[int, Resource] = {}
    for number in wish.resource_ids:
        ability = by_id.get(number)
        if ability is None:
            raise _not_able(number)
        if not ability.resource.is_active:
            raise RuleBroken("resources", f"Resource {number} is not active.", code=Rule.INACTIVE_RESOURCE)
        if ability.requirement in filled:
            other = filled[ability.requirement].pk
            raise FieldError("resources", f"Resources {other} and {number} fill the same requirement. Choose one.")
        filled[ability.requirement] = ability.resource
    still_open: dict[int, list[Resource]] = {
        ability.requirement: [] for ability in abilities if ability.requirement not in filled
    }
    for ability in abilities:
        if ability.requirement in still_open and ability.resource.is_active:
            still_open[ability.requirement].append(ability.resource)
    if not all(still_open.values()):
        raise _nobody_able()
    return list(filled.values()), [candidates for _, candidates in sorted(still_open.items())]


def _nobody_able() -> FieldError:
    return FieldError("service", "No active resource is able to perform this service.", code="no_resource")


def _not_able(number: int) -> FieldError:
    if Resource.objects.filter(pk=number).exists():
        return RuleBroken("resources", f"Resource {number} cannot perform this service.", code=Rule.NOT_ABLE)
    return FieldError("resources", f"There is no resource {number}.", code="does_not_exist")


def _choose(wish: Wish, open_requirements: list[list[Resource]]) -> list[Resource]:
    """Return one resource for each open requirement: able, kept from it by no rule, free as far as committed."""
    day = _local_day(wish)
    span = wish.occupied
    found: dict[int, list[Occupation]] = {}
    for occupation in occupations(
        resource_ids=[resource.pk for candidates in open_requirements for resource in candidates],
        span=Span(min(day.start_at, span.start_at), max(day.end_at, span.end_at)),
        excluding=wish.excluding,
    ):
        found.setdefault(occupation.resource_id, []).append(occupation)

    def booked_that_day(resource: Resource) -> timedelta:
        taken = [other.booked for other in found.get(resource.pk, ()) if other.booked.overlaps(day)]
        return sum((part.within(day).length for part in taken), timedelta())

    return [
        _pick(
            wish,
            sorted(candidates, key=lambda one: (one.pk not in wish.preferring, booked_that_day(one), one.pk)),
            found,
        )
        for candidates in open_requirements
    ]


def _pick(wish: Wish, candidates: list[Resource], found: dict[int, list[Occupation]]) -> Resource:
    """Return the first candidate that is free and kept from it by no rule.

    Rules are asked of one candidate after the other: nearly always the first is the answer.
    """
    conflicts: list[Occupation] = []
    first_rule: BrokenRule | None = None
    busy: list[tuple[Resource, list[Occupation]]] = []
    for resource in candidates:
        obstacles = in_the_way(
            found.get(resource.pk, ()), capacity=resource.max_concurrent_events, within=wish.occupied
        )
        if obstacles:
            busy.append((resource, obstacles))
            continue
        rule = _broken(wish, [resource.pk])
        if rule is None:
            return resource
        first_rule = first_rule or rule
    for resource, obstacles in busy:
        rule = _broken(wish, [resource.pk])
        if rule is None:
            conflicts += obstacles
        first_rule = first_rule or rule
    if conflicts:
        raise NoneFree(wish, conflicts)
    _refuse_broken_rule(first_rule)
    raise AssertionError("a candidate is free, taken or kept by a rule")


def _require_room(wish: Wish, resources: list[Resource], *, replaceable: Collection[int]) -> None:
    """Look again at the locked resources. Raises NoneFree, or LostRace where another choice may still be free."""
    span = wish.occupied
    found = occupations(resource_ids=[one.pk for one in resources], span=span, excluding=wish.excluding)
    obstacles = {
        resource.pk: in_the_way(
            [occupation for occupation in found if occupation.resource_id == resource.pk],
            capacity=resource.max_concurrent_events,
            within=span,
        )
        for resource in resources
    }
    final = [occupation for number, ones in obstacles.items() if number not in replaceable for occupation in ones]
    if final:
        raise NoneFree(wish, final)
    if any(obstacles.values()):
        raise LostRace


def _became_off(wish: Wish, resource_ids: Sequence[int]) -> bool:
    """Look again for time off at the locked resources: a connected calendar may have reported it meanwhile."""
    if wish.outside_hours_allowed:
        return False
    return TimeOff.objects.filter(
        Q(resource_id__in=resource_ids) | Q(resource_id__isnull=True),
        start_at__lt=wish.booked.end_at,
        end_at__gt=wish.booked.start_at,
    ).exists()


def _broken(wish: Wish, resource_ids: Sequence[int]) -> BrokenRule | None:
    return broken_rule(
        tenant=wish.tenant,
        service=wish.service,
        resource_ids=resource_ids,
        start_at=wish.booked.start_at,
        now=wish.now,
        outside_hours_allowed=wish.outside_hours_allowed,
        keeps_start=wish.keeps_start,
    )


FIELD_OF_RULE = {
    Rule.INACTIVE_SERVICE: "service",
    Rule.INACTIVE_RESOURCE: "resources",
    Rule.NOT_ABLE: "resources",
}


def _refuse_broken_rule(rule: BrokenRule | None) -> None:
    if rule is not None:
        field_name = FIELD_OF_RULE.get(rule.rule, "start_at")
        raise RuleBroken(field_name, rule.detail, code=rule.rule.value, resource_id=rule.resource_id)


def _local_day(wish: Wish) -> Span:
    date = wish.booked.start_at.astimezone(wish.tenant.zone).date()
    return Span(first_instant(date, wish.tenant.zone), first_instant(date + ONE_DAY, wish.tenant.zone))


def participants_of(event: Event, resources: Sequence[Resource], occupied: Span) -> list[Participant]:
    """Return the rows that make `resources` take part in the appointment, not saved."""
    return [
        Participant(
            event=event,
            resource=resource,
            occupied=(occupied.start_at, occupied.end_at),
            blocks=True,
            exclusive=resource.max_concurrent_events == 1,
        )
        for resource in resources
    ]
