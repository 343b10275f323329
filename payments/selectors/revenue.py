"""What the appointments of a window of local dates earned, in whole minor units of each currency."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncDate

from payments.enums import TransactionStatus
from payments.models import Transaction
from schedule.selectors.rounding import whole_number
from schedule.selectors.windows import DateWindow

EARNING_STATUSES = (TransactionStatus.SUCCEEDED, TransactionStatus.PARTIALLY_REFUNDED)
"""Statuses of payments of which the business keeps something."""


@dataclass(frozen=True)
class ServiceRevenue:
    """What a service earned, by how many payments."""

    service_id: int
    service_name: str
    revenue_cents: int
    count: int


@dataclass(frozen=True)
class DayOfRevenue:
    """What the appointments of one local date earned."""

    date: date
    revenue_cents: int
    transaction_count: int


@dataclass(frozen=True)
class OtherCurrency:
    """What was earned in a currency that is not the business's own."""

    currency: str
    total_revenue_cents: int
    transaction_count: int


@dataclass(frozen=True)
class RevenueStatistics:
    """What the appointments of a window earned in `currency`. Days and services each add up to the total."""

    currency: str
    total_revenue_cents: int
    transaction_count: int
    by_service: list[ServiceRevenue]
    daily_breakdown: list[DayOfRevenue]
    other_currencies: list[OtherCurrency]
    period_days: int

    @property
    def average_transaction_value_cents(self) -> int:
        """The average payment less its refunds, rounded half up; 0 when there is none."""
        return whole_number(self.total_revenue_cents, self.transaction_count)


class _Group(NamedTuple):
    """The payments in one currency for one service's appointments on one local date."""

    day: date
    currency: str
    service_id: int
    service_name: str
    revenue_cents: int
    transactions: int


def revenue_statistics(*, window: DateWindow, currency: str, service_id: int | None = None) -> RevenueStatistics:
    """Add up the payments for appointments that start in `window`, of one service if it is given.

    A payment counts with what was not refunded, on the date of its appointment; failed and fully refunded
    ones do not count. Only `currency` is added up; what came in in others is listed beside it, by code.
    Services without payments are left out, the others come by revenue, highest first, equal ones by id. An
    unknown service has none.
    """
    groups = _groups(window, service_id)
    own = [group for group in groups if group.currency == currency]
    total_revenue_cents, transaction_count = _sums(own)
    return RevenueStatistics(
        currency=currency,
        total_revenue_cents=total_revenue_cents,
        transaction_count=transaction_count,
        by_service=_by_service(own),
        daily_breakdown=_by_day(own, window),
        other_currencies=_by_currency(group for group in groups if group.currency != currency),
        period_days=window.length_days,
    )


def _groups(window: DateWindow, service_id: int | None) -> list[_Group]:
    """Read everything by one statement, so that the parts of the answer agree."""
    payments = Transaction.objects.annotate(
        day=TruncDate("appointment__start_at", tzinfo=window.zone),
        kept_cents=F("amount_cents") - F("refunded_cents"),
    ).filter(
        status__in=EARNING_STATUSES,
        appointment__start_at__range=window.search_range,
        day__gte=window.first_date,
        day__lte=window.last_date,
    )
    if service_id is not None:
        payments = payments.filter(appointment__service_id=service_id)
    keys = ("day", "currency", "appointment__service_id", "appointment__service__name")
    rows = payments.values(*keys).annotate(revenue_cents=Sum("kept_cents"), transactions=Count("pk"))
    return [_Group(*row) for row in rows.values_list(*keys, "revenue_cents", "transactions")]


def _sums(groups: Iterable[_Group]) -> tuple[int, int]:
    rows = list(groups)
    return sum(row.revenue_cents for row in rows), sum(row.transactions for row in rows)


def _by_service(groups: Iterable[_Group]) -> list[ServiceRevenue]:
    grouped: defaultdict[tuple[int, str], list[_Group]] = defaultdict(list)
    for group in groups:
        grouped[group.service_id, group.service_name].append(group)
    services = [ServiceRevenue(*service, *_sums(rows)) for service, rows in grouped.items()]
    return sorted(services, key=lambda row: (-row.revenue_cents, row.service_id))


def _by_day(groups: Iterable[_Group], window: DateWindow) -> list[DayOfRevenue]:
    grouped: defaultdict[date, list[_Group]] = defaultdict(list)
    for group in groups:
        grouped[group.day].append(group)
    return [DayOfRevenue(day, *_sums(grouped[day])) for day in window.dates]


def _by_currency(groups: Iterable[_Group]) -> list[OtherCurrency]:
    grouped: defaultdict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        grouped[group.currency].append(group)
    return [OtherCurrency(code, *_sums(rows)) for code, rows in sorted(grouped.items())]
