"""What was paid for an appointment, and what was given back."""

from datetime import datetime, timedelta
from random import Random

from demo.ids import uuid7_at
from demo.story import Appointment, Payment, RefundGiven
from payments.enums import Method

UNPAID_SHARE = 0.012
FAILED_CARD_SHARE = 0.007
REFUND_SHARE = 0.011
PARTIAL_REFUND_SHARE = 0.55
METHODS = {Method.CARD: 0.66, Method.CASH: 0.21, Method.TRANSFER: 0.10, Method.OTHER: 0.03}
REFUND_REASONS = ("Not satisfied", "Charged the wrong service", "Goodwill", "Had to stop early")


def payment_of(
    appointment: Appointment, *, completed_at: datetime, by: str, now: datetime, random: Random
) -> list[Payment]:
    """Return what happened at the till until `now` after the appointment was completed at `completed_at`.

    Mostly one payment; sometimes a card that failed before it, sometimes nothing at all.
    """
    paid_at = completed_at + timedelta(seconds=random.randint(20, 420))
    if appointment.price_cents == 0 or random.random() < UNPAID_SHARE or paid_at > now:
        return []
    method = random.choices(tuple(METHODS), weights=tuple(METHODS.values()))[0]
    paid = Payment(
        id=uuid7_at(paid_at, random),
        appointment=appointment,
        amount_cents=appointment.price_cents,
        method=method,
        at=paid_at,
        by=by,
        refund=_refund(appointment.price_cents, paid_at, by, now, random),
    )
    if method != Method.CARD or random.random() >= FAILED_CARD_SHARE:
        return [paid]
    failed_at = paid_at - timedelta(seconds=random.randint(5, 19))
    failed = Payment(
        id=uuid7_at(failed_at, random),
        appointment=appointment,
        amount_cents=appointment.price_cents,
        method=Method.CARD,
        at=failed_at,
        by=by,
        failed=True,
    )
    return [failed, paid]


def _refund(paid_cents: int, paid_at: datetime, by: str, now: datetime, random: Random) -> RefundGiven | None:
    if random.random() >= REFUND_SHARE:
        return None
    at = paid_at + timedelta(hours=random.expovariate(1 / 60) + 0.2)
    if at > now:
        return None
    amount = paid_cents
    if random.random() < PARTIAL_REFUND_SHARE:
        amount = max(paid_cents * random.choice((20, 25, 30, 50)) // 10_000, 1) * 100
    return RefundGiven(id=uuid7_at(at, random), amount_cents=amount, reason=random.choice(REFUND_REASONS), at=at, by=by)
