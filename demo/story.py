"""What became of a demo business until now: the rows to be, before any database is asked."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from demo.clientele import Person
from demo.diary import Place
from demo.opening import Absence, at_minute
from demo.shape import Business, ServiceShape
from payments.enums import Method, TransactionStatus
from schedule.enums import BLOCKING_STATUSES, BookingSource, HistoryKind, Status


@dataclass(frozen=True)
class Step:
    """One thing that happened to an appointment, with its status and place before (None: it was created) and after."""

    kind: HistoryKind
    at: datetime
    by: str | None
    status_before: Status | None
    status: Status
    place_before: Place | None
    place: Place


@dataclass(eq=False)
class Appointment:
    """An appointment as its last step left it. `by` and `cancelled_by` are members' e-mail addresses."""

    id: UUID
    person: Person
    service: ServiceShape
    place: Place
    status: Status
    price_cents: int
    source: BookingSource
    notes: str
    steps: list[Step] = field(default_factory=list)

    @property
    def created_at(self) -> datetime:
        """When it was booked."""
        return self.steps[0].at

    @property
    def updated_at(self) -> datetime:
        """When something last happened to it."""
        return self.steps[-1].at

    @property
    def blocks(self) -> bool:
        """Whether it takes its resources' time."""
        return self.status in BLOCKING_STATUSES

    @property
    def moves(self) -> int:
        """How often it was rescheduled."""
        return sum(step.kind == HistoryKind.RESCHEDULED for step in self.steps)

    def reached(self, status: Status) -> Step | None:
        """Return the step that led to the present status, if that is `status`."""
        return self.steps[-1] if self.status == status else None

    def times(self, business: Business) -> tuple[datetime, datetime]:
        """Return the instants [start, end), buffers not included."""
        start = at_minute(self.place.day, self.place.minute, business.zone)
        return start, start + timedelta(minutes=self.service.duration_minutes)

    def occupied(self, business: Business) -> tuple[datetime, datetime]:
        """Return the instants [start, end), buffers included."""
        start, end = self.times(business)
        return (
            start - timedelta(minutes=self.service.buffer_before_minutes),
            end + timedelta(minutes=self.service.buffer_after_minutes),
        )


@dataclass(frozen=True)
class RefundGiven:
    """Money given back."""

    id: UUID
    amount_cents: int
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Payment:
    """A payment of an appointment with at most one refund."""

    id: UUID
    appointment: Appointment
    amount_cents: int
    method: Method
    at: datetime
    by: str
    failed: bool = False
    refund: RefundGiven | None = None

    @property
    def refunded_cents(self) -> int:
        """How much was given back."""
        return self.refund.amount_cents if self.refund else 0

    @property
    def status(self) -> TransactionStatus:
        """Where the payment stands."""
        if self.failed:
            return TransactionStatus.FAILED
        if self.refund is None:
            return TransactionStatus.SUCCEEDED
        whole = self.refund.amount_cents == self.amount_cents
        return TransactionStatus.REFUNDED if whole else TransactionStatus.PARTIALLY_REFUNDED


@dataclass(frozen=True)
class Story:
    """Everything to store about one business, in the order of happening."""

    business: Business
    opened_at: datetime
    closed_days: tuple[date, ...]
    absences: tuple[Absence, ...]
    people: tuple[Person, ...]
    appointments: tuple[Appointment, ...]
    payments: tuple[Payment, ...]
