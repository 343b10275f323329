"""The business at one moment, in nine figures. Month, weekday and hour are those of the business's zone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate

from schedule.enums import OPEN_STATUSES, Status
from schedule.models import Event, Resource, Service
from schedule.selectors.rounding import two_decimals
from schedule.selectors.windows import DateWindow

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_MINUTE = timedelta(minutes=1)
ONE_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Period:
    """The first and the last second of a stretch of time, in the business's zone."""

    start_date: datetime
    end_date: datetime


@dataclass(frozen=True)
class Dashboard:
    """The figures. The peaks are None while there is no appointment to have one."""

    total_appointments_this_month: int
    total_appointments_all_time: int
    active_resources_count: int
    active_services_count: int
    upcoming_appointments_count: int
    average_appointment_duration_minutes: float
    peak_booking_day: str | None
    peak_booking_hour: int | None
    period: Period


class _HourOfWeek(NamedTuple):
    """The appointments that start in one hour of one weekday (1 is Monday)."""

    weekday: int
    hour: int
    total: int
    in_month: int
    upcoming: int
    went_ahead: int
    duration: timedelta | None


def read_dashboard(*, now: datetime, zone: ZoneInfo) -> Dashboard:
    """Return the figures at `now`.

    Counts of appointments look at their start; the month's and the all-time count take every status, the
    upcoming one those still open. Average duration and peaks are over all appointments of all time but the
    cancelled ones; of equal peaks the earlier weekday (from Monday) and the earlier hour win.
    """
    month = DateWindow.of_month(now=now, zone=zone)
    hours = _hours_of_week(month, now)
    peak_weekday = _peak((row.weekday, row.went_ahead) for row in hours)
    return Dashboard(
        total_appointments_this_month=sum(row.in_month for row in hours),
        total_appointments_all_time=sum(row.total for row in hours),
        active_resources_count=Resource.objects.filter(is_active=True).count(),
        active_services_count=Service.objects.filter(is_active=True).count(),
        upcoming_appointments_count=sum(row.upcoming for row in hours),
        average_appointment_duration_minutes=_average_minutes(hours),
        peak_booking_day=None if peak_weekday is None else WEEKDAYS[peak_weekday - 1],
        peak_booking_hour=_peak((row.hour, row.went_ahead) for row in hours),
        period=Period(month.start_at, month.last_second),
    )


def _hours_of_week(month: DateWindow, now: datetime) -> list[_HourOfWeek]:
    """Return at most 168 rows that hold every figure about appointments; one statement, so that they agree."""
    went_ahead = ~Q(status=Status.CANCELLED)
    rows = (
        Event.objects.annotate(
            weekday=ExtractIsoWeekDay("start_at", tzinfo=month.zone),
            hour=ExtractHour("start_at", tzinfo=month.zone),
            day=TruncDate("start_at", tzinfo=month.zone),
            duration=ExpressionWrapper(F("end_at") - F("start_at"), output_field=DurationField()),
        )
        .values("weekday", "hour")
        .annotate(
            total=Count("pk"),
            in_month=Count("pk", filter=Q(day__range=(month.first_date, month.last_date))),
            upcoming=Count("pk", filter=Q(status__in=OPEN_STATUSES, start_at__gt=now)),
            went_ahead=Count("pk", filter=went_ahead),
            time_spent=Sum("duration", filter=went_ahead),
        )
        .values_list("weekday", "hour", "total", "in_month", "upcoming", "went_ahead", "time_spent")
    )
    return [_HourOfWeek(*row) for row in rows]


def _peak(counted: Iterable[tuple[int, int]]) -> int | None:
    """Return the smallest key with the highest sum of counts, None when nothing was counted."""
    counts = Counter[int]()
    for key, count in counted:
        counts[key] += count
    if not counts.total():
        return None
    return min(counts, key=lambda key: (-counts[key], key))


def _average_minutes(hours: list[_HourOfWeek]) -> float:
    time_spent = sum((row.duration for row in hours if row.duration is not None), timedelta())
    return two_decimals(
        time_spent // ONE_MICROSECOND, (ONE_MINUTE // ONE_MICROSECOND) * sum(row.went_ahead for row in hours)
    )
