"""The numbers of analytics, worked out a second time: one row after the other, by the words of the contract.

Shares nothing with the code it is compared with: no SQL, no rounding helper, no window.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

STATUSES = ("pending", "confirmed", "completed", "cancelled", "no_show")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Payment:
    """One payment."""

    amount_cents: int
    refunded_cents: int
    currency: str
    failed: bool

    @property
    def counts(self) -> bool:
        """Whether the business keeps something of it."""
        return not self.failed and self.refunded_cents < self.amount_cents


@dataclass(frozen=True)
class Booking:
    """One appointment; services and resources by id."""

    service: int
    resources: frozenset[int]
    start_at: datetime
    minutes: int
    status: str
    payments: tuple[Payment, ...] = field(default=())

    def date(self, zone: ZoneInfo) -> date:
        """The local date on which it starts."""
        return self.start_at.astimezone(zone).date()


@dataclass(frozen=True)
class Business:
    """Everything the numbers are made of."""

    zone: ZoneInfo
    currency: str
    services: dict[int, str]
    resources: dict[int, str]
    bookings: list[Booking]


def half_up(value: Fraction) -> int:
    """Return the nearest whole number; halves away from zero."""
    return floor(value + Fraction(1, 2)) if value >= 0 else -floor(-value + Fraction(1, 2))


def two_decimals(value: Fraction) -> float:
    """Return the number with two decimals."""
    return half_up(value * 100) / 100


def share(part: int, whole: int) -> float:
    """Return percent."""
    return two_decimals(Fraction(part * 100, whole)) if whole else 0.0


def last_dates(now: datetime, zone: ZoneInfo, days: int) -> list[date]:
    """Return the last dates up to today."""
    today = now.astimezone(zone).date()
    return [today - timedelta(days=ago) for ago in reversed(range(days))]


def tally(rows: list[Booking]) -> dict[str, int]:
    """Return how many there are of each status."""
    return {status: len([row for row in rows if row.status == status]) for status in STATUSES}


def appointments(
    business: Business,
    now: datetime,
    days: int,
    status: str | None = None,
    service_id: int | None = None,
    resource_id: int | None = None,
) -> dict[str, Any]:
    """Return the answer of `appointments/`."""
    matching = [
        row
        for row in business.bookings
        if status in (None, row.status)
        and service_id in (None, row.service)
        and (resource_id is None or resource_id in row.resources)
    ]
    dates = last_dates(now, business.zone, days)
    chosen = [row for row in matching if row.date(business.zone) in set(dates)]
    dates_before = set(last_dates(now, business.zone, days * 2)[:days])
    previous = [row for row in matching if row.date(business.zone) in dates_before]
    by_service = [
        {"service_id": pk, "service_name": name, "count": len([row for row in chosen if row.service == pk])}
        for pk, name in business.services.items()
    ]
    by_resource = [
        {"resource_id": pk, "resource_name": name, "count": len([row for row in chosen if pk in row.resources])}
        for pk, name in business.resources.items()
    ]
    counts = tally(chosen)
    return {
        "total": len(chosen),
        "by_status": counts,
        "by_service": sorted(
            (row for row in by_service if row["count"]), key=lambda row: (-int(row["count"]), int(row["service_id"]))
        ),
        "by_resource": sorted(
            (row for row in by_resource if row["count"]), key=lambda row: (-int(row["count"]), int(row["resource_id"]))
        ),
        "daily_breakdown": [
            {
                "date": day.isoformat(),
                "count": len([row for row in chosen if row.date(business.zone) == day]),
                "status_breakdown": tally([row for row in chosen if row.date(business.zone) == day]),
            }
            for day in dates
        ],
        "booking_trend_percent": share(len(chosen) - len(previous), len(previous)) if previous else None,
        "cancellation_rate_percent": share(counts["cancelled"], len(chosen)),
        "no_show_rate_percent": share(counts["no_show"], len(chosen)),
        "period_days": days,
    }


def revenue(business: Business, now: datetime, days: int, service_id: int | None = None) -> dict[str, Any]:
    """Return the answer of `revenue/`."""
    dates = last_dates(now, business.zone, days)
    earned = [
        (row.date(business.zone), row.service, payment.currency, payment.amount_cents - payment.refunded_cents)
        for row in business.bookings
        for payment in row.payments
        if payment.counts and row.date(business.zone) in set(dates) and service_id in (None, row.service)
    ]
    own = [entry for entry in earned if entry[2] == business.currency]
    total = sum(cents for *_, cents in own)
    by_service = [
        {
            "service_id": pk,
            "service_name": name,
            "revenue_cents": sum(cents for _, service, _, cents in own if service == pk),
            "count": len([entry for entry in own if entry[1] == pk]),
        }
        for pk, name in business.services.items()
    ]
    return {
        "total_revenue_cents": total,
        "transaction_count": len(own),
        "average_transaction_value_cents": half_up(Fraction(total, len(own))) if own else 0,
        "by_service": sorted(
            (row for row in by_service if row["count"]),
            key=lambda row: (-int(row["revenue_cents"]), int(row["service_id"])),
        ),
        "daily_breakdown": [
            {
                "date": day.isoformat(),
                "revenue_cents": sum(cents for on, _, _, cents in own if on == day),
                "transaction_count": len([entry for entry in own if entry[0] == day]),
            }
            for day in dates
        ],
        "period_days": days,
        "currency": business.currency,
        "other_currencies": [
            {
                "currency": code,
                "total_revenue_cents": sum(cents for *_, currency, cents in earned if currency == code),
                "transaction_count": len([entry for entry in earned if entry[2] == code]),
            }
            for code in sorted({entry[2] for entry in earned} - {business.currency})
        ],
    }


def dashboard(business: Business, now: datetime) -> dict[str, Any]:
    """Return the answer of `dashboard/`, apart from what is not about appointments."""
    today = now.astimezone(business.zone).date()
    of_this_month = [
        row
        for row in business.bookings
        if (row.date(business.zone).year, row.date(business.zone).month) == (today.year, today.month)
    ]
    went_ahead = [row for row in business.bookings if row.status != "cancelled"]
    starts = [row.start_at.astimezone(business.zone) for row in went_ahead]
    weekdays = [start.weekday() for start in starts]
    hours = [start.hour for start in starts]
    minutes = sum(row.minutes for row in went_ahead)
    return {
        "total_appointments_this_month": len(of_this_month),
        "total_appointments_all_time": len(business.bookings),
        "upcoming_appointments_count": len(
            [row for row in business.bookings if row.status in ("pending", "confirmed") and row.start_at > now]
        ),
        "average_appointment_duration_minutes": two_decimals(Fraction(minutes, len(went_ahead))) if went_ahead else 0.0,
        "peak_booking_day": WEEKDAYS[max(range(7), key=lambda day: (weekdays.count(day), -day))] if starts else None,
        "peak_booking_hour": max(range(24), key=lambda hour: (hours.count(hour), -hour)) if starts else None,
    }
