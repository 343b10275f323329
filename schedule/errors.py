"""Refusals of the scheduling domain."""

from collections.abc import Iterable, Sequence
from typing import Any

from core.errors import Conflict, DomainError, FieldError, Unprocessable


class SlotTaken(Conflict):
    """The time is no longer free. `conflicts` and `alternatives` are JSON-ready; neither names a customer."""

    code = "slot_taken"

    def __init__(self, *, conflicts: Sequence[dict[str, Any]], alternatives: Sequence[str]) -> None:
        hint = f"The next free start is {alternatives[0]}." if alternatives else "Choose another time."
        super().__init__(
            f"This time is already taken. {hint}", conflicts=list(conflicts), alternatives=list(alternatives)
        )


class RuleBroken(FieldError):
    """The time, service or resource is kept from being booked by a rule; `code` is the rule."""


class WrongStatus(Conflict):
    """The appointment's status does not allow what was asked."""

    code = "wrong_status"

    def __init__(self, *, status: str, allowed: Iterable[str], act: str) -> None:
        possible = sorted(allowed)
        super().__init__(
            f"The appointment is {_words(status)}; only one that is {_words(' or '.join(possible))} can be {act}.",
            status=status,
            allowed=possible,
        )


class NotStarted(Conflict):
    """The appointment lies ahead, so nobody can know how it went."""

    code = "not_started"


class TimePassed(DomainError):
    """A cancelled appointment whose start has passed cannot be brought back."""

    code = "time_passed"


class CapacityOverlaps(Conflict):
    """A resource's capacity cannot shrink below what is already booked at the same moment."""

    code = "capacity_overlaps"


class InUse(Conflict):
    """What is to be deleted is part of appointments, which are kept."""

    code = "in_use"


class HasFutureAppointments(Conflict):
    """A resource cannot be switched off unasked while appointments with it lie ahead; `count` says how many."""

    code = "has_future_appointments"


class FromCalendar(Conflict):
    """Time off that comes from a connected calendar is changed there."""

    code = "from_calendar"


class Busy(DomainError):
    """Too many others want the same thing at this moment; trying again helps."""

    status = 503
    code = "busy"


class IdempotencyKeyReused(Unprocessable):
    """An idempotency key belongs to another request."""

    code = "idempotency_key_reused"


def _words(status: str) -> str:
    return status.replace("_", "-")
