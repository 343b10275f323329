"""Who is taken when, and where there is still room. Knows nothing of customers or of why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from demo.opening import CELL_MINUTES, MINUTES_PER_DAY, Opening, cells
from demo.shape import Business, ServiceShape


@dataclass(frozen=True)
class Place:
    """A time for a service: its start in wall-clock minutes of a local day, and the resources it takes."""

    day: date
    minute: int
    resources: tuple[str, ...]


class Diary:
    """The taken cells of every resource and day.

    For a resource of capacity n there are n masks: cell i is set in the first k of them when k appointments take it.
    """

    def __init__(self, business: Business, opening: Opening) -> None:
        self._opening = opening
        self._capacity = {resource.name: resource.capacity for resource in business.resources}
        self._taken: dict[tuple[str, date], list[int]] = {}

    def take(self, service: ServiceShape, place: Place) -> None:
        """Take the time of `place`, buffers included, on all its resources."""
        mask = occupied_cells(service, place.minute)
        for resource in place.resources:
            levels = self._levels(resource, place.day)
            for level in range(len(levels) - 1, 0, -1):
                levels[level] |= levels[level - 1] & mask
            levels[0] |= mask

    def release(self, service: ServiceShape, place: Place) -> None:
        """Give back what `take` took."""
        mask = occupied_cells(service, place.minute)
        for resource in place.resources:
            levels = self._levels(resource, place.day)
            for level in range(len(levels) - 1):
                levels[level] = levels[level] & ~mask | levels[level + 1] & mask
            levels[-1] &= ~mask

    def find(
        self,
        service: ServiceShape,
        day: date,
        *,
        wanted_minute: int,
        earliest_minute: int = 0,
        within_minutes: int = MINUTES_PER_DAY,
        groups: Sequence[Sequence[str]] | None = None,
    ) -> Place | None:
        """Return the free start nearest to `wanted_minute`, or None.

        `groups` are the service's needs in the order of preference, possibly fewer resources than there are.
        """
        groups = groups or service.needs
        starts = [{resource: self._starts(service, resource, day) for resource in group} for group in groups]
        possible = _grid(service.slot_step_minutes)
        for by_resource in starts:
            of_group = 0
            for mask in by_resource.values():
                of_group |= mask
            possible &= of_group
        cell = _nearest(possible, wanted_minute // CELL_MINUTES, -(-earliest_minute // CELL_MINUTES))
        if cell is None or abs(cell * CELL_MINUTES - wanted_minute) > within_minutes:
            return None
        chosen = tuple(
            next(resource for resource, mask in by_resource.items() if mask >> cell & 1) for by_resource in starts
        )
        return Place(day=day, minute=cell * CELL_MINUTES, resources=chosen)

    def _starts(self, service: ServiceShape, resource: str, day: date) -> int:
        free = self._opening.mask(resource, day) & ~self._levels(resource, day)[-1]
        length = (
            service.buffer_before_minutes + service.duration_minutes + service.buffer_after_minutes
        ) // CELL_MINUTES
        return _runs(free, length) << service.buffer_before_minutes // CELL_MINUTES

    def _levels(self, resource: str, day: date) -> list[int]:
        key = (resource, day)
        if key not in self._taken:
            self._taken[key] = [0] * self._capacity[resource]
        return self._taken[key]


def occupied_cells(service: ServiceShape, minute: int) -> int:
    """Return the cells an appointment at `minute` keeps, its buffers included."""
    return cells(
        minute - service.buffer_before_minutes,
        minute + service.duration_minutes + service.buffer_after_minutes,
    )


@lru_cache
def _grid(step_minutes: int) -> int:
    return sum(1 << minute // CELL_MINUTES for minute in range(0, MINUTES_PER_DAY, step_minutes))


def _runs(free: int, length: int) -> int:
    """Return the cells from which on `length` cells are free."""
    covered = 1
    while covered < length:
        shift = min(covered, length - covered)
        free &= free >> shift
        covered += shift
    return free


def _nearest(mask: int, wanted: int, earliest: int) -> int | None:
    """Return the set bit of `mask` nearest to `wanted` and not below `earliest`."""
    mask = mask >> earliest << earliest
    if not mask:
        return None
    below = mask & (1 << wanted + 1) - 1
    above = mask >> wanted << wanted
    if not below or not above:
        return (below.bit_length() - 1) if below else _lowest(above)
    down, up = below.bit_length() - 1, _lowest(above)
    return down if wanted - down <= up - wanted else up


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
